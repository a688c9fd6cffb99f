import fc from 'fast-check';
import type { Actor } from '../../src/core/actor';
import type { Database } from '../../src/database';
import { MAX_BUCKETS } from '../../src/stats/stats.service';
import { ACTORS } from '../support/actors';
import { Api } from '../support/api';
import {
  type Archive,
  archivePlans,
  at,
  HOUR,
  NOW,
  type PlannedArticle,
  type StoredArticle,
  storeArchive,
} from '../support/archive';
import { carriedBy, type Facet } from '../support/archive-model';
import { bounded } from '../support/bounded';
import { describeEachEngine, recordStatements } from '../support/engines';
import { type Bucket, bucketAt } from '../support/local-time';

const STATS = `query ($window: DateRange!, $bucket: TimeBucket! = DAY, $timeZone: String! = "UTC", $first: Int! = 100) {
  newsroomStats(window: $window, bucket: $bucket, timeZone: $timeZone) {
    articles
    buckets { start end articles }
    languages { language articleCount perBucket }
    authors(first: $first) { author { slug } articleCount perBucket }
    categories(first: $first) { category { slug } articleCount perBucket }
    mostCovered(first: $first) { topic { slug } articleCount perBucket }
  }
}`;

interface Counted {
  readonly articleCount: number;
  readonly perBucket: readonly number[];
}
interface Stats {
  readonly articles: number;
  readonly buckets: readonly { readonly start: string; readonly end: string; readonly articles: number }[];
  readonly languages: readonly (Counted & { readonly language: string })[];
  readonly authors: readonly (Counted & { readonly author: { readonly slug: string } })[];
  readonly categories: readonly (Counted & { readonly category: { readonly slug: string } })[];
  readonly mostCovered: readonly (Counted & { readonly topic: { readonly slug: string } })[];
}

interface Asked {
  readonly window: { readonly from: string; readonly to?: string };
  readonly bucket?: Bucket;
  readonly timeZone?: string;
  readonly first?: number;
}

async function ask(db: Database, asked: Asked, actor: Actor = ACTORS.contributor): Promise<Stats> {
  const api = new Api(db, { actor });
  return (await api.ask<{ newsroomStats: Stats }>(STATS, { ...asked })).newsroomStats;
}

const iso = (instant: number) => new Date(instant).toISOString();

/** Clock changes, and midnights, by their zones. */
const MOMENTS = [
  ['Europe/London', '2025-03-30T01:00Z'],
  ['Europe/London', '2025-10-26T01:00Z'],
  ['Australia/Lord_Howe', '2025-04-05T15:00Z'],
  ['Australia/Lord_Howe', '2025-10-04T15:30Z'],
  ['Asia/Kabul', '2025-12-31T19:30Z'],
  ['Asia/Karachi', '2008-10-31T18:00Z'],
] as const;

/** An archive that is published around one of the moments. */
const cases = fc.constantFrom(...MOMENTS).chain(([timeZone, moment]) => {
  const quarters = fc
    .integer({ min: -4 * 40, max: 4 * 40 })
    .map((each) => Date.parse(moment) + (each * HOUR) / 4);
  return archivePlans({ min: 5, max: 25 }).chain((plan) =>
    fc.record({
      timeZone: fc.constant(timeZone),
      bucket: fc.constantFrom<Bucket[]>('DAY', 'WEEK', 'MONTH', 'YEAR'),
      from: fc.integer({ min: 1, max: 5 * 96 }).map((each) => Date.parse(moment) - (each * HOUR) / 4),
      to: fc.integer({ min: 1, max: 5 * 96 }).map((each) => Date.parse(moment) + (each * HOUR) / 4),
      plan: fc.tuple(...plan.articles.map(() => quarters)).map((dates) => ({
        ...plan,
        articles: plan.articles.map((each, index) => dated(each, at(dates, index))),
      })),
    }),
  );
});

function dated(article: PlannedArticle, publishedAt: number): PlannedArticle {
  return article.status === 'PUBLISHED' || article.status === 'WITHDRAWN'
    ? { ...article, publishedAt }
    : article;
}

/** Counted one by one. */
function recount(archive: Archive, { from, to }: { from: number; to: number }): StoredArticle[] {
  return archive.articles.filter(
    ({ kind, status, publishedAt }) =>
      kind === 'ARTICLE' &&
      status === 'PUBLISHED' &&
      publishedAt !== null &&
      from <= publishedAt &&
      publishedAt < to,
  );
}

