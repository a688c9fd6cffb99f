import { sql } from 'drizzle-orm';
import { prepared, type Reader, type Tables } from '../database';

/** Somebody who comments, by what is known of them. */
export interface Person {
  /** The comment that they were found by; all that is known of who left neither address nor account. */
  readonly commentId: number | null;
  readonly emailHash: string | null;
  readonly account: string | null;
  readonly ipHash: string | null;
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
  const rows = await keysLeft(reader, { ...personIn(person), limit });
  return rows.map(({ id }) => id);
}

const keysLeft = prepared(({ tables }) => ({
  select: { id: sql<number>`k.id` },
  from: sql`(${keysOf(tables)}) as k order by k.id limit ${sql.placeholder('limit')}`,
}));

/** The parameters of `keysOf`. */
export function personIn({ commentId, emailHash, account }: Person) {
  return { comment: commentId ?? 0, email: emailHash ?? '', account: account ?? '' };
}

/**
 * A select of the keys of a person's comments, each through an index of its own. Of what came without an address or
 * an account there is the comment itself, until nothing is left in it.
 */
export function keysOf({ comments: c, commentPrivate: p }: Tables) {
  const [comment, email, account] = [
    sql.placeholder('comment'),
    sql.placeholder('email'),
    sql.placeholder('account'),
  ];
  return sql`select ${p.commentId} as id from ${p} where ${p.commentId} = ${comment} or ${p.emailHash} = ${email} or ${p.account} = ${account}
    union select ${c.id} as id from ${c} where ${c.id} = ${comment} and (${c.authorName} <> '' or ${c.status} <> 'DELETED')`;
}
