import { type ArticleRow, PUBLISHED_ARTICLES } from '../../articles';
import type { RequestContext } from '../../context';
import type { DocumentAnswer, DocumentRequest } from '../../core/web-page';
import { notFound } from '../not-found';
import type { Place } from '../place';
import { dated } from '../values';
import { newsSitemap, SITEMAP_TYPE } from './write';

/** Milliseconds for which an article is news, and of how many at most Google's news sitemaps tell. */
const NEWS_FOR = 48 * 3_600_000;
const MOST = 1_000;

const COLUMNS = ['id', 'language', 'publishedAt', 'updatedAt', 'path', 'canonicalUrl', 'title'] as const;

/** `/sitemap-news.xml`: what was published in the last 48 hours, the newest first. */
export async function showNews(
  context: RequestContext,
  place: Place,
  { path }: DocumentRequest,
): Promise<DocumentAnswer> {
  if (path.length > 0) return notFound('The news sitemap is at /sitemap-news.xml alone.');
  const { articles, now } = context;
  const page = { direction: 'FORWARD', size: MOST, from: null } as const;
  const criteria = { ...PUBLISHED_ARTICLES, publishedFrom: now - NEWS_FOR };
  const { rows } = await articles.page(criteria, 'NEWEST', page, undefined, COLUMNS);
  const own = rows.filter((row) => place.article(row).startsWith(place.home));
  // Without an address there would be no sitemap.
  const items = own.length === 0 ? [{ url: place.home }] : own.map((row) => newsOf(place, row));
  const oldest = rows.at(-1)?.publishedAt;
  return {
    ...{ status: 200, type: SITEMAP_TYPE, body: await newsSitemap(items) },
    keepUntil: oldest == null ? Number.POSITIVE_INFINITY : oldest + NEWS_FOR + 1,
  };
}

function newsOf(place: Place, row: ArticleRow) {
  return {
    url: place.article(row),
    lastmod: dated(row.updatedAt),
    news: {
      publication: { name: place.name, language: newsLanguage(row.language) },
      publication_date: dated(row.publishedAt ?? row.updatedAt),
      title: row.title,
    },
  };
}

/** Two or three letters of ISO 639; of Chinese alone Google asks in which letters. */
function newsLanguage(tag: string): string {
  const { language, script } = new Intl.Locale(tag).maximize();
  if (language !== 'zh') return language;
  return script === 'Hant' ? 'zh-tw' : 'zh-cn';
}
