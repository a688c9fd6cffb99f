import { createHash } from 'node:crypto';
import { type ParsedBody, parseBody } from '../articles/body';
import type { ImportArticle, ImportComment } from './wordpress';

/** An article with everything done for it that needs no database. */
export interface PreparedArticle extends Omit<ImportArticle, 'html' | 'comments'> {
  /** Sanitised, with its text and blocks. */
  readonly body: ParsedBody;
  readonly comments: readonly PreparedComment[];
  /** Of the article as it came: the same again means that there is nothing to do. */
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

/** Comments are known one by one; a new one does not make the article another. */
function articleFingerprint({ comments: _comments, notes: _notes, ...article }: ImportArticle): string {
  return fingerprintOf(article);
}

/** A hash of what was read: the line that it stands on does not count. */
export function fingerprintOf(record: { readonly line: number }): string {
  const { line: _line, ...content } = record;
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}
