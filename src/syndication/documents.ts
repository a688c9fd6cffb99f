import type { RequestContext } from '../context';
import type { DocumentAnswer, DocumentRequest } from '../core/web-page';
import { showFeed } from './feeds/show-feed';
import { type Place, placeOf } from './place';

type Show = (context: RequestContext, place: Place, request: DocumentRequest) => Promise<DocumentAnswer>;

/** Each kind of document, by the first part of its path. */
const DOCUMENTS: Readonly<Record<string, Show>> = { feeds: showFeed };

/**
 * The documents that the house gives to everybody. All of them name absolute addresses, so there are none until
 * somebody has said where the site is: the host that a request names may be anybody's.
 */
export function documentsOf(contextFor: (request: DocumentRequest) => RequestContext) {
  return Object.fromEntries(
    Object.entries(DOCUMENTS).map(([name, show]) => [
      name,
      async (request: DocumentRequest): Promise<DocumentAnswer> => {
        const context = contextFor(request);
        const place = placeOf(context.services.site);
        return place === null ? NOWHERE : show(context, place, request);
      },
    ]),
  );
}

const NOWHERE: DocumentAnswer = {
  status: 503,
  code: 'SITE_UNKNOWN',
  message:
    "Set SITE_URL to the site's address, such as https://www.example.org: this document links to articles there.",
};
