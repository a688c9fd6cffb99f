import { columnsBehind } from '../core/columns';
import type { Tables } from '../database';

/** The columns of a `CommentRow`. What is private is in another table, and so in none of these. */
export function commentColumns({ comments: c }: Tables) {
  return {
    id: c.id,
    articleId: c.articleId,
    parentId: c.parentId,
    depth: c.depth,
    authorName: c.authorName,
    authorKind: c.authorKind,
    status: c.status,
    visible: c.visible,
    replyCount: c.replyCount,
    text: c.text,
    html: c.html,
    createdAt: c.createdAt,
    editedAt: c.editedAt,
    featured: c.featured,
    version: c.version,
  };
}

export type CommentColumns = ReturnType<typeof commentColumns>;
export type CommentColumn = keyof CommentColumns;

/** Keys of cursors, and what decides how much of a comment is shown. */
const ALWAYS: readonly CommentColumn[] = ['id', 'createdAt', 'status'];

/** The columns behind the fields of `Comment`, and behind those of its body; a field that is not here needs no more. */
const BEHIND: Readonly<Record<string, readonly CommentColumn[]>> = {
  article: ['articleId'],
  parent: ['parentId'],
  depth: ['depth'],
  authorName: ['authorName'],
  authorKind: ['authorKind'],
  'body.text': ['text'],
  'body.html': ['html'],
  direction: ['html'],
  editedAt: ['editedAt'],
  featured: ['featured'],
  replyCount: ['replyCount'],
  replies: ['replyCount'],
  version: ['version'],
  viewerCan: ['articleId', 'depth'],
};

/** The columns that a list has to read for the fields that are asked for of its comments. */
export const columnsFor = columnsBehind(ALWAYS, BEHIND);

/** The same for comments that are read together with those below them: to tell which is below which. */
export const columnsTogetherFor = columnsBehind([...ALWAYS, 'parentId'], BEHIND);
