/** What is kept is never anything else than what would be answered now. */
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { headOfLog } from '../../src/changes';
import { heldClock } from '../../src/core/clock';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { Api, type Variables } from '../support/api';
import { type ArchivePlan, archivePlans, NOW, storeArchive } from '../support/archive';
import { plainComment, storeComments } from '../support/discussions';
import { describeEachEngine } from '../support/engines';
import { operation } from '../support/operations';
import { until } from '../support/until';
import { CachedApi } from './cached-api';
import { deeds, Hand } from './deeds';

const slugs = (room: string) => [`${room}-1`, `${room}-2`, 'one'];
const RICH = `{
  articles(first: 5) { totalCount nodes { slug title commentCount status rights { embargoUntil }
    leadImage { url alt } authors { slug name avatar { alt } } categories { slug name parent { name } }
    topics { topic { slug name(language: "fa") parent { name } } } translations { slug }
    commenting { mode open closesAt } comments(first: 2) { totalCount nodes { body { html } featured replies { nodes { body { html } } } } } } }
  categories { slug name children { slug } ancestors { slug } articleCount topic { name } }
  collections { title articles { slug title commentCount } }
  authors { nodes { slug name articles(first: 2, orderBy: OLDEST) { totalCount nodes { title } } } }
  topics(matching: "t", orderBy: MOST_COVERED) { totalCount nodes { slug name names { name aliases } children { nodes { slug } } articleCount(includeDescendants: false) } }
}`;

/** Every way in which readers ask, of few things, so that each has been asked before. */
const QUESTIONS: readonly (readonly [source: string, variables: Variables])[] = [
  ...slugs('article').flatMap((slug) => [
    [operation('ArticlePage'), { slug }] as const,
    [operation('CommentsPage'), { slug }] as const,
  ]),
  ...slugs('category').map((slug) => [operation('CategoryPage'), { slug, first: 3 }] as const),
  [
    'query ($slug: String!) { topic(slug: $slug) { slug name articles(first: 3) { totalCount nodes { title } } children { totalCount } } }',
    { slug: 'topic-1' },
  ],
  [
    'query ($slug: String!) { author(slug: $slug) { slug name bio articles { nodes { title } } } }',
    { slug: 'author-1' },
  ],
  ['query ($slug: String!) { collection(slug: $slug) { title articles { title } } }', { slug: 'front' }],
  [operation('FrontPage'), { first: 3 }],
  [
    operation('PartnerList'),
    { first: 3, filter: { topics: { any: ['topic-1'] }, categories: { none: ['category-2'] } } },
  ],
  [operation('Resolve'), { path: '/articles/article-1' }],
  [operation('Resolve'), { path: '/articles/one' }],
  [
    'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Article { title } ... on Topic { name } ... on Author { name } ... on Category { name articleCount } } }',
    {
      ids: [1, 7, 9].flatMap((key) =>
        (['Article', 'Topic', 'Author', 'Category'] as const).map((type) => globalId(type, key)),
      ),
    },
  ],
  [operation('Dashboard'), {}],
  [operation('Relation'), { topics: ['topic-1', 'topic-2'], first: 3 }],
  [operation('TopicPage'), { slug: 'topic-1' }],
  [
    'query ($slug: String!) { article(slug: $slug) { related(first: 3) { score article { title commentCount } reasons { __typename } } } trendingTopics(first: 3) { topic { slug name } articleCount z } }',
    { slug: 'article-1' },
  ],
  [RICH, {}],
];

/** Milliseconds, more than SQLite's file is left unwatched. */
const LOOK = 60;

async function fill(db: Database, plan: ArchivePlan): Promise<void> {
  const { articles } = await storeArchive(db, plan);
  await storeComments(
    db,
    articles.slice(0, 3).flatMap(({ id }) => [plainComment(id), plainComment(id)]),
  );
}

/** A deed may have merged or removed what a question names: the answer is an error then, and no other. */
async function compare(cached: CachedApi, plain: Api): Promise<void> {
  for (const [source, variables] of QUESTIONS) {
    const expected = JSON.stringify(await plain.execute(source, variables));
    expect(JSON.parse(await cached.ask(source, variables))).toEqual(JSON.parse(expected));
  }
}

/** As long as nothing has been done no question has an error. @throws where one has */
async function compareAtFirst(cached: CachedApi, plain: Api): Promise<void> {
  for (const [source, variables] of QUESTIONS) await plain.ask(source, variables);
  await compare(cached, plain);
}

const CASES = fc.tuple(archivePlans({ min: 4, max: 8 }), fc.array(deeds, { minLength: 12, maxLength: 12 }));

describeEachEngine('answers that are kept', (store) => {
  const seen = { hits: 0, kept: 0, done: new Set<string>() };

  test('are what would be answered now, whatever this process has done', async () => {
    await fc.assert(
      fc.asyncProperty(CASES, ([plan, steps]) =>
        store.using(async (db) => {
          await fill(db, plan);
          const clock = heldClock(NOW);
          const [cached, plain, hand] = [
            new CachedApi(db, clock),
            new Api(db, { clock }),
            new Hand(db, clock),
          ];
          await compareAtFirst(cached, plain);
          for (const step of steps) {
            await hand.do(step);
            await compare(cached, plain);
          }
          cached.cache.close();
          seen.hits += cached.tally.hits;
          seen.kept += cached.tally.kept;
          for (const name of hand.done) seen.done.add(name);
        }),
      ),
      { numRuns: store.engine === 'sqlite' ? 8 : 3 },
    );
    // And not because nothing was kept, or nothing done.
    expect(seen.hits).toBeGreaterThan(seen.kept / 2);
    expect(seen.done.size).toBeGreaterThan(10);
  });

  test('are so in another process, too, once it has been woken', async () => {
    await fc.assert(
      fc.asyncProperty(CASES, ([plan, steps]) =>
        store.using(async (db) => {
          await fill(db, plan);
          const clock = heldClock(NOW);
          const other = await store.openAnother();
          const [cached, plain, hand] = [
            new CachedApi(other, clock),
            new Api(other, { clock }),
            new Hand(db, clock),
          ];
          let woken = 0;
          const unwatch = other.watch(() => void woken++);
          await compareAtFirst(cached, plain);
          for (const step of steps) {
            const [head, before] = [await headOfLog(db), woken];
            await hand.do(step);
            if ((await headOfLog(db)) === head) continue;
            await until(() => woken > before);
            // What has woken it may have been the step before.
            await delay(LOOK);
            await compare(cached, plain);
          }
          unwatch();
          cached.cache.close();
          expect(cached.tally.hits).toBeGreaterThan(0);
        }),
      ),
      { numRuns: 3 },
    );
  });
});
