import { ANYBODY, mayBeGivenTo } from '../../articles';
import type { RequestContext } from '../../context';
import type { DocumentAnswer, DocumentRequest } from '../../core/web-page';
import { notFound } from '../not-found';
import type { Place } from '../place';
import { ATOM } from './atom';
import { entriesOf } from './entries';
import type { Feed, FeedFormat } from './feed';
import { JSON_FEED } from './json-feed';
import { RSS } from './rss';
import type { Source, SourcePage } from './source';
import { sourceAt } from './sources';
import { nextDay, withdrawnLately } from './withdrawn';

const FORMATS: Readonly<Record<string, FeedFormat>> = { rss: RSS, atom: ATOM, json: JSON_FEED };

/**
 * A feed of what everybody may read, the newest first: `site.rss`, `category/<slug>.atom`, `topic/<slug>.json`,
 * `relation/<topic>+<topic>.rss`, `search.atom?q=<words>`. Each page names the next.
 */
export async function showFeed(
  context: RequestContext,
  place: Place,
  request: DocumentRequest,
): Promise<DocumentAnswer> {
  const { path, format } = dividedPath(request.path);
  const writer = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (!writer) {
    return notFound(
      `There is no feed at "${request.path.join('/')}": its name ends in .rss, .atom or .json.`,
    );
  }
  const source = await sourceAt(context, path, request.query);
  if ('message' in source) return source;
  if (source.path.join('/') !== path.join('/')) {
    const last = encoded(source.path.at(-1) ?? '');
    return { status: 301, location: `${last}.${format}${searchOf(request.query)}` };
  }
  const after = request.query.get('after');
  const page = await source.page(after);
  const addressed = (cursor: string | null) => addressOf(place, source, format, cursor);
  const feed = await feedOf(context, place, source.title, page, {
    ...{ self: addressed(after), first: addressed(null) },
    ...{ next: page.next === null ? null : addressed(page.next), isFirst: after === null },
  });
  return {
    ...{ status: 200, type: writer.type, body: writer.write(feed) },
    ...(source.hasFleetingCursors ? { version: writer.write({ ...feed, next: null }) } : {}),
    keepUntil: nextDay(context.now),
  };
}

interface Links {
  readonly self: string;
  readonly first: string;
  readonly next: string | null;
  readonly isFirst: boolean;
}

async function feedOf(
  context: RequestContext,
  place: Place,
  title: string | null,
  { rows }: SourcePage,
  { isFirst, ...links }: Links,
): Promise<Feed> {
  // What may not be used everywhere is left out of what everybody may fetch: pages may be shorter for it.
  const given = rows.filter((row) => mayBeGivenTo(ANYBODY, row, context.now));
  const [entries, withdrawn] = await Promise.all([
    entriesOf(context, place, given),
    isFirst ? withdrawnLately(context, place) : [],
  ]);
  const languages = new Set(entries.map(({ language }) => language));
  const [language = null] = languages;
  return {
    title: title === null ? place.name : `${title} – ${place.name}`,
    siteName: place.name,
    home: place.home,
    ...links,
    updated: Math.max(0, ...entries.map(({ updated }) => updated), ...withdrawn.map(({ at }) => at)),
    language: languages.size === 1 ? language : null,
    entries,
    withdrawn,
  };
}

/** The format is what stands behind the last dot. */
function dividedPath(path: readonly string[]): { path: readonly string[]; format: string } {
  const last = path.at(-1) ?? '';
  const dot = last.lastIndexOf('.');
  if (dot < 0) return { path, format: '' };
  return { path: [...path.slice(0, -1), last.slice(0, dot)], format: last.slice(dot + 1) };
}

function addressOf(place: Place, source: Source, format: string, after: string | null): string {
  const query = new URLSearchParams({ ...source.query, ...(after === null ? {} : { after }) });
  return place.document(`/feeds/${source.path.map(encoded).join('/')}.${format}${searchOf(query)}`);
}

/** The plus between topics stays as it is; no slug has one. */
function encoded(segment: string): string {
  return segment.split('+').map(encodeURIComponent).join('+');
}

function searchOf(query: URLSearchParams): string {
  return query.size === 0 ? '' : `?${query}`;
}
