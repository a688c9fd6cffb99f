import { createHash } from 'node:crypto';
import type { Found, Tx } from '../database';
import { findKeys, type ImportKey, type KeyKind, saveKeys } from './import-keys';
import type { ReportKind } from './import-report';
import type { ImportScope } from './import-scope';
import { subjectFingerprint } from './subject-fingerprint';

/** What a record was made into. */
export interface Kept {
  readonly id: number;
  /** Whether the record's import has made it: what somebody else has made stays as it is. */
  readonly own: boolean;
  /** Whether it was not here before. */
  readonly isNew: boolean;
}

/** What stands under a slug or an address: if it was not here, it is the import's own. */
export function keptAs({ id, isNew }: Found): Kept {
  return { id, own: isNew, isNew };
}

/** What was the import's own, and is changed. */
export function keptOwn({ id }: { readonly id: number }): Kept {
  return { id, own: true, isNew: false };
}

/** Something that an earlier run has made, and that has changed over there. */
export interface Changed<T> {
  readonly record: T;
  readonly id: number;
}

/** How the things of one kind are kept that have no revision: authors, categories, topics, images. */
export interface Subjects<T> {
  readonly kind: KeyKind;
  readonly counted: ReportKind;
  keyOf(record: T): string;
  /** For a person: 'The category "news"'. */
  nameOf(record: T): string;
  /** A hash of what was read; `subjectFingerprint` when absent. */
  readonly printOf?: (record: T) => string;
  /** What else has to be the same for a thing to be unchanged, e.g. what the gazetteer says of it. */
  readonly also?: (record: T) => string;
  /** Stores what is not here yet; in the same order. */
  add(records: readonly T[]): Promise<readonly Kept[]>;
  /** Changes what the import has made; in the same order. */
  change(known: readonly Changed<T>[]): Promise<readonly Kept[]>;
  /** Of rows as they are now, what the import writes and an editor may change. */
  contents(ids: readonly number[]): Promise<ReadonlyMap<number, unknown>>;
}

/** A record with what is remembered of it. */
interface Remembered<T> {
  readonly record: T;
  readonly key: ImportKey;
}

/** Writes what is new or has changed since it was last brought, and remembers it. */
export async function bringSubjects<T extends { readonly line: number }>(
  tx: Tx,
  scope: ImportScope,
  records: readonly T[],
  subjects: Subjects<T>,
): Promise<void> {
  const { source, report } = scope;
  const { printOf = subjectFingerprint } = subjects;
  const print = (record: T) => printOf(record) + (subjects.also?.(record) ?? '');
  const known = await findKeys(tx, source, subjects.kind, records.map(subjects.keyOf));
  const changed = records.filter(
    (record) => known.get(subjects.keyOf(record))?.fingerprint !== print(record),
  );
  report.count(subjects.counted, 'unchanged', records.length - changed.length);
  if (changed.length === 0) return;
  const { fresh, open, settled } = await sortOut(scope, changed, known, subjects);
  const added = await subjects.add(fresh);
  const rewritten = await subjects.change(open);
  const kept = [
    ...fresh.map((record, index) => ({ record, ...keptAt(added, index) })),
    ...open.map(({ record }, index) => ({ record, ...keptAt(rewritten, index) })),
  ];
  const states = await statesOf(
    subjects,
    kept.flatMap(({ own, id }) => (own ? [id] : [])),
  );
  await saveKeys(tx, source, subjects.kind, [
    ...settled.map(({ record, key }) => ({ ...key, fingerprint: print(record) })),
    ...kept.map(({ record, id, own }) => ({
      externalId: subjects.keyOf(record),
      localId: id,
      fingerprint: print(record),
      revision: 0,
      state: own ? (states.get(id) ?? null) : null,
    })),
  ]);
  const created = added.filter(({ isNew }) => isNew).length;
  report.count(subjects.counted, 'created', created);
  report.count(subjects.counted, 'updated', open.length);
  report.count(subjects.counted, 'unchanged', added.length - created + settled.length);
  if (created < added.length)
    report.reason(`${subjects.counted}: here already, and left as they are`, added.length - created);
}

interface Sorted<T> {
  readonly fresh: T[];
  readonly open: Changed<T>[];
  /** Edited here, and kept so. */
  readonly settled: Remembered<T>[];
}

/** What may be written. The rest was edited here since: it is counted and told of. */
async function sortOut<T extends { readonly line: number }>(
  { report, edited }: ImportScope,
  changed: readonly T[],
  known: ReadonlyMap<string, ImportKey>,
  subjects: Subjects<T>,
): Promise<Sorted<T>> {
  const sorted: Sorted<T> = { fresh: [], open: [], settled: [] };
  const made = changed.flatMap((record): Remembered<T>[] => {
    const key = known.get(subjects.keyOf(record));
    if (key?.state != null) return [{ record, key }];
    // New, or not the import's own: then it is looked for again.
    sorted.fresh.push(record);
    return [];
  });
  const states = await statesOf(
    subjects,
    made.map(({ key }) => key.localId),
  );
  for (const { record, key } of made) {
    const state = states.get(key.localId);
    if (state === undefined && edited === 'THEIRS') {
      sorted.fresh.push(record);
    } else if (state === key.state || edited === 'THEIRS') {
      sorted.open.push({ record, id: key.localId });
    } else if (edited === 'OURS') {
      sorted.settled.push({ record, key });
      report.reason(`${subjects.counted}: edited here, and kept so`);
    } else {
      report.count(subjects.counted, 'failed');
      const message = `${subjects.nameOf(record)} was edited here since it was imported, and is left as it is`;
      report.note({ line: record.line, lost: true, message });
    }
  }
  return sorted;
}

async function statesOf<T>(subjects: Subjects<T>, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const contents = await subjects.contents(ids);
  return new Map([...contents].map(([id, content]) => [id, hashOf(content)]));
}

function hashOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}

function keptAt(kept: readonly Kept[], index: number): Kept {
  const at = kept[index];
  if (!at) throw new Error('One a record');
  return at;
}