function periodsOf({ buckets }: Stats) {
  return buckets.map(({ start, end }) => ({ from: Date.parse(start), to: Date.parse(end) }));
}

/** What is counted under each name, in the whole and in each of the buckets; the most first. */
function expected(
  archive: Archive,
  periods: readonly { from: number; to: number }[],
  namesOf: (article: StoredArticle) => Iterable<string>,
): Map<string, Counted> {
  const found = new Map<string, number[]>();
  for (const [place, period] of periods.entries()) {
    for (const article of recount(archive, period)) {
      for (const name of namesOf(article)) {
        const counts = found.get(name) ?? periods.map(() => 0);
        counts[place] = (counts[place] ?? 0) + 1;
        found.set(name, counts);
      }
    }
  }
  return new Map(
    [...found].map(([name, perBucket]) => [
      name,
      { articleCount: perBucket.reduce((sum, each) => sum + each, 0), perBucket },
    ]),
  );
}

function named<T extends Counted>(counted: readonly T[], nameOf: (each: T) => string): Map<string, Counted> {
  const totals = counted.map(({ articleCount }) => articleCount);
  expect(totals).toEqual([...totals].sort((a, b) => b - a));
  return new Map(
    counted.map((each) => [nameOf(each), { articleCount: each.articleCount, perBucket: each.perBucket }]),
  );
}

