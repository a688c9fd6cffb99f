import type { Instant } from '../core/clock';
import type { ArticleKind, ArticleStatus, CommentingMode, StoredMark, TopicSource } from '../database';

/** An article without its body, and of what it is tied to the keys: what lists read. */
export interface ArticleRow {
  readonly id: number;
  readonly kind: ArticleKind;
  readonly status: ArticleStatus;
  readonly slug: string;
  readonly path: string;
  readonly canonicalUrl: string | null;
  readonly language: string;
  readonly translationGroup: number | null;
  readonly title: string;
  readonly standfirst: string | null;
  readonly datelinePlace: string | null;
  readonly datelineSource: string | null;
  readonly byline: string | null;
  readonly primaryCategoryId: number | null;
  readonly leadImageId: number | null;
  readonly pinned: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly publishedAt: Instant | null;
  readonly withdrawnAt: Instant | null;
  readonly embargoUntil: Instant | null;
  readonly expiresAt: Instant | null;
  readonly credit: string | null;
  readonly licence: string | null;
  readonly territories: readonly string[] | null;
  readonly textAndDataMining: boolean;
  /** Of the article alone; its categories and the site may be stricter. */
  readonly commenting: CommentingMode;
  readonly commentingClosesAt: Instant | null;
  readonly commentCount: number;
  readonly revision: number;
  readonly createdBy: string;
  /** In the order of the byline. */
  readonly authorIds: readonly number[];
  /** In their order, without those above them. */
  readonly categoryIds: readonly number[];
  /** The most salient first, without topics above them. */
  readonly topicMarks: readonly StoredMark[];
  /** Of its body, where that was asked for with an article by itself: null for one without, absent where it was not read. */
  readonly html?: string | null;
  readonly wordCount?: number | null;
}

/** How an article carries a topic. */
export interface TopicMark {
  readonly topicId: number;
  /** From 0 to 1: how much the article is about it. */
  readonly salience: number;
  /** How often the text names it; 0 where nobody counted. */
  readonly mentions: number;
  readonly source: TopicSource;
}

/** Most of what one article may carry; more is refused, so that every list of them is bounded. */
export const MAX_AUTHORS = 20;
export const MAX_CATEGORIES = 50;
export const MAX_TOPICS = 100;

/** Words that an adult reads in a minute. */
const READING_SPEED = 200;

/** Whole minutes, at least 1 where there is anything to read. */
export function readingMinutes(wordCount: number): number {
  return Math.ceil(wordCount / READING_SPEED);
}

/** Where an article stands in its life, as it is stored. */
export interface Standing {
  readonly status: ArticleStatus;
  readonly publishedAt: Instant | null;
}

/**
 * The status that an article has at an instant. What is due is published, whether or not the scheduler has come
 * by to write that down; `visibleArticle` says the same in SQL.
 */
export function statusAt({ status, publishedAt }: Standing, now: Instant): ArticleStatus {
  if (status !== 'PUBLISHED' && status !== 'SCHEDULED') return status;
  return publishedAt !== null && publishedAt <= now ? 'PUBLISHED' : 'SCHEDULED';
}

/** Whether everybody may read the article; `visibleArticle` says the same in SQL. */
export function isPublicAt(
  article: Standing & { readonly embargoUntil: Instant | null; readonly expiresAt: Instant | null },
  now: Instant,
): boolean {
  const { embargoUntil, expiresAt } = article;
  const withinRights =
    (embargoUntil === null || embargoUntil <= now) && (expiresAt === null || now < expiresAt);
  return statusAt(article, now) === 'PUBLISHED' && withinRights;
}

/** From when on an article stands in lists: only articles proper do. */
export function listedAt({
  kind,
  status,
  publishedAt,
}: Standing & { readonly kind: ArticleKind }): Instant | null {
  return kind === 'ARTICLE' && (status === 'PUBLISHED' || status === 'SCHEDULED') ? publishedAt : null;
}

/** The path of an article that nobody gave another one. */
export function defaultPath(slug: string): string {
  return `/articles/${slug}`;
}
