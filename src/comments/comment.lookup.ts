import type { RequestContext } from '../context';
import { Comment } from './comment.type';
import { isThere, type Standing } from './comment.visibility';

/**
 * The comment with the key, where there is one for the viewer: what stands below a hidden article is not there.
 * @param editToken shows that it is the viewer's own
 */
export async function findComment(
  context: RequestContext,
  key: number,
  editToken: string | null = null,
): Promise<Comment | null> {
  const { articles, comments } = context;
  const row = await comments.byId.load(key);
  if (row === null) return null;
  const standing = await standingTo(context, key, editToken);
  if (!isThere(row, standing)) return null;
  return (await articles.byId.load(row.articleId)) && new Comment(row, standing);
}

/** How the viewer stands to one comment. */
export async function standingTo(
  { actor, comments, services }: RequestContext,
  key: number,
  editToken: string | null = null,
): Promise<Standing> {
  if (comments.standing === 'MODERATOR') return 'MODERATOR';
  if (editToken !== null && services.comments.isEditToken(key, editToken)) return 'AUTHOR';
  if (actor.kind === 'ANONYMOUS') return 'PUBLIC';
  return (await comments.privateById.load(key))?.account === actor.name ? 'AUTHOR' : 'PUBLIC';
}
