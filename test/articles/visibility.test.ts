import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { ANONYMOUS, systemActor } from '../../src/core/actor';
import { type Clock, heldClock } from '../../src/core/clock';
import { globalId, keyOf } from '../../src/core/ids';
import type { ArticleStatus, Database } from '../../src/database';
import { Api } from '../support/api';
import {
  type Archive,
  at,
  HOUR,
  NOW,
  type PlannedArticle,
  type StoredArticle,
  storeArchive,
} from '../support/archive';
import { isVisible } from '../support/archive-model';
import { bounded } from '../support/bounded';
import { describeEachEngine } from '../support/engines';

const PUBLISHED: PlannedArticle = {
  kind: 'ARTICLE',
  status: 'PUBLISHED',
  language: 'en',
  publishedAt: NOW - HOUR,
  updatedAt: NOW - HOUR,
  embargoUntil: null,
  expiresAt: null,
  authors: [0],
  categories: [1],
  topics: [1],
};

/** One of each reason for which an article is not there, and one that is. */
const ARTICLES = {
  published: PUBLISHED,
  draft: { ...PUBLISHED, status: 'DRAFT', publishedAt: null },
  scheduled: { ...PUBLISHED, status: 'SCHEDULED', publishedAt: NOW + HOUR },
  withdrawn: { ...PUBLISHED, status: 'WITHDRAWN' },
  embargoed: { ...PUBLISHED, embargoUntil: NOW + 1 },
  expired: { ...PUBLISHED, expiresAt: NOW },
  draftPage: { ...PUBLISHED, kind: 'PAGE', status: 'DRAFT', publishedAt: null },
  embargoedPage: { ...PUBLISHED, kind: 'PAGE', embargoUntil: NOW + 1 },
} as const satisfies Record<string, PlannedArticle>;

const HIDDEN = Object.keys(ARTICLES).filter((name) => name !== 'published');

/** An archive of one author, a category and a topic below another of each, and these articles. */
const store = (db: Database, articles: readonly PlannedArticle[]) =>
  storeArchive(db, { authors: 1, categories: [null, 0], topics: [null, 0], articles });

const EVERYWHERE = `query ($id: ID!, $slug: String!, $path: String!, $kind: ArticleKind) {
  byId: article(id: $id) { slug }
  bySlug: article(slug: $slug) { slug }
  node(id: $id) { id }
  nodes(ids: [$id]) { id }
  route(path: $path) { __typename }
  articles(first: 100, filter: { kind: $kind }) { ...listed }
  oldest: articles(first: 100, orderBy: OLDEST, filter: { kind: $kind }) { ...listed }
  updated: articles(first: 100, orderBy: RECENTLY_UPDATED, filter: { kind: $kind }) { ...listed }
  inEnglish: articles(first: 100, filter: { kind: $kind, languages: ["en"] }) { ...listed }
  tagged: articles(first: 100, filter: { kind: $kind, topics: { any: ["topic-0", "topic-1"] } }) { ...listed }
  both: articles(first: 100, filter: { kind: $kind, topics: { all: ["topic-1"] }, categories: { all: ["category-0"] } }) { ...listed }
  written: articles(first: 100, filter: { kind: $kind, authors: ["author-0"] }) { ...listed }
  author(slug: "author-0") { articles(first: 100, filter: { kind: $kind }) { ...listed } }
  category(slug: "category-0") { articles(first: 100, filter: { kind: $kind }) { ...listed } }
  topic(slug: "topic-1") { articles(first: 100, filter: { kind: $kind }) { ...listed } }
}
fragment listed on ArticleConnection { totalCount nodes { id } }`;

interface Listed {
  readonly totalCount: number;
  readonly nodes: readonly { readonly id: string }[];
}

type Everywhere = Record<'byId' | 'bySlug' | 'node', object | null> & {
  nodes: (object | null)[];
  route: { __typename: string } | null;
} & Record<ListName, Listed> &
  Record<'author' | 'category' | 'topic', { articles: Listed }>;

