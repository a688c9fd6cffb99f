import type { ListOrder, Page } from '../core/paging';
import type { CommentStatus } from '../database';

/** What has waited longest comes first. */
export const QUEUE_ORDER = { name: 'MODERATION_QUEUE', sort: 'number' } as const satisfies ListOrder;

export interface QueueQuery {
  readonly statuses: readonly CommentStatus[];
  readonly reportedOnly: boolean;
}

export interface QueuePageQuery extends QueueQuery {
  readonly page: Page;
}
