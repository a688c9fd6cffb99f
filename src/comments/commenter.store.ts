import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Instant } from '../core/clock';
import { type CommentStatus, prepared, type Reader, type RowOf, type Tables, type Tx } from '../database';

/** Somebody who comments, by what is known of them. */
export interface Person {
  /** The comment that they were found by; all that is known of who left neither address nor account. */
  readonly commentId: number | null;
  readonly emailHash: string | null;
  readonly account: string | null;
  readonly ipHash: string | null;
}

export interface ExportedComment {
  readonly id: number;
  readonly articleTitle: string;
  readonly articlePath: string;
  readonly authorName: string;
  readonly email: string | null;
  readonly status: CommentStatus;
  readonly text: string;
  readonly createdAt: Instant;
  readonly editedAt: Instant | null;
}

/** Null where there is no such comment. */
export async function marksOfComment(reader: Reader, id: number): Promise<Person | null> {
  const [row] = await ofComment(reader, { id });
  return row ?? null;
}

const ofComment = prepared(({ tables: { comments: c, commentPrivate: p } }) => ({
  select: {
    commentId: c.id,
    emailHash: sql<string | null>`${p.emailHash}`,
    account: sql<string | null>`${p.account}`,
    ipHash: sql<string | null>`${p.ipHash}`,
  },
  from: sql`${c} left join ${p} on ${p.commentId} = ${c.id} where ${c.id} = ${sql.placeholder('id')}`,
}));

/** Comments of a person that something is left of, the first ones first. */
export async function keysOfPerson(reader: Reader, person: Person, limit: number): Promise<number[]> {
  const rows = await keysLeft(reader, { ...parametersOf(person), limit });
  return rows.map(({ id }) => id);
}

/** Takes away by what the comments, and their author, could be recognised. */
export async function forgetPerson(tx: Tx, { account }: Person, comments: readonly number[]): Promise<void> {
  const { comments: c, commentPrivate: p } = tx.tables;
  const ids = { ids: [...comments] };
  await tx.execute(sql`delete from comment_private where ${tx.portable.among(p.commentId, 'ids')}`, ids);
  await tx.execute(sql`update comments set author_name = '' where ${tx.portable.among(c.id, 'ids')}`, ids);
  if (account === null) return;
  // A comment has one report of each: what is to be told apart is only who else was erased.
  const becomes = `erased:${randomUUID()}`;
  await tx.execute(
    sql`update comment_reports set details = null, reporter = ${becomes} where reporter = ${account}`,
  );
}

/** All that is kept of a person, after the comment with the key `after`. */
export function exportPage(reader: Reader, person: Person, after: number, limit: number) {
  return exported(reader, { ...parametersOf(person), after, limit });
}

function parametersOf({ commentId, emailHash, account }: Person) {
  return { comment: commentId ?? 0, email: emailHash ?? '', account: account ?? '' };
}

/** Each through an index of its own. */
const ofPerson = ({ commentPrivate: p }: Tables) =>
  sql`(${p.commentId} = ${sql.placeholder('comment')} or ${p.emailHash} = ${sql.placeholder('email')} or ${p.account} = ${sql.placeholder('account')})`;

/** Of what came without an address or an account there is the comment itself, until it has no name any more. */
const keysLeft = prepared(({ tables }) => {
  const { comments: c, commentPrivate: p } = tables;
  const itself = sql`select ${c.id} as id from ${c} where ${c.id} = ${sql.placeholder('comment')} and ${c.authorName} <> ''`;
  return {
    select: { id: sql<number>`k.id` },
    from: sql`(select ${p.commentId} as id from ${p} where ${ofPerson(tables)} union ${itself}) as k order by k.id limit ${sql.placeholder('limit')}`,
  };
});

const exported = prepared(({ tables }) => {
  const { articles: a, comments: c, commentPrivate: p } = tables;
  return {
    select: exportedColumns(tables),
    from: sql`${p} join ${c} on ${c.id} = ${p.commentId} join ${a} on ${a.id} = ${c.articleId} where ${ofPerson(tables)} and ${c.id} > ${sql.placeholder('after')} order by ${c.id} limit ${sql.placeholder('limit')}`,
  };
});

export type ExportedRow = RowOf<ReturnType<typeof exportedColumns>>;

function exportedColumns({ articles: a, comments: c, commentPrivate: p }: Tables) {
  return {
    ...{ id: c.id, articleTitle: a.title, articlePath: a.path, authorName: c.authorName },
    ...{ emailSealed: p.emailSealed, status: c.status, text: c.text },
    ...{ createdAt: c.createdAt, editedAt: c.editedAt },
  };
}
