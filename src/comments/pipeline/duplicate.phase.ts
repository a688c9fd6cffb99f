import { sql } from 'drizzle-orm';
import { Refusal } from '../../core/refusal';
import { prepared } from '../../database';
import { NOTHING, type Phase } from './phase';

/** Milliseconds for which the same again is a mistake. */
const WINDOW = 24 * 3_600_000;

/** The same author has said the same below the same article a moment ago. */
export const duplicate: Phase = {
  name: 'duplicate',
  run: async ({ author, article, text, now, edited }, { reader }) => {
    const { account, emailHash, ipHash } = author;
    const said = await lately(reader, {
      ...{ article: article.id, text, since: now - WINDOW, but: edited ?? 0 },
      account: account ?? '',
      email: emailHash ?? '',
      // Behind one network address there can be many people who have signed in.
      ip: account === null ? (ipHash ?? '') : '',
    });
    if (said.length === 0) return NOTHING;
    throw new Refusal('DUPLICATE', 'You have said that already.', 'body');
  },
};

const lately = prepared(({ tables: { comments: c, commentPrivate: p } }) => ({
  select: { id: c.id },
  from: sql`${p} join ${c} on ${c.id} = ${p.commentId}
    where (${p.account} = ${sql.placeholder('account')} or ${p.emailHash} = ${sql.placeholder('email')} or ${p.ipHash} = ${sql.placeholder('ip')})
      and ${p.writtenAt} >= ${sql.placeholder('since')} and ${c.articleId} = ${sql.placeholder('article')}
      and ${c.text} = ${sql.placeholder('text')} and ${c.id} <> ${sql.placeholder('but')} limit 1`,
}));
