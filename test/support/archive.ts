/** Random archives of a newsroom, and how they get into a database. */
import fc from 'fast-check';
import { ARTICLE_DEFAULTS, type ArticleContent, insertArticles } from '../../src/articles';
import { parseBody } from '../../src/articles/body';
import { saveAuthors } from '../../src/authors';
import { saveCategories } from '../../src/categories';
import { systemActor } from '../../src/core/actor';
import type { Instant } from '../../src/core/clock';
import type { ArticleKind, ArticleStatus, Database, Tx } from '../../src/database';
import { addTopics } from '../../src/topics';

/** The instant around which everything in an archive happens. */
export const NOW: Instant = Date.parse('2026-03-01T12:00:00.000Z');
export const HOUR = 3_600_000;

export const ARCHIVIST = systemActor('archive');

export interface PlannedArticle {
  readonly kind: ArticleKind;
  readonly status: ArticleStatus;
  readonly language: string;
  readonly publishedAt: Instant | null;
  readonly updatedAt: Instant;
  readonly embargoUntil: Instant | null;
  readonly expiresAt: Instant | null;
  /** Places in the lists of the plan, as are the two below. */
  readonly authors: readonly number[];
  readonly categories: readonly number[];
  readonly topics: readonly number[];
  /** Which wire story its text is a copy of; absent where the text is too short to be one. */
  readonly story?: number;
}

/** The place of each one's parent, which stands before it, or null. */
export type PlannedTree = readonly (number | null)[];

export interface ArchivePlan {
  readonly authors: number;
  readonly categories: PlannedTree;
  readonly topics: PlannedTree;
  readonly articles: readonly PlannedArticle[];
}

export interface StoredArticle extends PlannedArticle {
  readonly id: number;
  readonly slug: string;
}

/** A plan with the keys that its parts were given, each at the same place. */
export interface Archive {
  readonly plan: ArchivePlan;
  readonly keys: Readonly<Record<'author' | 'category' | 'topic', readonly number[]>>;
  readonly articles: readonly StoredArticle[];
}

export const LANGUAGES = ['en', 'fa-AF', 'ur'] as const;
const AUTHORS = 4;
const CATEGORIES = 6;
const TOPICS = 7;

/** Few, so that many articles have the same; one before 1970, as digitised archives do. */
const PAST = [NOW - HOUR, NOW - 2 * HOUR, NOW - 3 * HOUR, Date.parse('1947-08-14T19:30:00.000Z')];
/** On both sides of now and exactly at it. */
const AROUND_NOW = [NOW - 1, NOW, NOW + 1];

const past = fc.constantFrom(...PAST);
const rarely = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });
const someOf = (count: number) => fc.uniqueArray(fc.nat({ max: count - 1 }), { maxLength: 3 });

const trees = (size: number): fc.Arbitrary<PlannedTree> =>
  fc.tuple(
    ...Array.from({ length: size }, (_, place) =>
      place === 0 ? fc.constant(null) : fc.option(fc.nat({ max: place - 1 }), { freq: 2 }),
    ),
  );

const STATUSES: readonly ArticleStatus[] = [
  'PUBLISHED',
  'PUBLISHED',
  'PUBLISHED',
  'DRAFT',
  'SCHEDULED',
  'WITHDRAWN',
];

export const plannedArticles: fc.Arbitrary<PlannedArticle> = fc
  .record({
    kind: fc.constantFrom<ArticleKind[]>('ARTICLE', 'ARTICLE', 'ARTICLE', 'PAGE'),
    status: fc.constantFrom(...STATUSES),
    language: fc.constantFrom(...LANGUAGES),
    publishedAt: past,
    updatedAt: past,
    embargoUntil: rarely(fc.constantFrom(...AROUND_NOW)),
    expiresAt: rarely(fc.constantFrom(...AROUND_NOW)),
    authors: someOf(AUTHORS),
    categories: someOf(CATEGORIES),
    topics: someOf(TOPICS),
  })
  .map((article) => ({ ...article, publishedAt: publicationOf(article) }));

function publicationOf({ status, publishedAt }: { status: ArticleStatus; publishedAt: Instant }) {
  if (status === 'DRAFT') return null;
  return status === 'SCHEDULED' ? NOW + HOUR : publishedAt;
}

export function archivePlans(articles: { min: number; max: number }): fc.Arbitrary<ArchivePlan> {
  return fc
    .record({
      authors: fc.constant(AUTHORS),
      categories: trees(CATEGORIES),
      topics: trees(TOPICS),
      articles: fc.array(plannedArticles, { minLength: articles.min, maxLength: articles.max, size: 'max' }),
    })
    .map((plan) => ({ ...plan, [fc.toStringMethod]: () => summaryOf(plan) }));
}

/** What a failed property prints of a plan; the seed makes the whole of it again. */
function summaryOf({ articles, categories, topics }: ArchivePlan): string {
  return `${articles.length} articles, categories under ${categories}, topics under ${topics}`;
}

