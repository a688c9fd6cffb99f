import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { type Database, migrate, openDatabase } from '../../src/database';
import { startChild } from '../support/child';
import { describeEngine } from '../support/engines';
import { tempDirectory } from '../support/temp-directory';

const FULL = 2;

/** How the connection that reads, and the one that writes, are set. */
async function settingsOf(db: Database) {
  const query = sql`select s.synchronous, j.journal_mode, f.foreign_keys, t.timeout
    from pragma_synchronous s, pragma_journal_mode j, pragma_foreign_keys f, pragma_busy_timeout t`;
  const [reader] = await db.rows<object>(query);
  const [writer] = await db.write((tx) => tx.rows<object>(query));
  return { reader, writer };
}

describeEngine('sqlite', 'durability', (store) => {
  test('every connection waits for the disk, also on a file that is opened again', async () => {
    const expected = {
      reader: { synchronous: FULL, journal_mode: 'wal', timeout: 20 },
      writer: { synchronous: FULL, journal_mode: 'wal', foreign_keys: 1, timeout: 20 },
    };
    const db = await store.open();
    expect(await settingsOf(db)).toMatchObject(expected);
    const other = await store.openAnother();
    expect(await settingsOf(other)).toMatchObject(expected);
    await db.close();
    await other.close();
    const again = await store.openAnother();
    expect(await settingsOf(again)).toMatchObject(expected);
  });

  test('a row that refers to nothing is refused, and one that is referred to stays', async () => {
    const db = await store.open();
    const orphan = db.write((tx) =>
      tx.execute(sql`insert into article_authors (article_id, author_id, position) values (1, 1, 0)`),
    );
    await expect(orphan).rejects.toThrow(/FOREIGN KEY/);
  });

  test('the connection that reads cannot write, whatever it is sent', async () => {
    const db = await store.open();
    const attempt = db.rows(sql`insert into settings (name, value) values ('a', 'b') returning name`);
    await expect(attempt).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(await db.select().from(db.tables.settings)).toEqual([]);
  });

  test('whatever was acknowledged is there after a kill, and the file is sound', async () => {
    const file = join(tempDirectory(), 'killed.db');
    const first = openDatabase(file);
    await migrate(first);
    await first.close();
    let acknowledged = 0;
    for (let round = 0; round < 6; round++) {
      const child = startChild(
        'database/children/write-for-ever.ts',
        file,
        String(acknowledged + 1_000 * round),
      );
      await child.line();
      await delay(20 + Math.random() * 250);
      await child.kill();
      const check = new Sqlite(file, { readonly: true });
      expect(check.pragma('integrity_check', { simple: true })).toBe('ok');
      const names = new Set(check.prepare('select name from settings').pluck().all());
      check.close();
      for (const n of child.lines) {
        expect(names).toContain(`n${n}`);
        expect(names).toContain(`twin${n}`);
      }
      // Nothing is there by half.
      const halves = [...names].filter((name) => String(name).startsWith('n')).length;
      expect(names.size).toBe(2 * halves);
      acknowledged += child.lines.length;
    }
    expect(acknowledged).toBeGreaterThan(6);
  }, 60_000);

  test('the write-ahead log stays small while processes read without a pause and one writes', async () => {
    const db = await store.open();
    const file = store.url();
    await db.write(async (tx) => {
      for (let n = 0; n < 100; n++) {
        await tx.execute(sql`insert into settings (name, value) values (${`old${n}`}, 'x')`);
      }
    });
    // So many that one of them reads at nearly every commit.
    const readers = Array.from({ length: 2 }, () => startChild('database/children/read-for-ever.ts', file));
    await Promise.all(readers.map((reader) => reader.line()));
    let reading = true;
    const reads = (async () => {
      while (reading) {
        await db.rows(sql`select count(*) from settings`);
        await delay(1);
      }
    })();
    let largest = 0;
    // 100 MB: what is there already is not written again, so no value is like the one before it.
    for (let n = 0; n < 2_000; n++) {
      const value = `${n} `.repeat(50_000 / `${n} `.length);
      await db.write((tx) =>
        tx.execute(
          sql`insert into settings (name, value) values (${`w${n % 200}`}, ${value})
              on conflict (name) do update set value = excluded.value`,
        ),
      );
      if (n % 20 === 0) largest = Math.max(largest, statSync(`${file}-wal`).size);
    }
    reading = false;
    await reads;
    for (const reader of readers) await reader.kill();
    expect(statSync(`${file}-wal`).size).toBeLessThan(32 * 1_024 * 1_024);
    expect(largest).toBeLessThan(64 * 1_024 * 1_024);
  }, 60_000);

  test('a thread moves the log into the file while the writer goes on, and lets go of it in the end', async () => {
    const file = join(tempDirectory(), 'moved.db');
    const child = startChild('database/children/checkpoints.ts', file);
    expect(await child.line()).toBe('moved');
    expect(await child.line()).toBe('ended');
    await child.ended();
    expect(statSync(`${file}-wal`, { throwIfNoEntry: false })).toBeUndefined();
  }, 60_000);

  test('one huge transaction leaves no huge write-ahead log behind', async () => {
    const db = await store.open();
    const value = 'x'.repeat(100_000);
    await db.write(async (tx) => {
      for (let n = 0; n < 500; n++) {
        await tx.execute(sql`insert into settings (name, value) values (${`w${n}`}, ${value})`);
      }
    });
    for (let n = 0; n < 3; n++) {
      await db.write((tx) => tx.execute(sql`insert into settings (name, value) values (${`s${n}`}, '')`));
    }
    expect(statSync(`${store.url()}-wal`).size).toBeLessThan(32 * 1_024 * 1_024);
  });
});
