import { sql } from 'drizzle-orm';
import { ApiKeyService } from '../../src/access';
import { systemActor } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { SecretBox } from '../../src/core/sealed';
import type { Database } from '../../src/database';
import { EntitlementService } from '../../src/syndication';
import { FeedTokens } from '../../src/syndication/partners/position';
import { ACTORS } from '../support/actors';
import { Api, type Variables } from '../support/api';
import { HOUR, NOW, type PlannedArticle, storeArchive } from '../support/archive';
import { SECRET, storeDiscussions } from '../support/discussions';
import { describeEngine, recordStatements, type StatementRecorder } from '../support/engines';
import { OPERATIONS } from '../support/operations';

const ARTICLES = 4_000;
const AUTHORS = 300;
const CATEGORIES = 40;
const TOPICS = 1_500;

/** Small tables that are read whole: a site has tens of categories, the change log has one head, and few settings are kept. */
const READ_WHOLE = ['categories', 'feed_head', 'settings'];
/** Counts of a whole table, through whatever index is the smallest. */
const COUNTED = ['topics', 'authors'];
/** Gone through by their keys, from where a page starts until it is full; counted by what is said of them. */
const WALKED = ['images'];

const VARIABLES: Readonly<Record<string, readonly Variables[]>> = {
  ArticlePage: [{ slug: 'article-1' }],
  CategoryPage: [{ slug: 'category-1' }],
  CommentsPage: [{ slug: 'article-1' }],
  PartnerList: [
    {},
    { filter: { topics: { any: ['topic-7'] } } },
    { filter: { topics: { all: ['topic-7', 'topic-1'] }, languages: ['en', 'ur'] } },
    { filter: { categories: { any: ['category-3'] }, publishedFrom: '2026-01-01T00:00:00Z' } },
  ],
  Relation: [{ topics: ['topic-1', 'topic-20'] }],
  Resolve: ['/nowhere', '/articles/article-1', '/category/category-1', '/tag/topic-1'].map((path) => ({
    path,
  })),
  Search: ['happened', 'what -topic', '"what happened" articl*', 'topic 14'].map((query) => ({ query })),
  TopicPage: [{ slug: 'topic-1' }, { slug: 'topic-700' }],
};

/** Lists as a client could ask for them, beyond what the checked-in operations do. */
const FILTERS = [
  '',
  'topics: { any: ["topic-1", "topic-20"] }',
  'topics: { all: ["topic-1", "topic-20"], includeDescendants: false }',
  'topics: { none: ["topic-1"] }',
  'languages: ["en", "ur"]',
  'authors: ["author-1"]',
  'authors: ["author-1", "author-2"], categories: { any: ["category-1"] }',
  'kind: PAGE',
  'publishedFrom: "2026-01-01T00:00:00Z", publishedBefore: "2027-01-01T00:00:00Z"',
];
const LISTS = FILTERS.flatMap((filter) =>
  ['NEWEST', 'OLDEST', 'RECENTLY_UPDATED'].flatMap((order) => {
    const list = `articles(orderBy: ${order}, filter: { ${filter} }) { totalCount pageInfo { endCursor } nodes { id } }`;
    return [
      `{ ${list} }`,
      `{ category(slug: "category-1") { ${list} } }`,
      `{ topics { nodes { ${list} } } }`,
      `{ author(slug: "author-1") { ${list} } }`,
    ];
  }),
);
const SEARCHES = FILTERS.flatMap((filter) =>
  ['RELEVANCE', 'NEWEST'].map(
    (order) =>
      `{ search(query: "happened", orderBy: ${order}, filter: { ${filter} }) { totalCount edges { node { id } } facets { topics { count } } } }`,
  ),
);
const TOPIC_LISTS = ['NAME', 'MOST_COVERED'].flatMap((order) =>
  ['', ', kind: SUBJECT', ', matching: "topic 14"'].map(
    (filter) =>
      `{ topics(orderBy: ${order}${filter}) { totalCount nodes { id children { nodes { id } } } } }`,
  ),
);

const DISCUSSIONS = ['OLDEST', 'NEWEST'].flatMap((order) =>
  ['first: 3', 'last: 3'].map((page) => {
    const list = (inside: string) =>
      `(orderBy: ${order}, ${page}) { totalCount nodes { id parent { id } ${inside} } }`;
    return `{ articles { nodes { comments${list(`replies${list('')}`)} } } }`;
  }),
);

