import { createHash } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Parser } from 'htmlparser2';
import { withDeadline } from '../core/deadline';
import type { RemoteArticle } from './publisher.query';

/** Fetches the images of an article into a folder; their file names by their addresses. Those that cannot be had are absent. */
export type FetchImages = (
  article: RemoteArticle,
  folder: string,
) => Promise<Readonly<Record<string, string>>>;

/** Milliseconds and bytes for one image. */
const PATIENCE = 30_000;
const MOST_BYTES = 25_000_000;
/** Images of one article. */
const MOST = 100;
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/avif': '.avif',
  'image/gif': '.gif',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/svg+xml': '.svg',
  'image/webp': '.webp',
};

export interface ImageParts {
  /** What addresses without a host are below. */
  readonly base: URL;
  readonly signal: AbortSignal;
  readonly onMissing: (url: string, reason: string) => void;
}

export function imageFetcher({ base, signal, onMissing }: ImageParts): FetchImages {
  return async (article, folder) => {
    const found: [url: string, file: string][] = [];
    for (const url of addressesIn(article).slice(0, MOST)) {
      try {
        found.push([url, await fetchImage(new URL(url, article.canonicalUrl ?? base), folder, signal)]);
      } catch (error) {
        signal.throwIfAborted();
        onMissing(url, error instanceof Error ? error.message : String(error));
      }
    }
    return Object.fromEntries(found);
  };
}

/** The lead image and those of the body, each once. */
export function addressesIn({ leadImage, body }: Pick<RemoteArticle, 'leadImage' | 'body'>): string[] {
  const found = new Set<string>(leadImage ? [leadImage.url] : []);
  const parser = new Parser({
    onopentag: (name, { src }) => {
      if (name === 'img' && src) found.add(src);
    },
  });
  parser.end(body.html);
  return [...found];
}

/** @throws where it is no image, or too much of one */
async function fetchImage(url: URL, folder: string, signal: AbortSignal): Promise<string> {
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new Error(`${url.protocol} is not fetched`);
  const stem = createHash('sha256').update(url.href).digest('hex').slice(0, 20);
  const known = extname(url.pathname).toLowerCase();
  if (known && (await isThere(join(folder, stem + known)))) return stem + known;
  const { bytes, extension } = await withDeadline(PATIENCE, signal, (signal) => imageAt(url, signal));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, stem + extension), bytes, { flush: true });
  return stem + extension;
}

async function imageAt(url: URL, signal: AbortSignal): Promise<{ bytes: Uint8Array; extension: string }> {
  const response = await fetch(url, { signal });
  const type = response.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  const extension = EXTENSIONS[type];
  if (!response.ok || extension === undefined || response.body === null) {
    await response.body?.cancel();
    throw new Error(
      response.ok ? `it is ${type || 'nothing known'}, and no image` : `answered ${response.status}`,
    );
  }
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body) {
    bytes += part.byteLength;
    if (bytes > MOST_BYTES) throw new Error(`has more than ${MOST_BYTES} bytes`);
    parts.push(part);
  }
  return { bytes: Buffer.concat(parts), extension };
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile() && found.size > 0,
    () => false,
  );
}
