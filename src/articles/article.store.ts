import { type SQL, sql } from 'drizzle-orm';
import { columnsKey } from '../core/columns';
import { prepared, preparedByShape, type Reader, type Tables } from '../database';
import { type ArticleColumn, type articleColumns, articleColumnsAmong } from './article.columns';
import { type Audience, visibleArticle } from './article.visibility';

type Columns = ReturnType<typeof articleColumns>;

interface Keys {
  readonly keys: readonly (string | number)[];
  readonly now: number;
}

/**
 * Articles by one of their unique columns, of what an audience may see; with all columns, or with those that are named. Binds
 * `keys`, and `now` for the public.
 */
const lookup = (audience: Audience, column: (tables: Tables) => SQL, order: SQL) => {
  const statements = preparedByShape<Columns>();
  return (reader: Reader, { keys, now }: Keys, columns?: readonly ArticleColumn[]) =>
    statements(columns ? columnsKey(columns) : '*', ({ tables, portable }) => ({
      select: articleColumnsAmong(tables, columns),
      from: sql`${tables.articles} where ${portable.among(column(tables), 'keys')} and ${visibleArticle(audience, 'articles')} ${order}`,
    }))(reader, { keys, now });
};

const lookups = (column: (tables: Tables) => SQL, order: SQL = sql``) => ({
  PUBLIC: lookup('PUBLIC', column, order),
  NEWSROOM: lookup('NEWSROOM', column, order),
});

export const articlesById = lookups(({ articles }) => sql`${articles.id}`);
export const articlesBySlug = lookups(({ articles }) => sql`${articles.slug}`);
export const articlesByPath = lookups(({ articles }) => sql`${articles.path}`);

/** Articles by their translation group, each group in the order of the languages' tags. */
export const articlesByGroup = lookups(
  ({ articles }) => sql`${articles.translationGroup}`,
  sql`order by articles.translation_group, articles.language, articles.id`,
);

/** Which of the images are the lead image of an article that the audience may see. */
const leadImages = (audience: Audience) =>
  prepared<{ images: readonly number[]; now: number }, { id: SQL<number> }>(({ portable }) => ({
    select: { id: sql<number>`i.value` },
    from: sql`${portable.each('images', 'i', 'int')} where exists (select 1 from articles where articles.lead_image_id = i.value and ${visibleArticle(audience, 'articles')})`,
  }));

export const leadImagesAmong = { PUBLIC: leadImages('PUBLIC'), NEWSROOM: leadImages('NEWSROOM') };

/**
 * The bodies of articles; the caller has made sure that their reader may see them. Text and blocks say the
 * same once more, so each is read only when it is asked for.
 */
export const bodiesOfArticles = prepared(({ tables: { articleBodies: b }, portable }) => ({
  select: { articleId: b.articleId, html: b.html, wordCount: b.wordCount },
  from: sql`${b} where ${portable.among(b.articleId, 'articles')}`,
}));

export const textsOfArticles = prepared(({ tables: { articleBodies: b }, portable }) => ({
  select: { articleId: b.articleId, text: b.text },
  from: sql`${b} where ${portable.among(b.articleId, 'articles')}`,
}));

export const blocksOfArticles = prepared(({ tables: { articleBodies: b }, portable }) => ({
  select: { articleId: b.articleId, blocks: b.blocks },
  from: sql`${b} where ${portable.among(b.articleId, 'articles')}`,
}));

/** What used to live at paths. */
export const redirectsAt = prepared(({ tables: { redirects: r }, portable }) => ({
  select: { path: r.path, articleId: r.articleId, target: r.target, permanent: r.permanent },
  from: sql`${r} where ${portable.among(r.path, 'paths')}`,
}));

/** What the public could see once: it was published, and no embargo was running, when it was withdrawn. */
const wasPublic = ({ articles: a }: Tables, status = sql`${a.status}`) =>
  sql`${status} = 'WITHDRAWN' and ${a.publishedAt} <= ${a.withdrawnAt} and (${a.embargoUntil} is null or ${a.embargoUntil} <= ${a.withdrawnAt})`;

/** The articles that were withdrawn last, the latest first: of those that the public could see. */
export const latestWithdrawals = prepared<{ since: number; limit: number }, WithdrawalColumns>(
  ({ tables }) => {
    const { articles: a } = tables;
    return {
      select: {
        ...{ id: a.id, createdAt: a.createdAt },
        ...{ territories: a.territories, withdrawnAt: sql<number>`${a.withdrawnAt}` },
      },
      from: sql`${a} where ${wasPublic(tables)} and ${a.kind} = 'ARTICLE' and ${a.withdrawnAt} >= ${sql.placeholder('since')} order by ${a.withdrawnAt} desc, ${a.id} desc limit ${sql.placeholder('limit')}`,
    };
  },
);

/** The articles of these slugs that were withdrawn, and that the public could see. */
export const withdrawalsUnder = prepared<{ slugs: readonly string[] }, { id: Tables['articles']['id'] }>(
  ({ tables, portable }) => {
    const { articles: a } = tables;
    return {
      select: { id: a.id },
      from: sql`${a} where ${portable.among(a.slug, 'slugs')} and ${wasPublic(tables, portable.unindexed(a.status))}`,
    };
  },
);

type WithdrawalColumns = Pick<Columns, 'id' | 'createdAt' | 'territories'> & {
  withdrawnAt: SQL<number>;
};

/**
 * When the articles at the paths, or with the keys, were withdrawn. Those that are not withdrawn are absent, and
 * those that the public never could see: nobody has to know that they were there.
 */
export const withdrawals = prepared<
  { paths: readonly string[]; ids: readonly number[] },
  {
    id: Tables['articles']['id'];
    path: Tables['articles']['path'];
    withdrawnAt: SQL<number>;
  }
>(({ tables, portable }) => {
  const { articles: a } = tables;
  return {
    select: { id: a.id, path: a.path, withdrawnAt: sql<number>`${a.withdrawnAt}` },
    from: sql`${a} where (${portable.among(a.path, 'paths')} or ${portable.among(a.id, 'ids')}) and ${wasPublic(tables, portable.unindexed(a.status))}`,
  };
});
