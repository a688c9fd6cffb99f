import { hash } from 'node:crypto';
import type { ImportArticle, ImportMedium } from './wordpress';

/** What is remembered of an article as it was read last. */
export interface ArticleMark {
  readonly medium: ImportMedium | 'GONE';
  /** The other system's own word for what it is. */
  readonly postType: string;
}

/**
 * What an article is recognised by. One system tells the same article in other words by another medium: an export has
 * the text as an editor wrote it, an API perhaps as it is shown, with other quotation marks and shortcodes done. So
 * there are two hashes: of everything, for the same medium, and of what all of them tell alike, when it was changed
 * there among it.
 */
export function articleFingerprint(article: ImportArticle): string {
  const {
    comments: _comments,
    commentsTold: _told,
    notes: _notes,
    medium,
    line: _line,
    ...content
  } = article;
  return [medium, encodeURIComponent(article.postType), hashOf(content), hashOf(commonFacts(article))].join(
    ' ',
  );
}

/** Whether an article is over there as it was when `stored` was made; the medium may be another. */
export function isUnchanged(stored: string, now: string): boolean {
  const [medium, , whole, common] = stored.split(' ');
  const [mediumNow, , wholeNow, commonNow] = now.split(' ');
  return medium === mediumNow ? whole === wholeNow : common === commonNow;
}

/** The fingerprint with what an article is about, by the ids of the gazetteer. */
export function withSubjects(fingerprint: string, entries: readonly string[]): string {
  return `${fingerprint} ${entries.length === 0 ? '-' : hashOf([...new Set(entries)].sort())}`;
}

export function subjectsIn(fingerprint: string): string {
  return fingerprint.split(' ')[4] ?? '-';
}

/** What is remembered of an article that is no longer there: it is like no article. */
export function goneFingerprint(stored: string): string {
  return `GONE ${stored.split(' ')[1] ?? ''}`;
}

export function markOf(fingerprint: string): ArticleMark {
  const [medium, postType = ''] = fingerprint.split(' ');
  return { medium: mediumOf(medium), postType: decodeURIComponent(postType) };
}

function mediumOf(text: string | undefined): ArticleMark['medium'] {
  if (text === 'API' || text === 'API_RAW' || text === 'GONE') return text;
  return 'EXPORT';
}

/** Not the author, whom an API may know by another name; not the title and text, which it may tell in other words. */
function commonFacts(article: ImportArticle): unknown {
  const { articleKind, postType, status, slug, path, createdAt, updatedAt, pinned, leadImageId } = article;
  const categories = article.categories.map((category) => category.slug).sort();
  const tags = article.tags.map((tag) => tag.slug).sort();
  // The address of a draft is a query, or what is made of its place below other pages.
  const address = status === 'PUBLISHED' ? path : null;
  return [
    [articleKind, postType, status, slug, address, createdAt, updatedAt, pinned, leadImageId],
    [article.commentsOpen, categories, tags],
  ];
}

function hashOf(content: unknown): string {
  return hash('sha256', JSON.stringify(content), 'base64url');
}
