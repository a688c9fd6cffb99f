import { pipeline, Readable, type Transform } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ErrorLevel, SitemapIndexStream, type SitemapItemLoose, SitemapStream } from 'sitemap';
import type { Instant } from '../../core/clock';
import { dated } from '../values';

export const SITEMAP_TYPE = 'application/xml; charset=utf-8';

/** An absolute address, and when what it shows changed last; null where that is not known. */
export interface Listed {
  readonly url: string;
  readonly at: Instant | null;
}

/** Bytes, about, that are sent at once: the library hands over each element by itself. */
const CHUNK = 32_768;

const NOTHING_ELSE = { news: false, video: false, xhtml: false, image: false };

/** At least one address, at most 50,000. */
export function sitemap(items: AsyncIterable<Listed>): Readable {
  return written(entriesOf(items), new SitemapStream({ level: ErrorLevel.SILENT, xmlns: NOTHING_ELSE }));
}

/** The same with what Google News asks for. */
export function newsSitemap(items: Iterable<SitemapItemLoose>): Promise<string> {
  const xmlns = { ...NOTHING_ELSE, news: true };
  return text(written(items, new SitemapStream({ level: ErrorLevel.SILENT, xmlns })));
}

export function sitemapIndex(files: readonly Listed[]): Promise<string> {
  return text(written(entriesOf(files), new SitemapIndexStream({ level: ErrorLevel.SILENT })));
}

async function* entriesOf(items: Iterable<Listed> | AsyncIterable<Listed>): AsyncGenerator<SitemapItemLoose> {
  for await (const { url, at } of items) yield at === null ? { url } : { url, lastmod: dated(at) };
}

function written(
  items: Iterable<SitemapItemLoose> | AsyncIterable<SitemapItemLoose>,
  writer: Transform,
): Readable {
  // What fails on the way breaks off the writer, and so whoever reads from it.
  pipeline(Readable.from(items), writer, () => undefined);
  return Readable.from(inChunks(writer), { objectMode: false });
}

async function* inChunks(parts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let chunk = '';
  for await (const part of parts) {
    chunk += part;
    if (chunk.length < CHUNK) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  yield Buffer.from(chunk);
}
