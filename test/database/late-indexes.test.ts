/** Indexes that a load leaves out are there again when it is over, however it ends. */
import { sql } from 'drizzle-orm';
import { type Database, migrate, withLateIndexes } from '../../src/database';
import { describeEachEngine, recordStatements } from '../support/engines';

const NAMES = ['comment_private_by_email', 'comment_private_by_ip'];

/** The statements by which all indexes were made. */
async function indexes(db: Database): Promise<string[]> {
  const rows = await db.rows<{ made: string }>(
    db.engine === 'sqlite'
      ? sql`select sql as made from sqlite_schema where type = 'index' and sql is not null order by name`
      : sql`select indexdef as made from pg_indexes where schemaname = current_schema() order by indexname`,
  );
  return rows.map(({ made }) => made);
}

describeEachEngine('a load that leaves indexes out', (store) => {
  const leftOut = store.engine === 'sqlite' ? NAMES.length : 0;

  test.each(['ends', 'fails'])('has made them when it %s', async (how) => {
    const db = await store.open();
    const all = await indexes(db);
    const load = withLateIndexes(db, NAMES, async () => {
      expect(await indexes(db)).toHaveLength(all.length - leftOut);
      // Another one, which finds nothing to leave out.
      await withLateIndexes(await store.openAnother(), [], async () => 0);
      if (how === 'fails') throw new Error('No more');
      return 'over';
    });
    await (how === 'fails' ? expect(load).rejects.toThrow('No more') : expect(load).resolves.toBe('over'));
    expect(await indexes(db)).toEqual(all);
    expect(await db.rows(sql`select name from settings`)).toEqual([]);
  });

  test('and dies has them made by whoever opens the database next, once', async () => {
    const db = await store.open();
    const all = await indexes(db);
    const begun = new Promise<void>((resolve) => {
      // Nothing that comes after it is ever done, as in a process that was killed.
      void withLateIndexes(db, NAMES, () => new Promise<void>(() => resolve()));
    });
    await begun;
    const sent = recordStatements();
    const next = await store.openAnother(sent);
    await Promise.all([migrate(next), migrate(await store.openAnother())]);
    expect(await indexes(next)).toEqual(all);
    const texts = await sent.during(() => migrate(next));
    for (const text of texts) expect(text).toMatch(/^\s*select/);
  });
});
