import { sql } from 'drizzle-orm';
import { prepared, type Tables } from '../database';

export const collectionsById = prepared<{ ids: number[] }, ReturnType<typeof columns>>(
  ({ tables, portable }) => ({
    select: columns(tables),
    from: sql`${tables.collections} where ${portable.among(tables.collections.id, 'ids')}`,
  }),
);

export const collectionsBySlug = prepared<{ slugs: string[] }, ReturnType<typeof columns>>(
  ({ tables, portable }) => ({
    select: columns(tables),
    from: sql`${tables.collections} where ${portable.among(tables.collections.slug, 'slugs')}`,
  }),
);

export const allCollections = prepared<Record<string, never>, ReturnType<typeof columns>>(({ tables }) => ({
  select: columns(tables),
  from: sql`${tables.collections} order by ${tables.collections.slug}`,
}));

/** The keys of the articles in collections, each collection's in its order, whoever may see them. */
export const articlesInCollections = prepared(({ tables: { collectionArticles: x }, portable }) => ({
  select: { collectionId: x.collectionId, articleId: x.articleId },
  from: sql`${x} where ${portable.among(x.collectionId, 'collections')} order by ${x.collectionId}, ${x.position}`,
}));

function columns({ collections: c }: Tables) {
  return { id: c.id, slug: c.slug, title: c.title, revision: c.revision };
}