const STATS = `{ newsroomStats(window: { from: "2026-01-01T00:00:00Z" }, bucket: MONTH) {
  buckets { articles } languages { perBucket } authors { perBucket } categories { perBucket } mostCovered { perBucket }
} }`;

const IMAGE_LISTS = [
  'first: 2',
  'first: 2, used: false',
  'first: 2, used: true, matching: "river"',
  'last: 2, matching: "a river"',
].map((args) => `{ images(${args}) { totalCount pageInfo { endCursor } nodes { id } } }`);

const QUEUES = ['first: 3', 'last: 3, status: [SPAM, PENDING]', 'first: 3, reportedOnly: true'].map(
  (args) =>
    `{ moderationQueue(${args}) { totalCount nodes { id moderation { email history { at } reports { at } versions { until } author { approved banned } } } } }`,
);

interface Explained {
  readonly text: string;
  readonly steps: readonly string[];
}

describeEngine('sqlite', 'query plans', (store) => {
  let db: Database;
  let sent: StatementRecorder;

  beforeAll(async () => {
    sent = recordStatements();
    db = await store.open(sent);
    const below = (place: number) => (place < 10 ? null : place % 10);
    await storeArchive(db, {
      authors: AUTHORS,
      categories: Array.from({ length: CATEGORIES }, (_, place) => below(place)),
      topics: Array.from({ length: TOPICS }, (_, place) => below(place)),
      articles: Array.from({ length: ARTICLES }, (_, index) => planned(index)),
    });
    await storeDiscussions(db);
    await db.analyse();
  }, 60_000);

  /** What is sent for the sources, each statement once, with the way that SQLite goes about it. */
  const explain = async (
    api: Api,
    sources: readonly (readonly [string, Variables])[],
  ): Promise<Explained[]> => {
    const texts = await sent.during(async () => {
      for (const [source, variables] of sources) await api.ask(source, variables);
    });
    return Promise.all([...new Set(texts)].map(async (text) => ({ text, steps: await stepsOf(db, text) })));
  };

  test('of what partners follow: no table is read whole', async () => {
    const clock = heldClock(NOW);
    const { kept } = await new ApiKeyService(db, clock).create(ACTORS.admin, { roles: ['PARTNER'] });
    const entitlements = new EntitlementService(db, clock);
    const wishes = [
      { categories: ['category-3'] },
      { topics: ['topic-7', 'topic-1'], languages: ['en'], hostingDays: 9 },
    ];
    for (const wish of wishes) await entitlements.entitle(ACTORS.admin, kept.publicId, wish);
    const tokens = new FeedTokens(new SecretBox(SECRET));
    const [head] = await db.rows<{ seq: number }>(sql`select seq from feed_head`);
    const after = [0, (head?.seq ?? 0) - 1].map((seq) =>
      tokens.ofFeed(kept.id, { seq, hostedUntil: NOW - HOUR, sweep: null }),
    );
    const api = new Api(db, { actor: { ...ACTORS.partner, name: `key:${kept.publicId}` } });
    const query = 'query ($after: String!) { changes(after: $after) { changes { item article { title } } } }';
    const statements = await explain(api, [
      ...after.map((token) => [query, { after: token }] as const),
      ['{ snapshot { articles { title } } }', {}],
    ]);
    expect(statements.length).toBeGreaterThan(10);
    expect(statements.filter(readsWhole).map(shortened)).toEqual([]);
  }, 60_000);

  test('of the operations that clients send: no table is read whole', async () => {
    const sources = [...OPERATIONS].flatMap(([name, source]) =>
      (VARIABLES[name] ?? [{}]).map((variables) => [source, variables] as const),
    );
    const statements = await explain(new Api(db), sources);
    expect(statements.length).toBeGreaterThan(20);
    expect(statements.filter(readsWhole).map(shortened)).toEqual([]);
  }, 60_000);

  test('of any list that readers and newsroom can ask for: no table is read whole', async () => {
    const all = [...LISTS, ...SEARCHES, ...TOPIC_LISTS, ...DISCUSSIONS];
    for (const [api, sources] of [
      [new Api(db), all],
      [new Api(db, { actor: systemActor('test') }), [...all, ...QUEUES]],
    ] as const) {
      const statements = await explain(
        api,
        sources.map((source) => [source, {}] as const),
      );
      expect(statements.length).toBeGreaterThan(60);
      expect(statements.filter(readsWhole).map(shortened)).toEqual([]);
    }
  }, 60_000);

  test('of images for desks: who shows them is looked up in indexes, and nothing is sorted', async () => {
    const sources = IMAGE_LISTS.map((source) => [source, {}] as const);
    const statements = await explain(new Api(db, { actor: systemActor('test') }), sources);
    expect(statements).toHaveLength(2 * IMAGE_LISTS.length);
    expect(statements.filter((each) => readsWhole(each) || each.steps.some(isSort)).map(shortened)).toEqual(
      [],
    );
  });

  test('of stats: what is counted are ranges of indexes', async () => {
    const statements = await explain(new Api(db, { actor: systemActor('test') }), [[STATS, {}]]);
    const counting = statements.filter(({ text }) => text.includes('count(*)'));
    expect(counting).toHaveLength(8);
    const steps = counting.flatMap((each) => each.steps).filter((step) => / x\b/.test(step));
    const ranges = steps.filter((step) =>
      /^SEARCH x USING (COVERING )?INDEX \w+ \(.*(published|listed)_at>\? AND (published|listed)_at<\?\)$/.test(
        step,
      ),
    );
    // The others step from language to language.
    const others = steps.filter((step) => !ranges.includes(step));
    expect(others.every((step) => step.startsWith('SEARCH x USING INDEX articles_newest_by_language'))).toBe(
      true,
    );
    expect(ranges).toHaveLength(8);
  });

  test('of lists by date: what is sorted is no more than pages', async () => {
    const byDate = LISTS.filter((source) => !source.includes('RECENTLY_UPDATED'));
    const sources = [...byDate, ...DISCUSSIONS].map((source) => [source, {}] as const);
    const statements = await explain(new Api(db), sources);
    expect(statements.filter(sortsInside).map(shortened)).toEqual([]);
  }, 60_000);
});

