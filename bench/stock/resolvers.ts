import { and, asc, desc, eq, lte, ne, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { readingMinutes } from '../../src/articles/article';
import { globalId } from '../../src/core/ids';
import { type Page, toCursor, toPage } from '../../src/core/paging';
import * as tables from '../../src/database/schema.sqlite';
import {
  type ArticleRow,
  type Context,
  newestFirst,
  toArticle,
  toCategory,
  visible,
  withinRights,
} from './database';
import {
  Article,
  ArticleBody,
  ArticleConnection,
  ArticleTopic,
  Author,
  Category,
  Image,
  PageArgs,
  Topic,
} from './types';

const { articleBodies, articleCategories, articles, articleTopics, categories, topics } = tables;
const NEWEST = { name: 'NEWEST', sort: 'number' } as const;

@Resolver(() => Article)
export class ArticleResolver {
  @Query(() => ArticleConnection)
  async articles(@Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context): Promise<ArticleConnection> {
    const page = toPage(args, NEWEST);
    const rows = await db
      .select()
      .from(articles)
      .where(
        and(
          visible(Date.now()),
          eq(articles.kind, 'ARTICLE'),
          after(page, articles.publishedAt, articles.id),
        ),
      )
      .orderBy(...newestFirst)
      .limit(page.size + 1);
    return toConnection(rows, page);
  }

  @Query(() => Article, { nullable: true })
  async article(@Arg('slug', () => String) slug: string, @Ctx() { db }: Context): Promise<Article | null> {
    const [row] = await db
      .select()
      .from(articles)
      .where(and(eq(articles.slug, slug), visible(Date.now())));
    return row ? toArticle(row) : null;
  }

  @FieldResolver(() => ArticleBody)
  async body(@Root() article: Article, @Ctx() { db }: Context): Promise<ArticleBody> {
    const [row] = await db.select().from(articleBodies).where(eq(articleBodies.articleId, article.key));
    if (!row) throw new Error('An article has no body');
    return { html: row.html, wordCount: row.wordCount, readingMinutes: readingMinutes(row.wordCount) };
  }

  @FieldResolver(() => [Author])
  authors(@Root() article: Article, @Ctx() { authorsByArticle }: Context): Promise<Author[]> {
    return authorsByArticle.load(article.key);
  }

  @FieldResolver(() => [Category])
  categories(@Root() article: Article, @Ctx() { categoriesByArticle }: Context): Promise<Category[]> {
    return categoriesByArticle.load(article.key);
  }

  @FieldResolver(() => Image, { nullable: true })
  async leadImage(@Root() article: Article, @Ctx() { imageById }: Context): Promise<Image | null> {
    return article.leadImageKey === null ? null : imageById.load(article.leadImageKey);
  }

  @FieldResolver(() => Category, { nullable: true })
  async primaryCategory(@Root() article: Article, @Ctx() { db }: Context): Promise<Category | null> {
    if (article.primaryCategoryKey === null) return null;
    const [row] = await db.select().from(categories).where(eq(categories.id, article.primaryCategoryKey));
    return row ? toCategory(row) : null;
  }

  @FieldResolver(() => [ArticleTopic])
  async topics(@Root() article: Article, @Ctx() { db }: Context): Promise<ArticleTopic[]> {
    const rows = await db
      .select()
      .from(articleTopics)
      .innerJoin(topics, eq(topics.id, articleTopics.topicId))
      .where(and(eq(articleTopics.articleId, article.key), eq(articleTopics.direct, true)))
      .orderBy(desc(articleTopics.salience), asc(topics.sortName), asc(topics.id));
    return rows.map(({ article_topics: tie, topics: topic }) => ({
      salience: tie.salience,
      topic: { ...topic, key: topic.id, id: globalId('Topic', topic.id) },
    }));
  }

  @FieldResolver(() => [Article])
  async translations(@Root() article: Article, @Ctx() { db }: Context): Promise<Article[]> {
    if (article.translationGroup === null) return [];
    const rows = await db
      .select()
      .from(articles)
      .where(
        and(
          eq(articles.translationGroup, article.translationGroup),
          ne(articles.id, article.key),
          visible(Date.now()),
        ),
      )
      .orderBy(asc(articles.language));
    return rows.map(toArticle);
  }
}

@Resolver(() => Category)
export class CategoryResolver {
  @Query(() => Category, { nullable: true })
  async category(@Arg('slug', () => String) slug: string, @Ctx() { db }: Context): Promise<Category | null> {
    const [row] = await db.select().from(categories).where(eq(categories.slug, slug));
    return row ? toCategory(row) : null;
  }

  @FieldResolver(() => [Category])
  async ancestors(@Root() category: Category, @Ctx() { db }: Context): Promise<Category[]> {
    const line: Category[] = [];
    for (let above = category.parentKey; above !== null; ) {
      const [row] = await db.select().from(categories).where(eq(categories.id, above));
      if (row) line.unshift(toCategory(row));
      above = row?.parentId ?? null;
    }
    return line;
  }

  @FieldResolver(() => [Category])
  async children(@Root() category: Category, @Ctx() { db }: Context): Promise<Category[]> {
    const rows = await db
      .select()
      .from(categories)
      .where(eq(categories.parentId, category.key))
      .orderBy(asc(categories.position), asc(categories.slug));
    return rows.map(toCategory);
  }

  @FieldResolver(() => ArticleConnection)
  async articles(
    @Root() category: Category,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { db }: Context,
  ): Promise<ArticleConnection> {
    const page = toPage(args, NEWEST);
    // Through the tie's own columns, as somebody who has read the schema would: stock is slow by its parts, not
    // by bad SQL.
    const { listedAt, articleId, categoryId, embargoUntil, expiresAt } = articleCategories;
    const rows = await db
      .select()
      .from(articleCategories)
      .innerJoin(articles, eq(articles.id, articleId))
      .where(
        and(
          eq(categoryId, category.key),
          lte(listedAt, Date.now()),
          withinRights({ embargoUntil, expiresAt }, Date.now()),
          after(page, listedAt, articleId),
        ),
      )
      .orderBy(desc(listedAt), desc(articleId))
      .limit(page.size + 1);
    return toConnection(
      rows.map((row) => row.articles),
      page,
    );
  }
}

@Resolver(() => Topic)
export class TopicResolver {
  @FieldResolver(() => String)
  name(@Root() topic: Topic, @Ctx() { namesByTopic }: Context): Promise<string> {
    return namesByTopic.load(topic.key);
  }
}

/** A comparison of rows, which an index can follow; an OR of two conditions it cannot. */
function after({ from }: Page, sort: SQLiteColumn, key: SQLiteColumn) {
  return from ? sql`(${sort}, ${key}) < (${from.sort}, ${from.key})` : undefined;
}

function toConnection(rows: ArticleRow[], page: Page): ArticleConnection {
  const shown = rows.slice(0, page.size);
  const last = shown[shown.length - 1];
  return {
    nodes: shown.map(toArticle),
    pageInfo: {
      hasNextPage: rows.length > page.size,
      endCursor: last ? toCursor(NEWEST, { sort: last.publishedAt ?? -1, key: last.id }) : null,
    },
  };
}
