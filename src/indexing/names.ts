/** The names by which articles are found through their topics and authors. */
import { sql } from 'drizzle-orm';
import { analyse } from '../core/text';
import type { NamedKind, Reader, Tx } from '../database';
import { surfaceTerm } from './terms';

/** Reads the names of topics or authors anew; of those that are gone none are left. */
export async function indexNames(tx: Tx, kind: NamedKind, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const { searchNames: n } = tx.tables;
  await tx.execute(
    sql`delete from ${n} where ${n.kind} = ${kind} and ${tx.portable.among(n.subjectId, 'ids')}`,
    {
      ids,
    },
  );
  const names = await namesOf(tx, kind, ids);
  await tx.insertMany(
    n,
    names.flatMap(({ id, key, name }) =>
      entriesOf(name).map((entry) => ({ ...entry, kind, subjectId: id, name: key })),
    ),
  );
}

/** How many of the topics or authors have other names than the index has of them. */
export async function namesAgree(reader: Reader, kind: NamedKind, ids: readonly number[]): Promise<number> {
  const { searchNames: n } = reader.tables;
  const stored = await reader.rows<{ id: number; entry: string }>(
    sql`select subject_id as id, term || ' ' || name || ' ' || position as entry from ${n} where ${n.kind} = ${kind} and ${reader.portable.among(n.subjectId, 'ids')}`,
    { ids },
  );
  const expected = (await namesOf(reader, kind, ids)).flatMap(({ id, key, name }) =>
    entriesOf(name).map(({ term, position }) => ({ id, entry: `${term} ${key} ${position}` })),
  );
  const ofEach = (rows: readonly { id: number; entry: string }[], id: number) =>
    rows
      .flatMap((row) => (row.id === id ? [row.entry] : []))
      .sort()
      .join('\n');
  return ids.filter((id) => ofEach(stored, id) !== ofEach(expected, id)).length;
}

/** What is part of another now is still in documents. Whoever looks for the one finds them through the other. */
export async function indexMergers(
  tx: Tx,
  kind: NamedKind,
  mergers: readonly { readonly from: number; readonly into: number }[],
): Promise<void> {
  for (const { from, into } of mergers) {
    const { searchAliases: a } = tx.tables;
    await tx.execute(
      sql`update ${a} set subject_id = ${into} where ${a.kind} = ${kind} and ${a.subjectId} = ${from}`,
    );
    await tx.execute(
      sql`insert into ${a} (kind, former_id, subject_id) values (${kind}, ${from}, ${into}) on conflict (kind, former_id) do update set subject_id = excluded.subject_id`,
    );
  }
}

interface Name {
  readonly id: number;
  /** Tells the names of one subject apart. */
  readonly key: number;
  readonly name: string;
}

function namesOf(reader: Reader, kind: NamedKind, ids: readonly number[]): Promise<Name[]> {
  const { authors, topicNames } = reader.tables;
  return reader.rows<Name>(
    kind === 'topic'
      ? sql`select topic_id as id, id as key, name from ${topicNames} where ${reader.portable.among(topicNames.topicId, 'ids')}`
      : sql`select id, 0 as key, name from ${authors} where ${reader.portable.among(authors.id, 'ids')}`,
    { ids },
  );
}

/** Most words of a name that are looked at. */
const MAX_WORDS = 30;

function entriesOf(name: string): { term: string; position: number }[] {
  return analyse(name)
    .slice(0, MAX_WORDS)
    .flatMap(({ term, word, parts }, position) =>
      [...new Set([term, ...(word === term ? [] : [surfaceTerm(word)]), ...parts])].map((each) => ({
        term: each,
        position,
      })),
    );
}
