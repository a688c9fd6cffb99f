import { ANYBODY, type ArticleRow, isWithin, mayBeGivenTo } from '../../articles';
import type { RequestContext } from '../../context';
import type { Refusal } from '../../core/web-page';
import { notFound } from '../not-found';

/**
 * The article of a slug that it has or had, if it may be given to everybody for use elsewhere; else why it is not.
 * Who had it before it was withdrawn is told so.
 */
export async function articleUnder(context: RequestContext, slug: string): Promise<ArticleRow | Refusal> {
  const row = await context.articles.underSlug(slug);
  if (row) return givenToAnybody(context, row);
  return (await context.articles.withdrawnUnder(slug)) ? GONE : notFound(`There is no article "${slug}".`);
}

/** The article, if it may be given to everybody for use elsewhere. */
export function givenToAnybody({ now }: RequestContext, row: ArticleRow): ArticleRow | Refusal {
  if (mayBeGivenTo(ANYBODY, row, now)) return row;
  return isWithin(ANYBODY, row) ? notFound(`There is no article "${row.slug}".`) : RESTRICTED;
}

export const GONE: Refusal = {
  status: 410,
  code: 'GONE',
  message: 'The article was withdrawn. Whoever has a copy is asked to remove it.',
};

/** That there is such an article everybody knows who reads the site. */
const RESTRICTED: Refusal = {
  status: 403,
  code: 'RIGHTS_RESTRICTED',
  message: 'The rights to this article are limited to some territories: it is not given to everybody.',
};
