import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { describeEngine } from '../support/engines';
import { longestGap } from '../support/event-loop';

describeEngine('sqlite', 'transactions', (store) => {
  test('run one after the other, in the order in which they were asked for', async () => {
    const db = await store.open();
    const events: string[] = [];
    await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        db.write(async (tx) => {
          events.push(`begin ${n}`);
          if (n % 3 === 0) await delay(n % 4);
          await tx.insert(tx.tables.settings).values({ name: `s${n}`, value: '' });
          tx.beforeCommit(async () => void events.push(`end ${n}`));
        }),
      ),
    );
    expect(events).toEqual(Array.from({ length: 30 }, (_, n) => [`begin ${n}`, `end ${n}`]).flat());
  });

  test('a long one and many short ones leave the event loop to others', async () => {
    const db = await store.open();
    const start = performance.now();
    const { gap } = await longestGap(async () => {
      await db.write(async (tx) => {
        for (let n = 0; n < 10_000; n++) {
          await tx.execute(sql`insert into settings (name, value) values (${`s${n}`}, 'x')`);
        }
      });
      await db.write((tx) =>
        tx.insertMany(
          tx.tables.authors,
          Array.from({ length: 20_000 }, (_, n) => ({ slug: `a${n}`, name: 'A', sortName: 'a' })),
        ),
      );
      await Promise.all(
        Array.from({ length: 200 }, (_, n) =>
          db.write((tx) => tx.execute(sql`insert into settings (name, value) values (${`t${n}`}, 'x')`)),
        ),
      );
    });
    // The disk may hold up a commit; what must not be is one long turn.
    expect(gap).toBeLessThan(Math.max(250, (performance.now() - start) / 3));
  });
});

describeEngine('sqlite', 'what is read before the event loop goes on', (store) => {
  // Also of a test that has failed before it put the clock right.
  afterEach(() => jest.restoreAllMocks());

  /** Another process's commit, and how many rows there are by now. */
  const withOther = async () => {
    const db = await store.open();
    const other = new Sqlite(store.url());
    return {
      count: async () => (await db.rows<{ n: number }>(sql`select count(*) as n from settings`))[0]?.n ?? 0,
      add: (name: string) => other.exec(`insert into settings (name, value) values ('${name}', 'x')`),
      close: () => other.close(),
    };
  };

  test('is of one instant, and what is read next knows what happened meanwhile', async () => {
    const { count, add, close } = await withOther();
    const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
    const before = await count();
    const together = [count()];
    add('meanwhile');
    together.push(count());
    expect(await Promise.all(together)).toEqual([before, before]);
    // One after the other, as a loader reads what another one has led to.
    expect(await count()).toBe(before);
    // And as a loader waits for what else is asked for.
    const tick = () => new Promise<number>((resolve) => process.nextTick(() => resolve(count())));
    expect(await Promise.resolve().then(tick)).toBe(before);
    clock.mockRestore();
    // Nobody is told of another process's commit but by the event loop.
    await setImmediate();
    expect(await count()).toBe(before + 1);
    close();
  });

  test('is begun anew after five milliseconds, so that the log can be moved into the file', async () => {
    const { count, add, close } = await withOther();
    const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
    const before = await count();
    add('meanwhile');
    clock.mockReturnValue(4.9);
    expect(await count()).toBe(before);
    clock.mockReturnValue(5);
    expect(await count()).toBe(before + 1);
    close();
  });

  test('knows at once what this process has committed, by whatever connection', async () => {
    const db = await store.open();
    const second = await store.openAnother();
    jest.spyOn(performance, 'now').mockReturnValue(0);
    const names = async () =>
      (await db.rows<{ name: string }>(sql`select name from settings`)).map(({ name }) => name);
    const write = (by: typeof db, name: string) =>
      by.write((tx) => tx.insert(tx.tables.settings).values({ name, value: '' }));
    const before = await names();
    const whileItReads = names();
    await write(db, 'own');
    expect(await whileItReads).toEqual(before);
    expect(await names()).toEqual([...before, 'own']);
    await write(second, 'second');
    expect(await names()).toEqual([...before, 'own', 'second']);
  });

  test('goes on where one of the statements fails', async () => {
    const db = await store.open();
    const wrong = db.rows(sql`select nothing from settings`);
    const right = db.rows(sql`select count(*) as n from settings`);
    await expect(wrong).rejects.toThrow();
    expect(await right).toHaveLength(1);
    expect(await db.rows(sql`select 1 as n`)).toEqual([{ n: 1 }]);
  });
});
