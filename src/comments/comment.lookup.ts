import type { RequestContext } from '../context';
import { Comment } from './comment.type';
import { isThere } from './comment.visibility';

/** The comment with the key, where there is one for the viewer: what stands below a hidden article is not there. */
export async function findComment(context: RequestContext, key: number): Promise<Comment | null> {
  const { articles, comments } = context;
  const row = await comments.byId.load(key);
  if (row === null || !isThere(row, comments.standing)) return null;
  return (await articles.byId.load(row.articleId)) && new Comment(row, comments.standing);
}
