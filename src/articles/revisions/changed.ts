import { isDeepStrictEqual } from 'node:util';
import type { ArticleState, NamedKey } from '../../database';
import type { TopicMark } from '../article';
import type { ArticleFields, ArticleTies } from '../article.content';

/** What clients call the thing that a column is part of. */
const NAMES = {
  kind: 'kind',
  status: 'status',
  slug: 'slug',
  path: 'path',
  canonicalUrl: 'canonicalUrl',
  language: 'language',
  title: 'title',
  standfirst: 'standfirst',
  datelinePlace: 'dateline',
  datelineSource: 'dateline',
  byline: 'byline',
  primaryCategoryId: 'primaryCategory',
  leadImageId: 'leadImage',
  pinned: 'pinned',
  createdAt: 'createdAt',
  updatedAt: 'updatedAt',
  publishedAt: 'publishedAt',
  withdrawnAt: 'status',
  withdrawalNote: 'withdrawalNote',
  embargoUntil: 'rights',
  expiresAt: 'rights',
  credit: 'rights',
  licence: 'rights',
  territories: 'rights',
  textAndDataMining: 'rights',
  commenting: 'commenting',
  commentingClosesAt: 'commenting',
} as const satisfies Readonly<Record<keyof ArticleFields, string>>;

/** In what an article differs from an earlier state of its, by the names that clients know; its body aside. */
export function changedNames(
  before: ArticleState,
  fields: Partial<ArticleFields>,
  ties: Partial<ArticleTies>,
): string[] {
  const names = new Set<string>();
  for (const column of Object.keys(NAMES).filter(isColumn)) {
    const value = fields[column];
    if (value !== undefined && !isDeepStrictEqual(before.article[column], value)) names.add(NAMES[column]);
  }
  const { authorIds, categoryIds, topics } = ties;
  if (authorIds && !isDeepStrictEqual(keys(before.authors), authorIds)) names.add('authors');
  if (categoryIds && !isDeepStrictEqual(keys(before.categories), categoryIds)) names.add('categories');
  if (topics && !isDeepStrictEqual(marks(before), inOrder(topics))) names.add('topics');
  return [...names];
}

/**
 * What a reader of the change log has to know of the state before: where the article could be found then, as
 * far as that has changed.
 */
export function whereItWas(before: ArticleState, changed: readonly string[]): Record<string, unknown> {
  const { slug, path, status, language, kind } = before.article;
  const places: Readonly<Record<string, unknown>> = {
    ...{ slug, path, status, language, kind },
    authors: keys(before.authors),
    categories: keys(before.categories),
    topics: keys(before.topics),
  };
  return Object.fromEntries(changed.flatMap((name) => (name in places ? [[name, places[name]]] : [])));
}

function isColumn(name: string): name is keyof ArticleFields {
  return name in NAMES;
}

function keys(subjects: readonly NamedKey[]): number[] {
  return subjects.map(({ id }) => id);
}

function marks({ topics }: ArticleState): TopicMark[] {
  return inOrder(topics.map(({ id, slug, ...mark }) => ({ topicId: id, ...mark })));
}

function inOrder(topics: readonly TopicMark[]): TopicMark[] {
  return topics
    .map(({ topicId, salience, mentions, source }) => ({ topicId, salience, mentions, source }))
    .sort((a, b) => a.topicId - b.topicId);
}
