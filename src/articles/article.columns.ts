import { type SQL, sql } from 'drizzle-orm';
import { headOfLogSql } from '../changes';
import { columnsBehind } from '../core/columns';
import { only, type Tables } from '../database';
import type { ArticleRow } from './article';

/** The columns of a `ReadArticle`. */
export function articleColumns({ articles: a }: Tables) {
  return {
    id: a.id,
    kind: a.kind,
    status: a.status,
    slug: a.slug,
    path: a.path,
    canonicalUrl: a.canonicalUrl,
    language: a.language,
    translationGroup: a.translationGroup,
    title: a.title,
    standfirst: a.standfirst,
    datelinePlace: a.datelinePlace,
    datelineSource: a.datelineSource,
    byline: a.byline,
    primaryCategoryId: a.primaryCategoryId,
    leadImageId: a.leadImageId,
    pinned: a.pinned,
    createdAt: a.createdAt,
    updatedAt: a.updatedAt,
    publishedAt: a.publishedAt,
    withdrawnAt: a.withdrawnAt,
    embargoUntil: a.embargoUntil,
    expiresAt: a.expiresAt,
    credit: a.credit,
    licence: a.licence,
    territories: a.territories,
    textAndDataMining: a.textAndDataMining,
    commenting: a.commenting,
    commentingClosesAt: a.commentingClosesAt,
    commentCount: a.commentCount,
    revision: a.revision,
    createdBy: a.createdBy,
    authorIds: a.authorIds,
    categoryIds: a.categoryIds,
    topicMarks: a.topicMarks,
    logHead: headOfLogSql,
  };
}

/** What is read of the body with an article, and of no list: to look for it then takes less than another statement. */
const bodyColumns = {
  html: ofBody<string>('html'),
  wordCount: ofBody<number>('word_count'),
};

function ofBody<V>(column: string): SQL<V | null> {
  return sql<V | null>`(select b.${sql.identifier(column)} from article_bodies as b where b.article_id = articles.id)`;
}

/** Of the columns those that are named; all but those of the body when none are. */
export function articleColumnsAmong(tables: Tables, names?: readonly ArticleColumn[]) {
  return names ? only({ ...articleColumns(tables), ...bodyColumns }, names) : articleColumns(tables);
}

/** An article as statements read it. */
export interface ReadArticle extends ArticleRow {
  /** The number of the last entry of the change log at the instant of which the row is. */
  readonly logHead: number;
}

export type ArticleColumn = keyof ReadArticle;

/** What every list reads: keys of cursors, and what `Article` works with whatever is asked for. */
const ALWAYS: readonly ArticleColumn[] = ['id', 'language', 'publishedAt', 'updatedAt'];

/** The columns behind the fields of `Article`; a field that is not here needs no more than the key. */
const BEHIND: Readonly<Record<string, readonly ArticleColumn[]>> = {
  slug: ['slug'],
  kind: ['kind'],
  path: ['path'],
  canonicalUrl: ['canonicalUrl'],
  translations: ['translationGroup'],
  title: ['title'],
  standfirst: ['standfirst'],
  dateline: ['datelinePlace', 'datelineSource'],
  byline: ['byline'],
  authors: ['authorIds', 'logHead'],
  primaryCategory: ['primaryCategoryId', 'logHead'],
  categories: ['categoryIds', 'logHead'],
  topics: ['topicMarks', 'logHead'],
  related: ['topicMarks', 'logHead'],
  leadImage: ['leadImageId', 'logHead'],
  pinned: ['pinned'],
  status: ['status'],
  commentCount: ['commentCount'],
  comments: ['status', 'embargoUntil', 'expiresAt', 'commentCount'],
  commenting: ['commenting', 'commentingClosesAt', 'status', 'embargoUntil', 'expiresAt', 'logHead'],
  revision: ['revision'],
  rights: ['credit', 'licence', 'territories', 'embargoUntil', 'expiresAt', 'textAndDataMining'],
  viewerCan: ['status', 'createdBy'],
};

/** The columns that a list has to read for the fields that are asked for of its articles. */
export const columnsFor = columnsBehind(ALWAYS, BEHIND);

/** The same for the articles of a translation group, by which they are put together. */
export const columnsForTranslations = columnsBehind([...ALWAYS, 'translationGroup'], BEHIND);

/** The same for an article that is asked for by itself: whether its slug is still the one that it was asked for by shows. */
export const columnsForOne = columnsBehind([...ALWAYS, 'slug'], { ...BEHIND, body: ['html', 'wordCount'] });
