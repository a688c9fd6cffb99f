/** Eight writers with delays and rollbacks, and readers that stop, resume and crash. */
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { ChangeFeed, headOfLog, recordChanges } from '../../src/changes';
import { silentLog } from '../../src/core/log';
import type { Database, Tx } from '../../src/database';
import { ARCHIVIST, NOW } from '../support/archive';
import { bounded } from '../support/bounded';
import { describeEachEngine, describeEngine } from '../support/engines';
import {
  crashingReader,
  faultsOf,
  type LogReader,
  type LogUnderTest,
  type Random,
  type Seen,
  steadyReader,
  stoppingReader,
} from './readers';

const WRITERS = 8;

const attempts = fc.record({
  before: fc.integer({ min: 0, max: 4 }),
  entries: fc.integer({ min: 1, max: 3 }),
  after: fc.integer({ min: 0, max: 4 }),
  givesUp: fc.boolean(),
});
type Attempt = typeof attempts extends fc.Arbitrary<infer A> ? A : never;

const scenarios = fc.record({
  writers: fc.array(fc.array(attempts, { minLength: 4, maxLength: 4 }), {
    minLength: WRITERS,
    maxLength: WRITERS,
  }),
  luck: fc.infiniteStream(fc.nat({ max: 1_000 })),
});
type Scenario = typeof scenarios extends fc.Arbitrary<infer S> ? S : never;

class GivenUp extends Error {}

const change = (entityId: number) => ({ entity: 'ARTICLE', entityId, op: 'UPDATE', revision: 1 }) as const;

const changeLog: LogUnderTest = {
  append: async (tx, ids) => recordChanges(tx, ARCHIVIST, NOW, ids.map(change)),
  follow: (db, after) => new ChangeFeed({ database: db, log: silentLog }).follow(after),
};

/** Numbers from a plain sequence, and a reader that asks for what is above the last one it has seen. */
const naiveLog: LogUnderTest = {
  append: async (tx, ids) => {
    for (const entityId of ids) {
      const [row] = await tx.rows<{ seq: number }>(sql`select nextval('naive') as seq`);
      const entry = { ...change(entityId), seq: row?.seq ?? 0, at: NOW, actor: 'naive' };
      await tx.insertMany(tx.tables.changes, [entry]);
    }
  },
  async *follow(db, after) {
    const { changes } = db.tables;
    for (let last = after; ; await delay(1)) {
      const page = await db
        .select({ seq: changes.seq, entityId: changes.entityId })
        .from(changes)
        .where(sql`${changes.seq} > ${last}`)
        .orderBy(changes.seq);
      last = page.at(-1)?.seq ?? last;
      yield page;
    }
  },
};

class Writing {
  private next = 1;
  readonly committed: number[][] = [];

  constructor(
    private readonly log: LogUnderTest,
    private readonly databases: readonly Database[],
  ) {}

  /** All writers at once, half of them on the connections of another process. */
  async all({ writers }: Scenario): Promise<void> {
    await Promise.all(
      writers.map(async (mine, writer) => {
        const db = this.databases[writer % this.databases.length];
        for (const attempt of mine) if (db) await this.one(db, attempt);
      }),
    );
  }

  /** Two that are open at the same time and commit the other way round, with a reader in between. */
  async crossing(db: Database, reader: LogReader): Promise<void> {
    const [first, second] = [this.ids(1), this.ids(1)];
    const early = held(db, (tx) => this.log.append(tx, first));
    await early.reached;
    const late = held(db, (tx) => this.log.append(tx, second));
    await late.reached;
    await late.commit();
    await settled(() => reader.seen().then((seen) => seen.some(({ entityId }) => entityId === second[0])));
    await early.commit();
    this.committed.push(second, first);
  }

  private async one(db: Database, { before, entries, after, givesUp }: Attempt): Promise<void> {
    const ids = this.ids(entries);
    const writing = db.write(async (tx) => {
      await delay(before);
      await this.log.append(tx, ids);
      await delay(after);
      if (givesUp) throw new GivenUp();
    });
    await writing.then(
      () => this.committed.push(ids),
      (error: unknown) => {
        if (!(error instanceof GivenUp)) throw error;
      },
    );
  }

  private ids(count: number): number[] {
    return Array.from({ length: count }, () => this.next++);
  }
}

/** A transaction that is held open until it is let go. */
function held(db: Database, work: (tx: Tx) => Promise<void>) {
  let letGo: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let ready: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const committed = db.write(async (tx) => {
    await work(tx);
    ready();
    await released;
  });
  return {
    reached,
    commit: () => {
      letGo();
      return committed;
    },
  };
}

/** Waits until it holds, or until nobody should wait any more. */
async function settled(holds: () => Promise<boolean>, patience = 10_000): Promise<void> {
  const deadline = performance.now() + patience;
  while (!(await holds()) && performance.now() < deadline) await delay(5);
}

/** What is wrong with what each kind of reader has seen, on two sets of connections to one database. */
async function play(
  [db, another]: readonly [Database, Database],
  log: LogUnderTest,
  scenario: Scenario,
  patience?: number,
) {
  const random: Random = (max) => (scenario.luck.next().value ?? 0) % max;
  const after = await headOfLog(db);
  const readers = {
    steady: steadyReader(log, another, after),
    stopping: stoppingReader(log, another, after, random),
    crashing: crashingReader(log, db, after, random),
  };
  const writing = new Writing(log, [db, another]);
  await writing.all(scenario);
  if (db.engine === 'postgres') await writing.crossing(db, readers.steady);
  const expected = writing.committed.flat().length;
  const faults: Record<string, string[]> = {};
  for (const [kind, reader] of Object.entries(readers)) {
    await settled(async () => (await reader.seen()).length >= expected, patience);
    await reader.stop();
    faults[kind] = faultsOf(await reader.seen(), writing.committed);
  }
  return faults;
}

const NONE = { steady: [], stopping: [], crashing: [] };

describeEachEngine('eight writers and readers that stop, resume and crash', (store) => {
  test('lose nothing and see nothing out of order in the change log', async () => {
    const databases = [await store.open(), await store.openAnother()] as const;
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        expect(await play(databases, changeLog, scenario)).toEqual(NONE);
      }),
      bounded(6),
    );
  }, 90_000);
});

describeEngine('postgres', 'the same with numbers from a plain sequence', (store) => {
  test('is caught: the readers lose what was committed behind their backs', async () => {
    const databases = [await store.open(), await store.openAnother()] as const;
    await databases[0].write((tx) => tx.execute(sql`create sequence naive`));
    const [scenario] = fc.sample(scenarios, { numRuns: 1, seed: 11 });
    if (!scenario) throw new Error('No scenario');
    const faults = await play(databases, naiveLog, scenario, 500);
    expect(faults.steady).toContain('lost');
  }, 60_000);
});

describe('what is wrong with what a reader has seen', () => {
  const seen = (...pairs: [number, number][]): Seen[] => pairs.map(([seq, entityId]) => ({ seq, entityId }));

  test.each<[string[], Seen[]]>([
    [[], seen([1, 1], [2, 2], [3, 3])],
    [['lost'], seen([1, 1], [2, 2])],
    [['out of order'], seen([3, 3], [1, 1], [2, 2])],
    [['twice'], seen([1, 1], [2, 2], [3, 3], [4, 3])],
    [['never committed'], seen([1, 1], [2, 2], [3, 3], [4, 4])],
    [['torn'], seen([1, 1], [2, 3], [3, 2])],
  ])('is found: %j', (faults, all) => {
    expect(faultsOf(all, [[1, 2], [3]])).toEqual(faults);
  });
});
