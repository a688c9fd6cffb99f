/** What has become of everything but the body. */
import type { Instant } from '../../../core/clock';
import type { ArticleState } from '../../../database';
import { type DiffPart, diffWords } from './words';

export interface FieldChange {
  /** As the schema calls it, e.g. "rights.embargoUntil". */
  readonly field: string;
  /** As text; null for nothing. Of a list its slugs, an item a line. */
  readonly before: string | null;
  readonly after: string | null;
  readonly parts: readonly DiffPart[];
}

export function diffFields(before: ArticleState, after: ArticleState, language: string): FieldChange[] {
  return Object.entries(FIELDS).flatMap(([field, read]) => {
    const [was, is] = [read(before), read(after)];
    return was === is
      ? []
      : [{ field, before: was, after: is, parts: diffWords(was ?? '', is ?? '', language) }];
  });
}

const FIELDS: Readonly<Record<string, (state: ArticleState) => string | null>> = {
  title: ({ article }) => article.title,
  standfirst: ({ article }) => article.standfirst,
  byline: ({ article }) => article.byline,
  'dateline.place': ({ article }) => article.datelinePlace,
  'dateline.source': ({ article }) => article.datelineSource,
  kind: ({ article }) => article.kind,
  language: ({ article }) => article.language,
  slug: ({ article }) => article.slug,
  path: ({ article }) => article.path,
  canonicalUrl: ({ article }) => article.canonicalUrl,
  authors: ({ authors }) => lines(authors.map(({ slug }) => slug)),
  primaryCategory: ({ primaryCategory }) => primaryCategory?.slug ?? null,
  categories: ({ categories }) => lines(categories.map(({ slug }) => slug)),
  topics: ({ topics }) => lines(topics.map(({ slug }) => slug).sort()),
  leadImage: ({ leadImage }) => leadImage?.url ?? null,
  pinned: ({ article }) => String(article.pinned),
  status: ({ article }) => article.status,
  publishedAt: ({ article }) => time(article.publishedAt),
  withdrawalNote: ({ article }) => article.withdrawalNote,
  'rights.credit': ({ article }) => article.credit,
  'rights.licence': ({ article }) => article.licence,
  'rights.territories': ({ article }) => article.territories && lines(article.territories),
  'rights.embargoUntil': ({ article }) => time(article.embargoUntil),
  'rights.expiresAt': ({ article }) => time(article.expiresAt),
  'rights.textAndDataMining': ({ article }) => String(article.textAndDataMining),
  'commenting.mode': ({ article }) => article.commenting,
  'commenting.closesAt': ({ article }) => time(article.commentingClosesAt),
};

function lines(values: readonly string[]): string | null {
  return values.length === 0 ? null : values.join('\n');
}

function time(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
