/** What is kept beside the articles so that topics and relations are found at once, made anew. */
import { sql } from 'drizzle-orm';
import { rebuildCoverage, rebuildTies } from '../articles';
import { recordChanges } from '../changes';
import { systemActor } from '../core/actor';
import type { Clock } from '../core/clock';
import { normalise } from '../core/text';
import { type Database, lock, type Tx, toJson } from '../database';
import { localNames } from './topic';
import { givenNamesOfTopics, topicsById } from './topic.store';
import { calledBy } from './topic.writer';

/** How much of it was wrong, and is right now. */
export interface RebuildReport {
  readonly articles: number;
  /** Ties of articles to authors, categories and topics that said otherwise than the article when it is listed. */
  readonly listings: number;
  /** Ties to what stands above categories and topics: missing ones, and ones without a reason. */
  readonly inherited: number;
  /** Articles whose row repeated other ties than they have. */
  readonly written: number;
  /** Authors, categories and topics that had another number of articles. */
  readonly coverage: number;
  /** Names that topics are found and sorted by. */
  readonly names: number;
}

export interface Rebuilding {
  readonly database: Database;
  readonly clock: Clock;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** Articles, or topics, that one transaction deals with. */
const STEP = 250;
const REBUILDER = systemActor('rebuild');

/**
 * Makes anew what follows from the articles, their own ties, and the names and trees of topics, in steps, while
 * others read and write. An article that was put right has an entry in the change log, and names and counts have one
 * for all of them, so that servers which run read it again. Harmless to break off, and to do again.
 */
export async function rebuildTopics({ database, clock, onProgress }: Rebuilding): Promise<RebuildReport> {
  let names = 0;
  for (let last: number | null = 0; last !== null; ) {
    const from: number = last;
    const ids = await database.write((tx) => keysAfter(tx, 'topics', from));
    names += await database.write(async (tx) => {
      const renamed = await renameAnew(tx, ids);
      if (renamed > 0) tellOfAll(tx, clock);
      return renamed;
    });
    last = ids.at(-1) ?? null;
  }
  const total = await totalOf(database);
  const done = { articles: 0, listings: 0, inherited: 0, written: 0 };
  for (let last: number | null = 0; last !== null; ) {
    const from: number = last;
    last = await database.write(async (tx) => {
      const ids = await keysAfter(tx, 'articles', from);
      if (ids.length === 0) return null;
      const { listings, inherited, written, articles } = await rebuildTies(tx, ids);
      recordChanges(
        tx,
        REBUILDER,
        clock.now(),
        articles.map(({ id, revision }) => ({ entity: 'ARTICLE', entityId: id, op: 'RETAG', revision })),
      );
      done.articles += ids.length;
      done.listings += listings;
      done.inherited += inherited;
      done.written += written;
      return ids.at(-1) ?? null;
    });
    onProgress?.({ done: done.articles, total });
  }
  const coverage = await database.write(async (tx) => {
    const recounted = await rebuildCoverage(tx);
    if (recounted > 0) tellOfAll(tx, clock);
    return recounted;
  });
  return { ...done, coverage, names };
}

/** That many topics may be listed otherwise now. */
function tellOfAll(tx: Tx, clock: Clock): void {
  recordChanges(tx, REBUILDER, clock.now(), [{ entity: 'TOPIC', entityId: 0, op: 'UPDATE', revision: 0 }]);
}

async function totalOf(database: Database): Promise<number> {
  const [row] = await database.rows<{ total: number }>(sql`select count(*) as total from articles`);
  return Number(row?.total ?? 0);
}

async function keysAfter(tx: Tx, table: 'articles' | 'topics', after: number): Promise<number[]> {
  const rows = await tx.rows<{ id: number }>(
    sql`select id from ${sql.identifier(table)} where id > ${after} order by id limit ${STEP}`,
  );
  return rows.map(({ id }) => id);
}

/** The spellings that topics are found by, and what each is called where no language is asked for. */
async function renameAnew(tx: Tx, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0;
  await lock(tx, 'SUBJECTS', 'EXCLUSIVE');
  const names = await tx.rows<{ id: number; name: string; normalised: string }>(
    sql`select id, name, normalised from topic_names where ${tx.portable.among(sql`topic_id`, 'ids')}`,
    { ids: [...ids] },
  );
  const misspelt = names.flatMap(({ id, name, normalised }) => {
    const spelling = normalise(name);
    return spelling === normalised ? [] : [{ id, normalised: spelling }];
  });
  const given = await givenNamesOfTopics(tx, { topics: [...ids] });
  const miscalled = (await topicsById(tx, { ids: [...ids] })).flatMap(({ id, slug, name, sortName }) => {
    const called = calledBy(localNames(given.filter(({ topicId }) => topicId === id)), slug);
    return called.name === name && called.sortName === sortName
      ? []
      : [{ id, name: called.name, sort_name: called.sortName }];
  });
  if (misspelt.length > 0) {
    await tx.execute(
      sql`update topic_names set normalised = r.normalised from ${tx.portable.rows('rows', 'r', { id: 'int', normalised: 'text' })} where topic_names.id = r.id`,
      { rows: toJson(misspelt) },
    );
  }
  if (miscalled.length > 0) {
    await tx.execute(
      sql`update topics set name = r.name, sort_name = r.sort_name from ${tx.portable.rows('rows', 'r', { id: 'int', name: 'text', sort_name: 'text' })} where topics.id = r.id`,
      { rows: toJson(miscalled) },
    );
  }
  return misspelt.length + miscalled.length;
}
