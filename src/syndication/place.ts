import { type ArticleRow, articleAddress } from '../articles';
import { globalId } from '../core/ids';
import type { Site } from '../core/site';

/** Where what is syndicated stands, and by what name it stays known. */
export interface Place {
  readonly name: string;
  /** The front page of the site. */
  readonly home: string;
  /** The address of one of Dateline's own documents, by its path, which begins with a slash. */
  document(path: string): string;
  /** The address of an article on the web. */
  article(row: Pick<ArticleRow, 'canonicalUrl' | 'path'>): string;
  /** The address of what stands at a path of the site; null where that makes none. */
  onSite(path: string): string | null;
  /** The path on the site that an address names, or a path itself; null for what stands elsewhere. */
  pathOf(address: string): string | null;
  /** The same for as long as the article is there, wherever it moves: a tag URI (RFC 4151). */
  idOf(row: Pick<ArticleRow, 'id' | 'createdAt'>): string;
}

/** Null where nobody has said where the site is. */
export function placeOf({ url, documents, name }: Site): Place | null {
  if (url === null || documents === null) return null;
  const { hostname } = new URL(url);
  const home = new URL(url).href;
  return {
    name,
    home,
    document: (path) => documents + path,
    article: (row) => articleAddress(row, url) ?? home,
    pathOf: (address) => {
      if (address.startsWith('/')) return address;
      const whole = URL.canParse(address) ? new URL(address).href : '';
      return whole === home || whole.startsWith(`${url}/`) ? `/${whole.slice(url.length + 1)}` : null;
    },
    onSite: (path) => articleAddress({ canonicalUrl: null, path }, url),
    // The key alone would do, but a tag says a year in which its authority was the host's.
    idOf: ({ id, createdAt }) =>
      `tag:${hostname},${new Date(createdAt).getUTCFullYear()}:${globalId('Article', id)}`,
  };
}

/** Where one article is described for programs. */
export function articleDocuments(place: Place, row: Pick<ArticleRow, 'slug' | 'canonicalUrl' | 'path'>) {
  const slug = encodeURIComponent(row.slug);
  const oembed = (format: string) => {
    const query = new URLSearchParams({ url: place.article(row), format });
    return place.document(`/oembed?${query}`);
  };
  return {
    jsonLd: place.document(`/articles/${slug}.jsonld`),
    ninjs: place.document(`/articles/${slug}.ninjs.json`),
    oembedJson: oembed('json'),
    oembedXml: oembed('xml'),
  };
}
