import { sql } from 'drizzle-orm';
import {
  ARTICLE_DEFAULTS,
  type ArticleContent,
  insertArticles,
  linkTranslations,
  type TopicMark,
} from '../articles';
import { parseBody } from '../articles/body';
import { saveAuthors } from '../authors';
import { saveCategories } from '../categories';
import { importComments } from '../comments';
import { type Actor, systemActor } from '../core/actor';
import type { Clock, Instant } from '../core/clock';
import type { SecretBox } from '../core/sealed';
import type { Database, Reader, Tx } from '../database';
import { saveImages } from '../images';
import { addTopics } from '../topics';
import { sampleNewsroom } from './index';
import type { SampleArticle } from './types';

const ACTOR: Actor = systemActor('sample');
const SETTING = 'sample';

/** Whether there is nothing in the database that a newsroom could miss. */
export async function isEmpty(database: Reader): Promise<boolean> {
  const [row] = await database.rows<{ used: number }>(
    sql`select case when exists (select 1 from changes) or exists (select 1 from articles) or exists (select 1 from topics) then 1 else 0 end as used`,
  );
  return row?.used === 0;
}

/** Whether the sample newsroom was loaded into this database. */
export async function holdsSample(database: Database): Promise<boolean> {
  const { settings } = database.tables;
  const rows = await database.select().from(settings).where(sql`${settings.name} = ${SETTING}`);
  return rows.length > 0;
}

/**
 * Loads the sample newsroom, all of it or nothing, into an empty database; of two processes that start at once
 * one does it and the other waits. Returns how many articles it has, or null when there was anything before.
 */
export async function loadSample(database: Database, box: SecretBox, clock: Clock): Promise<number | null> {
  if (!(await isEmpty(database))) return null;
  const now = clock.now();
  return database.write(async (tx) => {
    const { settings } = tx.tables;
    // The row that both of two processes want to insert is what makes the second wait for the first.
    const [claimed] = await tx
      .insert(settings)
      .values({ name: SETTING, value: new Date(now).toISOString() })
      .onConflictDoNothing()
      .returning();
    if (!claimed) return null;
    if (!(await isEmpty(tx))) {
      await tx.delete(settings).where(sql`${settings.name} = ${SETTING}`);
      return null;
    }
    const subjects = await writeSubjects(tx, now);
    const articles = await writeArticles(tx, now, subjects);
    await writeComments(tx, now, box, articles);
    return articles.size;
  });
}

interface Subjects {
  readonly authors: Keys;
  readonly categories: Keys;
  readonly topics: Keys;
  readonly images: Keys;
}

/** Database keys by the names that the sample uses. */
type Keys = ReadonlyMap<string, number>;

async function writeSubjects(tx: Tx, now: Instant): Promise<Subjects> {
  const { authors, articles } = sampleNewsroom;
  const topics = await writeTopics(tx, now);
  const categories = await writeCategories(tx, now, topics);
  const pictures = new Map(
    articles.flatMap(({ leadImage }) => (leadImage ? [[leadImage.url, leadImage] as const] : [])),
  );
  const images = await saveImages(tx, ACTOR, now, [...pictures.values()]);
  const authorKeys = await saveAuthors(
    tx,
    ACTOR,
    now,
    authors.map(({ slug, name, bio }) => ({ slug, name, bio, avatarId: null })),
  );
  return {
    topics,
    categories,
    authors: keyed(
      authors.map(({ slug }) => slug),
      authorKeys,
    ),
    images: keyed([...pictures.keys()], images.keys),
  };
}

/** Parents stand before their children in the sample. */
async function writeTopics(tx: Tx, now: Instant): Promise<Keys> {
  const keys = new Map<string, number>();
  for (const topic of sampleNewsroom.topics) {
    const parentId = topic.parent === undefined ? null : keyOf(keys, topic.parent);
    const [key] = await addTopics(tx, ACTOR, now, [
      {
        slug: topic.slug,
        kind: topic.kind,
        names: topic.names,
        parentId,
        description: topic.description ?? null,
        wikidataId: topic.wikidataId ?? null,
      },
    ]);
    if (key !== undefined) keys.set(topic.slug, key);
  }
  return keys;
}

