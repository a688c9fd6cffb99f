import { Article } from '../articles';
import { Author } from '../authors';
import { Category } from '../categories';
import type { RequestContext } from '../context';
import { decodeSlug, normalisePath } from '../core/text';
import { Topic } from '../topics';
import { Gone, Redirect, RouteTo } from './route.type';

/**
 * What lives at a path of the publisher's site now. An article wins over a redirect, and a redirect over the
 * usual places of categories, topics and authors, so that a site may put anything anywhere. Null where there
 * is nothing, and never was anything that this viewer may know of. Who comes by a slug that a category, a topic or
 * an author had before is led to the one that it has now.
 */
export async function resolveRoute(
  context: RequestContext,
  written: string,
): Promise<RouteTo | Redirect | Gone | null> {
  const { articles } = context;
  const path = normalisePath(written);
  const article = await articles.byPath.load(path);
  if (article) return new RouteTo(path, new Article(article));
  const former = await articles.formerly(path);
  if (former) {
    return 'goneSince' in former
      ? new Gone(path, former.goneSince)
      : new Redirect(path, former.to, former.permanent);
  }
  return usualPlace(context, path);
}

/** As WordPress puts them: "/category/analysis/opinion", "/tag/karachi", "/author/name". */
async function usualPlace(context: RequestContext, path: string): Promise<RouteTo | Redirect | null> {
  const [prefix, ...rest] = path.split('/').slice(1);
  const slug = rest.at(-1);
  if (slug === undefined) return null;
  if (prefix === 'articles' && rest.length === 1) {
    const article = await context.articles.underSlug(decodeSlug(slug));
    return article && new Redirect(path, article.path, true);
  }
  const found = await subjectAt(context, prefix ?? '', decodeSlug(slug), rest.length);
  if (found === null) return null;
  // Found under a slug that it had before.
  const { node, place } = found;
  return node.slug === decodeSlug(slug) ? new RouteTo(path, node) : new Redirect(path, place, true);
}

/** Something that is listed under, and its usual place. */
interface Placed {
  readonly node: Category | Topic | Author;
  readonly place: string;
}

async function subjectAt(
  { categories, topics, authors }: RequestContext,
  prefix: string,
  slug: string,
  depth: number,
): Promise<Placed | null> {
  if (prefix === 'category') {
    const row = await categories.underSlug(slug);
    if (row === null) return null;
    const above = row.slug === slug ? [] : (await categories.tree()).ancestors(row);
    return {
      node: new Category(row),
      place: `/category/${[...above, row].map((each) => each.slug).join('/')}`,
    };
  }
  if (depth !== 1) return null;
  if (prefix === 'tag' || prefix === 'topic') {
    const row = await topics.bySlug.load(slug);
    return row && { node: new Topic(row), place: `/${prefix}/${row.slug}` };
  }
  if (prefix === 'author') {
    const row = await authors.bySlug.load(slug);
    return row && { node: new Author(row), place: `/author/${row.slug}` };
  }
  return null;
}
