/** A change log under test: how it is written, how it is followed, and what several readers make of it. */
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Database, Tx } from '../../src/database';
import { at } from '../support/archive';

export interface Seen {
  readonly seq: number;
  readonly entityId: number;
}

export interface LogUnderTest {
  append(tx: Tx, ids: readonly number[]): Promise<void>;
  follow(db: Database, after: number): AsyncIterableIterator<readonly Seen[], undefined>;
}

/** Follows the log until it is told to stop. */
export interface LogReader {
  seen(): Promise<readonly Seen[]>;
  stop(): Promise<void>;
}

/** A number from 0 to below `max`. */
export type Random = (max: number) => number;

/** Reads on and on. */
export function steadyReader(log: LogUnderTest, db: Database, after: number): LogReader {
  const seen: Seen[] = [];
  const stream = log.follow(db, after);
  const running = (async () => {
    for await (const page of stream) seen.push(...page);
  })();
  return {
    seen: async () => seen,
    stop: async () => {
      await stream.return?.();
      await running;
    },
  };
}

/** Stops after a few pages, and goes on from there a little later. */
export function stoppingReader(log: LogUnderTest, db: Database, after: number, random: Random): LogReader {
  const seen: Seen[] = [];
  return repeating(
    async (keep) => {
      const stream = keep(log.follow(db, seen.at(-1)?.seq ?? after));
      let pages = random(4);
      for await (const page of stream) {
        seen.push(...page);
        if (pages-- === 0) break;
      }
      await delay(random(8));
    },
    async () => seen,
  );
}

/**
 * Keeps what it does and how far it is in one transaction, and crashes before it or after it: then it knows no
 * more than what stands in the database.
 */
export function crashingReader(log: LogUnderTest, db: Database, after: number, random: Random): LogReader {
  const { settings } = db.tables;
  const done = async (): Promise<Seen[]> => {
    const rows = await db
      .select()
      .from(settings)
      .where(sql`${settings.name} like ${`${after} %`}`);
    return rows
      .map(({ name, value }) => ({ place: Number(name.split(' ')[1]), seen: JSON.parse(value) }))
      .sort((a, b) => a.place - b.place)
      .map(({ seen }) => seen);
  };
  return repeating(async (keep) => {
    const before = await done();
    const stream = keep(log.follow(db, before.at(-1)?.seq ?? after));
    let place = before.length;
    for await (const page of stream) {
      if (random(4) === 0) break;
      await db.write(async (tx) => {
        const rows = page.map((seen, index) => ({
          name: `${after} ${place + index}`,
          value: JSON.stringify({ seq: seen.seq, entityId: seen.entityId }),
        }));
        if (rows.length > 0) await tx.insert(settings).values(rows);
      });
      place += page.length;
      if (random(4) === 0) break;
    }
  }, done);
}

function repeating(
  life: (
    keep: <S extends AsyncIterableIterator<readonly Seen[], undefined>>(stream: S) => S,
  ) => Promise<void>,
  seen: () => Promise<readonly Seen[]>,
): LogReader {
  let stopped = false;
  let stream: AsyncIterableIterator<readonly Seen[], undefined> | undefined;
  const running = (async () => {
    while (!stopped) {
      await life((mine) => {
        stream = mine;
        return mine;
      });
    }
  })();
  return {
    seen,
    stop: async () => {
      stopped = true;
      await stream?.return?.();
      await running;
    },
  };
}

/** What is wrong with what a reader has seen of the transactions that were committed; each has its entities' keys. */
export function faultsOf(seen: readonly Seen[], committed: readonly (readonly number[])[]): string[] {
  const faults = new Set<string>();
  const places = new Map<number, number>();
  const known = new Set(committed.flat());
  for (const [place, { seq, entityId }] of seen.entries()) {
    if (place > 0 && seq <= at(seen, place - 1).seq) faults.add('out of order');
    if (places.has(entityId)) faults.add('twice');
    if (!known.has(entityId)) faults.add('never committed');
    places.set(entityId, place);
  }
  for (const ids of committed) {
    const found = ids.map((id) => places.get(id));
    if (found.some((place) => place === undefined)) faults.add('lost');
    else if (found.some((place, index) => place !== (found[0] ?? 0) + index)) faults.add('torn');
  }
  return [...faults].sort();
}
