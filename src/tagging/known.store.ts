/** What topics are called, read from the database. */
import { sql } from 'drizzle-orm';
import { prepared, type Tables } from '../database';

const columns = ({ topics: t }: Tables) => ({
  id: t.id,
  slug: t.slug,
  kind: t.kind,
  parentId: t.parentId,
  wikidataId: t.wikidataId,
});

/** The next topics after a key, by key. */
export const topicPage = prepared<{ after: number; limit: number }, ReturnType<typeof columns>>(
  ({ tables }) => ({
    select: columns(tables),
    from: sql`${tables.topics} where ${tables.topics.id} > ${sql.placeholder('after')} order by ${tables.topics.id} limit ${sql.placeholder('limit')}`,
  }),
);

export const topicsWith = prepared<{ ids: readonly number[] }, ReturnType<typeof columns>>(
  ({ tables, portable }) => ({
    select: columns(tables),
    from: sql`${tables.topics} where ${portable.among(tables.topics.id, 'ids')}`,
  }),
);

export const namesOf = prepared(({ tables: { topicNames: n }, portable }) => ({
  select: { topicId: n.topicId, language: n.language, name: n.name, position: n.position },
  from: sql`${n} where ${portable.among(n.topicId, 'topics')} order by ${n.topicId}, ${n.language}, ${n.position}`,
}));

/** Topics by the slugs that they have. */
export const topicsBySlug = prepared(({ tables: { topics: t }, portable }) => ({
  select: { id: t.id, name: t.slug },
  from: sql`${t} where ${portable.among(t.slug, 'names')}`,
}));

export const topicsByWikidata = prepared(({ tables: { topics: t }, portable }) => ({
  select: { id: t.id, name: sql<string>`${t.wikidataId}` },
  from: sql`${t} where ${portable.among(t.wikidataId, 'names')}`,
}));
