import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { type Database, type DatabaseOptions, openDatabase } from '../../src/database';
import { describeEngine, tempDirectory } from '../support/engines';

async function write(db: Database, name: string): Promise<void> {
  await db.write((tx) => tx.insert(tx.tables.settings).values({ name, value: 'x'.repeat(5_000) }));
}

describeEngine('sqlite', 'a database that is durable from flush to flush', (store) => {
  /** What a power cut would leave at the least: the file as it is, without the log that was never synced. */
  async function namesWithoutLog(): Promise<string[]> {
    const copy = join(tempDirectory(), 'copy.db');
    copyFileSync(store.url(), copy);
    const db = openDatabase(copy);
    const rows = await db.rows<{ name: string }>(sql`select name from settings where name like 'n%'`);
    await db.close();
    return rows.map(({ name }) => name);
  }

  test('has everything in the file after a flush, and waits for the disk only then', async () => {
    const db = await store.open({ durability: 'FLUSH' });
    await db.flush();
    for (let n = 0; n < 1_500; n++) await write(db, `n${n}`);
    expect(await namesWithoutLog()).toEqual([]);
    await db.flush();
    expect(await namesWithoutLog()).toHaveLength(1_500);
  });

  test('flushes while others read', async () => {
    const db = await store.open({ durability: 'FLUSH' });
    const other = await store.openAnother();
    await other.snapshot(async (reader) => {
      await reader.rows(sql`select name from settings`);
      await write(db, 'n');
      await db.flush();
    });
    expect(await other.rows(sql`select name from settings where name = 'n'`)).toHaveLength(1);
  });
});

describeEngine('postgres', 'a database that is durable from flush to flush', (store) => {
  const place = async (db: Database, of: 'insert' | 'flush') => {
    const [row] = await db.rows<{ at: number }>(
      sql.raw(`select pg_current_wal_${of}_lsn() - '0/0'::pg_lsn as at`),
    );
    return row?.at ?? 0;
  };
  /** Without the options that the tests' own databases are opened with. */
  async function open(options?: DatabaseOptions): Promise<Database> {
    await store.open();
    const url = new URL(store.url());
    url.searchParams.delete('options');
    const db = openDatabase(url.href, options);
    opened.push(db);
    return db;
  }
  const opened: Database[] = [];
  afterEach(() => Promise.all(opened.splice(0).map((db) => db.close())));

  /** And who has said so. */
  const mode = (db: Database) =>
    db.write(async (tx) => {
      const [row] = await tx.rows<{ setting: string; source: string }>(
        sql`select setting, source from pg_settings where name = 'synchronous_commit'`,
      );
      return row;
    });

  test('does not wait for the disk at a commit, and does at a flush', async () => {
    const db = await open({ durability: 'FLUSH' });
    expect(await mode(db)).toEqual({ setting: 'off', source: 'client' });
    await write(db, 'n');
    const written = await place(db, 'insert');
    await db.flush();
    expect(await place(db, 'flush')).toBeGreaterThanOrEqual(written);
    expect(await mode(db)).toEqual({ setting: 'off', source: 'client' });
  });

  test('leaves it to the server unless asked', async () => {
    expect(await mode(await open())).not.toMatchObject({ source: 'client' });
  });
});
