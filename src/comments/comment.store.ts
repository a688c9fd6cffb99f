import { sql } from 'drizzle-orm';
import { prepared } from '../database';
import { type CommentColumns, commentColumns } from './comment.columns';

/** Comments in whatever state they are: who asks decides by `comment.visibility.ts` what its viewer may see. */
export const commentsById = prepared<{ keys: readonly number[] }, CommentColumns>(({ tables, portable }) => ({
  select: commentColumns(tables),
  from: sql`${tables.comments} where ${portable.among(tables.comments.id, 'keys')}`,
}));
