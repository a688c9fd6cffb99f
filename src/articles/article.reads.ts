/** Everything that one request may read of the articles, batched, for the viewer who sent it. */
import type { Recall } from '../changes';
import type { Actor } from '../core/actor';
import {
  type Loader,
  LoadersByKey,
  manyLoader,
  memberLoader,
  oneLoader,
  pagesLoader,
  totalsLoader,
} from '../core/batch';
import type { Instant } from '../core/clock';
import { columnsKey } from '../core/columns';
import { type Page, type Slice, toSlice } from '../core/paging';
import type { Prepared, Reader, StoredBlock } from '../database';
import { formerly as formerOwners } from '../slugs';
import type { ArticleRow } from './article';
import type { ArticleColumn, ReadArticle } from './article.columns';
import type { ArticleCounter, ArticleTotal } from './article.counter';
import { countArticles, listArticles } from './article.listing';
import type { ArticleCriteria, ArticleOrder, ArticlePageQuery, ArticleQuery, Facet } from './article.query';
import {
  articlesByGroup,
  articlesById,
  articlesByPath,
  articlesBySlug,
  blocksOfArticles,
  bodiesOfArticles,
  latestWithdrawals,
  leadImagesAmong,
  redirectsAt,
  textsOfArticles,
  withdrawals,
  withdrawalsUnder,
} from './article.store';
import { type Audience, audienceOf } from './article.visibility';
import { correctionsOf } from './corrections/correction.store';
import { RevisionReads } from './revisions/revision.reads';

/** The list of articles under one author, category or topic. */
export interface Parent {
  readonly facet: Facet;
  readonly id: number;
  readonly includeDescendants: boolean;
}

export type BodyRow = Awaited<ReturnType<typeof bodiesOfArticles>>[number];

export type WithdrawnRow = Awaited<ReturnType<typeof latestWithdrawals>>[number];

export type CorrectionRow = Awaited<ReturnType<typeof correctionsOf>>[number];

/** What need not be read, where it is known already. */
export interface ReadingHelp {
  /** Asked before articles are counted in the database. */
  readonly counter?: ArticleCounter;
  /** Of what articles are tied to: the log is looked at as they are read, so that it can be told with them. */
  readonly recall?: Recall;
}

export class ArticleReads {
  readonly byId: Loader<number, ArticleRow | null>;
  readonly byPath: Loader<string, ArticleRow | null>;
  readonly bodyById: Loader<number, BodyRow | null>;
  readonly textById: Loader<number, { text: string } | null>;
  readonly correctionsById: Loader<number, readonly CorrectionRow[]>;
  readonly blocksById: Loader<number, { blocks: readonly StoredBlock[] } | null>;
  /** Whether an image is the lead image of an article that the viewer may see. */
  readonly showsImage: Loader<number, boolean>;

  readonly revisions: RevisionReads;

  readonly audience: Audience;
  private readonly someById = new LoadersByKey<Loader<number, ArticleRow | null>>();
  private readonly bySlug = new LoadersByKey<Loader<string, ArticleRow | null>>();
  private readonly byGroup = new LoadersByKey<Loader<number, readonly ArticleRow[]>>();
  private readonly pages = new LoadersByKey<Loader<number, Slice<ArticleRow>>>();
  private readonly totals = new LoadersByKey<Loader<number, number>>();

  constructor(
    private readonly reader: Reader,
    actor: Actor,
    readonly now: Instant,
    private readonly help: ReadingHelp = {},
  ) {
    this.audience = audienceOf(actor);
    this.revisions = new RevisionReads(reader);
    const { audience } = this;
    this.byId = oneLoader(
      (keys) => articlesById[audience](reader, { keys, now }),
      (row) => row.id,
    );
    this.byPath = oneLoader(
      (keys) => articlesByPath[audience](reader, { keys, now }),
      (row) => row.path,
    );
    this.showsImage = memberLoader((images) => leadImagesAmong[audience](reader, { images, now }));
    const oneBody = <R extends { articleId: number }>(read: Prepared<{ articles: number[] }, R>) =>
      oneLoader(
        (articles: readonly number[]) => read(reader, { articles: [...articles] }),
        (row) => row.articleId,
      );
    this.bodyById = oneBody(bodiesOfArticles);
    this.textById = oneBody(textsOfArticles);
    this.blocksById = oneBody(blocksOfArticles);
    this.correctionsById = manyLoader(
      (articles) => correctionsOf(reader, { articles: [...articles] }),
      (row) => row.articleId,
    );
  }

  /** One page of all articles, or of a parent's: pages of several parents, asked for alike, are read together. */
  async page(
    criteria: ArticleCriteria,
    order: ArticleOrder,
    page: Page,
    parent?: Parent,
    columns?: readonly ArticleColumn[],
  ): Promise<Slice<ArticleRow>> {
    const { audience, now } = this;
    const query: ArticlePageQuery = { audience, now, criteria, within: parent, order, page, columns };
    if (!parent) return toSlice(await this.recalling(listArticles(this.reader, query), columns), page);
    const read = columns ? columnsKey(columns) : '*';
    const key = JSON.stringify([criteria, order, page, parent.facet, parent.includeDescendants, read]);
    return this.pages
      .get(key, () =>
        pagesLoader((parents) => this.recalling(listArticles(this.reader, query, parents), columns), page),
      )
      .load(parent.id);
  }

  /** How many articles there are, or a parent has. */
  async total(criteria: ArticleCriteria, parent?: Parent): Promise<number> {
    const query = this.query(criteria, parent);
    if (!parent) return (await this.count(query))[0]?.total ?? 0;
    const key = JSON.stringify([criteria, parent.facet, parent.includeDescendants]);
    return this.totals.get(key, () => totalsLoader((parents) => this.count(query, parents))).load(parent.id);
  }

