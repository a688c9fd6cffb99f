import type { ListOrder, Page } from '../core/paging';
import type { CommentRow } from './comment';
import type { CommentColumn } from './comment.columns';

/** The orders of a discussion. Their names stand in cursors, so that one of another list is refused. */
export const COMMENT_ORDERS = {
  OLDEST: { name: 'OLDEST_COMMENTS', sort: 'number' },
  NEWEST: { name: 'NEWEST_COMMENTS', sort: 'number' },
} as const satisfies Record<string, ListOrder>;

export type CommentOrder = keyof typeof COMMENT_ORDERS;

/** What a page of a discussion has of it. */
export interface CommentPageQuery {
  readonly order: CommentOrder;
  readonly page: Page;
  /** What is read of each. */
  readonly columns: readonly CommentColumn[];
}

/** What is known of a comment whose replies are asked for. */
export type RepliedTo = Pick<CommentRow, 'id' | 'articleId' | 'replyCount'>;
