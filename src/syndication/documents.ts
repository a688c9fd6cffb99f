import type { RequestContext } from '../context';
import type { Clock } from '../core/clock';
import type { Site } from '../core/site';
import type { DocumentAnswer, DocumentRequest } from '../core/web-page';
import type { Database } from '../database';
import { showArticle } from './articles/show-article';
import { showOembed } from './articles/show-oembed';
import { showFeed } from './feeds/show-feed';
import { type Place, placeOf } from './place';
import { showNews } from './sitemaps/news';
import { showRobots } from './sitemaps/robots';
import { Sitemaps } from './sitemaps/sitemaps';

export interface DocumentsParts {
  readonly site: Site;
  readonly database: Database;
  readonly clock: Clock;
  /** What one request reads that everybody may make. */
  readonly contextFor: (request: DocumentRequest) => RequestContext;
}

type Show = (request: DocumentRequest) => Promise<DocumentAnswer>;

/**
 * The documents that the house gives to everybody, by where they are. All of them name absolute addresses, so there are
 * none until somebody has said where the site is: the host that a request names may be anybody's.
 */
export function documentsOf({
  site,
  database,
  clock,
  contextFor,
}: DocumentsParts): Readonly<Record<string, Show>> {
  const place = placeOf(site);
  const shown = (
    show: (context: RequestContext, place: Place, request: DocumentRequest) => Promise<DocumentAnswer>,
  ): Show => {
    if (place === null) return async () => NOWHERE;
    return (request) => show(contextFor(request), place, request);
  };
  const sitemaps = place && new Sitemaps({ database, clock, place });
  return {
    feeds: shown(showFeed),
    articles: shown(showArticle),
    oembed: shown(showOembed),
    'sitemap-news.xml': shown(showNews),
    'sitemap.xml': async (request) => sitemaps?.index(request.path) ?? NOWHERE,
    'sitemap-:file': async (request) => sitemaps?.file(request.path) ?? NOWHERE,
    'robots.txt': async (request) => (place ? showRobots(place, request) : NOWHERE),
  };
}

const NOWHERE: DocumentAnswer = {
  status: 503,
  code: 'SITE_UNKNOWN',
  message:
    "Set SITE_URL to the site's address, such as https://www.example.org: this document links to articles there.",
};
