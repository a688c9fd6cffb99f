import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import pg from 'pg';
import { type Database, prepared, type Reader } from '../../src/database';
import { describeEachEngine, describeEngine } from '../support/engines';

const unavailable = { code: 'SERVICE_UNAVAILABLE' };

const put = (db: Database, name: string, value = 'x') =>
  db.write(async (tx) => void (await tx.insert(tx.tables.settings).values({ name, value })));

const allNames = prepared(({ tables: { settings: s } }) => ({
  select: { name: s.name },
  from: sql`${s} order by ${s.name}`,
}));

/** The same question in the three ways in which a reader can be asked. */
async function namesIn(reader: Reader): Promise<string[]> {
  const { settings } = reader.tables;
  const asked = [
    await reader.select({ name: settings.name }).from(settings).orderBy(settings.name),
    await reader.rows<{ name: string }>(sql`select name from settings order by name`),
    await allNames(reader, {}),
  ].map((rows) => rows.map(({ name }) => name));
  expect(asked[1]).toEqual(asked[0]);
  expect(asked[2]).toEqual(asked[0]);
  return asked[0] ?? [];
}

describeEachEngine('a snapshot', (store) => {
  test('shows one instant, whatever others commit meanwhile, and holds nobody up', async () => {
    const db = await store.open();
    const another = await store.openAnother();
    await put(db, 'kept');
    await put(db, 'changed', 'before');
    await put(db, 'removed');
    const { settings } = db.tables;
    await db.snapshot(async (reader) => {
      for (let round = 0; round < 3; round++) {
        await put(db, `added ${round}`);
        await another.write(async (tx) => {
          await tx
            .update(settings)
            .set({ value: `${round}` })
            .where(eq(settings.name, 'changed'));
          await tx.delete(settings).where(eq(settings.name, 'removed'));
        });
        expect(await namesIn(reader)).toEqual(['changed', 'kept', 'removed']);
        const [changed] = await reader.select().from(settings).where(eq(settings.name, 'changed'));
        expect(changed?.value).toBe('before');
      }
    });
    expect(await namesIn(db)).toEqual(['added 0', 'added 1', 'added 2', 'changed', 'kept']);
  });

  test('begins when it is asked for, not when it is first read', async () => {
    const db = await store.open();
    await put(db, 'before');
    await db.snapshot(async (reader) => {
      await put(db, 'after');
      expect(await namesIn(reader)).toEqual(['before']);
    });
  });

  test('answers several questions at once', async () => {
    const db = await store.open();
    await put(db, 'only');
    const answers = await db.snapshot((reader) =>
      Promise.all(Array.from({ length: 20 }, () => namesIn(reader))),
    );
    expect(answers).toEqual(Array.from({ length: 20 }, () => ['only']));
  });

  test('cannot write', async () => {
    const db = await store.open();
    const attempt = db.snapshot((reader) =>
      reader.rows(sql`insert into settings (name, value) values ('a', 'b') returning name`),
    );
    await expect(attempt).rejects.toThrow();
    expect(await namesIn(db)).toEqual([]);
  });

  test('is over with the work, and whatever that throws is thrown on', async () => {
    const db = await store.open();
    let kept: Reader | undefined;
    for (let n = 0; n < 30; n++) {
      const attempt = db.snapshot(async (reader) => {
        kept = reader;
        throw new Error(`enough ${n}`);
      });
      await expect(attempt).rejects.toThrow(`enough ${n}`);
    }
    await expect(kept?.rows(sql`select 1 as one`)).rejects.toThrow('This snapshot has ended');
    await put(db, 'still there');
    expect(await namesIn(db)).toEqual(['still there']);
  });

  test('that nothing has been read from for long is given up', async () => {
    const db = await store.open({ snapshotPatience: 500 });
    const attempt = db.snapshot(async (reader) => {
      expect(await namesIn(reader)).toEqual([]);
      await delay(1_500);
      await namesIn(reader);
    });
    await expect(attempt).rejects.toMatchObject({
      ...unavailable,
      message: expect.stringContaining('nothing was read from a snapshot'),
    });
    await put(db, 'still there');
    expect(await namesIn(db)).toEqual(['still there']);
  });

  test('that is read now and then is kept', async () => {
    const db = await store.open({ snapshotPatience: 3_000 });
    await db.snapshot(async (reader) => {
      for (let n = 0; n < 6; n++) {
        await delay(700);
        await reader.rows(sql`select 1 as one`);
      }
    });
  });

  test('is given up when the database is closed', async () => {
    const db = await store.open();
    let closed: Promise<void> | undefined;
    const attempt = db.snapshot(async (reader) => {
      closed = db.close();
      await namesIn(reader);
    });
    await expect(attempt).rejects.toMatchObject(unavailable);
    await closed;
  });
});

