import { sql } from 'drizzle-orm';
import { recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import type { Page } from '../core/paging';
import { normalise } from '../core/text';
import { prepared, preparedByShape, type Reader, type Tables, type Tx } from '../database';
import type { AuthorRow } from './author';

export const authorsById = prepared<{ ids: number[] }, ReturnType<typeof columns>>(
  ({ tables, portable }) => ({
    select: columns(tables),
    from: sql`${tables.authors} where ${portable.among(tables.authors.id, 'ids')}`,
  }),
);

export const authorsBySlug = prepared<{ slugs: string[] }, ReturnType<typeof columns>>(
  ({ tables, portable }) => ({
    select: columns(tables),
    from: sql`${tables.authors} where ${portable.among(tables.authors.slug, 'slugs')}`,
  }),
);

/** The authors of articles, each article's in the order of the byline. */
export const authorsOfArticles = prepared(({ tables, portable }) => {
  const { articleAuthors: x, authors: a } = tables;
  return {
    select: { ...columns(tables), articleId: x.articleId },
    from: sql`${x} join ${a} on ${a.id} = ${x.authorId} where ${portable.among(x.articleId, 'articles')} order by ${x.articleId}, ${x.position}`,
  };
});

/** One page of all authors by name, in reading order, and one more where the list goes on. */
export async function listAuthors(reader: Reader, { direction, from, size }: Page): Promise<AuthorRow[]> {
  const statement = lists(`${direction} ${from !== null}`, ({ tables }) => {
    const order = direction === 'FORWARD' ? sql`asc` : sql`desc`;
    const beyond = direction === 'FORWARD' ? sql`>` : sql`<`;
    const start = sql`where (sort_name, id) ${beyond} (${sql.placeholder('fromSort')}, ${sql.placeholder('fromKey')})`;
    return {
      select: columns(tables),
      from: sql`${tables.authors} ${from === null ? sql`` : start} order by sort_name ${order}, id ${order} limit ${sql.placeholder('limit')}`,
    };
  });
  return statement(reader, { limit: size + 1, ...(from ? { fromSort: from.sort, fromKey: from.key } : {}) });
}

const lists = preparedByShape<ReturnType<typeof columns>>();

export async function countAuthors(reader: Reader): Promise<number> {
  const [row] = await reader.rows<{ total: number }>(
    sql`select count(*) as total from ${reader.tables.authors}`,
  );
  return row?.total ?? 0;
}

/** What somebody decides on about an author. */
export type AuthorFields = Pick<AuthorRow, 'slug' | 'name' | 'bio' | 'avatarId'>;

/** Stores authors, known by their slug, and returns their keys in the same order. */
export async function saveAuthors(
  tx: Tx,
  actor: Actor,
  at: Instant,
  authors: readonly AuthorFields[],
): Promise<number[]> {
  const { authors: table } = tx.tables;
  const keys: number[] = [];
  for (const author of authors) {
    const row = { ...author, sortName: normalise(author.name) };
    const [saved] = await tx
      .insert(table)
      .values(row)
      .onConflictDoUpdate({ target: table.slug, set: row })
      .returning({ id: table.id });
    if (!saved) throw new Error('An author that was stored cannot be read back');
    keys.push(saved.id);
  }
  recordChanges(
    tx,
    actor,
    at,
    keys.map((entityId) => ({ entity: 'AUTHOR', entityId, op: 'UPDATE', revision: 0 })),
  );
  return keys;
}

/** Stores authors under the keys that they bring; nobody may have those or their slugs yet. */
export async function storeAuthors(
  tx: Tx,
  actor: Actor,
  at: Instant,
  authors: readonly (AuthorFields & { readonly id: number })[],
): Promise<void> {
  await tx.insertMany(
    tx.tables.authors,
    authors.map((author) => ({ ...author, sortName: normalise(author.name) })),
  );
  recordChanges(
    tx,
    actor,
    at,
    authors.map(({ id }) => ({ entity: 'AUTHOR', entityId: id, op: 'CREATE', revision: 0 })),
  );
}

function columns({ authors: a }: Tables) {
  return {
    id: a.id,
    slug: a.slug,
    name: a.name,
    sortName: a.sortName,
    bio: a.bio,
    avatarId: a.avatarId,
    coverage: a.coverage,
  };
}
