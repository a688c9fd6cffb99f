import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { migrate, openDatabase } from '../../src/database';
import { startChild } from '../support/child';
import { describeEngine } from '../support/engines';
import { longestGap } from '../support/event-loop';
import { KNOWN_MIGRATIONS } from '../support/known-migrations';
import { tempDirectory } from '../support/temp-directory';

const HELD_MS = 1_500;

describeEngine('sqlite', 'another process that holds the write lock', (store) => {
  const insert = sql`insert into settings (name, value) values ('ours', '')`;
  const count = sql`select count(*) as n from settings`;

  test('keeps our writes waiting, but neither our reads nor the event loop', async () => {
    const db = await store.open();
    const holder = startChild('database/children/hold-write-lock.ts', store.url(), String(HELD_MS));
    await holder.line();
    const start = performance.now();
    let reads = 0;
    const { gap } = await longestGap(async () => {
      let waiting = true;
      const write = db
        .write((tx) => tx.execute(insert))
        .finally(() => {
          waiting = false;
        });
      while (waiting) {
        await db.rows(count);
        reads++;
        await delay(5);
      }
      await write;
    });
    expect(performance.now() - start).toBeGreaterThan(HELD_MS / 2);
    expect(reads).toBeGreaterThan(20);
    expect(gap).toBeLessThan(250);
    expect(await db.rows(count)).toEqual([{ n: 1 }]);
    await holder.ended();
  });

  test('makes a write fail that will not wait so long, and nothing is written', async () => {
    const db = await store.open({ lockTimeout: 200 });
    const holder = startChild('database/children/hold-write-lock.ts', store.url(), String(HELD_MS));
    await holder.line();
    let ran = false;
    const attempt = db.write(async (tx) => {
      ran = true;
      await tx.execute(insert);
    });
    await expect(attempt).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining('another process is writing to it'),
    });
    await holder.ended();
    expect(ran).toBe(false);
    expect(await db.rows(count)).toEqual([{ n: 0 }]);
    await db.write((tx) => tx.execute(insert));
  });

  test('does not keep us from opening the file', async () => {
    await store.open();
    const holder = startChild('database/children/hold-write-lock.ts', store.url(), String(HELD_MS));
    await holder.line();
    const db = await store.openAnother();
    expect(await db.rows(count)).toEqual([{ n: 0 }]);
    expect(await migrate(db)).toEqual({ before: KNOWN_MIGRATIONS, applied: 0 });
    await holder.ended();
  });
});

describeEngine('sqlite', 'opening', () => {
  test('one new file from several places at once', async () => {
    const file = join(tempDirectory(), 'deep', 'new.db');
    const children = Array.from({ length: 4 }, () => startChild('database/children/migrate.ts', file));
    const reports = await Promise.all(children.map((child) => child.line()));
    await Promise.all(children.map((child) => child.ended()));
    expect(reports.sort()).toEqual(['applied 0', 'applied 0', 'applied 0', `applied ${KNOWN_MIGRATIONS}`]);
  });

  test('waits for a process that has the file for itself, but not for ever', async () => {
    const file = join(tempDirectory(), 'busy.db');
    const db = openDatabase(file);
    await migrate(db);
    await db.close();
    const holder = startChild('database/children/hold-write-lock.ts', file, String(HELD_MS), 'exclusive');
    await holder.line();
    expect(() => openDatabase(file, { lockTimeout: 100 })).toThrow(/another process is writing to it/);
    const again = openDatabase(file);
    await again.check();
    await again.close();
    await holder.ended();
  });

  test('takes a path and a file: URL alike', async () => {
    const file = join(tempDirectory(), 'named.db');
    const db = openDatabase(`file://${file}`);
    await migrate(db);
    await db.close();
    const again = openDatabase(`file:${file}`);
    await again.check();
    await again.close();
  });
});
