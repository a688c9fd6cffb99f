import { ARTICLE_ORDERS } from '../../articles';
import type { RequestContext } from '../../context';
import { toCursor, toPage, toSlice } from '../../core/paging';
import { askedTopics } from '../../relations';
import { PAGE_SIZE, type Source } from './source';

/**
 * The articles that carry all of some topics, 2 to 5 of them.
 * @throws DatelineError BAD_USER_INPUT for fewer, more, or one twice; NOT_FOUND that names the topic
 */
export async function relationSource(context: RequestContext, slugs: readonly string[]): Promise<Source> {
  const { articles, relations } = context;
  const topics = await askedTopics(context, slugs);
  const keys = topics.map(({ row }) => row.id);
  return {
    path: ['relation', topics.map(({ slug }) => slug).join('+')],
    title: topics.map(({ row }) => row.name).join(' + '),
    page: async (after) => {
      const order = ARTICLE_ORDERS.NEWEST;
      const page = toPage({ first: PAGE_SIZE, after }, order);
      const relation = await relations.relation(keys, null, true);
      const { rows: positions, hasNextPage } = toSlice(await relation.page('NEWEST', page), page);
      const rows = await Promise.all(positions.map(({ key }) => articles.byId.load(key)));
      const last = positions.at(-1);
      return {
        // One that went since the archive was looked at is left out.
        rows: rows.flatMap((row) => row ?? []),
        next: hasNextPage && last ? toCursor(order, last) : null,
      };
    },
  };
}