async function stepsOf(db: Database, text: string): Promise<string[]> {
  const values = Array.from(text.matchAll(/\?/g), () => null);
  // The columns are id, parent, notused and detail.
  const steps = await db.tuples({ text: `explain query plan ${text}`, values });
  return steps.map(([, , , detail]) => String(detail));
}

/** Without what is selected, which tells nothing about the plan. */
function shortened({ text, steps }: Explained): Explained {
  return { text: text.slice(text.indexOf(' from ')), steps };
}

/** Whether a real table is gone through from end to end, other than in its order up to the limit of a page. */
function readsWhole({ text, steps }: Explained): boolean {
  return steps.some((step) => {
    const [, table] = /^SCAN (\w+)/.exec(step) ?? [];
    if (table === undefined || step.includes('VIRTUAL TABLE') || READ_WHOLE.includes(table)) return false;
    if (WALKED.includes(table) && !steps.some(isSort)) return false;
    // A derived table: what it is made of stands in the plan by itself.
    if (steps.some((other) => other === `CO-ROUTINE ${table}` || other === `MATERIALIZE ${table}`))
      return false;
    if (!step.includes('INDEX')) return true;
    if (text.includes('count(*)')) return !COUNTED.includes(table);
    return !/ limit \+\?\s*$/.test(text) || steps.some(isSort);
  });
}

/** Whether rows are sorted before they are cut to pages: a sort within the list that is cut for each parent. */
function sortsInside({ steps }: Explained): boolean {
  const inside = steps.findIndex((step) => step.startsWith('CORRELATED LIST SUBQUERY'));
  const joined = steps.findLastIndex((step) => /^SEARCH (articles|comments)/.test(step));
  if (inside === -1) return steps.some((step) => step.startsWith('SEARCH articles')) && steps.some(isSort);
  return steps.slice(inside, joined).some(isSort);
}

function isSort(step: string): boolean {
  return /^USE TEMP B-TREE FOR (ORDER BY|DISTINCT|GROUP BY)/.test(step);
}

function planned(index: number): PlannedArticle {
  return {
    kind: index % 50 === 0 ? 'PAGE' : 'ARTICLE',
    status: index % 20 === 19 ? 'DRAFT' : 'PUBLISHED',
    language: ['en', 'ur', 'ps', 'fa-AF'][index % 4] ?? 'en',
    publishedAt: index % 20 === 19 ? null : NOW - index * HOUR,
    updatedAt: NOW - ((index * 37) % ARTICLES) * HOUR,
    embargoUntil: index % 100 === 7 ? NOW + HOUR : null,
    expiresAt: index % 100 === 8 ? NOW - HOUR : null,
    authors: [index % AUTHORS],
    categories: [index % CATEGORIES],
    topics: [...new Set([(index * 7) % TOPICS, (index * 11 + 1) % TOPICS, index % 30])],
  };
}