describeEachEngine('the stats of a newsroom', (store) => {
  test('are what a recount says, by the clocks of the zone and across their changes', async () => {
    const property = fc.asyncProperty(cases, ({ plan, timeZone, bucket, from, to }) =>
      store.using(async (db) => {
        const archive = await storeArchive(db, plan);
        const stats = await ask(db, { window: { from: iso(from), to: iso(to) }, bucket, timeZone });
        const periods = periodsOf(stats);
        expect([periods[0]?.from, periods.at(-1)?.to]).toEqual([from, to]);
        for (const [place, period] of periods.entries()) {
          const name = bucketAt(bucket, period.from, timeZone);
          expect(bucketAt(bucket, period.to - 1, timeZone)).toBe(name);
          if (place > 0) expect(bucketAt(bucket, period.from - 1, timeZone)).not.toBe(name);
          if (place > 0) expect(period.from).toBe(periods[place - 1]?.to);
        }
        expect(stats.articles).toBe(recount(archive, { from, to }).length);
        expect(stats.buckets.map(({ articles }) => articles)).toEqual(
          periods.map((period) => recount(archive, period).length),
        );
        expect(named(stats.languages, (each) => each.language)).toEqual(
          expected(archive, periods, (article) => [article.language]),
        );
        const carried = (facet: Facet) =>
          expected(archive, periods, (article) => carriedBy(archive, article, facet, true));
        expect(named(stats.authors, (each) => each.author.slug)).toEqual(carried('author'));
        expect(named(stats.categories, (each) => each.category.slug)).toEqual(carried('category'));
        expect(named(stats.mostCovered, (each) => each.topic.slug)).toEqual(carried('topic'));
      }),
    );
    await fc.assert(property, bounded(12));
  }, 60_000);

  describe('of an archive', () => {
    const sent = recordStatements();
    let db: Database;
    const article = (hours: number, fields: Partial<PlannedArticle> = {}): PlannedArticle => ({
      ...{ kind: 'ARTICLE', status: 'PUBLISHED', language: 'en', updatedAt: NOW, embargoUntil: null },
      ...{ publishedAt: NOW - hours * HOUR, expiresAt: null, authors: [0], categories: [1], topics: [1] },
      ...fields,
    });

    beforeAll(async () => {
      db = await store.open(sent);
      await storeArchive(db, {
        ...{ authors: 2, categories: [null, 0], topics: [null, 0, null] },
        articles: [
          article(1),
          article(2, { authors: [1, 0], topics: [2], language: 'ps' }),
          article(26, { embargoUntil: NOW + HOUR }),
          article(27, { expiresAt: NOW - HOUR }),
          article(1, { status: 'WITHDRAWN' }),
          article(1, { kind: 'PAGE' }),
          article(-1, { status: 'SCHEDULED' }),
          article(0, { status: 'DRAFT', publishedAt: null }),
        ],
      });
    });

    const window = { from: iso(NOW - 48 * HOUR) };

    test('count what is published by now, whether readers see it or not, and nothing else', async () => {
      const stats = await ask(db, { window: { ...window, to: iso(NOW + 48 * HOUR) }, bucket: 'YEAR' });
      expect(stats).toMatchObject({ articles: 4, buckets: [{ articles: 4 }] });
      expect(await ask(db, { window, bucket: 'YEAR' })).toMatchObject({
        articles: 4,
        buckets: [{ end: iso(NOW) }],
      });
    });

    test('begin with the first instant of the window and end before the last', async () => {
      const [from, to] = [iso(NOW - 2 * HOUR), iso(NOW - HOUR)];
      expect(await ask(db, { window: { from, to } })).toMatchObject({ articles: 1 });
      expect(await ask(db, { window: { from: to } })).toMatchObject({ articles: 1 });
    });

    test('agree with the lists that staff see', async () => {
      const stats = await ask(db, { window });
      const api = new Api(db, { actor: ACTORS.editor });
      for (const { category, articleCount } of stats.categories) {
        const { articles } = await api.ask<{ articles: { totalCount: number } }>(
          `{ articles(filter: { categories: { any: ["${category.slug}"] }, publishedFrom: "${window.from}" }) { totalCount } }`,
        );
        expect(articleCount).toBe(articles.totalCount);
      }
      expect(stats.categories).toHaveLength(2);
    });

    test('name no more than are asked for', async () => {
      const { authors, mostCovered } = await ask(db, { window, first: 1 });
      expect(authors).toMatchObject([{ author: { slug: 'author-0' }, articleCount: 4 }]);
      expect(mostCovered).toMatchObject([{ topic: { slug: 'topic-0' }, articleCount: 3 }]);
      await expect(ask(db, { window, first: 0 })).rejects.toMatchObject({ code: 'BAD_PAGE_SIZE' });
      await expect(ask(db, { window, first: 101 })).rejects.toMatchObject({ code: 'BAD_PAGE_SIZE' });
    });

    test('cost as many statements for one bucket as for four hundred, and none that nobody asks for', async () => {
      const count = async (asked: Asked) => (await sent.during(() => ask(db, asked))).length;
      const from = iso(NOW - 399 * 24 * HOUR);
      expect(await count({ window: { from }, bucket: 'YEAR' })).toBe(11);
      expect(await count({ window: { from }, bucket: 'DAY' })).toBe(11);
      const api = new Api(db, { actor: ACTORS.admin });
      const source = (fields: string) => `{ newsroomStats(window: { from: "${from}" }) { ${fields} } }`;
      expect(await sent.during(() => api.ask(source('buckets { start end }')))).toHaveLength(1);
      expect(await sent.during(() => api.ask(source('articles buckets { articles }')))).toHaveLength(1);
    });

    test.each([
      ['a window without a beginning', { window: {} }, 'window'],
      ['a window that is over before it begins', { window: { from: iso(NOW), to: iso(NOW) } }, 'window'],
      ['a window from tomorrow on', { window: { from: iso(NOW + 24 * HOUR) } }, 'window'],
      ['an unknown time zone', { window, timeZone: 'Asia/Nowhere' }, 'timeZone'],
      ['an offset for a zone', { window, timeZone: '+04:30' }, 'timeZone'],
      ['too many buckets', { window: { from: iso(NOW - (MAX_BUCKETS + 1) * 24 * HOUR) } }, 'bucket'],
      ['days since the year nought', { window: { from: '0000-01-01T00:00:00.000Z' } }, 'bucket'],
    ])('refuse %s', async (_what, asked, argument) => {
      const { errors } = await new Api(db, { actor: ACTORS.editor }).execute(STATS, asked);
      expect(errors?.[0]?.originalError).toMatchObject({ code: 'BAD_USER_INPUT', details: { argument } });
    });

    test.each(['anonymous', 'reader', 'partner'] as const)('are not for a %s', async (who) => {
      await expect(ask(db, { window }, ACTORS[who])).rejects.toMatchObject({ code: 'FORBIDDEN' });
    });

    test.each(['contributor', 'editor', 'moderator', 'admin'] as const)('are for a %s', async (who) => {
      expect(await ask(db, { window }, ACTORS[who])).toMatchObject({ articles: 4 });
    });
  });
});
