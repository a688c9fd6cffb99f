import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { ArticleService } from '../../src/articles';
import { recordChanges } from '../../src/changes';
import { systemActor } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { VersionConflict } from '../../src/core/refusal';
import type { Database, Tx } from '../../src/database';
import { ARCHIVIST, archivePlans, at, NOW, storeArchive } from '../support/archive';
import { bounded } from '../support/bounded';
import { describeEachEngine, describeEngine } from '../support/engines';
import { expectedTies, givenBy, storedTies } from '../support/ties';

const WRITERS = 8;

class GivenUp extends Error {}

/** Every entry after `last`, as a reader of the log asks for them. */
async function entriesAfter(db: Database, last: number): Promise<{ seq: number; entityId: number }[]> {
  const { changes } = db.tables;
  return db
    .select({ seq: changes.seq, entityId: changes.entityId })
    .from(changes)
    .where(sql`${changes.seq} > ${last}`)
    .orderBy(changes.seq);
}

/** Follows the log from its end until it is told to stop, and then to the end. */
class Follower {
  readonly seen: { seq: number; entityId: number }[] = [];
  private stopped = false;
  private readonly running: Promise<void>;

  constructor(
    private readonly db: Database,
    private last: number,
  ) {
    this.running = this.follow();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
    await this.poll();
  }

  private async follow(): Promise<void> {
    while (!this.stopped) {
      await this.poll();
      await delay(1);
    }
  }

  private async poll(): Promise<void> {
    for (const entry of await entriesAfter(this.db, this.last)) {
      this.seen.push(entry);
      this.last = entry.seq;
    }
  }
}

const attempts = fc.record({
  before: fc.integer({ min: 0, max: 4 }),
  entries: fc.integer({ min: 1, max: 3 }),
  after: fc.integer({ min: 0, max: 4 }),
  givesUp: fc.boolean(),
});
type Attempt = typeof attempts extends fc.Arbitrary<infer A> ? A : never;

const change = (entityId: number) => ({ entity: 'ARTICLE', entityId, op: 'UPDATE', revision: 1 }) as const;

async function perform(db: Database, ids: readonly number[], attempt: Attempt): Promise<number[]> {
  try {
    await db.write(async (tx) => {
      await delay(attempt.before);
      recordChanges(tx, ARCHIVIST, NOW, ids.map(change));
      await delay(attempt.after);
      if (attempt.givesUp) throw new GivenUp();
    });
    return [...ids];
  } catch (error) {
    if (error instanceof GivenUp) return [];
    throw error;
  }
}

describeEachEngine('the change log', (store) => {
  test('shows a reader every entry once and in order, while eight write and give up', async () => {
    const runs = fc.array(fc.array(attempts, { minLength: 4, maxLength: 4 }), {
      minLength: WRITERS,
      maxLength: WRITERS,
    });
    await fc.assert(
      fc.asyncProperty(runs, async (writers) => {
        const db = await store.open();
        const follower = new Follower(db, 0);
        let next = 1;
        const committed = await Promise.all(
          writers.map(async (all) => {
            const mine: number[][] = [];
            for (const attempt of all) {
              const ids = Array.from({ length: attempt.entries }, () => next++);
              mine.push(await perform(db, ids, attempt));
            }
            return mine;
          }),
        );
        await follower.stop();
        const kept = committed.flat().filter((ids) => ids.length > 0);
        expect(follower.seen.map(({ seq }) => seq)).toEqual(kept.flat().map((_, index) => index + 1));
        const seen = follower.seen.map(({ entityId }) => entityId);
        expect(seen.toSorted((a, b) => a - b)).toEqual(kept.flat().toSorted((a, b) => a - b));
        // The entries of one transaction stand together, and a writer's transactions in its order.
        const places = new Map(seen.map((id, place) => [id, place]));
        for (const mine of committed) {
          const order = mine.flat().map((id) => places.get(id) ?? -1);
          expect(order).toEqual(order.toSorted((a, b) => a - b));
        }
        for (const ids of kept) {
          const first = places.get(at(ids, 0)) ?? -1;
          expect(ids.map((id) => places.get(id))).toEqual(ids.map((_, index) => first + index));
        }
      }),
      bounded(4),
    );
  }, 60_000);

  test('has the name of the actor and no gap after changes that were given up', async () => {
    const db = await store.open();
    const attempt = { before: 0, entries: 1, after: 0 };
    for (const givesUp of [false, true, false]) await perform(db, [1], { ...attempt, givesUp });
    const { changes } = db.tables;
    const log = await db.select({ seq: changes.seq, actor: changes.actor, at: changes.at }).from(changes);
    expect(log).toEqual([1, 2].map((seq) => ({ seq, actor: 'system:archive', at: NOW })));
  });

  test('stays in step with the articles when eight edit the same few at once', async () => {
    const db = await store.open();
    const plan = at(fc.sample(archivePlans({ min: 6, max: 6 }), { numRuns: 1, seed: 7 }), 0);
    const archive = await storeArchive(db, plan);
    const service = new ArticleService(db, heldClock(NOW));
    const before = await entriesAfter(db, 0);
    const outcomes = await Promise.all(
      Array.from({ length: WRITERS }, (_, writer) => edits(db, service, archive.keys.topic, writer)),
    );
    const done = outcomes.flat().filter((outcome) => outcome === 'done').length;
    expect(done).toBeGreaterThan(0);
    expect(await entriesAfter(db, 0)).toHaveLength(before.length + done);
    const { articles } = db.tables;
    const revisions = await db.select({ revision: articles.revision }).from(articles);
    expect(revisions.reduce((sum, { revision }) => sum + revision - 1, 0)).toBe(done);
    for (const facet of ['author', 'category', 'topic'] as const) {
      const stored = await storedTies(db, facet);
      expect(stored).toEqual(await expectedTies(db, facet, givenBy(stored)));
    }
  }, 60_000);
});

