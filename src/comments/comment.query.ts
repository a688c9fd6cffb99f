import type { ArticleRow } from '../articles';
import type { ListOrder, Page } from '../core/paging';
import type { CommentColumn } from './comment.columns';

/** The orders of a discussion. Their names stand in cursors, so that one of another list is refused. */
export const COMMENT_ORDERS = {
  OLDEST: { name: 'OLDEST_COMMENTS', sort: 'number' },
  NEWEST: { name: 'NEWEST_COMMENTS', sort: 'number' },
} as const satisfies Record<string, ListOrder>;

export type CommentOrder = keyof typeof COMMENT_ORDERS;

/** Which comments of a list. */
export interface CommentPlace {
  readonly order: CommentOrder;
  readonly page: Page;
}

/** What a page of a discussion has of it. */
export interface CommentPageQuery extends CommentPlace {
  /** What is read of each. */
  readonly columns: readonly CommentColumn[];
}

/** A page of threads, of which those below may be asked for as well. */
export interface ThreadPageQuery extends CommentPageQuery {
  /** What is read of each where those below are read with it; null where nobody asks for any. */
  readonly together: readonly CommentColumn[] | null;
  /** Nobody asks for those of another article before it is there: see `standsAlone`. */
  readonly isAlone: boolean;
}

/** What is known of an article whose discussion is asked for. */
export type Discussed = Pick<ArticleRow, 'id' | 'commentCount'>;
