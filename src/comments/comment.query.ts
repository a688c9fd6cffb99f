import type { ListOrder, Page } from '../core/paging';

/** The orders of a discussion. Their names stand in cursors, so that one of another list is refused. */
export const COMMENT_ORDERS = {
  OLDEST: { name: 'OLDEST_COMMENTS', sort: 'number' },
  NEWEST: { name: 'NEWEST_COMMENTS', sort: 'number' },
} as const satisfies Record<string, ListOrder>;

export type CommentOrder = keyof typeof COMMENT_ORDERS;

/** The top level of articles' discussions, or the replies to comments. */
export type CommentParent = 'ARTICLE' | 'COMMENT';

export interface CommentPageQuery {
  readonly below: CommentParent;
  readonly order: CommentOrder;
  readonly page: Page;
}
