import { sql } from 'drizzle-orm';
import { Refusal } from '../../core/refusal';
import { type ArticleState, lock, type NamedKey, type Tx } from '../../database';
import { heirsOf } from '../../slugs';
import { areTakenByOthers, lockAddresses } from '../article.addresses';
import type { ArticleFields, ArticleUpdate } from '../article.content';
import type { Facet } from '../article.query';
import { isLanguageTaken } from '../article.translations';
import { parseBody } from '../body';
import type { CurrentArticle } from './current';
import { bodyAt, stateAt } from './revision.store';

/**
 * What makes of an article what it said at an earlier revision. Where it stands in its life stays, and so do its
 * rights, translations and corrections. What has become part of another since is that other; what is gone, or is
 * somebody else's now, is left out: a subject, an address.
 * @throws Refusal NOT_FOUND for a revision that is not known
 */
export async function rollBackTo(
  tx: Tx,
  article: CurrentArticle,
  revision: number,
): Promise<Omit<ArticleUpdate, 'id' | 'expectedRevision'>> {
  const then = await stateAt(tx, article.id, revision);
  if (then === null || revision >= article.revision)
    throw new Refusal('NOT_FOUND', `The article has no earlier revision ${revision}.`, 'revision');
  // Before it is looked what subjects there are, so that they still are when the article is tied to them.
  await lock(tx, 'SUBJECTS', 'SHARED');
  const categories = await presentKeys(tx, 'category', then.categories);
  const topics = await presentKeys(tx, 'topic', then.topics);
  const html = await bodyAt(tx, article.id, revision);
  return {
    op: 'ROLLBACK',
    fields: {
      ...said(then),
      ...(await addressesThen(tx, article, then)),
      language: await languageThen(tx, article, then),
      primaryCategoryId: categories.get(then.primaryCategory?.id ?? 0) ?? null,
      leadImageId: await imageThen(tx, then),
    },
    ...(html === null ? {} : { body: parseBody(html) }),
    authorIds: distinct(await presentKeys(tx, 'author', then.authors)),
    categoryIds: distinct(categories),
    topics: distinct(topics).flatMap((topicId) => {
      const mark = then.topics.find(({ id }) => topics.get(id) === topicId);
      if (!mark) return [];
      const { salience, mentions, source } = mark;
      return [{ topicId, salience, mentions, source }];
    }),
    payload: { to: revision },
  };
}

/** The columns that say something: what may be done with it, and from when on, stays as it is. */
function said({ article }: ArticleState): Partial<ArticleFields> {
  const { kind, canonicalUrl, title, standfirst, datelinePlace, datelineSource, byline } = article;
  return { kind, canonicalUrl, title, standfirst, datelinePlace, datelineSource, byline };
}

/** Both, or where one of them is another's now, neither. */
async function addressesThen(
  tx: Tx,
  { id, slug, path }: CurrentArticle,
  { article: then }: ArticleState,
): Promise<Pick<ArticleFields, 'slug' | 'path'>> {
  if (then.slug === slug && then.path === path) return { slug, path };
  await lockAddresses(tx);
  const areTaken = await areTakenByOthers(tx, id, then);
  return areTaken ? { slug, path } : { slug: then.slug, path: then.path };
}

async function languageThen(
  tx: Tx,
  { id, language, translationGroup }: CurrentArticle,
  { article: then }: ArticleState,
): Promise<string> {
  if (then.language === language) return language;
  return (await isLanguageTaken(tx, translationGroup, id, then.language)) ? language : then.language;
}

async function imageThen(tx: Tx, { leadImage }: ArticleState): Promise<number | null> {
  if (leadImage === null) return null;
  await lock(tx, 'IMAGES', 'SHARED');
  const [row] = await tx.rows<{ id: number }>(sql`select id from images where id = ${leadImage.id}`);
  return row?.id ?? null;
}

/** Of subjects that there were: the keys of those that are there still, or of what they have become part of. */
async function presentKeys(
  tx: Tx,
  kind: Facet,
  subjects: readonly NamedKey[],
): Promise<ReadonlyMap<number, number>> {
  if (subjects.length === 0) return new Map();
  const { authors, categories, topics } = tx.tables;
  const table = { author: authors, category: categories, topic: topics }[kind];
  const rows = await tx.rows<{ id: number }>(
    sql`select id from ${table} where ${tx.portable.among(sql`id`, 'ids')}`,
    { ids: subjects.map(({ id }) => id) },
  );
  const there = new Set(rows.map(({ id }) => id));
  const gone = subjects.filter(({ id }) => !there.has(id)).map(({ slug }) => slug);
  const heirs = gone.length === 0 ? null : await heirsOf(tx, kind, gone);
  return new Map(
    subjects.flatMap(({ id, slug }) => {
      const key = there.has(id) ? id : heirs?.get(slug);
      return key === undefined ? [] : [[id, key] as const];
    }),
  );
}

/** Two of them may have become one. */
function distinct(keys: ReadonlyMap<number, number>): number[] {
  return [...new Set(keys.values())];
}
