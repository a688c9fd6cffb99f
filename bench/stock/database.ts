import Sqlite from 'better-sqlite3';
import DataLoader from 'dataloader';
import { and, asc, desc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { globalId } from '../../src/core/ids';
import { directionOf } from '../../src/core/text';
import * as tables from '../../src/database/schema.sqlite';
import type { Article, Author, Category, Image } from './types';

const { articleAuthors, articleCategories, articles, authors, categories, images, topicNames } = tables;

export type Db = BetterSQLite3Database<typeof tables>;
export type ArticleRow = typeof articles.$inferSelect;

export function openDb(file: string): Db {
  const client = new Sqlite(file, { readonly: true, fileMustExist: true });
  client.pragma(`cache_size = -${32 * 1_024}`);
  return drizzle({ client, schema: tables });
}

/** What a request carries: the loaders that a tutorial has, for what hangs on the items of a list. */
export interface Context {
  readonly db: Db;
  readonly authorsByArticle: DataLoader<number, Author[]>;
  readonly categoriesByArticle: DataLoader<number, Category[]>;
  readonly imageById: DataLoader<number, Image | null>;
  readonly namesByTopic: DataLoader<number, string>;
}

export function makeContext(db: Db): Context {
  return {
    db,
    authorsByArticle: new DataLoader(async (keys) => {
      const rows = await db
        .select()
        .from(articleAuthors)
        .innerJoin(authors, eq(authors.id, articleAuthors.authorId))
        .where(inArray(articleAuthors.articleId, [...keys]))
        .orderBy(asc(articleAuthors.position));
      return keys.map((key) =>
        rows.filter((row) => row.article_authors.articleId === key).map((row) => toAuthor(row.authors)),
      );
    }),
    categoriesByArticle: new DataLoader(async (keys) => {
      const rows = await db
        .select()
        .from(articleCategories)
        .innerJoin(categories, eq(categories.id, articleCategories.categoryId))
        .where(and(inArray(articleCategories.articleId, [...keys]), eq(articleCategories.direct, true)))
        .orderBy(asc(articleCategories.position));
      return keys.map((key) =>
        rows
          .filter((row) => row.article_categories.articleId === key)
          .map((row) => toCategory(row.categories)),
      );
    }),
    imageById: new DataLoader(async (keys) => {
      const rows = await db
        .select()
        .from(images)
        .where(inArray(images.id, [...keys]));
      return keys.map((key) => rows.find((row) => row.id === key) ?? null);
    }),
    namesByTopic: new DataLoader(async (keys) => {
      const rows = await db
        .select()
        .from(topicNames)
        .where(and(inArray(topicNames.topicId, [...keys]), eq(topicNames.position, 0)))
        .orderBy(asc(topicNames.language));
      return keys.map((key) => {
        const names = rows.filter((row) => row.topicId === key);
        return (names.find((row) => row.language === 'en') ?? names[0])?.name ?? '';
      });
    }),
  };
}

export const newestFirst = [desc(articles.publishedAt), desc(articles.id)];

/** What the public may see now. */
export function visible(now: number) {
  return and(
    inArray(articles.status, ['PUBLISHED', 'SCHEDULED']),
    lte(articles.publishedAt, now),
    withinRights(articles, now),
  );
}

export function withinRights(
  {
    embargoUntil,
    expiresAt,
  }:
    | Pick<typeof articles, 'embargoUntil' | 'expiresAt'>
    | Pick<typeof articleCategories, 'embargoUntil' | 'expiresAt'>,
  now: number,
) {
  return and(or(isNull(embargoUntil), lte(embargoUntil, now)), or(isNull(expiresAt), gt(expiresAt, now)));
}

export function toArticle(row: ArticleRow): Article {
  return {
    ...row,
    key: row.id,
    id: globalId('Article', row.id),
    primaryCategoryKey: row.primaryCategoryId,
    leadImageKey: row.leadImageId,
    direction: directionOf(row.language),
    dateline:
      row.datelinePlace === null && row.datelineSource === null
        ? null
        : { place: row.datelinePlace, source: row.datelineSource },
    publishedAt: row.publishedAt === null ? null : new Date(row.publishedAt),
    updatedAt: new Date(row.updatedAt),
  };
}

export function toAuthor(row: typeof authors.$inferSelect): Author {
  return { ...row, key: row.id, id: globalId('Author', row.id) };
}

export function toCategory(row: typeof categories.$inferSelect): Category {
  return { ...row, key: row.id, parentKey: row.parentId, id: globalId('Category', row.id) };
}
