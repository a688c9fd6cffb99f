/** Comments that a transaction is about to change. */
import { sql } from 'drizzle-orm';
import { prepared, type Reader, type RowOf, type Tables, type Tx } from '../database';
import { commentColumns } from './comment.columns';
import { holdDiscussions } from './discussed.store';

/** A comment with all that decides what can be done to it. */
export type HeldComment = RowOf<ReturnType<typeof columns>>;

/** The comments, with their whole discussions, which nobody else changes before the transaction ends. */
export async function holdComments(
  tx: Tx,
  ids: readonly number[],
): Promise<ReadonlyMap<number, HeldComment>> {
  const seen = await fullComments(tx, { ids });
  await holdDiscussions(
    tx,
    seen.map(({ articleId }) => articleId),
  );
  // Not before now is it known that nobody is in the middle of changing them.
  const rows = tx.portable.engine === 'sqlite' ? seen : await fullComments(tx, { ids });
  return new Map(rows.map((row) => [row.id, row]));
}

export async function fullComment(reader: Reader, id: number): Promise<HeldComment | null> {
  return (await fullComments(reader, { ids: [id] }))[0] ?? null;
}

const fullComments = prepared<{ ids: readonly number[] }, ReturnType<typeof columns>>(
  ({ tables, portable }) => ({
    select: columns(tables),
    from: sql`${tables.comments} left join ${tables.commentPrivate} on ${tables.commentPrivate.commentId} = ${tables.comments.id} where ${portable.among(tables.comments.id, 'ids')}`,
  }),
);

function columns(tables: Tables) {
  const { comments: c, commentPrivate: p } = tables;
  return {
    ...commentColumns(tables),
    ...{ rootId: c.rootId, reportCount: c.reportCount, approvedVersion: c.approvedVersion },
    account: sql<string | null>`${p.account}`,
    emailSealed: sql<string | null>`${p.emailSealed}`,
    emailHash: sql<string | null>`${p.emailHash}`,
    ipHash: sql<string | null>`${p.ipHash}`,
  };
}
