import Sqlite from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { describeEngine } from '../support/engines';

describeEngine('sqlite', 'what the planner knows', (store) => {
  test('leaves the index of the search read by ranges, however small it was when it was looked at', async () => {
    const db = await store.open();
    const file = store.url();
    // As another program that looks at everything leaves them.
    await db.write((tx) => tx.execute(sql`analyze`));
    expect(stepsIn(file)).toEqual(['SCAN search_index_data']);
    await db.analyse();
    expect(stepsIn(file)).toEqual([expect.stringMatching(/^SEARCH .*rowid>\? AND rowid<\?/)]);
    const known = await db.rows(sql`select 1 from sqlite_stat1 where tbl glob 'search_index_*'`);
    expect(known).toEqual([]);
  });

  test('is the same after the database was closed', async () => {
    const db = await store.open();
    const file = store.url();
    await db.write((tx) => tx.execute(sql`analyze`));
    await db.close();
    expect(stepsIn(file)).toEqual([expect.stringMatching(/^SEARCH /)]);
  });
});

/** How FTS5 takes out a piece of its index: its own statement deletes. */
function stepsIn(file: string): string[] {
  const handle = new Sqlite(file, { readonly: true });
  try {
    return handle
      .prepare<[number, number], { detail: string }>(
        'explain query plan select id from search_index_data where id >= ? and id <= ?',
      )
      .all(1, 2)
      .map(({ detail }) => detail);
  } finally {
    handle.close();
  }
}
