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
