import { Article, type ArticleRow } from '../../articles';
import type { RequestContext } from '../../context';
import { badInput } from '../../core/errors';
import type { DocumentAnswer, DocumentRequest, Refusal } from '../../core/web-page';
import { Gone, RouteTo, resolveRoute } from '../../routes';
import { notFound } from '../not-found';
import type { Place } from '../place';
import { miningHeaders } from '../rights';
import { GONE, givenToAnybody } from './find-article';
import { OEMBED_FORMATS, oembedOf } from './oembed';

/** How often somebody is led on from an address that an article had. */
const MAX_MOVES = 3;

/** An article to be shown within another page: oEmbed 1.0, `/oembed?url=<address of the article>&format=json|xml`. */
export async function showOembed(
  context: RequestContext,
  place: Place,
  { path, query }: DocumentRequest,
): Promise<DocumentAnswer> {
  if (path.length > 0) return notFound('oEmbed is at /oembed?url=… alone.');
  const url = query.get('url') ?? '';
  if (!URL.canParse(url)) throw badInput('url', '"url" must be the whole address of an article.');
  const format = query.get('format') ?? 'json';
  const writer = Object.hasOwn(OEMBED_FORMATS, format) ? OEMBED_FORMATS[format] : undefined;
  if (!writer)
    return { status: 501, code: 'NOT_IMPLEMENTED', message: `"format" is json or xml, not "${format}".` };
  const maxWidth = widthIn(query);
  const row = await articleAt(context, place, url);
  if ('message' in row) return row;
  const [writers, image] = await Promise.all([
    context.authors.ofArticle(row),
    row.leadImageId === null ? null : context.images.byId.load(row.leadImageId),
  ]);
  const told = oembedOf(place, row, { writers, image, maxWidth });
  return {
    ...{ status: 200, type: writer.type, body: writer.write(told), keepUntil: Number.POSITIVE_INFINITY },
    headers: miningHeaders(row),
  };
}

/** Pixels; null for as many as it takes. */
function widthIn(query: URLSearchParams): number | null {
  const width = query.get('maxwidth');
  if (width === null) return null;
  if (!/^[1-9]\d{0,4}$/.test(width)) throw badInput('maxwidth', '"maxwidth" must be a number of pixels.');
  return Number(width);
}

/** The article at an address of the site, now or before. */
async function articleAt(context: RequestContext, place: Place, url: string): Promise<ArticleRow | Refusal> {
  let path = place.pathOf(url);
  for (let moves = 0; path !== null && moves <= MAX_MOVES; moves++) {
    const route = await resolveRoute(context, path);
    if (route === null) break;
    if (route instanceof Gone) return GONE;
    if (route instanceof RouteTo) {
      if (route.node instanceof Article) return givenToAnybody(context, route.node.row);
      break;
    }
    path = place.pathOf(route.to);
  }
  return notFound(`There is no article at ${url}.`);
}
