/** What an edit changes: what it refers to by name is looked up, and the addresses that it asks for are reserved. */
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import { badInput } from '../core/errors';
import { Refusal } from '../core/refusal';
import type { Tx } from '../database';
import { type ImageDescription, imageFor } from '../images';
import { keyOfSlug, keysOfSlugs } from '../slugs';
import { MAX_AUTHORS, MAX_CATEGORIES, MAX_TOPICS, type TopicMark } from './article';
import { lockAddresses } from './article.addresses';
import { checkDistinct } from './article.checks';
import type { ArticleUpdate } from './article.content';
import { type ArticleEdit, addressesIn, fieldsOf, rightsOf } from './article.edit';
import { reviseArticlesWith } from './article.revisions';
import { articlesByPath, articlesBySlug } from './article.store';
import { parseBody } from './body';

/** What an article is before the edit, as far as edits depend on it. */
export interface EditedArticle {
  /** Null for one that is yet to be made. */
  readonly id: number | null;
  readonly slug: string | null;
  readonly path: string | null;
  readonly primaryCategoryId: number | null;
  readonly embargoUntil: Instant | null;
  readonly expiresAt: Instant | null;
  readonly categoryIds: readonly number[];
  readonly topics: readonly TopicMark[];
}

/** The part of an update that an edit is about. */
export type Edited = Omit<ArticleUpdate, 'id' | 'expectedRevision' | 'op' | 'payload'>;

/**
 * Works out what an edit changes. Addresses that are asked for are free, and stay so until the transaction ends.
 * @throws Refusal NOT_FOUND, SLUG_TAKEN, DUPLICATE; DatelineError BAD_USER_INPUT
 */
export async function resolveEdit(
  tx: Tx,
  actor: Actor,
  at: Instant,
  edit: ArticleEdit,
  before: EditedArticle,
): Promise<Edited> {
  const fields = { ...fieldsOf(edit), ...rightsOf(edit.rights, before) };
  const addresses = addressesIn(edit);
  await assertFree(tx, addresses, before);
  const authors = await keysOf(tx, 'author', 'authors', edit.authors, MAX_AUTHORS);
  const categories = await keysOf(tx, 'category', 'categories', edit.categories, MAX_CATEGORIES);
  const topics = await keysOf(tx, 'topic', 'topics', edit.topics, MAX_TOPICS);
  const primary = await primaryOf(tx, edit.primaryCategory, categories, before);
  const image = await leadImageOf(tx, actor, at, edit.leadImage, before);
  return {
    fields: {
      ...fields,
      ...addresses,
      ...(primary === undefined ? {} : { primaryCategoryId: primary }),
      ...(image === undefined ? {} : { leadImageId: image.id }),
    },
    ...(image?.isRedescribed ? { alsoChanged: ['leadImage'] } : {}),
    ...(edit.html === undefined ? {} : { body: parseBody(edit.html ?? '') }),
    ...(authors ? { authorIds: authors } : {}),
    ...(categories ? { categoryIds: categories } : {}),
    ...(topics ? { topics: topics.map((topicId) => markOf(topicId, before)) } : {}),
  };
}

/** An address that somebody chose is not changed behind their back. */
async function assertFree(
  tx: Tx,
  { slug, path }: { readonly slug?: string; readonly path?: string },
  before: Pick<EditedArticle, 'slug' | 'path'>,
): Promise<void> {
  const [newSlug, newPath] = [slug !== before.slug && slug, path !== before.path && path];
  if (!newSlug && !newPath) return;
  await lockAddresses(tx);
  const taken = (keys: string | false | undefined) => ({ keys: keys ? [keys] : [], now: 0 });
  if ((await articlesBySlug.NEWSROOM(tx, taken(newSlug))).length > 0)
    throw new Refusal('SLUG_TAKEN', `Another article has the slug "${slug}".`, 'slug');
  if ((await articlesByPath.NEWSROOM(tx, taken(newPath))).length > 0)
    throw new Refusal('DUPLICATE', `Another article has the path "${path}".`, 'path');
}

async function keysOf(
  tx: Tx,
  facet: 'author' | 'category' | 'topic',
  field: string,
  slugs: readonly string[] | null | undefined,
  max: number,
): Promise<number[] | undefined> {
  if (slugs === undefined) return undefined;
  checkDistinct(field, slugs ?? [], max);
  return keysOfSlugs(tx, facet, field, slugs ?? []);
}

/** The primary category after the edit; undefined where it stays. */
async function primaryOf(
  tx: Tx,
  slug: string | null | undefined,
  categories: readonly number[] | undefined,
  before: EditedArticle,
): Promise<number | null | undefined> {
  const carried = categories ?? before.categoryIds;
  if (slug === null) return null;
  if (slug !== undefined) {
    const key = await keyOfSlug(tx, 'category', 'primaryCategory', slug);
    if (carried.includes(key)) return key;
    throw badInput('primaryCategory', `"${slug}" is none of the article's categories.`);
  }
  if (categories === undefined) return undefined;
  const { primaryCategoryId: current } = before;
  return current !== null && categories.includes(current) ? current : (categories[0] ?? null);
}

/** What an editor has said of the topic before, or a machine, stays; of a new one an editor has said that it is one. */
function markOf(topicId: number, { topics }: EditedArticle): TopicMark {
  const known = topics.find((mark) => mark.topicId === topicId);
  return known ?? { topicId, salience: 1, mentions: 0, source: 'EDITOR' };
}

/** The image's key. Other articles that show it already show it as it is described now. */
async function leadImageOf(
  tx: Tx,
  actor: Actor,
  at: Instant,
  image: ImageDescription | null | undefined,
  { id }: EditedArticle,
): Promise<{ readonly id: number | null; readonly isRedescribed: boolean } | undefined> {
  if (image === undefined) return undefined;
  if (image === null) return { id: null, isRedescribed: false };
  const found = await imageFor({ tx, actor, at }, 'leadImage', image, id);
  if (found.isRedescribed) await reviseArticlesWith(tx, actor, at, [found.id], id);
  return found;
}