  /**
   * The article with the key.
   * @param columns those that are read; all when absent
   * @param isAlone nobody else asks before it is there: see `standsAlone`
   */
  withKey(key: number, columns?: readonly ArticleColumn[], isAlone = false): Promise<ArticleRow | null> {
    const read = (keys: readonly number[]) => this.lookUp(articlesById, keys, columns);
    if (isAlone) return read([key]).then(onlyOne);
    if (!columns) return this.byId.load(key);
    return this.someById.get(columnsKey(columns), () => oneLoader(read, ({ id }) => id)).load(key);
  }

  /** The article that has the slug, or else the one that had it last. @param columns `slug` among them; see `withKey` */
  underSlug(slug: string, columns?: readonly ArticleColumn[], isAlone = false): Promise<ArticleRow | null> {
    return this.withSlug(slug, columns, isAlone).then((row) => row ?? this.formerlyUnderSlug(slug, columns));
  }

  /** The articles of a translation group, each of them included. @param columns `translationGroup` among them; see `withKey` */
  ofGroup(
    group: number,
    columns?: readonly ArticleColumn[],
    isAlone = false,
  ): Promise<readonly ArticleRow[]> {
    const read = (keys: readonly number[]) => this.lookUp(articlesByGroup, keys, columns);
    if (isAlone) return read([group]);
    return this.byGroup
      .get(columns ? columnsKey(columns) : '*', () => manyLoader(read, (row) => row.translationGroup ?? 0))
      .load(group);
  }

  /** The body of an article: at once where it was read with it. */
  bodyOf({ id, html, wordCount }: Pick<ArticleRow, 'id' | 'html' | 'wordCount'>): BodyRow | Promise<BodyRow> {
    const none = { articleId: id, html: '', wordCount: 0 };
    if (html === undefined) return this.bodyById.load(id).then((body) => body ?? none);
    return { articleId: id, html: html ?? none.html, wordCount: wordCount ?? none.wordCount };
  }

  /** What used to be at a path: a redirect, or an article that was withdrawn. */
  async formerly(path: string): Promise<{ to: string; permanent: boolean } | { goneSince: Instant } | null> {
    const [redirect] = await redirectsAt(this.reader, { paths: [path] });
    const moved = redirect?.articleId ?? null;
    const gone = await withdrawals(this.reader, { paths: [path], ids: moved === null ? [] : [moved] });
    // What was withdrawn here was here last; a redirect is from before.
    const here = gone.find((article) => article.path === path);
    if (here) return { goneSince: here.withdrawnAt };
    if (redirect?.target) return { to: redirect.target, permanent: redirect.permanent };
    const article = moved === null ? null : await this.byId.load(moved);
    if (redirect && article) return { to: article.path, permanent: redirect.permanent };
    return gone[0] ? { goneSince: gone[0].withdrawnAt } : null;
  }

  /** Whether an article that the public could see was withdrawn while it had the slug. */
  async withdrawnUnder(slug: string): Promise<boolean> {
    return (await withdrawalsUnder(this.reader, { slugs: [slug] })).length > 0;
  }

  /** Articles that the public could see and that were withdrawn since, the latest first. */
  withdrawnSince(since: Instant, limit: number): Promise<readonly WithdrawnRow[]> {
    return latestWithdrawals(this.reader, { since, limit });
  }

  private async formerlyUnderSlug(
    slug: string,
    columns?: readonly ArticleColumn[],
  ): Promise<ArticleRow | null> {
    const formerly = (await formerOwners(this.reader, 'article', [slug])).get(slug);
    return formerly === undefined ? null : this.withKey(formerly, columns);
  }

  private withSlug(
    slug: string,
    columns: readonly ArticleColumn[] | undefined,
    isAlone: boolean,
  ): Promise<ArticleRow | null> {
    const read = (keys: readonly string[]) => this.lookUp(articlesBySlug, keys, columns);
    if (isAlone) return read([slug]).then(onlyOne);
    return this.bySlug
      .get(columns ? columnsKey(columns) : '*', () => oneLoader(read, (row) => row.slug))
      .load(slug);
  }

  private lookUp(
    lookups: typeof articlesById,
    keys: readonly (string | number)[],
    columns: readonly ArticleColumn[] | undefined,
  ): Promise<ReadArticle[]> {
    const { reader, audience, now } = this;
    return this.recalling(lookups[audience](reader, { keys, now }, columns), columns);
  }

  /** Rows that name what is kept in memory tell how far the log was, so that it can be told with them. */
  private async recalling<R extends ReadArticle>(
    read: Promise<R[]>,
    columns: readonly ArticleColumn[] | undefined,
  ): Promise<R[]> {
    const rows = await read;
    const { recall } = this.help;
    const [row] = rows;
    if (row === undefined || recall === undefined || recall.isSure || columns?.includes('logHead') === false)
      return rows;
    recall.saw(row.logHead);
    if (!recall.isSure) await recall.makeSure();
    return rows;
  }

  private async count(
    query: ArticleQuery,
    parents: readonly number[] = [],
  ): Promise<readonly ArticleTotal[]> {
    const known = await this.help.counter?.count(this.reader, query, parents);
    return known ?? countArticles(this.reader, query, parents);
  }

  private query(criteria: ArticleCriteria, within?: Parent): ArticleQuery {
    const { audience, now } = this;
    return { audience, now, criteria, within };
  }
}

function onlyOne<R>([row]: readonly R[]): R | null {
  return row ?? null;
}
