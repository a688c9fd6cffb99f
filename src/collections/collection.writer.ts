import { sql } from 'drizzle-orm';
import { recordChanges, type WriteScope } from '../changes';
import { badInput } from '../core/errors';
import { Refusal } from '../core/refusal';
import type { Seen } from '../core/revision';
import { lock, type Reader, raiseRevision, type Tx } from '../database';
import { assertSlugIsFree, changeSlug, forgetSlugs, freeSlug } from '../slugs';
import { type CollectionRow, MAX_COLLECTIONS_OF_A_SITE } from './collection';
import { articlesInCollections, collectionsById } from './collection.store';

/** What somebody decides on about a collection. */
export interface CollectionFields {
  readonly slug: string;
  readonly title: string;
  /** Keys, in the order in which they are shown. */
  readonly articles: readonly number[];
}

/** A collection with what is otherwise the store's to give, e.g. from another Dateline. */
export type StoredCollection = CollectionFields & Seen;

/**
 * Stores a new collection.
 * @param slug wanted where it was not chosen, e.g. made of the title; then a taken one gets a suffix
 * @throws Refusal SLUG_TAKEN, NOT_FOUND; DatelineError BAD_USER_INPUT for one too many
 */
export async function insertCollection(
  { tx, actor, at }: WriteScope,
  { slug, title, articles }: CollectionFields,
  origin: 'CHOSEN' | 'DERIVED',
): Promise<number> {
  await lock(tx, 'COLLECTIONS', 'EXCLUSIVE');
  await assertFewEnough(tx);
  if (origin === 'CHOSEN') await assertSlugIsFree(tx, 'collection', slug);
  const given = origin === 'CHOSEN' ? slug : await freeSlug(tx, 'collection', slug);
  const { collections: c } = tx.tables;
  const [made] = await tx.insert(c).values({ slug: given, title }).returning({ id: c.id });
  if (!made) throw new Error('One row an insert');
  await writeArticles(tx, made.id, articles);
  recordChanges(tx, actor, at, [{ entity: 'COLLECTION', entityId: made.id, op: 'CREATE', revision: 1 }]);
  return made.id;
}

/** Stores collections under the keys that they bring; nobody may have those or their slugs yet. */
export async function storeCollections(
  { tx, actor, at }: WriteScope,
  collections: readonly StoredCollection[],
): Promise<void> {
  await tx.insertMany(
    tx.tables.collections,
    collections.map(({ articles, ...row }) => row),
  );
  await tx.insertMany(
    tx.tables.collectionArticles,
    collections.flatMap(({ id, articles }) =>
      articles.map((articleId, position) => ({ collectionId: id, articleId, position })),
    ),
  );
  recordChanges(
    tx,
    actor,
    at,
    collections.map(({ id, revision }) => ({ entity: 'COLLECTION', entityId: id, op: 'CREATE', revision })),
  );
}

/** @throws VersionConflict; Refusal NOT_FOUND, SLUG_TAKEN */
export async function updateCollection(
  { tx, actor, at }: WriteScope,
  seen: Seen,
  { articles, ...fields }: Partial<CollectionFields>,
): Promise<number> {
  await lock(tx, 'COLLECTIONS', 'EXCLUSIVE');
  const revision = await raiseRevision(tx, tx.tables.collections, seen, 'collection');
  const row = await rowOf(tx, seen.id);
  const held = await articlesOf(tx, seen.id);
  const { collections: c } = tx.tables;
  if (fields.slug !== undefined) await changeSlug(tx, 'collection', row, fields.slug);
  if (Object.keys(fields).length > 0) await tx.update(c).set(fields).where(sql`${c.id} = ${seen.id}`);
  if (articles) await writeArticles(tx, seen.id, articles);
  const before = {
    ...(fields.slug === undefined ? {} : { slug: row.slug }),
    ...(fields.title === undefined ? {} : { title: row.title }),
    ...(articles ? { articles: held } : {}),
  };
  recordChanges(tx, actor, at, [
    { entity: 'COLLECTION', entityId: seen.id, op: 'UPDATE', revision, payload: { before } },
  ]);
  return revision;
}

/** @throws VersionConflict; Refusal NOT_FOUND */
export async function deleteCollection({ tx, actor, at }: WriteScope, seen: Seen): Promise<void> {
  const revision = await raiseRevision(tx, tx.tables.collections, seen, 'collection');
  const { slug, title } = await rowOf(tx, seen.id);
  const payload = { before: { slug, title, articles: await articlesOf(tx, seen.id) } };
  const { collections: c } = tx.tables;
  await forgetSlugs(tx, 'collection', seen.id);
  await tx.delete(c).where(sql`${c.id} = ${seen.id}`);
  recordChanges(tx, actor, at, [
    { entity: 'COLLECTION', entityId: seen.id, op: 'DELETE', revision, payload },
  ]);
}

/** The collection as it is, held still until the transaction ends. @throws Refusal NOT_FOUND */
export async function holdCollection(
  tx: Tx,
  id: number,
): Promise<{ readonly revision: number; readonly articles: readonly number[] }> {
  await lock(tx, 'COLLECTIONS', 'EXCLUSIVE');
  const { revision } = await rowOf(tx, id);
  return { revision, articles: await articlesOf(tx, id) };
}

async function rowOf(reader: Reader, id: number): Promise<CollectionRow> {
  const [row] = await collectionsById(reader, { ids: [id] });
  if (!row) throw new Refusal('NOT_FOUND', 'There is no such collection.', 'id');
  return row;
}

async function articlesOf(reader: Reader, id: number): Promise<number[]> {
  const rows = await articlesInCollections(reader, { collections: [id] });
  return rows.map(({ articleId }) => articleId);
}

async function writeArticles(tx: Tx, collectionId: number, articles: readonly number[]): Promise<void> {
  const { collectionArticles: x } = tx.tables;
  const known = await tx.rows<{ id: number }>(
    sql`select id from articles where ${tx.portable.among(sql`id`, 'articles')}`,
    { articles },
  );
  const ids = new Set(known.map(({ id }) => id));
  const missing = articles.findIndex((id) => !ids.has(id));
  if (missing !== -1) throw new Refusal('NOT_FOUND', 'There is no such article.', `articles.${missing}`);
  await tx.delete(x).where(sql`${x.collectionId} = ${collectionId}`);
  await tx.insertMany(
    x,
    articles.map((articleId, position) => ({ collectionId, articleId, position })),
  );
}

async function assertFewEnough(tx: Tx): Promise<void> {
  const [count] = await tx.rows<{ total: number }>(sql`select count(*) as total from collections`);
  if ((count?.total ?? 0) < MAX_COLLECTIONS_OF_A_SITE) return;
  throw badInput('title', `A site has at most ${MAX_COLLECTIONS_OF_A_SITE} collections. Delete one first.`);
}