async function writeCategories(tx: Tx, now: Instant, topics: Keys): Promise<Keys> {
  const keys = new Map<string, number>();
  for (const [position, category] of sampleNewsroom.categories.entries()) {
    const [key] = await saveCategories(tx, ACTOR, now, [
      {
        slug: category.slug,
        name: category.name,
        description: category.description ?? null,
        parentId: category.parent === undefined ? null : keyOf(keys, category.parent),
        topicId: category.topic === undefined ? null : keyOf(topics, category.topic),
        position,
      },
    ]);
    if (key !== undefined) keys.set(category.slug, key);
  }
  return keys;
}

async function writeArticles(tx: Tx, now: Instant, subjects: Subjects): Promise<Keys> {
  const { articles } = sampleNewsroom;
  const ids = await insertArticles(
    tx,
    ACTOR,
    now,
    articles.map((article) => contentOf(article, subjects, now)),
  );
  const keys = keyed(
    articles.map(({ key }) => key),
    ids,
  );
  const links = articles.flatMap(({ key, translationOf }) =>
    translationOf === undefined
      ? []
      : [{ original: keyOf(keys, translationOf), translation: keyOf(keys, key) }],
  );
  await linkTranslations(tx, ACTOR, now, links, new Set(ids));
  return keys;
}

function contentOf(article: SampleArticle, subjects: Subjects, now: Instant): ArticleContent {
  const published = instant(article.publishedAt);
  const withdrawn = article.status === 'WITHDRAWN' ? (published ?? now) : null;
  return {
    fields: {
      ...ARTICLE_DEFAULTS,
      kind: article.kind ?? 'ARTICLE',
      status: article.status,
      slug: article.slug,
      path: `/${article.kind === 'PAGE' ? '' : 'articles/'}${article.slug}`,
      language: article.language,
      title: article.title,
      standfirst: article.standfirst,
      datelinePlace: article.dateline?.place ?? null,
      datelineSource: article.dateline?.source ?? null,
      byline: article.byline ?? null,
      primaryCategoryId:
        article.primaryCategory === undefined ? null : keyOf(subjects.categories, article.primaryCategory),
      leadImageId: article.leadImage === undefined ? null : keyOf(subjects.images, article.leadImage.url),
      pinned: article.pinned ?? false,
      createdAt: published ?? now,
      updatedAt: article.status === 'SCHEDULED' ? now : (published ?? now),
      publishedAt: published,
      withdrawnAt: withdrawn,
      withdrawalNote: article.withdrawalNote ?? null,
      embargoUntil: instant(article.embargoUntil),
      expiresAt: instant(article.expiresAt),
    },
    body: parseBody(article.html),
    authorIds: article.authors.map((slug) => keyOf(subjects.authors, slug)),
    categoryIds: article.categories.map((slug) => keyOf(subjects.categories, slug)),
    topics: article.topics.map((slug, position) => topicMark(keyOf(subjects.topics, slug), position)),
  };
}

/** The first topic is what the article is about; each further one a fifth less so. */
function topicMark(topicId: number, position: number): TopicMark {
  return { topicId, salience: Math.round(0.8 ** position * 100) / 100, mentions: 0, source: 'EDITOR' };
}

async function writeComments(tx: Tx, now: Instant, box: SecretBox, articles: Keys): Promise<void> {
  const { comments } = sampleNewsroom;
  const places = new Map(comments.map(({ key }, index) => [key, index]));
  await importComments(
    tx,
    ACTOR,
    now,
    box,
    comments.map(({ article, parent, name, email, text, at, status }) => {
      const parentInBatch = parent === undefined ? undefined : places.get(parent);
      return {
        articleId: keyOf(articles, article),
        parentId: null,
        ...(parentInBatch === undefined ? {} : { parentInBatch }),
        authorName: name,
        authorKind: 'GUEST' as const,
        status,
        text,
        html: parseBody(paragraphs(text)).html,
        createdAt: instant(at) ?? now,
        email,
        ip: null,
      };
    }),
  );
}

function paragraphs(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join('');
}

function instant(value: string | null | undefined): Instant | null {
  return value == null ? null : Date.parse(value);
}

function keyed(names: readonly string[], keys: readonly number[]): Keys {
  return new Map(names.map((name, index) => [name, keys[index] ?? 0]));
}

function keyOf(keys: Keys, name: string): number {
  const key = keys.get(name);
  if (key === undefined) throw new Error(`The sample newsroom refers to "${name}", which it does not have`);
  return key;
}
