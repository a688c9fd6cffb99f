import type { ImportScope } from './import-scope';
import type { PreparedArticle, PreparedComment } from './prepare-article';

/** Who wrote what nobody has put a name under. */
export const NAMELESS = 'Anonymous';

/** A comment as it is told, with the article that it stands under here. */
export interface IncomingComment {
  readonly articleId: number;
  readonly comment: PreparedComment;
}

/** Each once: of two with one number the first counts. Comments of articles that are not here are counted only. */
export function incomingComments(
  { report }: ImportScope,
  batch: readonly PreparedArticle[],
  articleKeys: ReadonlyMap<string, number>,
): IncomingComment[] {
  const incoming = new Map<string, IncomingComment>();
  for (const { externalId, comments } of batch) {
    const articleId = articleKeys.get(externalId);
    if (articleId === undefined) {
      report.skip('comments', 'of articles that were skipped', comments.length);
      continue;
    }
    for (const comment of comments) {
      if (incoming.has(comment.externalId)) {
        report.skip('comments', 'another has the same number');
        continue;
      }
      incoming.set(comment.externalId, { articleId, comment });
    }
  }
  return [...incoming.values()];
}
