import { sql } from 'drizzle-orm';
import { type CommentStatus, prepared, type Reader } from '../../database';
import { held, NOTHING, type Phase } from './phase';

/** So many rejections, if there are more of them than approvals, and an account is looked after. */
const BAD_HISTORY = 3;

/**
 * What became of the author's comments. Accounts only: anybody can claim an e-mail address, so it earns neither trust
 * nor distrust.
 */
export const history: Phase = {
  name: 'history',
  run: async ({ author: { account, trusted } }, { reader, settings: { trustAfter } }) => {
    if (trusted) return NOTHING;
    if (account === null) return trustAfter > 0 ? held('guest') : NOTHING;
    const { approved, refused } = await historyOf(reader, account);
    if (refused >= BAD_HISTORY && refused > approved) return held(`${refused} comments were rejected`);
    return approved < trustAfter ? held(`fewer than ${trustAfter} approved comments`) : NOTHING;
  },
};

async function historyOf(reader: Reader, account: string) {
  const rows = await byStatus(reader, { account });
  const count = (...statuses: CommentStatus[]) =>
    rows.filter(({ status }) => statuses.includes(status)).reduce((sum, { total }) => sum + total, 0);
  return { approved: count('APPROVED'), refused: count('REJECTED', 'SPAM') };
}

const byStatus = prepared(({ tables: { comments: c, commentPrivate: p } }) => ({
  select: { status: c.status, total: sql<number>`count(*)`.mapWith(Number) },
  from: sql`${p} join ${c} on ${c.id} = ${p.commentId} where ${p.account} = ${sql.placeholder('account')} group by ${c.status}`,
}));
