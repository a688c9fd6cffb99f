import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { type ArticleEdit, ArticleReads, ArticleService, PUBLISHED_ARTICLES } from '../../src/articles';
import { CategoryService } from '../../src/categories';
import { ANONYMOUS } from '../../src/core/actor';
import { heldClock, type Instant } from '../../src/core/clock';
import { datelineErrorIn } from '../../src/core/errors';
import { refusalOf } from '../../src/core/refusal';
import type { Database } from '../../src/database';
import { ArchiveCounts, ArchiveIndex } from '../../src/relations';
import type { ArchiveState } from '../../src/relations/archive/state';
import { Tagger } from '../../src/tagging';
import { rebuildTopics, TopicService, tagArchive } from '../../src/topics';
import { Api } from '../support/api';
import {
  ARCHIVIST,
  type Archive,
  type ArchivePlan,
  addToArchive,
  at,
  HOUR,
  NOW,
  storeArchive,
  storyHtml,
} from '../support/archive';
import { bounded } from '../support/bounded';
import { describeEachEngine, recordStatements } from '../support/engines';
import { Newsroom } from '../support/newsroom';
import { Readers } from '../support/readers';
import { until } from '../support/until';
import { wholeState } from '../support/whole-state';
import { relationPlans } from './plans';

const TOPICS = 7;
const some = fc.uniqueArray(fc.nat({ max: TOPICS - 1 }), { maxLength: 4 });
const place = fc.nat({ max: 1_000 });

const story = fc.nat({ max: 3 });

const steps = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('create' as const), topics: some, story }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rewrite' as const), place, story }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('publish' as const), place, hours: fc.constantFrom(-1, 2) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('retag' as const), place, topics: some }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('restrict' as const),
      place,
      embargo: fc.option(fc.constantFrom(-1, 1, 3)),
      expiry: fc.option(fc.constantFrom(4, 6)),
    }),
  },
  fc.record({ do: fc.constant('withdraw' as const), place }),
  fc.record({ do: fc.constant('unpublish' as const), place }),
  fc.record({ do: fc.constant('restore' as const), place }),
  fc.record({ do: fc.constant('moveTopic' as const), topic: place, below: fc.option(place) }),
  fc.record({ do: fc.constant('mergeTopics' as const), topic: place, into: place }),
  fc.record({ do: fc.constant('moveCategory' as const), category: place, below: fc.option(place) }),
  fc.record({ do: fc.constant('write' as const), place, names: some }),
  fc.record({ do: fc.constant('rename' as const), topic: place }),
  fc.record({ do: fc.constant('tag' as const) }),
  fc.record({ do: fc.constant('again' as const), place, topics: some }),
  fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 3) }),
);
type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never;

/** Does things to a newsroom, as its desks would; what is refused is left. */
class Desks {
  readonly clock = heldClock(NOW);
  private readonly articles: ArticleService;
  private readonly topics: TopicService;
  private readonly categories: CategoryService;

  constructor(
    private readonly db: Database,
    private readonly archive: Archive,
  ) {
    this.articles = new ArticleService(db, this.clock);
    this.topics = new TopicService(db, this.clock);
    this.categories = new CategoryService(db, this.clock);
  }

  async perform(step: Step): Promise<void> {
    this.clock.advance(1);
    try {
      await this.attempt(step);
    } catch (error) {
      if (refusalOf(datelineErrorIn(error)) === null) throw error;
    }
  }

