import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { type Clock, heldClock, systemClock } from '../../src/core/clock';
import type { Log } from '../../src/core/log';
import type { Database } from '../../src/database';
import { every, type Job, JobRunner, type Turn } from '../../src/jobs';
import { endTurn, type JobState, jobStates, takeTurn } from '../../src/jobs/turn.store';
import { at, HOUR, NOW } from '../support/archive';
import { bounded } from '../support/bounded';
import { startChild } from '../support/child';
import { describeEachEngine } from '../support/engines';
import { until } from '../support/until';

/** Milliseconds between two looks: short, so that tests need not wait. */
const LOOK = 5;
const LEASE = 30_000;

interface Said {
  readonly level: string;
  readonly message: string;
  readonly facts: object;
}

function remembering(): { log: Log; said: Said[] } {
  const said: Said[] = [];
  const say = (level: string) => (facts: object, message: string) =>
    void said.push({ level, message, facts });
  return { log: { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') }, said };
}

describeEachEngine('jobs', (store) => {
  const runners: JobRunner[] = [];
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  });

  /** A process, as far as jobs are concerned. */
  function runnerOn(database: Database, jobs: readonly Job[], clock: Clock, lease = LEASE) {
    const { log, said } = remembering();
    const runner = new JobRunner({ database, clock, log, jobs, look: LOOK, lease });
    runners.push(runner);
    runner.start();
    return { runner, said };
  }

  const stateOf = async (database: Database) => {
    const { jobs: j } = database.tables;
    const [state] = await database.select().from(j).where(sql`${j.name} = 'job'`);
    return state;
  };

  const job = (run: Job['run'], due: Job['due'] = every(HOUR)): Job => ({ name: 'job', due, run });

  test('are done once a period, however many processes look', async () => {
    const databases = [await store.open()];
    for (let n = 1; n < 4; n++) databases.push(await store.openAnother());
    const db = at(databases, 0);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 4 }),
        fc.array(fc.integer({ min: 1, max: 2 * HOUR }), { minLength: 1, maxLength: 6 }),
        async (processes, steps) => {
          await db.write((tx) => tx.execute(sql`delete from jobs`));
          const clock = heldClock(NOW);
          const runs: number[] = [];
          let under = 0;
          const work = job(async ({ now }) => {
            expect(++under).toBe(1);
            await delay(2);
            runs.push(now);
            under--;
          });
          const all = databases.slice(0, processes).map((each) => runnerOn(each, [work], clock));
          const expected = [NOW];
          // Given back, too: the clock may jump past the time for which a turn is held.
          const done = async () => {
            const state = await stateOf(db);
            return state?.holder === null && state.lastRun === expected.at(-1);
          };
          for (const step of steps) {
            await until(done);
            clock.advance(step);
            const last = expected.at(-1) ?? 0;
            if (clock.now() - last >= HOUR) expected.push(clock.now());
            await delay(3 * LOOK);
          }
          await until(done);
          await Promise.all(all.map(({ runner }) => runner.stop()));
          expect(runs).toEqual(expected);
        },
      ),
      bounded(6),
    );
  }, 60_000);

  test('wait until they are due, and are done by the process that is there when one is gone', async () => {
    const db = await store.open();
    const clock = heldClock(NOW);
    const runs: string[] = [];
    const first = runnerOn(db, [job(async () => void runs.push('first'))], clock);
    await until(() => runs.length === 1);
    await first.runner.stop();
    runnerOn(await store.openAnother(), [job(async () => void runs.push('second'))], clock);
    clock.advance(HOUR - 1);
    await delay(10 * LOOK);
    expect(runs).toEqual(['first']);
    clock.advance(1);
    await until(() => runs.length === 2);
    expect(runs).toEqual(['first', 'second']);
  });

  test('that were broken off by a stop are done at once by the next process', async () => {
    const db = await store.open();
    const clock = heldClock(NOW);
    let began = false;
    const { runner } = runnerOn(
      db,
      [
        job(async ({ signal }) => {
          began = true;
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
        }),
      ],
      clock,
    );
    await until(() => began);
    await runner.stop();
    expect(await stateOf(db)).toMatchObject({ holder: null, lastRun: null, failures: 0 });
    let done = 0;
    runnerOn(await store.openAnother(), [job(async () => void done++)], clock);
    await until(() => done === 1);
    await until(async () => (await stateOf(db))?.lastRun === NOW);
  });

  test('that have failed are tried again, ever more seldom, and the log says why', async () => {
    const db = await store.open();
    const clock = heldClock(NOW);
    const tries: number[] = [];
    const { said } = runnerOn(
      db,
      [
        job(async ({ now }) => {
          tries.push(now - NOW);
          if (tries.length < 4) throw new Error('The disk is full');
        }),
      ],
      clock,
    );
    for (const [index, pause] of [1_000, 2_000, 4_000].entries()) {
      await until(async () => (await stateOf(db))?.failures === index + 1);
      clock.advance(pause - 1);
      await delay(5 * LOOK);
      expect(tries).toHaveLength(index + 1);
      clock.advance(1);
    }
    await until(async () => (await stateOf(db))?.lastRun === NOW + 7_000);
    expect(tries).toEqual([0, 1_000, 3_000, 7_000]);
    expect(await stateOf(db)).toMatchObject({ failures: 0, retryAt: null, holder: null });
    const failed = said.filter(({ message }) => message === 'A job failed');
    expect(failed.map(({ facts }) => facts)).toMatchObject(
      [1, 2, 3].map((failures) => ({ job: 'job', failures, fault: { message: 'The disk is full' } })),
    );
  });

  test('that are late say so, and are done once for all that was missed', async () => {
    const db = await store.open();
    const clock = heldClock(NOW);
    const runs: number[] = [];
    const work = job(async ({ now }) => void runs.push(now));
    const { runner, said } = runnerOn(db, [work], clock);
    await until(() => runs.length === 1);
    await runner.stop();
    clock.advance(9 * HOUR);
    const late = runnerOn(await store.openAnother(), [work], clock);
    await until(async () => (await stateOf(db))?.lastRun === NOW + 9 * HOUR);
    expect(runs).toEqual([NOW, NOW + 9 * HOUR]);
    expect(said).toEqual([]);
    expect(late.said).toMatchObject([{ level: 'warn', facts: { job: 'job', lateSeconds: 8 * 3_600 } }]);
  });

  test('are not put off by a clock that was set back', async () => {
    const db = await store.open();
    const ahead = heldClock(NOW + 1_000 * HOUR);
    let runs = 0;
    const held = runnerOn(
      db,
      [
        job(
          async ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
        ),
      ],
      ahead,
    );
    await until(async () => (await stateOf(db))?.holder != null);
    // The turn of a process that is gone without a word, and a last run in what is the future now.
    const { jobs: j } = db.tables;
    const { holder, heldUntil } = { ...(await stateOf(db)) };
    await held.runner.stop();
    await db.write(async (tx) => {
      await tx.update(j).set({ holder: holder ?? '', heldUntil: heldUntil ?? 0, lastRun: ahead.now() });
    });
    runnerOn(await store.openAnother(), [job(async () => void runs++)], heldClock(NOW));
    await until(async () => (await stateOf(db))?.lastRun === NOW);
    expect(runs).toBe(1);
  });

  test('are taken over when their process says nothing any more, which then can write nothing', async () => {
    const db = await store.open();
    const clock = heldClock(NOW);
    let turn: Turn | undefined;
    let letGo: () => void = () => undefined;
    const stuck = runnerOn(
      db,
      [
        job(async (mine) => {
          turn = mine;
          await new Promise<void>((resolve) => {
            letGo = resolve;
          });
        }),
      ],
      clock,
    );
    await until(() => turn !== undefined);
    const other = await store.openAnother();
    let taken = 0;
    runnerOn(other, [job(async () => void taken++)], clock);
    clock.advance(LEASE - 1);
    await delay(10 * LOOK);
    expect(taken).toBe(0);
    clock.advance(1);
    await until(() => taken === 1);
    const { settings } = db.tables;
    const writing = turn?.write(async (tx) => {
      await tx.insert(settings).values({ name: 'late', value: '' });
    });
    await expect(writing).rejects.toMatchObject({ name: 'TurnLost', job: 'job' });
    expect(await db.select().from(settings).where(sql`${settings.name} = 'late'`)).toEqual([]);
    letGo();
    await stuck.runner.stop();
    await until(async () => (await stateOf(db))?.lastRun !== null);
    // What the one that was late has to say of its turn changes nothing.
    expect(await stateOf(db)).toMatchObject({ holder: null, turn: 2, lastRun: NOW + LEASE });
  });

  test('are not taken again by a process that has seen how they were before', async () => {
    const db = await store.open();
    const take = (seen: JobState | undefined, holder: string) =>
      db.write((tx) => takeTurn(tx, 'job', seen, { holder, until: NOW + LEASE }));
    const first = await take(undefined, 'first');
    expect(first).toEqual({ job: 'job', holder: 'first', turn: 1 });
    expect(await take(undefined, 'second')).toBeNull();
    if (first) await db.write((tx) => endTurn(tx, first, { done: NOW }));
    expect(await take(undefined, 'second')).toBeNull();
    const [free] = await jobStates(db, { names: ['job'] });
    const next = await take(free, 'second');
    expect(next).toEqual({ job: 'job', holder: 'second', turn: 2 });
    expect(await take(free, 'third')).toBeNull();
    if (next) await db.write((tx) => endTurn(tx, next, null));
    expect(await take(free, 'third')).toBeNull();
  });

  test('keep their turn while they are at it, and hear when it is lost', async () => {
    const db = await store.open();
    const clock = heldClock(NOW);
    let signal: AbortSignal | undefined;
    const { said } = runnerOn(
      db,
      [
        job(async (turn) => {
          signal = turn.signal;
          await new Promise((resolve) => turn.signal.addEventListener('abort', resolve));
        }),
      ],
      clock,
      30,
    );
    await until(() => signal !== undefined);
    clock.advance(1_000);
    await until(async () => (await stateOf(db))?.heldUntil === NOW + 1_000 + 30);
    expect(signal?.aborted).toBe(false);
    await db.write(async (tx) => {
      await tx.update(tx.tables.jobs).set({ turn: 99, holder: 'another' });
    });
    await until(() => signal?.aborted === true);
    await until(() => said.length > 0);
    expect(said).toMatchObject([{ level: 'warn', message: 'Another process has taken over a job' }]);
    expect(await stateOf(db)).toMatchObject({ turn: 99, holder: 'another', lastRun: null });
  });

  test('that hang are told of, in the log and to whoever asks any process', async () => {
    const db = await store.open();
    const clock = heldClock(NOW);
    let hangs = false;
    const work = job(async ({ signal }) => {
      hangs = true;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    });
    const { said } = runnerOn(db, [work], clock, HOUR);
    await until(() => hangs);
    const another = runnerOn(await store.openAnother(), [work], clock, HOUR);
    clock.advance(59_000);
    expect(await another.runner.overdue()).toEqual([]);
    // A job that nobody has done yet is due whenever it is looked at; this one was done an hour and more ago.
    await db.write(async (tx) => {
      await tx.update(tx.tables.jobs).set({ lastRun: NOW - HOUR });
    });
    clock.advance(1_000);
    expect(await another.runner.overdue()).toEqual([{ job: 'job', seconds: 60 }]);
    const stalled = { level: 'error', facts: { job: 'job', seconds: 60 } };
    await until(() => said.length > 0 && another.said.length > 0);
    expect([...said, ...another.said]).toMatchObject([stalled, stalled]);
  });

  test('of a process that was killed are finished by another, and nothing is done twice', async () => {
    const db = await store.open();
    const lease = 300;
    const child = startChild('jobs/children/hold-turn.ts', store.url(), String(lease));
    const { settings } = db.tables;
    const pieces = () => db.select().from(settings).where(sql`${settings.name} like 'piece %'`);
    for (let line = 0; line < 5; line++) await child.line();
    await child.kill();
    const left = await pieces();
    expect(left.length).toBeGreaterThanOrEqual(child.lines.length);
    const work: Job = {
      name: 'pieces',
      due: async (last, now) => (last === null ? now : null),
      run: async ({ write }) => {
        await write(async (tx) => {
          await tx.insert(settings).values({ name: `piece ${left.length}`, value: 'finished' });
        });
      },
    };
    runnerOn(db, [work], systemClock, lease);
    await until(async () => (await pieces()).length === left.length + 1);
    await until(async () => {
      const { jobs: j } = db.tables;
      const [state] = await db.select().from(j).where(sql`${j.name} = 'pieces'`);
      return state?.holder === null && state.lastRun !== null;
    });
    expect((await pieces()).filter(({ value }) => value === 'finished')).toHaveLength(1);
  });

  test('go on when one of them cannot say when it is due', async () => {
    const db = await store.open();
    let away = true;
    let runs = 0;
    let others = 0;
    const { said } = runnerOn(
      db,
      [
        {
          name: 'another',
          due: async (last, now) => (last === null ? now : null),
          run: async () => void others++,
        },
        job(
          async () => void runs++,
          async (last, now) => {
            if (away) throw new Error('The database is away');
            return last === null ? now : null;
          },
        ),
      ],
      heldClock(NOW),
    );
    await until(() => others === 1);
    await delay(5 * LOOK);
    expect(said).toHaveLength(1);
    away = false;
    await until(() => runs === 1);
  });
});
