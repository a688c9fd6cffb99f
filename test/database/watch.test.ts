import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Database } from '../../src/database';
import { describeEachEngine, describeEngine } from '../support/engines';
import { until } from '../support/until';

class GivenUp extends Error {}

let rows = 0;

/** Writes a row; with `announcement` others are told, and given up it was never there. */
async function write(db: Database, options: { announcement: boolean; givenUp?: boolean }): Promise<void> {
  const writing = db.write(async (tx) => {
    await tx.insert(tx.tables.settings).values({ name: `row ${rows++}`, value: '' });
    if (options.announcement) tx.announce();
    if (options.givenUp) throw new GivenUp();
  });
  await writing.catch((error: unknown) => {
    if (!(error instanceof GivenUp)) throw error;
  });
}

describeEachEngine('who watches a database', (store) => {
  test('has heard of an announced commit of its own process when the write resolves', async () => {
    const db = await store.open();
    let heard = 0;
    const end = db.watch(() => heard++);
    const before = heard;
    await write(db, { announcement: true });
    expect(heard).toBeGreaterThan(before);
    end();
    const after = heard;
    await write(db, { announcement: true });
    await delay(300);
    expect(heard).toBe(after);
  });

  test('hears of commits of other processes, also when it is one of several', async () => {
    const db = await store.open();
    const another = await store.openAnother();
    let heard = 0;
    const ends = [db.watch(() => undefined), db.watch(() => heard++)];
    ends[0]?.();
    for (let round = 0; round < 3; round++) {
      const before = heard;
      await write(another, { announcement: true });
      await until(() => heard > before);
    }
    ends[1]?.();
  });

  test('is let go by a database that is closed', async () => {
    await store.open();
    const another = await store.openAnother();
    let heard = 0;
    another.watch(() => heard++);
    await another.close();
    const before = heard;
    await delay(300);
    expect(heard).toBe(before);
  });
});

describeEngine('sqlite', 'who watches a database', (store) => {
  test('hears nothing while nothing is committed', async () => {
    const db = await store.open();
    const another = await store.openAnother();
    await delay(120);
    let heard = 0;
    const end = db.watch(() => heard++);
    await write(another, { announcement: true, givenUp: true });
    await delay(300);
    expect(heard).toBe(0);
    await db.analyse();
    await write(another, { announcement: true });
    await until(() => heard > 0);
    end();
  });
});

describeEngine('postgres', 'an announcement', (store) => {
  test('is sent with the commit, and never of what was given up or has nothing to announce', async () => {
    const db = await store.open();
    const client = new pg.Client({ connectionString: store.url() });
    await client.connect();
    let sent = 0;
    client.on('notification', ({ channel }) => {
      expect(channel).toBe('dateline');
      sent++;
    });
    await client.query('listen dateline');
    await write(db, { announcement: false });
    await write(db, { announcement: true, givenUp: true });
    await client.query('select 1');
    expect(sent).toBe(0);
    await write(db, { announcement: true });
    await until(() => sent === 1);
    await client.end();
  });
});
