import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readTree } from '../../categories';
import type { Clock, Instant } from '../../core/clock';
import type { DocumentAnswer } from '../../core/web-page';
import { type Database, lastKey } from '../../database';
import { notFound } from '../not-found';
import type { Place } from '../place';
import {
  articlesOfRange,
  type KeyRange,
  latestChanges,
  rangesWithAnything,
  stateOfRange,
  subjectsOfRange,
} from './addresses.store';
import { type Listed, SITEMAP_TYPE, sitemap, sitemapIndex } from './write';

export interface SitemapsParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly place: Place;
}

/** Addresses in one file, at most: what the protocol allows. A file holds what has keys within a range of this length. */
const PER_FILE = 50_000;
/** Rows that are read at once. */
const BATCH = 1_000;
/** Of so many changes the index says in which files they are. */
const LATEST = 1_000;

/** By the names of their files, what is listed; the front page and the categories are one, `site`. */
const KINDS = { articles: 'article', topics: 'topic', authors: 'author' } as const;
type FileName = keyof typeof KINDS;
const NAME = /^(articles|topics|authors|site)-([1-9]\d{0,5})\.xml$/;

/**
 * The sitemaps of the publisher's site: an index, and files with the addresses of articles and pages, of categories, and
 * of topics and authors that anything is listed under. They are read past the context of a request: there may be millions.
 */
export class Sitemaps {
  constructor(private readonly parts: SitemapsParts) {}

  /** `/sitemap.xml` */
  async index(path: readonly string[]): Promise<DocumentAnswer> {
    if (path.length > 0) return notFound('The index of the sitemaps is at /sitemap.xml alone.');
    const { database, clock, place } = this.parts;
    const now = clock.now();
    const address = (name: string, number: number) => place.document(`/sitemap-${name}-${number}.xml`);
    const [articles, topics, authors, latest] = await Promise.all([
      this.filesOf('articles', now),
      this.filesOf('topics', now),
      this.filesOf('authors', now),
      latestChanges(database, { now, limit: LATEST }),
    ]);
    const changed = new Map<number, Instant>();
    for (const { id, updatedAt } of latest) {
      const file = Math.ceil(id / PER_FILE);
      if (!changed.has(file)) changed.set(file, updatedAt);
    }
    const entries: Listed[] = [
      { url: address('site', 1), at: null },
      ...articles.map((number) => ({ url: address('articles', number), at: changed.get(number) ?? null })),
      ...topics.map((number) => ({ url: address('topics', number), at: null })),
      ...authors.map((number) => ({ url: address('authors', number), at: null })),
    ];
    return { status: 200, type: SITEMAP_TYPE, body: await sitemapIndex(entries) };
  }

  /** `/sitemap-articles-1.xml`, by what stands behind the first dash. */
  async file(path: readonly string[]): Promise<DocumentAnswer> {
    const [file = '', ...rest] = path;
    const [, name = '', number = ''] = NAME.exec(file) ?? [];
    if (rest.length > 0) return nothingAt(file);
    if (name === 'site' && number === '1') return this.site();
    if (!isFileName(name)) return nothingAt(file);
    const { database, clock, place } = this.parts;
    const now = clock.now();
    const after = (Number(number) - 1) * PER_FILE;
    const range = { after, to: after + PER_FILE };
    const kind = KINDS[name];
    const isThere = await rangesWithAnything(database, kind, [after], PER_FILE, now);
    if (isThere.length === 0) return nothingAt(file);
    const version = `${await stateOfRange(database, kind, range, now)} ${place.home}`;
    const items = kind === 'article' ? this.articles(range, now) : this.subjects(kind, range);
    return { status: 200, type: SITEMAP_TYPE, body: sitemap(listedOnSite(items, place.home)), version };
  }

  /** The front page and the categories. */
  private async site(): Promise<DocumentAnswer> {
    const { database, place } = this.parts;
    const tree = await readTree(database);
    const urls = tree.rows.map(({ id }) => {
      const line = tree.line(id).map(({ slug }) => slug);
      return place.onSite(`/category/${line.join('/')}`);
    });
    const items = [place.home, ...urls].map((url) => ({ url, at: null }));
    return { status: 200, type: SITEMAP_TYPE, body: await text(sitemap(listedOnSite(items, place.home))) };
  }

  /** The numbers of the files that have anything in them. */
  private async filesOf(name: FileName, now: Instant): Promise<number[]> {
    const { database } = this.parts;
    const last = await lastKey(database, database.tables[name]);
    const starts = Array.from({ length: Math.ceil(last / PER_FILE) }, (_, file) => file * PER_FILE);
    const found = await rangesWithAnything(database, KINDS[name], starts, PER_FILE, now);
    return found.map((start) => start / PER_FILE + 1);
  }

  private async *articles(range: KeyRange, now: Instant): AsyncGenerator<Maybe> {
    const { database, place } = this.parts;
    const read = (after: number) => articlesOfRange(database, { ...range, after, now, limit: BATCH });
    for await (const row of inBatches(range, read)) yield { url: place.article(row), at: row.updatedAt };
  }

  private async *subjects(kind: 'topic' | 'author', range: KeyRange): AsyncGenerator<Maybe> {
    const { database, place } = this.parts;
    const read = (after: number) => subjectsOfRange[kind](database, { ...range, after, limit: BATCH });
    for await (const { slug } of inBatches(range, read))
      yield { url: place.onSite(`/${kind}/${slug}`), at: null };
  }
}

interface Maybe {
  readonly url: string | null;
  readonly at: Instant | null;
}

/** What the protocol takes: addresses of this site, not too long. */
async function* listedOnSite(
  items: Iterable<Maybe> | AsyncIterable<Maybe>,
  home: string,
): AsyncGenerator<Listed> {
  for await (const { url, at } of items) {
    if (url?.startsWith(home) && url.length <= LONGEST) yield { url, at };
  }
}

/** Characters of an address. */
const LONGEST = 2_048;

async function* inBatches<R extends { readonly id: number }>(
  { after }: KeyRange,
  read: (after: number) => Promise<R[]>,
): AsyncGenerator<R> {
  for (let last = after; ; ) {
    const rows = await read(last);
    yield* rows;
    const end = rows.at(-1);
    if (end === undefined || rows.length < BATCH) return;
    last = end.id;
    // Others have their turn: nothing else waits for anything, on SQLite.
    await nextTurn();
  }
}

function isFileName(name: string): name is FileName {
  return Object.hasOwn(KINDS, name);
}

function nothingAt(file: string): DocumentAnswer {
  return notFound(`There is no sitemap "${file}". /sitemap.xml says which there are.`);
}