const LISTS = ['articles', 'oldest', 'updated', 'inEnglish', 'tagged', 'both', 'written'] as const;
type ListName = (typeof LISTS)[number];

async function everywhere(api: Api, { id, slug, kind }: StoredArticle): Promise<Everywhere> {
  const variables = { id: globalId('Article', id), slug, path: `/articles/${slug}`, kind };
  return api.ask<Everywhere>(EVERYWHERE, variables);
}

function listsOf(answer: Everywhere): Listed[] {
  return [
    ...LISTS.map((name) => answer[name]),
    ...[answer.author, answer.category, answer.topic].map(({ articles }) => articles),
  ];
}

const holds = ({ nodes }: Listed, { id }: StoredArticle) =>
  nodes.some((node) => keyOf('Article', node.id) === id);

const named = (archive: Archive, name: string) => at(archive.articles, Object.keys(ARTICLES).indexOf(name));

describeEachEngine('what readers may not see', (engine) => {
  let db: Database;
  let archive: Archive;
  let readers: Api;
  let newsroom: Api;

  beforeAll(async () => {
    db = await engine.open();
    archive = await store(db, Object.values(ARTICLES));
    readers = new Api(db);
    newsroom = new Api(db, { actor: systemActor('test') });
  });

  test.each(HIDDEN)('%s: is not found by id, slug, node or path, listed or counted', async (name) => {
    const article = named(archive, name);
    const answer = await everywhere(readers, article);
    expect([answer.byId, answer.bySlug, answer.node, ...answer.nodes]).toEqual([null, null, null, null]);
    expect(answer.route?.__typename ?? null).toBe(name === 'withdrawn' ? 'Gone' : null);
    for (const list of listsOf(answer)) {
      expect(holds(list, article)).toBe(false);
      expect(list.totalCount).toBe(list.nodes.length);
    }
  });

  test('and what they may is in all of these places', async () => {
    const article = named(archive, 'published');
    const answer = await everywhere(readers, article);
    expect([answer.byId, answer.bySlug, answer.node, ...answer.nodes]).not.toContain(null);
    expect(answer.route?.__typename).toBe('RouteTo');
    expect(listsOf(answer).map(({ nodes }) => nodes)).toEqual(
      listsOf(answer).map(() => [{ id: globalId('Article', article.id) }]),
    );
  });

  test('counts of categories and topics leave it out', async () => {
    const counts = await readers.ask(`{
      categories { articleCount own: articleCount(includeDescendants: false) }
      topics { nodes { articleCount own: articleCount(includeDescendants: false) } }
    }`);
    const expected = [
      { articleCount: 1, own: 0 },
      { articleCount: 1, own: 1 },
    ];
    expect(counts).toEqual({ categories: expected, topics: { nodes: expected } });
  });

  test.each(HIDDEN)('%s: the newsroom finds it by id, slug, node and path', async (name) => {
    const article = named(archive, name);
    const answer = await everywhere(newsroom, article);
    expect([answer.byId, answer.bySlug, answer.node, ...answer.nodes]).not.toContain(null);
    expect(answer.route?.__typename).toBe('RouteTo');
  });

  test('a filter by status shows it to the newsroom, and nothing to readers', async () => {
    const source = `query ($status: [ArticleStatus!]) {
      articles(filter: { status: $status }) { ...listed }
      category(slug: "category-0") { articles(filter: { status: $status }) { ...listed } }
      tagged: articles(filter: { status: $status, topics: { any: ["topic-0"] } }) { ...listed }
    }
    fragment listed on ArticleConnection { totalCount nodes { slug } }`;
    const statuses: ArticleStatus[] = ['DRAFT', 'SCHEDULED', 'WITHDRAWN'];
    for (const status of statuses) {
      const { slug } = at(
        archive.articles,
        archive.articles.findIndex((article) => article.status === status),
      );
      const one = { totalCount: 1, nodes: [{ slug }] };
      const none = { totalCount: 0, nodes: [] };
      const whole = (list: object) => ({ articles: list, category: { articles: list }, tagged: list });
      expect(await newsroom.ask(source, { status: [status] })).toEqual(whole(one));
      expect(await readers.ask(source, { status: [status] })).toEqual(whole(none));
    }
    const published = await readers.ask(source, { status: [...statuses, 'PUBLISHED'] });
    expect(published).toEqual(await readers.ask(source, { status: ['PUBLISHED'] }));
  });
});

