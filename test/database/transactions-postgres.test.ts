import { setTimeout as delay } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import pg from 'pg';
import { openDatabase, type Reader, type Tx } from '../../src/database';
import { describeEngine } from '../support/engines';

const rename = async (tx: Tx, id: number, name: string) =>
  void (await tx.update(tx.tables.authors).set({ name }).where(eq(tx.tables.authors.id, id)));

const names = async (reader: Reader) =>
  (await reader.select().from(reader.tables.authors).orderBy(reader.tables.authors.id)).map(
    ({ name }) => name,
  );

const twoAuthors = (tx: Tx) =>
  tx.insertMany(tx.tables.authors, [
    { slug: 'one', name: 'one', sortName: 'one' },
    { slug: 'two', name: 'two', sortName: 'two' },
  ]);

const backend = async (tx: Tx) =>
  (await tx.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`))[0]?.pid ?? 0;

const unavailable = { code: 'SERVICE_UNAVAILABLE' };

describeEngine('postgres', 'transactions', (store) => {
  /** Ends another session, as an administrator or a failover does. */
  async function terminate(pid: number): Promise<void> {
    const client = new pg.Client({ connectionString: store.url() });
    await client.connect();
    await client.query('select pg_terminate_backend($1)', [pid]);
    await client.end();
    await delay(20);
  }

  test('two that lock each other out both come through: one is run again', async () => {
    const db = await store.open();
    await db.write(twoAuthors);
    let runs = 0;
    const both = [new Barrier(), new Barrier()] as const;
    const transaction = (mine: 0 | 1, first: number, second: number) =>
      db.write(async (tx) => {
        runs++;
        await rename(tx, first, `by ${mine}`);
        both[mine].open();
        await both[mine === 0 ? 1 : 0].opened;
        await rename(tx, second, `by ${mine}`);
      });
    await Promise.all([transaction(0, 1, 2), transaction(1, 2, 1)]);
    expect(runs).toBe(3);
    const [one, two] = await names(db);
    expect(one).toBe(two);
  });

  test('a connection that is lost between two statements loses the transaction and nothing else', async () => {
    const db = await store.open();
    await db.write(twoAuthors);
    const attempt = db.write(async (tx) => {
      await rename(tx, 1, 'half');
      await terminate(await backend(tx));
      await rename(tx, 2, 'done');
    });
    await expect(attempt).rejects.toMatchObject(unavailable);
    expect(await names(db)).toEqual(['one', 'two']);
    await db.write((tx) => rename(tx, 1, 'after'));
    expect(await names(db)).toEqual(['after', 'two']);
  });

  test('a connection that is lost after the last statement is noticed before the commit', async () => {
    const db = await store.open();
    await db.write(twoAuthors);
    const attempt = db.write(async (tx) => {
      await rename(tx, 1, 'half');
      await terminate(await backend(tx));
    });
    await expect(attempt).rejects.toMatchObject(unavailable);
    await expect(attempt).rejects.toThrow('Nothing was changed');
    expect(await names(db)).toEqual(['one', 'two']);
  });

  test('a connection that is lost during a statement loses the transaction and nothing else', async () => {
    const db = await store.open();
    await db.write(twoAuthors);
    const attempt = db.write(async (tx) => {
      await rename(tx, 1, 'half');
      const pid = await backend(tx);
      const sleep = tx.rows(sql`select pg_sleep(5)`);
      await delay(20);
      await Promise.all([expect(sleep).rejects.toMatchObject(unavailable), terminate(pid)]);
    });
    await expect(attempt).rejects.toMatchObject(unavailable);
    expect(await names(db)).toEqual(['one', 'two']);
  });

  test('a connection that is lost during the commit leaves it open whether it was made', async () => {
    const db = await store.open();
    await db.write(async (tx) => {
      await tx.execute(sql`create function dawdle() returns trigger language plpgsql as
        $$ begin perform pg_sleep(5); return null; end $$`);
      await tx.execute(sql`create constraint trigger dawdle after insert on settings
        deferrable initially deferred for each row execute function dawdle()`);
    });
    let pid = 0;
    const attempt = db.write(async (tx) => {
      pid = await backend(tx);
      await tx.insert(tx.tables.settings).values({ name: 'a', value: '' });
    });
    const ended = expect(attempt).rejects.toMatchObject({ ...unavailable, details: { outcome: 'unknown' } });
    await delay(150);
    await terminate(pid);
    await ended;
    await expect(attempt).rejects.not.toThrow('Nothing was changed');
  });

  test('idle connections that are lost are replaced', async () => {
    const db = await store.open();
    await db.write(twoAuthors);
    const [row] = await db.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await terminate(row?.pid ?? 0);
    expect(await names(db)).toEqual(['one', 'two']);
  });

  test('a lock that another holds is waited for no longer than asked', async () => {
    const db = await store.open();
    await db.write(twoAuthors);
    const hasty = await store.openAnother({ lockTimeout: 100 });
    const patient = await store.openAnother({ lockTimeout: 20_000 });
    let waited = true;
    const waiting = await db.write(async (tx) => {
      await rename(tx, 1, 'first');
      const last = patient
        .write((other) => rename(other, 1, 'last'))
        .finally(() => {
          waited = false;
        });
      await expect(hasty.write((other) => rename(other, 1, 'second'))).rejects.toMatchObject(unavailable);
      expect(waited).toBe(true);
      return { last };
    });
    await waiting.last;
    expect(await names(db)).toEqual(['last', 'two']);
  });

  test('the limits on waiting reach the server', async () => {
    const db = await store.open({ lockTimeout: 1_234 });
    const limits = sql`select current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement,
      current_setting('idle_in_transaction_session_timeout') as idle`;
    expect(await db.rows(limits)).toEqual([{ lock: '1234ms', statement: '30s', idle: '0' }]);
    const inside = await db.write((tx) => tx.rows(limits));
    expect(inside).toEqual([{ lock: '1234ms', statement: '0', idle: '1min' }]);
  });

  test('writers that wait do not keep readers from reading', async () => {
    const db = await store.open();
    await db.write(twoAuthors);
    const held = new Barrier();
    const writers = Array.from({ length: 30 }, () =>
      db.write(async (tx) => {
        await rename(tx, 1, 'held');
        await held.opened;
      }),
    );
    await delay(50);
    expect(await names(db)).toEqual(['one', 'two']);
    held.open();
    await Promise.all(writers);
  });

  test('a server that cannot be reached is unavailable, and its address stays unsaid', async () => {
    const nobody = openDatabase('postgres://someone:secret@127.0.0.1:9/nowhere', { lockTimeout: 500 });
    for (const attempt of [() => nobody.check(), () => nobody.write(async () => undefined)]) {
      const error: unknown = await attempt().catch((fault: unknown) => fault);
      expect(error).toMatchObject(unavailable);
      expect(String(error)).not.toMatch(/127|secret|nowhere|someone/);
    }
    await nobody.close();
  });
});

class Barrier {
  open: () => void = () => undefined;
  readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });
}
