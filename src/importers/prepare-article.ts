import { type ParsedBody, parseBody } from '../articles/body';
import { articleFingerprint } from './article-fingerprint';
import type { ImportArticle, ImportComment } from './wordpress';

/** An article with everything done for it that needs no database. */
export interface PreparedArticle extends Omit<ImportArticle, 'html' | 'comments'> {
  /** Sanitised, with its text and blocks. */
  readonly body: ParsedBody;
  readonly comments: readonly PreparedComment[];
  /** Of the article as it came; see `isUnchanged`. */
  readonly fingerprint: string;
}

export interface PreparedComment extends Omit<ImportComment, 'html'> {
  /** Sanitised. */
  readonly safeHtml: string;
}

/** Sanitises and takes apart what an article brings. This is most of an import's work, and needs nothing else. */
export function prepareArticle(article: ImportArticle): PreparedArticle {
  const { html, comments, ...rest } = article;
  return {
    ...rest,
    body: parseBody(html),
    comments: comments.map(prepareComment),
    fingerprint: articleFingerprint(article),
  };
}

function prepareComment({ html, ...comment }: ImportComment): PreparedComment {
  return { ...comment, safeHtml: parseBody(html).html };
}
