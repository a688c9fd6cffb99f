import { type SQL, sql } from 'drizzle-orm';
import { creations, recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import type { Page } from '../core/paging';
import type { Seen } from '../core/revision';
import { normalise } from '../core/text';
import {
  type Found,
  lock,
  prepared,
  preparedByShape,
  type Reader,
  type Tables,
  type Tx,
  toJson,
} from '../database';
import { insertSlugged } from '../slugs';
import type { AuthorRow } from './author';
import { type AuthorColumns, authorColumns, factsOfAuthors } from './author.columns';

export const authorsById = prepared<{ ids: number[] }, AuthorColumns>(({ tables, portable }) => ({
  select: authorColumns(tables),
  from: sql`${tables.authors} where ${portable.among(tables.authors.id, 'ids')}`,
}));

export const authorsBySlug = prepared<{ slugs: string[] }, AuthorColumns>(({ tables, portable }) => ({
  select: authorColumns(tables),
  from: sql`${tables.authors} where ${portable.among(tables.authors.slug, 'slugs')}`,
}));

export const authorsToKeep = prepared<{ ids: number[] }, ReturnType<typeof factsOfAuthors>>(
  ({ tables, portable }) => ({
    select: factsOfAuthors(tables),
    from: sql`${tables.authors} where ${portable.among(tables.authors.id, 'ids')}`,
  }),
);

/** The authors of articles as their ties say, each article's in the order of the byline. */
export const authorsOfArticles = prepared<
  { articles: readonly number[] },
  ReturnType<typeof factsOfAuthors> & { articleId: Tables['articleAuthors']['articleId'] }
>(({ tables, portable }) => {
  const { articleAuthors: x, authors: a } = tables;
  return {
    select: { ...factsOfAuthors(tables), articleId: x.articleId },
    from: sql`${x} join ${a} on ${a.id} = ${x.authorId} where ${portable.among(x.articleId, 'articles')} order by ${x.articleId}, ${x.position}, ${a.id}`,
  };
});

/** Which of the images are portraits of authors. */
export const portraitsAmong = prepared<{ images: number[] }, { id: SQL<number> }>(({ portable }) => ({
  select: { id: sql<number>`i.value` },
  from: sql`${portable.each('images', 'i', 'int')} where exists (select 1 from authors where authors.avatar_id = i.value)`,
}));

/** One page of all authors by name, in reading order, and one more where the list goes on. */
export async function listAuthors(reader: Reader, { direction, from, size }: Page): Promise<AuthorRow[]> {
  const statement = lists(`${direction} ${from !== null}`, ({ tables }) => {
    const order = direction === 'FORWARD' ? sql`asc` : sql`desc`;
    const beyond = direction === 'FORWARD' ? sql`>` : sql`<`;
    const start = sql`where (sort_name, id) ${beyond} (${sql.placeholder('fromSort')}, ${sql.placeholder('fromKey')})`;
    return {
      select: authorColumns(tables),
      from: sql`${tables.authors} ${from === null ? sql`` : start} order by sort_name ${order}, id ${order} limit ${sql.placeholder('limit')}`,
    };
  });
  return statement(reader, { limit: size + 1, ...(from ? { fromSort: from.sort, fromKey: from.key } : {}) });
}

const lists = preparedByShape<AuthorColumns>();

export async function countAuthors(reader: Reader): Promise<number> {
  const [row] = await reader.rows<{ total: number }>(
    sql`select count(*) as total from ${reader.tables.authors}`,
  );
  return row?.total ?? 0;
}

/** What somebody decides on about an author. */
export type AuthorFields = Pick<AuthorRow, 'slug' | 'name' | 'bio' | 'avatarId'>;

/**
 * Stores authors, known by their slug or one that they had, and returns their keys in the same order: who is there
 * takes what is new.
 */
export async function saveAuthors(
  tx: Tx,
  actor: Actor,
  at: Instant,
  authors: readonly AuthorFields[],
): Promise<number[]> {
  const found = await addAuthors(tx, actor, at, authors);
  const present = authors.flatMap((author, index) => {
    const { id, isNew } = found[index] ?? { id: 0, isNew: true };
    return isNew ? [] : [{ ...author, id }];
  });
  await describeAuthors(tx, actor, at, present);
  return found.map(({ id }) => id);
}

/** Stores new authors; one whose slug is there already, or was, is left as it is. In the same order. */
export async function addAuthors(
  tx: Tx,
  actor: Actor,
  at: Instant,
  authors: readonly AuthorFields[],
): Promise<Found[]> {
  const rows = authors.map((author) => ({ ...author, sortName: normalise(author.name) }));
  const found = await insertSlugged(tx, 'author', tx.tables.authors, rows);
  recordChanges(tx, actor, at, creations('AUTHOR', found));
  return found;
}

/** Gives authors who are there other names, biographies and pictures; their slugs stay. */
export async function describeAuthors(
  tx: Tx,
  actor: Actor,
  at: Instant,
  authors: readonly (Omit<AuthorFields, 'slug'> & { readonly id: number })[],
): Promise<void> {
  if (authors.length === 0) return;
  await lock(tx, 'SUBJECTS', 'SHARED');
  const rows = authors.map(({ id, name, bio, avatarId }) => {
    return { id, name, sort_name: normalise(name), bio, avatar_id: avatarId };
  });
  const types = { id: 'int', name: 'text', sort_name: 'text', bio: 'text', avatar_id: 'int' } as const;
  const described = await tx.rows<Seen>(
    sql`update authors set name = r.name, sort_name = r.sort_name, bio = r.bio, avatar_id = r.avatar_id, revision = authors.revision + 1 from ${tx.portable.rows('rows', 'r', types)} where authors.id = r.id returning authors.id, authors.revision`,
    { rows: toJson(rows) },
  );
  recordChanges(
    tx,
    actor,
    at,
    described.map(({ id, revision }) => ({ entity: 'AUTHOR', entityId: id, op: 'UPDATE', revision })),
  );
}

/** Stores authors under the keys that they bring; nobody may have those or their slugs yet. */
export async function storeAuthors(
  tx: Tx,
  actor: Actor,
  at: Instant,
  authors: readonly (AuthorFields & Seen)[],
): Promise<void> {
  await tx.insertMany(
    tx.tables.authors,
    authors.map((author) => ({ ...author, sortName: normalise(author.name) })),
  );
  recordChanges(
    tx,
    actor,
    at,
    authors.map(({ id, revision }) => ({ entity: 'AUTHOR', entityId: id, op: 'CREATE', revision })),
  );
}
