/** The index made anew, out of the articles. */
import { sql } from 'drizzle-orm';
import { ANALYSIS_VERSION } from '../core/text';
import type { NamedKind, Reader, Tx } from '../database';
import { indexArticles } from './index-changes';
import { indexNames } from './names';
import { VERSION } from './words';

export interface IndexProgress {
  /** Articles that have been dealt with, and how many there are. */
  readonly done: number;
  readonly total: number;
}

export interface Rebuilding {
  /** Runs one step: in a transaction of its own, or in one for all. */
  readonly write: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly onProgress?: (progress: IndexProgress) => void;
  /** Ends it between two steps; what is there then is of use, and is not taken for the whole. */
  readonly signal?: AbortSignal;
  /** Rows that one step deals with: others who write wait no longer than for that. */
  readonly step?: number;
}

const STEP = 50;

/**
 * Makes the index anew, in steps, while others read and write: an article is in it at any time, as it was or as it is.
 * Only how often words occur is not right until the end. Harmless to do again from the start.
 */
export async function rebuildIndex({
  write,
  onProgress,
  signal,
  step = STEP,
}: Rebuilding): Promise<IndexProgress> {
  const total = await write(begin);
  for (const kind of ['author', 'topic'] as const) {
    for (let last: number | null = 0; last !== null && !signal?.aborted; ) {
      const from: number = last;
      last = await write((tx) => renameStep(tx, kind, { from, step }));
    }
  }
  let done = 0;
  for (let last: number | null = 0; last !== null && !signal?.aborted; ) {
    const from: number = last;
    const ids = await write((tx) => articleStep(tx, { from, step }));
    done += ids.length;
    last = ids.at(-1) ?? null;
    onProgress?.({ done, total });
  }
  if (!signal?.aborted) await write(finish);
  return { done, total };
}

/** Whether the index was made, and by this version. */
export async function isIndexCurrent(reader: Reader): Promise<boolean> {
  const { searchWords: w } = reader.tables;
  const [row] = await reader.select({ version: w.documents }).from(w).where(sql`${w.word} = ${VERSION}`);
  return row?.version === ANALYSIS_VERSION;
}

async function begin(tx: Tx): Promise<number> {
  await tx.delete(tx.tables.searchWords);
  const [row] = await tx.rows<{ total: number }>(sql`select count(*) as total from articles`);
  return row?.total ?? 0;
}

/** The rows behind the one with the key `from`. */
interface Step {
  readonly from: number;
  readonly step: number;
}

async function renameStep(tx: Tx, kind: NamedKind, { from, step }: Step): Promise<number | null> {
  const table = kind === 'topic' ? tx.tables.topics : tx.tables.authors;
  const rows = await tx.rows<{ id: number }>(
    sql`select id from ${table} where id > ${from} order by id limit ${step}`,
  );
  const ids = rows.map(({ id }) => id);
  await indexNames(tx, kind, ids);
  return ids.at(-1) ?? null;
}

async function articleStep(tx: Tx, { from, step }: Step): Promise<number[]> {
  // Held, so that on PostgreSQL nobody changes one between its being read and its being indexed.
  const rows = await tx.rows<{ id: number }>(
    sql`select id from articles where id > ${from} order by id limit ${step} ${tx.portable.forUpdate}`,
  );
  const ids = rows.map(({ id }) => id);
  await indexArticles(tx, ids, 'RECOUNTED');
  return ids;
}

async function finish(tx: Tx): Promise<void> {
  await tx
    .insert(tx.tables.searchWords)
    .values({ word: VERSION, term: VERSION, reversed: VERSION, documents: ANALYSIS_VERSION });
}
