import { systemActor } from '../core/actor';
import type { Instant } from '../core/clock';
import type {
  ArticleKind,
  ArticleStatus,
  ChangeOp,
  CommentingMode,
  StoredBlock,
  WrittenJson,
} from '../database';
import type { AnalysedTexts } from '../indexing';
import type { TopicMark } from './article';
import type { ParsedBody } from './body';

/** Every column of an article that somebody decides on; keys, counts and revisions are kept by the store. */
export interface ArticleFields {
  readonly kind: ArticleKind;
  readonly status: ArticleStatus;
  /** Wanted, not promised: where it is taken the article gets the next free one. */
  readonly slug: string;
  /** On the publisher's site; likewise. */
  readonly path: string;
  readonly canonicalUrl: string | null;
  readonly language: string;
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
  readonly withdrawalNote: string | null;
  readonly embargoUntil: Instant | null;
  readonly expiresAt: Instant | null;
  readonly credit: string | null;
  readonly licence: string | null;
  readonly territories: string[] | null;
  readonly textAndDataMining: boolean;
  readonly commenting: CommentingMode;
  /** From then on nobody can comment, whatever the mode. */
  readonly commentingClosesAt: Instant | null;
}

/** What an article is tied to, each list in its order and without repeats. */
export interface ArticleTies {
  readonly authorIds: readonly number[];
  readonly categoryIds: readonly number[];
  readonly topics: readonly TopicMark[];
}

/** A whole article, ready to be stored. */
export interface ArticleContent extends ArticleTies {
  readonly fields: ArticleFields;
  readonly body: ContentBody;
  /** Of its title, standfirst and text, where it has been made already. */
  readonly analysed?: AnalysedTexts;
}

/** A parsed body, or one whose blocks have become JSON elsewhere. */
export interface ContentBody extends Pick<ParsedBody, 'html' | 'text' | 'wordCount'> {
  readonly blocks: ParsedBody['blocks'] | WrittenJson<StoredBlock[]>;
}

/**
 * The status that is stored: what is to be published at a later instant is scheduled, whatever it was called.
 * From then on `statusAt` takes it for published.
 */
export function storedStatus(
  { status, publishedAt }: Pick<ArticleFields, 'status' | 'publishedAt'>,
  at: Instant,
): ArticleStatus {
  return status === 'PUBLISHED' && publishedAt !== null && publishedAt > at ? 'SCHEDULED' : status;
}

/** What becomes of one article; what is absent stays as it is. */
export interface ArticleUpdate extends Partial<ArticleTies> {
  readonly id: number;
  /** The revision that the writer has seen. */
  readonly expectedRevision: number;
  readonly op: ChangeOp;
  readonly fields?: Partial<ArticleFields>;
  readonly body?: ContentBody;
  /** What else readers see otherwise now, by the names that clients know. */
  readonly alsoChanged?: readonly string[];
  /** For the change log, beside what has changed. Nothing private. */
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** Dateline itself, as it keeps to the dates that others have set. */
export const SCHEDULER = systemActor('scheduler');

/** What an article has unless somebody says otherwise. */
export const ARTICLE_DEFAULTS = {
  kind: 'ARTICLE',
  status: 'DRAFT',
  canonicalUrl: null,
  standfirst: null,
  datelinePlace: null,
  datelineSource: null,
  byline: null,
  primaryCategoryId: null,
  leadImageId: null,
  pinned: false,
  publishedAt: null,
  withdrawnAt: null,
  withdrawalNote: null,
  embargoUntil: null,
  expiresAt: null,
  credit: null,
  licence: null,
  territories: null,
  textAndDataMining: true,
  commenting: 'OPEN',
  commentingClosesAt: null,
} as const satisfies Partial<ArticleFields>;