describeEachEngine('translations', (engine) => {
  test('leave out what readers may not see, from whichever side they are asked for', async () => {
    const db = await engine.open();
    const languages = ['en', 'ur', 'ps', 'ar', 'fa-AF'];
    const names = ['published', 'draft', 'embargoed', 'withdrawn', 'expired'] as const;
    const articles = names.map((name, place) => ({ ...ARTICLES[name], language: at(languages, place) }));
    const archive = await store(db, [...articles, { ...PUBLISHED, language: 'fa' }]);
    await db.write((tx) => tx.execute(sql`update articles set translation_group = 1 where id > 0`));
    const source = 'query ($id: ID!) { article(id: $id) { translations { language } } }';
    const translationsOf = async (actor: typeof ANONYMOUS, place: number) => {
      const id = globalId('Article', at(archive.articles, place).id);
      const { article } = await new Api(db, { actor }).ask<{
        article: { translations: { language: string }[] };
      }>(source, { id });
      return article.translations.map(({ language }) => language).sort();
    };
    expect(await translationsOf(ANONYMOUS, 0)).toEqual(['fa']);
    expect(await translationsOf(ANONYMOUS, 5)).toEqual(['en']);
    expect(await translationsOf(systemActor('test'), 0)).toEqual(['ar', 'fa', 'fa-AF', 'ps', 'ur']);
  });
});

describeEachEngine('as time goes by', (engine) => {
  const millisecond = fc.integer({ min: -3, max: 3 }).map((offset) => NOW + offset);
  const rights = fc.array(
    fc.record({ embargoUntil: fc.option(millisecond), expiresAt: fc.option(millisecond) }),
    { minLength: 8, maxLength: 16 },
  );

  test('embargoed articles appear and expired ones vanish at the very millisecond, counted or listed', async () => {
    await fc.assert(
      fc.asyncProperty(rights, async (all) => {
        const db = await engine.open();
        const archive = await store(
          db,
          all.map((each) => ({ ...PUBLISHED, ...each })),
        );
        const clock = heldClock(NOW - 4);
        for (let step = -4; step <= 4; step++, clock.advance(1)) await seeAt(db, archive, clock);
      }),
      bounded(4),
    );
  }, 60_000);
});

/** Every list, count and lookup has what is visible at this instant, and nothing else. */
async function seeAt(db: Database, archive: Archive, clock: Clock): Promise<void> {
  const api = new Api(db, { clock });
  const visible = archive.articles.filter((article) => isVisible(article, 'PUBLIC', clock.now()));
  const ids = visible.map(({ id }) => globalId('Article', id)).sort();
  const answer = await everywhere(api, at(archive.articles, 0));
  for (const { nodes, totalCount } of listsOf(answer)) {
    expect(nodes.map(({ id }) => id).sort()).toEqual(ids);
    expect(totalCount).toBe(ids.length);
  }
  const found = await api.ask<{ nodes: ({ id: string } | null)[]; category: { articleCount: number } }>(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id } category(slug: "category-0") { articleCount } }',
    { ids: archive.articles.map(({ id }) => globalId('Article', id)) },
  );
  expect(found.nodes.flatMap((node) => node?.id ?? []).sort()).toEqual(ids);
  expect(found.category.articleCount).toBe(ids.length);
}
