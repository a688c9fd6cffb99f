/** However many articles match, no more than so many of them are looked at. */
import type { ArticleQuery } from '../../src/articles';
import { PUBLISHED_ARTICLES } from '../../src/articles';
import type { Database, Match } from '../../src/database';
import { SearchReads } from '../../src/search/search.reads';
import { candidates, lowestLookedAt } from '../../src/search/search.store';
import { HOUR, NOW } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { addTopic, publish, Searcher } from './support';

const DAY = 24 * HOUR;
const WALNUTS: Match = { kind: 'term', term: 'walnut' };
const BOUNDS = { few: 8, many: 4 };

describeEachEngine('a search of a frequent word', (store) => {
  let db: Database;
  let [rare, common] = [0, 0];
  const about = (selections: ArticleQuery['criteria']['selections'], languages?: string[]): ArticleQuery => ({
    ...{ audience: 'PUBLIC', now: NOW },
    criteria: { ...PUBLISHED_ARTICLES, selections, ...(languages ? { languages } : {}) },
  });
  const topic = (id: number, coverage: number) => ({
    topic: { includeDescendants: true, any: [{ id, coverage }] },
  });

  beforeAll(async () => {
    db = await store.open();
    rare = await addTopic(db, 'rare', [{ language: 'en', name: 'Rare' }]);
    common = await addTopic(db, 'common', [{ language: 'en', name: 'Common' }]);
    // One a day, the newest first.
    await publish(
      db,
      Array.from({ length: 12 }, (_, day) => ({
        title: `Day ${day}`,
        text: 'walnuts',
        publishedAt: NOW - (day + 1) * DAY,
        topicIds: day % 3 === 0 ? [rare] : [common],
      })),
    );
  });

  const daysLookedAt = async (articles: ArticleQuery) => {
    const low = await lowestLookedAt(db, WALNUTS, articles, BOUNDS);
    const found = await candidates(db, {
      ...{ match: WALNUTS, articles, limit: 100 },
      ...(low === null ? {} : { low }),
    });
    const days = found.map(({ publishedAt }) => (NOW - (publishedAt ?? NOW)) / DAY - 1);
    return { bounded: low !== null, days };
  };

  test('without a filter is not bounded by it: what is ranked is the newest anyway', async () => {
    expect(await daysLookedAt(about({}))).toMatchObject({ bounded: false });
  });

  test('with a filter that few pass looks at the newest matches only, and says so', async () => {
    expect(await daysLookedAt(about({}, ['en']))).toEqual({ bounded: true, days: [0, 1, 2, 3, 4] });
    expect(await daysLookedAt(about(topic(common, 1_000_000)))).toEqual({ bounded: true, days: [1, 2, 4] });
  });

  test('within a subject of few articles reaches further back', async () => {
    expect(await daysLookedAt(about(topic(rare, 4)))).toEqual({ bounded: true, days: [0, 3, 6] });
  });

  test('of which there are not so many is looked at whole', async () => {
    const low = await lowestLookedAt(db, WALNUTS, about({}, ['en']), { few: 12, many: 12 });
    expect(low).toBeNull();
  });

  test.each(['NEWEST', 'RELEVANCE'] as const)('pages by %s end where the looking does', async (order) => {
    const reads = new SearchReads(db, 'PUBLIC', NOW, BOUNDS);
    const criteria = { ...PUBLISHED_ARTICLES, selections: {}, languages: ['en'] };
    const shown: number[] = [];
    for (let after: string | null = null; ; ) {
      const page = await reads.search({ query: 'walnuts', criteria, order, size: 2, after });
      expect(await page.counted()).toEqual({ count: 5, exact: false });
      shown.push(...page.hits.map(({ id }) => id));
      after = page.hits.at(-1)?.cursor() ?? null;
      if (!page.hasNextPage) break;
    }
    expect(new Set(shown).size).toBe(5);
    expect(shown).toHaveLength(5);
  });
});

describeEachEngine('a search of what mostly nobody may see', (store) => {
  test('goes on until it has a page of what they may', async () => {
    const db = await store.open();
    // Drafts answer best: the word stands in their titles.
    const drafts = Array.from({ length: 150 }, (_, at) => ({
      title: `Walnuts ${at}`,
      status: 'DRAFT' as const,
      publishedAt: NOW - DAY,
    }));
    const seen = Array.from({ length: 7 }, (_, at) => ({
      title: `Seen ${at}`,
      text: 'Of walnuts and others',
    }));
    await publish(db, [...drafts, ...seen]);
    const searcher = new Searcher(db);
    const page = await searcher.search('walnuts', { first: 5 });
    expect(page.edges.map(({ node }) => node.title.slice(0, 4))).toEqual(Array(5).fill('Seen'));
    expect(page).toMatchObject({ totalCount: 7, totalCountIsExact: true, pageInfo: { hasNextPage: true } });
    expect(new Set(await searcher.allPages('walnuts', { first: 2 }))).toEqual(
      new Set(seen.map(({ title }) => title)),
    );
  });
});