describeEngine('sqlite', 'a snapshot', (store) => {
  const walSize = () => statSync(`${store.url()}-wal`).size;
  const block = 'x'.repeat(100_000);

  test('is given up when too much has been written meanwhile, and the log is cut back', async () => {
    const db = await store.open({ snapshotLogLimit: 20_000_000 });
    const attempt = db.snapshot(async (reader) => {
      for (let n = 0; ; n++) {
        await namesIn(reader);
        await put(db, `s${n}`, block);
        // A turn for the one who watches.
        if (n % 10 === 0) await delay(1);
      }
    });
    await expect(attempt).rejects.toMatchObject({
      ...unavailable,
      message: expect.stringContaining('too much was written'),
    });
    const [row] = await db.rows<{ total: number }>(sql`select count(*) as total from settings`);
    // Each takes 100,000 bytes and the pages around them.
    expect(row?.total).toBeGreaterThan(150);
    expect(walSize()).toBeGreaterThan(20_000_000);
    for (let n = 0; n < 100; n++) await put(db, `after ${n}`, block);
    expect(walSize()).toBeLessThan(20_000_000);
  });

  test('keeps what it needs of the log, which is cut back when it ends', async () => {
    const db = await store.open();
    await db.snapshot(async (reader) => {
      for (let n = 0; n < 300; n++) await put(db, `s${n}`, block);
      expect(await namesIn(reader)).toEqual([]);
    });
    expect(walSize()).toBeGreaterThan(20_000_000);
    for (let n = 0; n < 100; n++) await put(db, `after ${n}`, block);
    expect(walSize()).toBeLessThan(20_000_000);
  });
});

describeEngine('postgres', 'a snapshot', (store) => {
  const asAdministrator = async <R extends object>(text: string): Promise<R[]> => {
    const client = new pg.Client({ connectionString: store.url() });
    await client.connect();
    try {
      return (await client.query<R>(text)).rows;
    } finally {
      await client.end();
    }
  };

  test('that is given up leaves no open transaction on the server', async () => {
    const db = await store.open({ snapshotPatience: 1_000 });
    const open = () =>
      asAdministrator(
        `select pid from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
      );
    await db.snapshot(async () => {
      expect(await open()).toHaveLength(1);
      await delay(2_500);
      expect(await open()).toEqual([]);
    });
  });

  test('is kept while a single statement takes its time', async () => {
    const db = await store.open({ snapshotPatience: 500 });
    await db.snapshot(async (reader) => {
      await reader.rows(sql`select pg_sleep(1.5)`);
      await reader.rows(sql`select 1 as one`);
    });
  });

  test('whose connection is lost tells so, and the next one is fine', async () => {
    const db = await store.open();
    const attempt = db.snapshot(async (reader) => {
      const [row] = await reader.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await asAdministrator(`select pg_terminate_backend(${row?.pid})`);
      await delay(20);
      await reader.rows(sql`select 1 as one`);
    });
    await expect(attempt).rejects.toMatchObject(unavailable);
    expect(await db.snapshot(namesIn)).toEqual([]);
  });
});
