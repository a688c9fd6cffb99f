/** The whole archive tagged anew, by what topics are called now. */
import {
  type ArticleUpdate,
  followNames,
  keepImportsInStep,
  marksAfterReading,
  marksOf,
  readablesOf,
  readBy,
  removedFrom,
  type TopicMark,
  updateArticles,
} from '../articles';
import { systemActor } from '../core/actor';
import type { Clock } from '../core/clock';
import type { Database, Reader } from '../database';
import type { Tagger, TopicRef } from '../tagging';
import { topicsOfEntries } from './known-topics';
import {
  countsOf,
  forgetMark,
  heldRows,
  markOf,
  plainRows,
  type RowToTag,
  saveMark,
} from './tag-archive.store';

export interface TagProgress {
  /** Articles that have been read, and how many there are. */
  readonly done: number;
  readonly total: number;
}

export interface Tagging {
  readonly database: Database;
  readonly clock: Clock;
  readonly tagger: Tagger;
  /** Only counts what it would do. */
  readonly dryRun?: boolean;
  /** From the first article on, also where a run before was broken off. */
  readonly restart?: boolean;
  readonly onProgress?: (progress: TagProgress) => void;
}

export interface TagReport {
  /** The key behind which a run that was broken off is continued; 0 for the whole archive. */
  readonly from: number;
  readonly read: number;
  readonly changed: number;
  /** Ties of machines that were not there before, or are not there any more. */
  readonly given: number;
  readonly taken: number;
  /** Topics that the gazetteer knew, and that some text names. */
  readonly made: number;
}

/** Articles that one transaction deals with. */
const STEP = 100;
const TAGGER = systemActor('tagger');

/**
 * Reads every article that is not withdrawn, and changes those of which the text names other topics than they carry
 * by a machine. Each step is a transaction; a run that is broken off goes on where it was. To do it again changes
 * nothing, and leaves nothing in the change log.
 */
export async function tagArchive(tagging: Tagging): Promise<TagReport> {
  const { database, dryRun = false, restart = false, onProgress } = tagging;
  const from = restart || dryRun ? 0 : await markOf(database);
  const { done: before, total } = await countsOf(database, from);
  const run = new Run(tagging, from);
  for (let last: number | null = from; last !== null; ) {
    const after: number = last;
    last = dryRun ? await run.rehearse(after) : await run.step(after);
    onProgress?.({ done: before + run.report.read, total });
  }
  if (!dryRun) await database.write(forgetMark);
  return run.report;
}

interface Reading {
  readonly row: RowToTag;
  readonly before: readonly TopicMark[];
  readonly marks: readonly TopicMark[];
}

class Run {
  report: TagReport;
  /** Entries that a rehearsal would make topics of. */
  private readonly named = new Map<TopicRef, number>();

  constructor(
    private readonly tagging: Tagging,
    from: number,
  ) {
    this.report = { from, read: 0, changed: 0, given: 0, taken: 0, made: 0 };
  }

  /** The key of the last article that it has dealt with; null when there was none. */
  async step(after: number): Promise<number | null> {
    const { database, clock, tagger } = this.tagging;
    const { rows, changes, made } = await database.write(async (tx) => {
      await followNames(tx, tagger);
      const found = await heldRows(tx, { after, limit: STEP });
      const last = found.at(-1);
      if (last === undefined) return { rows: found, changes: [], made: 0 };
      const at = clock.now();
      let fresh = 0;
      const read = await readingsOf(tx, tagger, found, async (entries) => {
        const known = entries.flatMap((id) => tagger.gazetteer.get(id) ?? []);
        const topics = await topicsOfEntries({ tx, actor: TAGGER, at }, tagger.gazetteer, known);
        fresh = [...topics.values()].filter(({ isNew }) => isNew).length;
        return (id) => topics.get(id)?.id;
      });
      const revisions = await updateArticles(tx, TAGGER, at, read.map(updateOf));
      await keepImportsInStep(
        tx,
        read.map(({ row: { id } }, index) => ({ id, revision: revisions[index] ?? 0 })),
      );
      await saveMark(tx, last.id);
      return { rows: found, changes: read, made: fresh };
    });
    return this.count(rows, changes, made);
  }

