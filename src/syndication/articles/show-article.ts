import type { RequestContext } from '../../context';
import { decodeSlug } from '../../core/text';
import type { DocumentAnswer, DocumentRequest } from '../../core/web-page';
import { notFound } from '../not-found';
import { articleDocuments, type Place } from '../place';
import { miningHeaders } from '../rights';
import { articleUnder } from './find-article';
import { jsonLd } from './json-ld';
import { ninjs } from './ninjs';
import { readArticle, type ToldArticle } from './told-article';

interface ArticleFormat {
  readonly type: string;
  write(told: ToldArticle): string;
}

/** By what the address ends in. */
const FORMATS: Readonly<Record<string, ArticleFormat>> = {
  '.jsonld': { type: 'application/ld+json; charset=utf-8', write: jsonLd },
  '.ninjs.json': { type: 'application/json; charset=utf-8', write: ninjs },
};

/** One article for programs: `<slug>.jsonld` as schema.org has it, `<slug>.ninjs.json` as the IPTC has it. */
export async function showArticle(
  context: RequestContext,
  place: Place,
  { path, query }: DocumentRequest,
): Promise<DocumentAnswer> {
  const [name = '', ...rest] = path;
  const [suffix, format] = Object.entries(FORMATS).find(([ending]) => name.endsWith(ending)) ?? [];
  if (!suffix || !format || rest.length > 0)
    return notFound(
      `There is no document at "${path.join('/')}": its name is that of an article and ends in .jsonld or .ninjs.json.`,
    );
  const slug = decodeSlug(name.slice(0, -suffix.length));
  const row = await articleUnder(context, slug);
  if ('message' in row) return row;
  if (row.slug !== slug) {
    const search = query.size === 0 ? '' : `?${query}`;
    return { status: 301, location: `${encodeURIComponent(row.slug)}${suffix}${search}` };
  }
  const told = await readArticle(context, place, row);
  return {
    ...{ status: 200, type: format.type, body: format.write(told), keepUntil: Number.POSITIVE_INFINITY },
    headers: {
      link: linksOf(told.url, articleDocuments(place, row)),
      'content-language': row.language,
      ...miningHeaders(row),
    },
  };
}

/** Where the article is, and where else it is described: as RFC 8288 has it, and oEmbed's discovery. */
function linksOf(url: string, documents: ReturnType<typeof articleDocuments>): string {
  const links = [
    [url, 'canonical', null],
    [documents.jsonLd, 'alternate', 'application/ld+json'],
    [documents.ninjs, 'alternate', 'application/json'],
    [documents.oembedJson, 'alternate', 'application/json+oembed'],
    [documents.oembedXml, 'alternate', 'text/xml+oembed'],
  ] as const;
  return links
    .map(([to, rel, type]) => `<${to}>; rel="${rel}"${type === null ? '' : `; type="${type}"`}`)
    .join(', ');
}
