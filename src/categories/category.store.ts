import { sql } from 'drizzle-orm';
import { recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import { DatelineError } from '../core/errors';
import { prepared, type Tables, type Tx } from '../database';
import { type CategoryRow, MAX_CATEGORIES_OF_A_SITE } from './category';

export const categoriesById = prepared<{ ids: number[] }, ReturnType<typeof columns>>(
  ({ tables, portable }) => ({
    select: columns(tables),
    from: sql`${tables.categories} where ${portable.among(tables.categories.id, 'ids')}`,
  }),
);

export const categoriesBySlug = prepared<{ slugs: string[] }, ReturnType<typeof columns>>(
  ({ tables, portable }) => ({
    select: columns(tables),
    from: sql`${tables.categories} where ${portable.among(tables.categories.slug, 'slugs')}`,
  }),
);

/** All categories, siblings in the order in which they are shown. */
export const allCategories = prepared<Record<string, never>, ReturnType<typeof columns>>(({ tables }) => ({
  select: columns(tables),
  from: sql`${tables.categories} order by ${tables.categories.position}, ${tables.categories.slug}`,
}));

/** The categories that articles were given, in the order in which they were given; not their ancestors. */
export const categoriesOfArticles = prepared(({ tables: t, portable }) => ({
  select: { ...columns(t), articleId: t.articleCategories.articleId },
  from: sql`${t.articleCategories} join ${t.categories} on ${t.categories.id} = ${t.articleCategories.categoryId} where ${portable.among(t.articleCategories.articleId, 'articles')} and ${t.articleCategories.direct} order by ${t.articleCategories.articleId}, ${t.articleCategories.position}`,
}));

/** What somebody decides on about a category. */
export type CategoryFields = Omit<CategoryRow, 'id' | 'coverage'>;

/**
 * Stores categories, known by their slug, and returns their keys in the same order. The parent of a new one
 * must be there; to hang one elsewhere is `moveCategory`'s business, for its articles go with it.
 */
export async function saveCategories(
  tx: Tx,
  actor: Actor,
  at: Instant,
  categories: readonly CategoryFields[],
): Promise<number[]> {
  const { categories: table } = tx.tables;
  const keys: number[] = [];
  for (const category of categories) {
    const { parentId, ...rest } = category;
    const [saved] = await tx
      .insert(table)
      .values({ ...rest, parentId })
      .onConflictDoUpdate({ target: table.slug, set: rest })
      .returning({ id: table.id });
    if (!saved) throw new Error('A category that was stored cannot be read back');
    keys.push(saved.id);
  }
  const [count] = await tx.rows<{ total: number }>(sql`select count(*) as total from ${table}`);
  if ((count?.total ?? 0) > MAX_CATEGORIES_OF_A_SITE) {
    throw new DatelineError(
      'BAD_USER_INPUT',
      `A site has at most ${MAX_CATEGORIES_OF_A_SITE} categories. Use topics.`,
    );
  }
  recordChanges(
    tx,
    actor,
    at,
    keys.map((entityId) => ({ entity: 'CATEGORY', entityId, op: 'UPDATE', revision: 0 })),
  );
  return keys;
}

function columns({ categories: c }: Tables) {
  return {
    id: c.id,
    slug: c.slug,
    name: c.name,
    description: c.description,
    parentId: c.parentId,
    topicId: c.topicId,
    position: c.position,
    coverage: c.coverage,
  };
}