  /** The same without writing anything. */
  async rehearse(after: number): Promise<number | null> {
    const { database, tagger } = this.tagging;
    await tagger.follow(database);
    const rows = await plainRows(database, { after, limit: STEP });
    const known = this.named.size;
    const changes = await readingsOf(database, tagger, rows, async (entries) => {
      for (const id of entries) if (!this.named.has(id)) this.named.set(id, -1 - this.named.size);
      return (id) => this.named.get(id);
    });
    return this.count(rows, changes, this.named.size - known);
  }

  private count(rows: readonly RowToTag[], changes: readonly Reading[], made: number): number | null {
    const { report } = this;
    let [given, taken] = [0, 0];
    for (const { before, marks } of changes) {
      given += without(marks, before);
      taken += without(before, marks);
    }
    this.report = {
      from: report.from,
      read: report.read + rows.length,
      changed: report.changed + changes.length,
      given: report.given + given,
      taken: report.taken + taken,
      made: report.made + made,
    };
    return rows.at(-1)?.id ?? null;
  }
}

/** The articles that are to carry something else than they do. */
async function readingsOf(
  reader: Reader,
  tagger: Tagger,
  rows: readonly RowToTag[],
  keysOf: (entries: readonly string[]) => Promise<(entry: string) => number | undefined>,
): Promise<Reading[]> {
  const ids = rows.flatMap(({ id, status }) => (status === 'WITHDRAWN' ? [] : [id]));
  const texts = new Map((await readablesOf(reader, { ids })).map(({ id, ...text }) => [id, text]));
  const marks = byArticle(await marksOf(reader, { ids }));
  const removed = byArticle(await removedFrom(reader, { ids }));
  const read = rows.flatMap((row) => {
    const text = texts.get(row.id);
    const before = (marks.get(row.id) ?? []).map(({ articleId: _, ...mark }) => mark);
    return text ? [{ row, before, names: readBy(tagger, text, before) }] : [];
  });
  const entries = read.flatMap(({ names }) =>
    names.flatMap(({ ref }) => (typeof ref === 'string' ? [ref] : [])),
  );
  const keyOf = await keysOf([...new Set(entries)]);
  return read.flatMap(({ row, before, names }) => {
    const away = new Set((removed.get(row.id) ?? []).map(({ topicId }) => topicId));
    const after = marksAfterReading(names, before, away, (ref) =>
      typeof ref === 'number' ? ref : keyOf(ref),
    );
    return areAlike(before, after) ? [] : [{ row, before, marks: after }];
  });
}

/** It stays as old as it was: nobody has written anything else in it. */
function updateOf({ row: { id, revision, updatedAt }, marks: topics }: Reading): ArticleUpdate {
  return { id, expectedRevision: revision, op: 'RETAG', topics, fields: { updatedAt } };
}

function areAlike(before: readonly TopicMark[], after: readonly TopicMark[]): boolean {
  if (before.length !== after.length) return false;
  const known = new Map(before.map((mark) => [mark.topicId, mark]));
  return after.every(({ topicId, salience, mentions, source }) => {
    const mark = known.get(topicId);
    return mark?.salience === salience && mark.mentions === mentions && mark.source === source;
  });
}

function without(marks: readonly TopicMark[], others: readonly TopicMark[]): number {
  const there = new Set(others.map(({ topicId }) => topicId));
  return marks.filter(({ topicId }) => !there.has(topicId)).length;
}

function byArticle<R extends { readonly articleId: number }>(rows: readonly R[]): Map<number, R[]> {
  const found = new Map<number, R[]>();
  for (const row of rows) found.set(row.articleId, [...(found.get(row.articleId) ?? []), row]);
  return found;
}
