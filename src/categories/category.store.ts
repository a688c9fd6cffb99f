import { sql } from 'drizzle-orm';
import { rebuildAncestors } from '../articles';
import { type Change, creations, recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import { DatelineError } from '../core/errors';
import type { Seen } from '../core/revision';
import { type Found, lock, prepared, type Reader, type Tables, type Tx, toJson } from '../database';
import { insertSlugged } from '../slugs';
import { type CategoryRow, MAX_CATEGORIES_OF_A_SITE } from './category';
import { type CategoryColumns, categoryColumns, factsOfCategories } from './category.columns';

export const categoriesById = prepared<{ ids: number[] }, CategoryColumns>(({ tables, portable }) => ({
  select: categoryColumns(tables),
  from: sql`${tables.categories} where ${portable.among(tables.categories.id, 'ids')}`,
}));

export const categoriesBySlug = prepared<{ slugs: string[] }, CategoryColumns>(({ tables, portable }) => ({
  select: categoryColumns(tables),
  from: sql`${tables.categories} where ${portable.among(tables.categories.slug, 'slugs')}`,
}));

/** All categories, siblings in the order in which they are shown. */
export const allCategories = prepared<Record<string, never>, ReturnType<typeof factsOfCategories>>(
  ({ tables }) => ({
    select: factsOfCategories(tables),
    from: sql`${tables.categories} order by ${tables.categories.position}, ${tables.categories.slug}`,
  }),
);

/** The categories that articles were given, as their ties say, each article's in their order; not what is above them. */
export const categoriesOfArticles = prepared<
  { articles: readonly number[] },
  ReturnType<typeof factsOfCategories> & { articleId: Tables['articleCategories']['articleId'] }
>(({ tables, portable }) => {
  const { articleCategories: x, categories: c } = tables;
  return {
    select: { ...factsOfCategories(tables), articleId: x.articleId },
    from: sql`${x} join ${c} on ${c.id} = ${x.categoryId} where ${portable.among(x.articleId, 'articles')} and ${x.direct} order by ${x.articleId}, ${x.position}, ${c.id}`,
  };
});

/** The topics that categories stand for, or else the nearest ones above them, by the categories' keys. */
export async function topicsOfCategories(
  reader: Reader,
  categories: readonly number[],
): Promise<Map<number, number>> {
  const rows = new Map<number, { readonly parentId: number | null; readonly topicId: number | null }>();
  let missing = [...new Set(categories)];
  while (missing.length > 0) {
    const found = await categoriesById(reader, { ids: missing });
    for (const row of found) rows.set(row.id, row);
    missing = [...new Set(found.flatMap(({ parentId }) => parentId ?? []))].filter((id) => !rows.has(id));
  }
  const topics = new Map<number, number>();
  for (const category of categories) {
    let at = rows.get(category);
    for (let steps = 0; at?.topicId === null && at.parentId !== null && steps < rows.size; steps++)
      at = rows.get(at.parentId);
    if (at?.topicId != null) topics.set(category, at.topicId);
  }
  return topics;
}

/** What somebody decides on about a category. */
export type CategoryFields = Omit<CategoryRow, 'id' | 'coverage' | 'revision'>;

/**
 * Stores categories, known by their slug or one that they had, and returns their keys in the same order. One that
 * is there already keeps its parent: to hang it elsewhere is `reparentCategories`' business, for its articles go with it.
 */
export async function saveCategories(
  tx: Tx,
  actor: Actor,
  at: Instant,
  categories: readonly CategoryFields[],
): Promise<number[]> {
  const found = await addCategories(tx, actor, at, categories);
  const present = categories.flatMap((category, index) => {
    const { id, isNew } = found[index] ?? { id: 0, isNew: true };
    return isNew ? [] : [{ ...category, id }];
  });
  await describeCategories(tx, actor, at, present);
  return found.map(({ id }) => id);
}

/** Stores new categories; one whose slug is there already, or was, is left as it is. In the same order. */
export async function addCategories(
  tx: Tx,
  actor: Actor,
  at: Instant,
  categories: readonly CategoryFields[],
): Promise<Found[]> {
  const found = await insertSlugged(tx, 'category', tx.tables.categories, categories);
  await assertFewEnough(tx);
  recordChanges(tx, actor, at, creations('CATEGORY', found));
  return found;
}

/** What a category says of itself. Its slug stays, and so does its place: see `reparentCategories`. */
export type CategoryDescription = Omit<CategoryFields, 'slug' | 'parentId'> & { readonly id: number };

/** Gives categories that are there other names, descriptions, topics and positions. */
export async function describeCategories(
  tx: Tx,
  actor: Actor,
  at: Instant,
  categories: readonly CategoryDescription[],
): Promise<void> {
  if (categories.length === 0) return;
  await lock(tx, 'SUBJECTS', 'SHARED');
  const rows = categories.map(({ id, name, description, topicId, position }) => {
    return { id, name, description, topic_id: topicId, position };
  });
  const types = { id: 'int', name: 'text', description: 'text', topic_id: 'int', position: 'int' } as const;
  const described = await tx.rows<Seen>(
    sql`update categories set name = r.name, description = r.description, topic_id = r.topic_id, position = r.position, revision = categories.revision + 1 from ${tx.portable.rows('rows', 'r', types)} where categories.id = r.id returning categories.id, categories.revision`,
    { rows: toJson(rows) },
  );
  recordChanges(
    tx,
    actor,
    at,
    described.map(({ id, revision }) => ({ entity: 'CATEGORY', entityId: id, op: 'UPDATE', revision })),
  );
}

/**
 * Stores categories under the keys that they bring; nobody may have those or their slugs yet, nor articles
 * that stand below them.
 */
export async function storeCategories(
  tx: Tx,
  actor: Actor,
  at: Instant,
  categories: readonly (CategoryFields & Seen)[],
): Promise<void> {
  await tx.insertMany(tx.tables.categories, categories);
  await assertFewEnough(tx);
  recordChanges(
    tx,
    actor,
    at,
    categories.map(({ id, revision }) => ({ entity: 'CATEGORY', entityId: id, op: 'CREATE', revision })),
  );
}

/**
 * Hangs categories under other parents (null: at the top), with all that is below them and all articles.
 * A parent that is the category itself or below it would make a circle: that category goes to the top.
 */
export async function reparentCategories(
  tx: Tx,
  actor: Actor,
  at: Instant,
  parents: ReadonlyMap<number, number | null>,
): Promise<void> {
  await lock(tx, 'SUBJECTS', 'EXCLUSIVE');
  const { categories: table } = tx.tables;
  const rows = await allCategories(tx, {});
  const line = new Map(rows.map(({ id, parentId }) => [id, parentId]));
  const moved: Change[] = [];
  for (const [id, wanted] of parents) {
    const parent = wanted !== null && isBelow(line, wanted, id) ? null : wanted;
    const before = line.get(id);
    if (before === undefined || before === parent) continue;
    line.set(id, parent);
    const [row] = await tx
      .update(table)
      .set({ parentId: parent, revision: sql`${table.revision} + 1` })
      .where(sql`${table.id} = ${id}`)
      .returning({ revision: table.revision });
    const payload = { before: { parent: before } };
    moved.push({ entity: 'CATEGORY', entityId: id, op: 'MOVE', revision: row?.revision ?? 0, payload });
  }
  if (moved.length === 0) return;
  await rebuildAncestors(
    tx,
    'category',
    moved.map(({ entityId }) => entityId),
  );
  recordChanges(tx, actor, at, moved);
}

async function assertFewEnough(tx: Tx): Promise<void> {
  const [count] = await tx.rows<{ total: number }>(
    sql`select count(*) as total from ${tx.tables.categories}`,
  );
  if ((count?.total ?? 0) > MAX_CATEGORIES_OF_A_SITE) {
    throw new DatelineError(
      'BAD_USER_INPUT',
      `A site has at most ${MAX_CATEGORIES_OF_A_SITE} categories. Use topics.`,
    );
  }
}

/** Whether `id` is `top` or stands below it. */
function isBelow(parents: ReadonlyMap<number, number | null>, id: number, top: number): boolean {
  for (let at: number | null = id; at !== null; at = parents.get(at) ?? null) if (at === top) return true;
  return false;
}
