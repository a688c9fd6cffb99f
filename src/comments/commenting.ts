import type { Instant } from '../core/clock';
import type { CommentingMode } from '../database';

/** What of an article decides whether a reader may comment on it. */
export interface Discussed {
  readonly publishedAt: Instant | null;
  readonly commenting: CommentingMode;
  readonly commentingClosesAt: Instant | null;
}

/** What holds beside what an article says itself. */
export interface CommentingRules {
  readonly site: CommentingMode;
  readonly byCategory: ReadonlyMap<number, CommentingMode>;
  /** Milliseconds after its publication that an article takes comments; null for ever. */
  readonly closeAfter: number | null;
}

/** How readers may comment on an article. */
export interface CommentingState {
  /** The strictest of the article's, its categories' and the site's. */
  readonly mode: CommentingMode;
  /** Whether a comment would be taken now. */
  readonly open: boolean;
  /** When it closes, or has closed; null where it does not close by itself. */
  readonly closesAt: Instant | null;
}

const STRICTNESS: readonly CommentingMode[] = ['OPEN', 'PREMODERATED', 'CLOSED'];

/**
 * @param categories of the article, and those above them
 * @param isPublic whether everybody may read the article
 */
export function commentingOn(
  article: Discussed,
  categories: readonly number[],
  { site, byCategory, closeAfter }: CommentingRules,
  isPublic: boolean,
  now: Instant,
): CommentingState {
  const modes = [article.commenting, site, ...categories.map((id) => byCategory.get(id) ?? 'OPEN')];
  const mode = strictestOf(modes);
  const { publishedAt, commentingClosesAt } = article;
  const byAge = closeAfter === null || publishedAt === null ? null : publishedAt + closeAfter;
  const closesAt = earlierOf(commentingClosesAt, byAge);
  return { mode, open: isPublic && mode !== 'CLOSED' && (closesAt === null || now < closesAt), closesAt };
}

export function strictestOf(modes: readonly CommentingMode[]): CommentingMode {
  return STRICTNESS.findLast((mode) => modes.includes(mode)) ?? 'OPEN';
}

function earlierOf(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
