/** A category as an editor makes and changes it, one at a time. */
import { sql } from 'drizzle-orm';
import { rebuildAncestors } from '../articles';
import { entry, recordChanges, type WriteScope } from '../changes';
import { badInput } from '../core/errors';
import { Refusal } from '../core/refusal';
import type { Seen } from '../core/revision';
import { lock, type Reader, raiseRevision, reserveKeys } from '../database';
import { assertSlugIsFree, changeSlug, freeSlug, keyOrNull } from '../slugs';
import { type CategoryRow, CategoryTree, MAX_CHILDREN } from './category';
import { allCategories, type CategoryFields, categoriesById, storeCategories } from './category.store';

/** How far a category may stand below the top, in steps; what hangs below it may reach twice as far. */
const MAX_DEPTH = 20;

/** A new category; what it stands below, and the topic that it stands for, are named by their slugs. */
export interface CategoryDraft extends Pick<CategoryFields, 'name' | 'description'> {
  /** Null for one that is made of the name. */
  readonly slug: string | null;
  readonly parent: string | null;
  readonly topic: string | null;
  /** Among its siblings; null for behind them all. */
  readonly position: number | null;
}

/** What becomes of a category; what is absent stays as it is. */
export type CategoryEdit = Partial<
  Omit<CategoryDraft, 'slug' | 'position'> & { readonly slug: string; readonly position: number }
>;

/** @param derived the slug of one that has chosen none */
export async function insertCategory(
  { tx, actor, at }: WriteScope,
  { slug, parent, topic, position, ...fields }: CategoryDraft,
  derived: string,
): Promise<number> {
  await lock(tx, 'SUBJECTS', 'EXCLUSIVE');
  if (slug !== null) await assertSlugIsFree(tx, 'category', slug);
  const tree = await treeOf(tx);
  const parentId = await keyOrNull(tx, 'category', 'parent', parent);
  if (parentId !== null) assertMayHang(tree, null, parentId);
  const siblings = parentId === null ? tree.roots : tree.children(parentId);
  const [id = 0] = await reserveKeys(tx, tx.tables.categories, 1);
  await storeCategories(tx, actor, at, [
    {
      ...{ ...fields, id, revision: 1, parentId },
      slug: slug ?? (await freeSlug(tx, 'category', derived)),
      topicId: await keyOrNull(tx, 'topic', 'topic', topic),
      position: position ?? Math.max(-1, ...siblings.map((each) => each.position)) + 1,
    },
  ]);
  return id;
}

/** @throws VersionConflict; Refusal NOT_FOUND, SLUG_TAKEN; DatelineError BAD_USER_INPUT */
export async function updateCategory(
  { tx, actor, at }: WriteScope,
  seen: Seen,
  { parent, topic, ...fields }: CategoryEdit,
): Promise<number> {
  await lock(tx, 'SUBJECTS', 'EXCLUSIVE');
  // Below another category other rules hold for comments.
  if (parent !== undefined) await lock(tx, 'COMMENTING', 'EXCLUSIVE');
  const { categories: c } = tx.tables;
  const revision = await raiseRevision(tx, c, seen, 'category');
  const row = await categoryOf(tx, seen.id);
  if (fields.slug !== undefined) await changeSlug(tx, 'category', row, fields.slug);
  const columns = {
    ...fields,
    ...(parent === undefined ? {} : { parentId: await keyOrNull(tx, 'category', 'parent', parent) }),
    ...(topic === undefined ? {} : { topicId: await keyOrNull(tx, 'topic', 'topic', topic) }),
  };
  const moves = columns.parentId !== undefined && columns.parentId !== row.parentId;
  if (moves && columns.parentId != null) assertMayHang(await treeOf(tx), seen.id, columns.parentId);
  if (Object.keys(columns).length > 0) await tx.update(c).set(columns).where(sql`${c.id} = ${seen.id}`);
  if (moves) await rebuildAncestors(tx, 'category', [seen.id]);
  const { parentId, topicId, ...before } = Object.fromEntries(
    Object.entries(row).filter(([column]) => column in columns),
  );
  const payload = {
    before: {
      ...before,
      ...(parent === undefined ? {} : { parent: parentId }),
      ...(topic === undefined ? {} : { topic: topicId }),
    },
  };
  const op = moves && Object.keys(columns).join() === 'parentId' ? 'MOVE' : 'UPDATE';
  recordChanges(tx, actor, at, [entry('CATEGORY', { id: seen.id, revision }, op, payload)]);
  return revision;
}

/** @param field the input field that names it @throws Refusal NOT_FOUND */
export async function categoryOf(reader: Reader, id: number, field = 'id'): Promise<CategoryRow> {
  const [row] = await categoriesById(reader, { ids: [id] });
  if (row) return row;
  throw new Refusal('NOT_FOUND', 'There is no such category.', field);
}

export async function treeOf(reader: Reader): Promise<CategoryTree> {
  return new CategoryTree(await allCategories(reader, {}));
}

/**
 * @param id null for one that is not there yet
 * @throws DatelineError BAD_USER_INPUT where the parent is the category itself, or below it, or too far down, or full
 */
function assertMayHang(tree: CategoryTree, id: number | null, parent: number): void {
  const line = tree.line(parent);
  if (line.some((each) => each.id === id))
    throw badInput('parent', '"parent" is the category itself, or stands below it.');
  if (line.length >= MAX_DEPTH)
    throw badInput(
      'parent',
      `"parent" has ${line.length - 1} categories above it; ${MAX_DEPTH - 2} are the most.`,
    );
  if (tree.children(parent).length >= MAX_CHILDREN)
    throw badInput('parent', `"parent" has ${MAX_CHILDREN} categories below it, and can have no more.`);
}
