import fc from 'fast-check';
import { ArticleService, type Seen } from '../../src/articles';
import { heldClock } from '../../src/core/clock';
import type { ChangeOp, Database } from '../../src/database';
import { ARCHIVIST, type Archive, archivePlans, at, HOUR, NOW, storeArchive } from '../support/archive';
import { bounded } from '../support/bounded';
import { describeEachEngine } from '../support/engines';
import { expectedTies, storedTies } from '../support/ties';

type Facet = 'author' | 'category' | 'topic';
const FACETS: readonly Facet[] = ['author', 'category', 'topic'];

/** Places in the lists of the archive. */
const some = fc.uniqueArray(fc.nat({ max: 3 }), { maxLength: 3 });
const instants = fc.constantFrom(null, NOW - HOUR, NOW + HOUR);

const steps = fc.oneof(
  fc.record({ do: fc.constant('create' as const), authors: some, categories: some, topics: some }),
  fc.record({
    do: fc.constant('update' as const),
    kind: fc.constantFrom('ARTICLE' as const, 'PAGE' as const),
    embargoUntil: instants,
    expiresAt: instants,
    authors: some,
  }),
  fc.record({ do: fc.constant('publish' as const), inHours: fc.constantFrom(-1, 0, 1) }),
  fc.record({ do: fc.constant('withdraw' as const) }),
  fc.record({ do: fc.constant('retag' as const), topics: some }),
  fc.record({ do: fc.constant('move' as const), categories: some }),
);

const OPS = {
  create: 'CREATE',
  update: 'UPDATE',
  withdraw: 'WITHDRAW',
  retag: 'RETAG',
  move: 'MOVE',
} as const;

/** An article as the test knows it. */
interface Known {
  readonly seen: Seen;
  readonly given: Record<Facet, readonly number[]>;
}

/** Does random things to random articles, and remembers what they were given. */
class Desk {
  readonly articles = new Map<number, Known>();
  readonly done: { entityId: number; op: ChangeOp; revision: number }[] = [];
  private readonly clock = heldClock(NOW);
  private readonly service: ArticleService;

  constructor(
    database: Database,
    private readonly archive: Archive,
  ) {
    this.service = new ArticleService(database, this.clock);
    const { keys, articles } = archive;
    for (const { id, authors, categories, topics } of articles) {
      const given = {
        author: authors.map((place) => at(keys.author, place)),
        category: categories.map((place) => at(keys.category, place)),
        topic: topics.map((place) => at(keys.topic, place)),
      };
      this.articles.set(id, { seen: { id, revision: 1 }, given });
    }
  }

  async perform(step: typeof steps extends fc.Arbitrary<infer S> ? S : never, pick: number): Promise<void> {
    this.clock.advance(1);
    if (step.do === 'create') {
      const given = {
        author: this.keys('author', step.authors),
        category: this.keys('category', step.categories),
        topic: this.keys('topic', step.topics),
      };
      const seen = await this.service.create(ARCHIVIST, {
        ...{ title: 'The same title', language: 'en', html: '<p>News</p>' },
        ...{ authorIds: given.author, categoryIds: given.category, topics: marks(given.topic) },
      });
      this.note(null, { seen, given }, 'CREATE');
      return;
    }
    const known = at([...this.articles.values()], pick % this.articles.size);
    const { seen, given } = known;
    switch (step.do) {
      case 'update': {
        const { kind, embargoUntil, expiresAt } = step;
        const author = this.keys('author', step.authors);
        const edit = { fields: { kind, embargoUntil, expiresAt }, authorIds: author };
        const after = await this.service.update(ARCHIVIST, seen, edit);
        return this.note(known, { seen: after, given: { ...given, author } }, OPS.update);
      }
      case 'publish': {
        const instant = this.clock.now() + step.inHours * HOUR;
        const after = await this.service.publish(ARCHIVIST, seen, instant);
        return this.note(known, { seen: after, given }, step.inHours > 0 ? 'UPDATE' : 'PUBLISH');
      }
      case 'withdraw': {
        const after = await this.service.withdraw(ARCHIVIST, seen, 'It was wrong.');
        return this.note(known, { seen: after, given }, OPS.withdraw);
      }
      case 'retag': {
        const topic = this.keys('topic', step.topics);
        const after = await this.service.retag(ARCHIVIST, seen, marks(topic));
        return this.note(known, { seen: after, given: { ...given, topic } }, OPS.retag);
      }
      case 'move': {
        const category = this.keys('category', step.categories);
        const after = await this.service.move(ARCHIVIST, seen, category);
        return this.note(known, { seen: after, given: { ...given, category } }, OPS.move);
      }
    }
  }

  given(facet: Facet): Map<number, readonly number[]> {
    return new Map([...this.articles].map(([id, { given }]) => [id, given[facet]]));
  }

  private note(before: Known | null, after: Known, op: ChangeOp): void {
    expect(after.seen.revision).toBe((before?.seen.revision ?? 0) + 1);
    this.articles.set(after.seen.id, after);
    this.done.push({ entityId: after.seen.id, op, revision: after.seen.revision });
  }

  private keys(facet: Facet, places: readonly number[]): number[] {
    return places.map((place) => at(this.archive.keys[facet], place));
  }
}

function marks(topicIds: readonly number[]) {
  return topicIds.map((topicId) => ({ topicId, salience: 0.5, mentions: 1, source: 'EDITOR' as const }));
}

const plans = archivePlans({ min: 3, max: 8 });
const scripts = fc.array(fc.tuple(steps, fc.nat()), { minLength: 10, maxLength: 25, size: 'max' });

describeEachEngine('whatever is done to articles', (store) => {
  test('their ties and the coverage of subjects equal what they are made of', async () => {
    await fc.assert(
      fc.asyncProperty(plans, scripts, async (plan, script) => {
        const db = await store.open();
        const desk = new Desk(db, await storeArchive(db, plan));
        for (const [index, [step, pick]] of script.entries()) {
          await desk.perform(step, pick);
          if (index % 5 === 0 || index === script.length - 1) await expectTies(db, desk);
        }
      }),
      bounded(8),
    );
  }, 60_000);

  test('revisions rise by one, and the log has one entry a change, numbered without a gap', async () => {
    await fc.assert(
      fc.asyncProperty(plans, scripts, async (plan, script) => {
        const db = await store.open();
        const desk = new Desk(db, await storeArchive(db, plan));
        const { changes, articles } = db.tables;
        const before = await db.select().from(changes);
        for (const [step, pick] of script) await desk.perform(step, pick);
        const log = await db.select().from(changes).orderBy(changes.seq);
        expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
        const entries = log
          .slice(before.length)
          .map(({ entityId, op, revision }) => ({ entityId, op, revision }));
        expect(entries).toEqual(desk.done);
        const stored = await db.select({ id: articles.id, revision: articles.revision }).from(articles);
        for (const seen of stored) expect(seen).toEqual(desk.articles.get(seen.id)?.seen);
      }),
      bounded(4),
    );
  }, 60_000);
});

async function expectTies(db: Database, desk: Desk): Promise<void> {
  for (const facet of FACETS) {
    expect(await storedTies(db, facet)).toEqual(await expectedTies(db, facet, desk.given(facet)));
  }
}