/** One writer's edits of whatever revisions it finds; those that come too late are refused. */
async function edits(db: Database, service: ArticleService, topics: readonly number[], writer: number) {
  const { articles } = db.tables;
  const outcomes: ('done' | 'late')[] = [];
  for (let round = 0; round < 6; round++) {
    const id = 1 + ((writer + round) % 3);
    const [seen] = await db
      .select({ id: articles.id, revision: articles.revision })
      .from(articles)
      .where(sql`${articles.id} = ${id}`);
    if (!seen) throw new Error('An article is gone');
    const topicId = at(topics, (writer * 3 + round) % topics.length);
    const mark = { topicId, salience: 1, mentions: 1, source: 'EDITOR' as const };
    const edit = round % 3 === 0 ? service.publish(ARCHIVIST, seen) : service.retag(ARCHIVIST, seen, [mark]);
    outcomes.push(
      await edit.then(
        () => 'done' as const,
        (error: unknown) => {
          if (error instanceof VersionConflict) return 'late' as const;
          throw error;
        },
      ),
    );
  }
  return outcomes;
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

describeEngine('postgres', 'two transactions that commit the other way round', (store) => {
  /** What a reader sees that looks after each commit: of the first that wrote, and of the second. */
  async function watch(db: Database, write: (entityId: number) => (tx: Tx) => Promise<void>) {
    const first = held(db, write(1));
    await first.reached;
    const second = held(db, write(2));
    await second.reached;
    const follower = { last: 0, seen: [] as number[] };
    const look = async () => {
      for (const { seq, entityId } of await entriesAfter(db, follower.last)) {
        follower.last = seq;
        follower.seen.push(entityId);
      }
    };
    await second.commit();
    await look();
    await first.commit();
    await look();
    return follower.seen;
  }

  test('lose an entry when their numbers come from a sequence', async () => {
    const db = await store.open();
    await db.write((tx) => tx.execute(sql`create sequence naive`));
    const actor = systemActor('naive');
    const seen = await watch(db, (entityId) => async (tx) => {
      const [row] = await tx.rows<{ seq: number }>(sql`select nextval('naive') as seq`);
      const entry = { ...change(entityId), seq: row?.seq ?? 0, at: NOW, actor: actor.name };
      await tx.insertMany(tx.tables.changes, [entry]);
    });
    expect(seen).toEqual([2]);
  });

  test('lose none in the change log', async () => {
    const db = await store.open();
    const seen = await watch(db, (entityId) => async (tx) => {
      recordChanges(tx, ARCHIVIST, NOW, [change(entityId)]);
    });
    expect(seen).toEqual([2, 1]);
  });
});

describeEachEngine('of two who edit the same revision', (store) => {
  test('one is done and the other is told the revision that there is now', async () => {
    const db = await store.open();
    const service = new ArticleService(db, heldClock(NOW));
    for (let round = 0; round < 10; round++) {
      const seen = await service.create(ARCHIVIST, { title: `${round}`, language: 'en', html: '' });
      const titles = ['One', 'Another'];
      const outcomes = await Promise.allSettled(
        titles.map((title) => service.update(ARCHIVIST, seen, { fields: { title } })),
      );
      const [refused, ...others] = outcomes.filter(({ status }) => status === 'rejected');
      expect(others).toEqual([]);
      const reason = refused?.status === 'rejected' ? refused.reason : null;
      expect(reason).toBeInstanceOf(VersionConflict);
      expect(reason).toMatchObject({ code: 'CONFLICT', current: 2, details: { current: 2 } });
    }
  });

  test('an article that is not there is not found', async () => {
    const service = new ArticleService(await store.open(), heldClock(NOW));
    const missing = { id: 4711, revision: 1 };
    await expect(service.update(ARCHIVIST, missing, {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(service.publish(ARCHIVIST, missing)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('eight new articles of one title at once get eight addresses', async () => {
    const db = await store.open();
    const service = new ArticleService(db, heldClock(NOW));
    await Promise.all(
      Array.from({ length: WRITERS }, () =>
        service.create(ARCHIVIST, { title: 'Floods', language: 'en', html: '' }),
      ),
    );
    const { articles } = db.tables;
    const slugs = (await db.select({ slug: articles.slug }).from(articles)).map(({ slug }) => slug).sort();
    expect(slugs).toEqual(['floods', ...[2, 3, 4, 5, 6, 7, 8].map((suffix) => `floods-${suffix}`)]);
  });
});