  private async attempt(step: Step): Promise<unknown> {
    const { articles, clock } = this;
    switch (step.do) {
      case 'create':
        return articles.create(ARCHIVIST, {
          title: 'A title',
          language: 'en',
          html: storyHtml(step.story, 'Kabul'),
          ...this.tagged(step),
        });
      case 'publish':
        return articles.publish(ARCHIVIST, await this.article(step.place), {
          at: clock.now() + step.hours * HOUR,
        });
      case 'rewrite':
        return articles.update(ARCHIVIST, await this.article(step.place), {
          html: storyHtml(step.story, 'Karachi'),
        });
      case 'retag':
        return articles.update(ARCHIVIST, await this.article(step.place), this.tagged(step));
      case 'restrict': {
        const instant = (hours: number | null) => (hours === null ? null : clock.now() + hours * HOUR);
        const rights = { embargoUntil: instant(step.embargo), expiresAt: instant(step.expiry) };
        return articles.update(ARCHIVIST, await this.article(step.place), { rights });
      }
      case 'withdraw':
        return articles.withdraw(ARCHIVIST, await this.article(step.place), 'A note');
      case 'unpublish':
        return articles.unpublish(ARCHIVIST, await this.article(step.place));
      case 'restore':
        return articles.restore(ARCHIVIST, await this.article(step.place));
      case 'moveTopic':
        return this.topics.update(ARCHIVIST, await this.subject('topic', step.topic), {
          parent: this.slug('topic', step.below),
        });
      case 'mergeTopics':
        return this.topics.merge(
          ARCHIVIST,
          await this.subject('topic', step.topic),
          this.key('topic', step.into),
        );
      case 'moveCategory':
        return this.categories.update(ARCHIVIST, await this.subject('category', step.category), {
          parent: this.slug('category', step.below),
        });
      case 'write': {
        const html = `<p>${step.names.map((each) => `Topic ${each}.`).join(' ')}</p>`;
        return articles.update(ARCHIVIST, await this.article(step.place), { html });
      }
      case 'rename': {
        const { id } = await this.subject('topic', step.topic);
        return this.topics.addAlias(ARCHIVIST, id, 'en', `Topic ${step.topic % TOPICS}`);
      }
      case 'tag':
        return tagArchive({ database: this.db, clock, tagger: new Tagger() });
      case 'again': {
        // A client that did not hear the answer sends it once more.
        const seen = await this.article(step.place);
        await articles.update(ARCHIVIST, seen, this.tagged(step));
        return articles.update(ARCHIVIST, seen, this.tagged(step));
      }
      case 'wait':
        return clock.advance(step.hours * HOUR);
    }
  }

  private tagged({ topics }: { topics: readonly number[] }): Pick<ArticleEdit, 'topics'> {
    return { topics: topics.map((each) => `topic-${each}`) };
  }

  private async article(pick: number) {
    const { tables } = this.db;
    const rows = await this.db
      .select({ id: tables.articles.id, revision: tables.articles.revision })
      .from(tables.articles)
      .orderBy(tables.articles.id);
    return at(rows, pick % rows.length);
  }

  private async subject(facet: 'topic' | 'category', pick: number) {
    const { tables } = this.db;
    const table = facet === 'topic' ? tables.topics : tables.categories;
    const rows = await this.db
      .select({ id: table.id, revision: table.revision })
      .from(table)
      .orderBy(table.id);
    return at(rows, pick % rows.length);
  }

  private slug(facet: 'topic' | 'category', pick: number | null): string | null {
    return pick === null ? null : `${facet}-${pick % this.archive.keys[facet].length}`;
  }

  private key(facet: 'topic' | 'category', pick: number): number {
    return at(this.archive.keys[facet], pick % this.archive.keys[facet].length);
  }
}

/** What is stored beside the articles is what `topics rebuild` makes of them. */
async function expectRebuilt(db: Database): Promise<void> {
  const before = await wholeState(db);
  const { articles, ...differed } = await rebuildTopics({ database: db, clock: heldClock(NOW) });
  expect(differed).toEqual({ listings: 0, inherited: 0, written: 0, coverage: 0, names: 0 });
  expect(await wholeState(db)).toEqual(before);
}

/** Everything that a state knows, whatever its segments are. */
function contentOf({ seq, topics, numbers, base, fresh }: ArchiveState, keys: readonly number[]) {
  const articles: object[] = [];
  for (const { segment, gone } of [base, { segment: fresh, gone: new Uint32Array(0) }]) {
    const dead = new Set(gone);
    const restricted = [...segment.restricted.rows];
    for (let row = 0; row < segment.size; row++) {
      if (dead.has(row)) continue;
      const ties: string[] = [];
      for (let tie = at([...segment.offsets], row); tie < at([...segment.offsets], row + 1); tie++) {
        const packed = at([...segment.carried], tie);
        ties.push(`${numbers.keyOf(packed >>> 1)} ${packed & 1} ${segment.salience[tie]}`);
        expect([...segment.postings(packed >>> 1).all()]).toContain(row * 2 + (packed & 1));
      }
      const rights = restricted.indexOf(row);
      articles.push({
        ...{ key: segment.keys[row], listedAt: segment.listedAt[row], updatedAt: segment.updatedAt[row] },
        ...{ ties: ties.sort(), day: segment.dayOf(row), copies: [...segment.copiesOf(row)] },
        embargo: rights === -1 ? null : segment.restricted.embargoUntil[rights],
        expiry: rights === -1 ? null : segment.restricted.expiresAt[rights],
      });
    }
  }
  articles.sort((a, b) => ('key' in a && 'key' in b ? Number(a.key) - Number(b.key) : 0));
  return { seq, articles, topics: keys.map((key) => topics.get(key)) };
}

