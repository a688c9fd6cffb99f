/** The lists that feeds are made of: of the site, or of what stands under a category, a topic or an author. */
import { ARTICLE_ORDERS, type ArticleRow, articleSort, type Facet, PUBLISHED_ARTICLES } from '../../articles';
import type { RequestContext } from '../../context';
import { toCursor, toPage } from '../../core/paging';
import { decodeSlug } from '../../core/text';
import type { Refusal } from '../../core/web-page';

/** A list of articles, the newest first. */
export interface Source {
  /** Below `/feeds/`, as it is spelt now, percent-encoded; without its format. */
  readonly path: string;
  /** What must be said of it beside its path. */
  readonly query?: Readonly<Record<string, string>>;
  /** What it is about; null for all. */
  readonly title: string | null;
  /** @throws DatelineError BAD_CURSOR */
  page(after: string | null): Promise<SourcePage>;
}

export interface SourcePage {
  readonly rows: readonly ArticleRow[];
  /** Where the next page begins; null for the last one. */
  readonly next: string | null;
}

/** Articles on a page. */
export const PAGE_SIZE = 50;

/** Below `/feeds/`, without the format: what is there, or why there is nothing. */
export async function sourceAt(context: RequestContext, path: readonly string[]): Promise<Source | Refusal> {
  const [kind = '', name] = path;
  if (kind === 'site' && name === undefined) return siteSource(context);
  if (isFacet(kind) && name !== undefined) return subjectSource(context, kind, decodeSlug(name));
  return notFound(
    `There is no feed "${path.join('/')}". There are site, category/<slug>, topic/<slug> and author/<slug>.`,
  );
}

function siteSource(context: RequestContext): Source {
  return { path: 'site', title: null, page: (after) => listed(context, after) };
}

async function subjectSource(context: RequestContext, facet: Facet, slug: string): Promise<Source | Refusal> {
  const loaders = {
    author: context.authors.bySlug,
    category: context.categories.bySlug,
    topic: context.topics.bySlug,
  };
  const row = await loaders[facet].load(slug);
  if (row === null) return notFound(`There is no ${facet} "${slug}".`);
  return {
    path: `${facet}/${encodeURIComponent(row.slug)}`,
    title: row.name,
    page: (after) => listed(context, after, { facet, id: row.id, includeDescendants: true }),
  };
}

async function listed(
  { articles }: RequestContext,
  after: string | null,
  parent?: Parameters<RequestContext['articles']['page']>[3],
): Promise<SourcePage> {
  const order = ARTICLE_ORDERS.NEWEST;
  const page = toPage({ first: PAGE_SIZE, after }, order);
  const { rows, hasNextPage } = await articles.page(PUBLISHED_ARTICLES, 'NEWEST', page, parent);
  const last = rows.at(-1);
  const next =
    hasNextPage && last ? toCursor(order, { sort: articleSort('NEWEST', last), key: last.id }) : null;
  return { rows, next };
}

function isFacet(kind: string): kind is Facet {
  return kind === 'author' || kind === 'category' || kind === 'topic';
}

export function notFound(message: string): Refusal {
  return { status: 404, code: 'NOT_FOUND', message };
}
