/** The lists that feeds are made of: of the site, or of what stands under a category, a topic or an author. */
import { ARTICLE_ORDERS, articleSort, type Facet, PUBLISHED_ARTICLES } from '../../articles';
import type { RequestContext } from '../../context';
import { toCursor, toPage } from '../../core/paging';
import { decodeSlug } from '../../core/text';
import type { Refusal } from '../../core/web-page';
import { notFound } from '../not-found';
import { relationSource } from './relation-source';
import { searchSource } from './search-source';
import { PAGE_SIZE, type Source, type SourcePage } from './source';

/**
 * Below `/feeds/`, without the format: what is there, or why there is nothing.
 * @throws DatelineError BAD_USER_INPUT, NOT_FOUND
 */
export async function sourceAt(
  context: RequestContext,
  path: readonly string[],
  query: URLSearchParams,
): Promise<Source | Refusal> {
  const [kind = '', name] = path;
  if (kind === 'site' && name === undefined) return siteSource(context);
  if (kind === 'search' && name === undefined) return searchSource(context, query.get('q') ?? '');
  if (kind === 'relation' && name !== undefined) return relationSource(context, name.split('+'));
  if (isFacet(kind) && name !== undefined) return subjectSource(context, kind, decodeSlug(name));
  return notFound(
    `There is no feed "${path.join('/')}". There are site, category/<slug>, topic/<slug>, author/<slug>, relation/<topic>+<topic> and search.`,
  );
}

function siteSource(context: RequestContext): Source {
  return { path: ['site'], title: null, page: (after) => listed(context, after) };
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
    path: [facet, row.slug],
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