/** How many articles there are, and of each topic, is what the database counts. */
async function expectRecounted(db: Database, kept: ArchiveIndex, topics: readonly number[], now: Instant) {
  for (const actor of [ANONYMOUS, ARCHIVIST]) {
    const totals = (reads: ArticleReads) =>
      Promise.all([
        reads.total(PUBLISHED_ARTICLES),
        ...[true, false].flatMap((includeDescendants) =>
          topics.map((id) => reads.total(PUBLISHED_ARTICLES, { facet: 'topic', id, includeDescendants })),
        ),
      ]);
    const known = totals(new ArticleReads(db, actor, now, { counter: new ArchiveCounts(kept) }));
    expect(await known).toEqual(await totals(new ArticleReads(db, actor, now)));
  }
}

const SMALL: ArchivePlan = {
  authors: 1,
  categories: [],
  topics: [null, null],
  articles: [
    {
      ...{ kind: 'ARTICLE', status: 'PUBLISHED', language: 'en', authors: [], categories: [], topics: [0] },
      ...{ publishedAt: NOW - HOUR, updatedAt: NOW - HOUR, embargoUntil: null, expiresAt: null },
    },
  ],
};

const EVERYTHING = `{
  topics(first: 100) { nodes { slug timeline { count total } related { topic { slug } score articleCount } } }
  trendingTopics(first: 100) { topic { slug } z articleCount }
  relation(topics: ["topic-0", "topic-1"]) {
    articleCount storyCount connectors(first: 50) { topic { slug } logLikelihood } articles(first: 100) { nodes { slug } }
  }
}`;

