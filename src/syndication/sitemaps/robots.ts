import type { DocumentAnswer, DocumentRequest } from '../../core/web-page';
import { notFound } from '../not-found';
import type { Place } from '../place';

/** `/robots.txt` (RFC 9309): robots find the sitemaps, and have no business with the API. */
export function showRobots(place: Place, { path }: DocumentRequest): DocumentAnswer {
  if (path.length > 0) return notFound('It is at /robots.txt alone.');
  const lines = [
    'User-agent: *',
    'Disallow: /graphql',
    'Disallow: /health/',
    '',
    `Sitemap: ${place.document('/sitemap.xml')}`,
    `Sitemap: ${place.document('/sitemap-news.xml')}`,
  ];
  return { status: 200, type: 'text/plain; charset=utf-8', body: `${lines.join('\n')}\n` };
}
