import { sql } from 'drizzle-orm';
import { heldClock } from '../../src/core/clock';
import type { Database } from '../../src/database';
import { rebuildTopics } from '../../src/topics';
import { HOUR, NOW, storeArchive } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { changesOf } from '../support/log';
import { wholeState } from '../support/whole-state';

describeEachEngine('what is kept beside the articles', (store) => {
  let db: Database;

  beforeEach(async () => {
    db = await store.open();
    await storeArchive(db, {
      authors: 1,
      categories: [null, 0],
      topics: [null, 0, 1, null],
      articles: Array.from({ length: 6 }, (_, index) => ({
        ...{ kind: 'ARTICLE' as const, status: 'PUBLISHED' as const, language: 'en', updatedAt: NOW },
        ...{ publishedAt: NOW - HOUR, embargoUntil: null, expiresAt: null },
        ...{ authors: [0], categories: [1], topics: index % 2 === 0 ? [2] : [3] },
      })),
    });
  });

  const rebuild = () => rebuildTopics({ database: db, clock: heldClock(NOW) });

  test('is right, so that nothing differs when it is made anew, and nothing is written', async () => {
    const before = await wholeState(db);
    expect(await rebuild()).toEqual({
      ...{ articles: 6, listings: 0, inherited: 0, written: 0, coverage: 0, names: 0 },
    });
    expect(await wholeState(db)).toEqual(before);
  });

  test('is put right, whatever somebody has done to the tables, and what differed is told', async () => {
    const kept = await maintained();
    const first = sql`(select min(id) from articles)`;
    await db.write(async (tx) => {
      // Each article of the first kind inherits two topics and a category, each of the second a category.
      await tx.execute(sql`delete from article_topics where not direct and article_id = ${first}`);
      await tx.execute(
        sql`update article_topics set salience = 0.5 where not direct and article_id = ${first} + 2`,
      );
      await tx.execute(sql`update article_authors set listed_at = null where article_id = ${first} + 1`);
      await tx.execute(sql`update article_categories set embargo_until = 1 where article_id = ${first} + 1`);
      await tx.execute(
        sql`insert into article_topics (article_id, topic_id, direct, salience, mentions, source, listed_at)
          select ${first} + 3, min(id), false, 0, 0, 'MACHINE', ${NOW - HOUR} from topics`,
      );
      await tx.execute(
        sql`update articles set topic_marks = '[]', category_ids = '[7]' where id in (${first} + 4, ${first} + 5)`,
      );
      await tx.execute(sql`update categories set coverage = 77`);
      await tx.execute(
        sql`update topic_names set normalised = 'x' where id = (select min(id) from topic_names)`,
      );
      await tx.execute(sql`update topics set sort_name = 'x' where id = (select min(id) from topics)`);
    });
    expect(await rebuild()).toMatchObject({ listings: 3, inherited: 5, written: 2, names: 2 });
    expect((await changesOf(db, 'ARTICLE')).slice(-6).map(({ op }) => op)).toEqual(Array(6).fill('RETAG'));
    expect(await rebuild()).toMatchObject({ listings: 0, inherited: 0, written: 0, coverage: 0, names: 0 });
    expect(await maintained()).toEqual(kept);
  });

  /** Rows of what is maintained, as text. */
  async function maintained(): Promise<string[]> {
    const all = await Promise.all([
      db.rows(sql`select article_id, author_id, listed_at, embargo_until, expires_at from article_authors`),
      db.rows(sql`select * from article_categories`),
      db.rows(sql`select * from article_topics`),
      db.rows(sql`select id, author_ids, category_ids, topic_marks from articles`),
      db.rows(sql`select id, name, sort_name, coverage from topics`),
      db.rows(sql`select id, coverage from categories`),
      db.rows(sql`select id, normalised from topic_names`),
    ]);
    return all
      .flat()
      .map((row) => JSON.stringify(row))
      .sort();
  }
});
