import { setTimeout as delay } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { type Database, isUniqueViolation, type Reader, type Tx } from '../../src/database';
import { describeEachEngine } from '../support/engines';

const put = async (tx: Tx, name: string, value = '') =>
  void (await tx.insert(tx.tables.settings).values({ name, value }));

const namesIn = async (reader: Reader) =>
  (await reader.select().from(reader.tables.settings)).map(({ name }) => name).sort();

/** One transaction of the property: amounts that it adds to accounts, with pauses, and how it ends. */
interface Plan {
  readonly steps: readonly { readonly account: number; readonly amount: number; readonly pause: number }[];
  readonly rollsBack: boolean;
}

const ACCOUNTS = 3;

const plans = fc.array(
  fc.record({
    steps: fc.array(
      fc.record({
        account: fc.integer({ min: 1, max: ACCOUNTS }),
        amount: fc.integer({ min: -50, max: 50 }),
        pause: fc.constantFrom(0, 0, 1, 2),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    rollsBack: fc.boolean(),
  }),
  { minLength: 50, maxLength: 50 },
);

class GivenUp extends Error {}

/** Adds the amounts to the accounts, and to the ledger what it has added in all. */
async function perform(db: Database, { steps, rollsBack }: Plan): Promise<void> {
  await db.write(async (tx) => {
    const { images } = tx.tables;
    // In one order, as every writer should: PostgreSQL takes a second to notice that two wait for each other.
    for (const { account, amount, pause } of steps.toSorted((a, b) => a.account - b.account)) {
      await tx
        .update(images)
        .set({ width: sql`${images.width} + ${amount}` })
        .where(eq(images.id, account));
      if (pause > 0) await delay(pause);
    }
    const total = steps.reduce((sum, { amount }) => sum + amount, 0);
    await tx.insert(tx.tables.feedHead).values({ id: nextEntry++, seq: total });
    if (rollsBack) throw new GivenUp();
  });
}

let nextEntry = 1;

/** What the accounts hold and what the ledger says, as one statement sees them. */
async function balances(reader: Reader): Promise<{ accounts: number; ledger: number }> {
  const [row] = await reader.rows<{ accounts: number; ledger: number }>(sql`
    select (select sum(width) from images) as accounts,
           (select coalesce(sum(seq), 0) from feed_head) as ledger`);
  if (!row) throw new Error('No balances');
  return row;
}

/** Runs them all at once, watches meanwhile, and compares what is there with what it has to be. */
async function runAll(db: Database, transactions: readonly Plan[]): Promise<void> {
  await db.write(async (tx) => {
    const accounts = Array.from({ length: ACCOUNTS }, (_, n) => ({ url: `account-${n}`, width: 0 }));
    await tx.insertMany(tx.tables.images, accounts);
  });
  let running = true;
  const watcher = (async () => {
    while (running) {
      const { accounts, ledger } = await balances(db);
      expect(accounts).toBe(ledger);
      await delay(1);
    }
  })();
  const ends = await Promise.allSettled(transactions.map((plan) => perform(db, plan)));
  running = false;
  await watcher;

  expect(ends.map(({ status }) => status)).toEqual(
    transactions.map(({ rollsBack }) => (rollsBack ? 'rejected' : 'fulfilled')),
  );
  for (const end of ends) if (end.status === 'rejected') expect(end.reason).toBeInstanceOf(GivenUp);
  const kept = transactions.filter(({ rollsBack }) => !rollsBack).flatMap(({ steps }) => steps);
  const rows = await db.select().from(db.tables.images).orderBy(db.tables.images.id);
  expect(rows.map(({ width }) => width)).toEqual(
    rows.map(({ id }) =>
      kept.filter(({ account }) => account === id).reduce((sum, { amount }) => sum + amount, 0),
    ),
  );
}

describeEachEngine('transactions', (store) => {
  test('fifty that are interleaved come out exact, and are never seen half done', async () => {
    await fc.assert(
      fc.asyncProperty(plans, (transactions) => store.using((db) => runAll(db, transactions))),
      { numRuns: 4, endOnFailure: true },
    );
  }, 120_000);

  test('nesting is refused, and the outer transaction goes on', async () => {
    const db = await store.open();
    await db.write(async (tx) => {
      await put(tx, 'outer');
      await expect(db.write((inner) => put(inner, 'inner'))).rejects.toThrow(/write\(\) inside of write\(\)/);
      await expect(db.analyse()).rejects.toThrow(/write\(\) inside of write\(\)/);
    });
    expect(await namesIn(db)).toEqual(['outer']);
  });

  test('what a transaction has started may write once it is over', async () => {
    const db = await store.open();
    let later: Promise<void> = Promise.resolve();
    let over: () => void = () => undefined;
    const end = new Promise<void>((resolve) => {
      over = resolve;
    });
    await db.write(async (tx) => {
      later = end.then(() => db.write((next) => put(next, 'later')));
      await put(tx, 'first');
    });
    over();
    await later;
    expect(await namesIn(db)).toEqual(['first', 'later']);
  });

  test('a transaction that has ended cannot be used', async () => {
    const db = await store.open();
    let kept: Tx | undefined;
    await db.write(async (tx) => {
      kept = tx;
      await put(tx, 'inside');
    });
    const tx = kept as Tx;
    const { settings, authors } = tx.tables;
    await expect(put(tx, 'outside')).rejects.toMatchObject({
      cause: { message: expect.stringContaining('This transaction has ended') },
    });
    await expect(tx.execute(sql`delete from settings`)).rejects.toThrow('This transaction has ended');
    await expect(tx.rows(sql`select 1`)).rejects.toThrow('This transaction has ended');
    await expect(tx.insertMany(authors, [{ slug: 'a', name: 'A', sortName: 'a' }])).rejects.toThrow('ended');
    await expect((async () => tx.select().from(settings))()).rejects.toThrow();
    expect(() => tx.beforeCommit(async () => undefined)).toThrow('ended');
    expect(await namesIn(db)).toEqual(['inside']);
  });

  test('an error rolls back everything and reaches the caller as it is', async () => {
    const db = await store.open();
    const error = new Error('changed my mind');
    const attempt = db.write(async (tx) => {
      await put(tx, 'a');
      await tx.execute(sql`insert into settings (name, value) values ('b', '')`);
      await tx.insertMany(tx.tables.authors, [{ slug: 'c', name: 'C', sortName: 'c' }]);
      await delay(2);
      throw error;
    });
    await expect(attempt).rejects.toBe(error);
    expect(await namesIn(db)).toEqual([]);
    expect(await db.select().from(db.tables.authors)).toEqual([]);
    await db.write((tx) => put(tx, 'next'));
    expect(await namesIn(db)).toEqual(['next']);
  });

  test('a failed statement loses the transaction, even when its error is caught', async () => {
    const db = await store.open();
    await db.write((tx) => put(tx, 'taken'));
    const attempt = db.write(async (tx) => {
      await put(tx, 'a');
      await put(tx, 'taken').catch(() => undefined);
    });
    expect(isUniqueViolation(await attempt.catch((error: unknown) => error))).toBe(true);
    const second = db.write(async (tx) => {
      await put(tx, 'taken').catch(() => undefined);
      await put(tx, 'b');
    });
    await expect(second).rejects.toThrow();
    expect(await namesIn(db)).toEqual(['taken']);
  });

  test('statements asked for at once run in their order', async () => {
    const db = await store.open();
    await db.write(async (tx) => {
      await Promise.all([
        tx.insert(tx.tables.images).values({ id: 7, url: 'i' }),
        tx.insert(tx.tables.authors).values({ id: 1, slug: 'a', name: 'A', sortName: 'a', avatarId: 7 }),
        tx.update(tx.tables.authors).set({ name: 'B' }),
      ]);
    });
    expect(await db.select({ name: db.tables.authors.name }).from(db.tables.authors)).toEqual([
      { name: 'B' },
    ]);
  });

  test('a transaction sees its own writes and nobody else does until it commits', async () => {
    const db = await store.open();
    const other = await store.openAnother();
    await db.write(async (tx) => {
      await put(tx, 'mine');
      expect(await namesIn(tx)).toEqual(['mine']);
      expect(await namesIn(db)).toEqual([]);
      expect(await namesIn(other)).toEqual([]);
    });
    expect(await namesIn(db)).toEqual(['mine']);
    expect(await namesIn(other)).toEqual(['mine']);
  });

  test('work for before the commit runs last, in order, and may ask for more', async () => {
    const db = await store.open();
    const order: string[] = [];
    await db.write(async (tx) => {
      tx.beforeCommit(async (last) => {
        order.push('first');
        await put(last, 'from the first');
        last.beforeCommit(async () => void order.push('asked for by the first'));
      });
      tx.beforeCommit(async () => void order.push('second'));
      await put(tx, 'work');
      order.push('work');
    });
    expect(order).toEqual(['work', 'first', 'second', 'asked for by the first']);
    expect(await namesIn(db)).toEqual(['from the first', 'work']);
  });

  test('an error before the commit rolls back', async () => {
    const db = await store.open();
    const attempt = db.write(async (tx) => {
      await put(tx, 'a');
      tx.beforeCommit(async () => {
        throw new Error('no number to be had');
      });
    });
    await expect(attempt).rejects.toThrow('no number to be had');
    expect(await namesIn(db)).toEqual([]);
  });

  test('closing waits for what has begun and refuses what comes after', async () => {
    const db = await store.open();
    const slow = db.write(async (tx) => {
      await put(tx, 'slow');
      await delay(50);
      await put(tx, 'done');
    });
    const queued = db.write((tx) => put(tx, 'queued'));
    await delay(5);
    const closed = db.close();
    for (const late of [
      db.write((tx) => put(tx, 'late')),
      db.rows(sql`select 1`),
      db.check(),
      db.analyse(),
      db.write((tx) => put(tx, 'late')),
    ]) {
      await expect(late).rejects.toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
        message: expect.stringContaining('it has been closed'),
      });
    }
    await Promise.all([closed, slow, queued]);
    await db.close();
    await expect((async () => db.select().from(db.tables.settings))()).rejects.toMatchObject({
      cause: { code: 'SERVICE_UNAVAILABLE' },
    });
    const again = await store.openAnother();
    expect(await namesIn(again)).toEqual(['done', 'queued', 'slow']);
  });

  test('a writer that waits too long for its turn gives up, and its work never runs', async () => {
    const db = await store.open({ lockTimeout: 100 });
    let letGo: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    // As many as may write at once, and one more.
    const busy = Array.from({ length: 5 }, (_, n) =>
      db.write(async (tx) => {
        await put(tx, `busy${n}`);
        await gone;
      }),
    );
    const settled = Promise.allSettled(busy);
    await delay(20);
    const attempt = db.write((tx) => put(tx, 'late'));
    await expect(attempt).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    letGo();
    await settled;
    await delay(20);
    expect(await namesIn(db)).not.toContain('late');
    expect(await namesIn(db)).toContain('busy0');
  });
});