/** Stores a plan in a database that has nothing of the kind yet. */
export async function storeArchive(database: Database, plan: ArchivePlan): Promise<Archive> {
  return database.write(async (tx) => {
    const keys = await storeSubjects(tx, plan);
    const archive = { plan, keys, articles: [] };
    return { ...archive, articles: await storeArticles(tx, archive, plan.articles) };
  });
}

/** The archive with these articles as well. */
export async function addToArchive(
  database: Database,
  archive: Archive,
  articles: readonly PlannedArticle[],
): Promise<Archive> {
  const added = await database.write((tx) => storeArticles(tx, archive, articles));
  return { ...archive, articles: [...archive.articles, ...added] };
}

async function storeSubjects(tx: Tx, plan: ArchivePlan): Promise<Archive['keys']> {
  const author = await saveAuthors(
    tx,
    ARCHIVIST,
    NOW,
    Array.from({ length: plan.authors }, (_, place) => ({
      slug: `author-${place}`,
      name: `Author ${place}`,
      bio: null,
      avatarId: null,
    })),
  );
  const topic = await inOrder(plan.topics, (parents, first) =>
    addTopics(
      tx,
      ARCHIVIST,
      NOW,
      parents.map((parentId, index) => ({
        slug: `topic-${first + index}`,
        kind: 'SUBJECT' as const,
        parentId,
        description: null,
        wikidataId: null,
        names: [{ language: 'en', name: `Topic ${first + index}`, aliases: [] }],
      })),
    ),
  );
  const category = await inOrder(plan.categories, (parents, first) =>
    saveCategories(
      tx,
      ARCHIVIST,
      NOW,
      parents.map((parentId, index) => ({
        slug: `category-${first + index}`,
        name: `Category ${first + index}`,
        description: null,
        parentId,
        topicId: null,
        position: first + index,
      })),
    ),
  );
  return { author, category, topic };
}

/** Stores a tree, as many at once as have parents that are there; `store` is told their parents' keys. */
async function inOrder(
  tree: PlannedTree,
  store: (parents: readonly (number | null)[], first: number) => Promise<number[]>,
): Promise<number[]> {
  const keys: number[] = [];
  while (keys.length < tree.length) {
    const rest = tree.slice(keys.length);
    const waiting = rest.findIndex((parent) => parent !== null && parent >= keys.length);
    const ready = waiting === -1 ? rest : rest.slice(0, waiting);
    const parents = ready.map((parent) => (parent === null ? null : at(keys, parent)));
    keys.push(...(await store(parents, keys.length)));
  }
  return keys;
}

async function storeArticles(
  tx: Tx,
  archive: Archive,
  articles: readonly PlannedArticle[],
): Promise<StoredArticle[]> {
  const first = archive.articles.length;
  const planned = articles.map((article, index) => ({ ...article, slug: `article-${first + index}` }));
  const contents = planned.map((article) => contentOf(article, archive.keys));
  const ids = await insertArticles(tx, ARCHIVIST, NOW, contents);
  return planned.map((article, index) => ({ ...article, id: at(ids, index) }));
}

const BODY = parseBody('<p>What happened.</p>');

/** The text of a wire story, as somebody has it who has put a word or two in front. */
export function storyHtml(story: number, opening: string): string {
  const words = Array.from({ length: 120 }, (_, place) => `word${(place * 7919 + story * 104729) % 99991}`);
  return `<p>${opening}: ${words.join(' ')}.</p>`;
}

function contentOf(article: PlannedArticle & { slug: string }, keys: Archive['keys']): ArticleContent {
  const { kind, status, language, publishedAt, updatedAt, embargoUntil, expiresAt, slug } = article;
  const categoryIds = article.categories.map((place) => at(keys.category, place));
  return {
    fields: {
      ...ARTICLE_DEFAULTS,
      ...{ kind, status, language, publishedAt, updatedAt, embargoUntil, expiresAt, slug },
      path: `/articles/${slug}`,
      title: slug,
      createdAt: updatedAt,
      withdrawnAt: status === 'WITHDRAWN' ? NOW : null,
      primaryCategoryId: categoryIds[0] ?? null,
    },
    body: article.story === undefined ? BODY : parseBody(storyHtml(article.story, slug)),
    authorIds: article.authors.map((place) => at(keys.author, place)),
    categoryIds,
    topics: article.topics.map((place, index) => ({
      topicId: at(keys.topic, place),
      salience: 1 / (index + 1),
      mentions: index,
      source: 'EDITOR' as const,
    })),
  };
}

/** The item at a place where there is one. */
export function at<T>(items: readonly T[], place: number): T {
  const item = items[place];
  if (item === undefined) throw new Error(`Nothing at place ${place} of ${items.length}`);
  return item;
}