describeEachEngine('what relations are worked out from', (store) => {
  test('follows whatever is done, and equals what is read anew', async () => {
    const cases = fc.record({
      plan: relationPlans({ min: 10, max: 30 }),
      all: fc.array(steps, { minLength: 12, maxLength: 18 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, ({ plan, all }) =>
        store.using(async (db) => {
          const archive = await storeArchive(db, plan);
          const desks = new Desks(db, archive);
          const kept = new ArchiveIndex(db);
          const api = new Api(db, { clock: desks.clock });
          await kept.current();
          for (const [index, step] of all.entries()) {
            await desks.perform(step);
            // Now and then several at once, and what passes by the clock alone.
            if (index % 3 === 2) continue;
            const { topic: keys } = archive.keys;
            const [followed, anew] = [await kept.current(), await new ArchiveIndex(db).current()];
            expect({ step, ...contentOf(followed, keys) }).toEqual({ step, ...contentOf(anew, keys) });
            await expectRecounted(db, kept, keys, desks.clock.now());
            if (index % 6 === 0) {
              const fresh = new Api(db, { clock: desks.clock });
              // Two of the topics may have become one.
              expect(plain(await api.execute(EVERYTHING))).toEqual(plain(await fresh.execute(EVERYTHING)));
            }
          }
          await expectRebuilt(db);
        }),
      ),
      bounded(2),
    );
  }, 60_000);

  test('knows what was changed as soon as that is acknowledged, also in another process', async () => {
    const db = await store.open();
    await storeArchive(db, SMALL);
    const desk = new Newsroom(db);
    const other = new Api(await store.openAnother());
    const count = async (api: Api) => {
      const source = '{ relation(topics: ["topic-0", "topic-1"]) { articleCount } }';
      return (await api.ask<{ relation: { articleCount: number } }>(source)).relation.articleCount;
    };
    expect([await count(desk.api), await count(other)]).toEqual([0, 0]);
    const draft = await desk.draft({ topics: ['topic-0', 'topic-1'] });
    expect(await count(desk.api)).toBe(0);
    const published = await desk.to(draft, 'publishArticle');
    expect([await count(desk.api), await count(other)]).toEqual([1, 1]);
    await desk.to(published, 'withdrawArticle', { note: 'It was wrong' });
    expect([await count(desk.api), await count(other)]).toEqual([0, 0]);
  });

  test('is asked for with one statement while nothing happens', async () => {
    const sent = recordStatements();
    const db = await store.open(sent);
    await storeArchive(db, SMALL);
    const archive = new ArchiveIndex(db);
    await archive.at(NOW);
    expect(await sent.during(() => archive.at(NOW))).toHaveLength(1);
  });

  test('prepares the latest state for those who will ask, one at a time, until it is told to stop', async () => {
    const db = await store.open();
    await storeArchive(db, SMALL);
    const archive = new ArchiveIndex(db);
    const prepared: { readonly seq: number; readonly isLatest: boolean }[] = [];
    let [atWork, most] = [0, 0];
    const prepare = async (state: ArchiveState, isLatest: () => boolean) => {
      most = Math.max(most, ++atWork);
      await delay(30);
      prepared.push({ seq: state.seq, isLatest: isLatest() });
      atWork--;
    };
    const faults: unknown[] = [];
    const stop = archive.follow(prepare, (fault) => faults.push(fault));
    const desk = new Newsroom(db);
    for (let article = 0; article < 5; article++) await desk.draft({ topics: ['topic-0'] });
    const { seq } = await archive.current();
    await until(() => prepared.at(-1)?.seq === seq && atWork === 0);
    expect(most).toBe(1);
    expect(prepared.at(-1)).toEqual({ seq, isLatest: true });
    stop();
    const soFar = prepared.length;
    await desk.draft({ topics: ['topic-0'] });
    await archive.current();
    await delay(60);
    expect([prepared.length, faults]).toEqual([soFar, []]);
  });

  test('stays as it is, and so does what was prepared of it, when something else is written, such as a comment', async () => {
    const db = await store.open();
    await storeArchive(db, SMALL);
    const archive = new ArchiveIndex(db);
    const prepared: ArchiveState[] = [];
    const stop = archive.follow(
      async (state) => {
        prepared.push(state);
      },
      () => undefined,
    );
    await until(() => prepared.length === 1);
    const before = await archive.current();
    const moment = before.at(NOW);
    const readers = new Readers(db);
    for (const words of ['First', 'Second']) await readers.written(1, words);
    const after = await archive.current();
    expect(after.seq).toBeGreaterThan(before.seq);
    expect(after.isLike(before)).toBe(true);
    // What readers do not see is not looked for again.
    expect(after.at(NOW).views[0]?.hidden).toBe(moment.views[0]?.hidden);
    await delay(50);
    expect(prepared).toHaveLength(1);
    await new Newsroom(db).draft({ topics: ['topic-0'] });
    await until(() => prepared.length === 2);
    stop();
  });

  test('merges what was changed when there is enough of it, and knows what happened meanwhile', async () => {
    const db = await store.open();
    let archive = await storeArchive(db, SMALL);
    const kept = new ArchiveIndex(db);
    await kept.current();
    const more = Array.from({ length: 2_100 }, (_, index) => ({
      ...at(SMALL.articles, 0),
      publishedAt: NOW - ((index * 7) % 2_100) * HOUR,
      topics: [index % 2],
    }));
    archive = await addToArchive(db, archive, more);
    await kept.current();
    await addToArchive(db, archive, [at(more, 0)]);
    await kept.current();
    await kept.settled();
    const [followed, anew] = [await kept.current(), await new ArchiveIndex(db).current()];
    expect(followed.changed.size).toBeLessThanOrEqual(1);
    const sizes = [followed.size, followed.at(NOW).countIn({ from: 0, to: 30_000 })];
    expect(sizes).toEqual([anew.size, anew.at(NOW).countIn({ from: 0, to: 30_000 })]);
    expect(followed.at(NOW).span).toEqual(anew.at(NOW).span);
  }, 30_000);
});

function plain(result: { data?: unknown; errors?: readonly { message: string }[] | undefined }) {
  return { data: result.data, errors: result.errors?.map(({ message }) => message) };
}
