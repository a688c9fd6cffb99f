import fc from 'fast-check';
import { type ArticleCounter, ArticleReads, type ArticleTotal } from '../../src/articles';
import { ANONYMOUS, systemActor } from '../../src/core/actor';
import type { Database } from '../../src/database';
import { ArchiveCounts, ArchiveIndex } from '../../src/relations';
import { Api } from '../support/api';
import { type Archive, addToArchive, archivePlans, at, HOUR, NOW, storeArchive } from '../support/archive';
import { expectedList, type ModelQuery, modelQueries, type Viewer } from '../support/archive-model';
import { bounded } from '../support/bounded';
import { describeEachEngine, recordStatements } from '../support/engines';
import { criteriaIn } from '../support/model-criteria';

const ACTORS = { PUBLIC: ANONYMOUS, NEWSROOM: systemActor('test') } as const;

/** Those that the archive in memory is to know, and others. */
const queriesOf = (plan: Archive['plan']) =>
  fc
    .tuple(modelQueries(plan), fc.nat({ max: 3 }))
    .map(([{ filter, parent, ...query }, other]): ModelQuery => {
      if (other === 0) return { ...query, filter, parent };
      const { authors: _, categories: __, languages: ___, status: ____, kind: _____, ...known } = filter;
      return { ...query, filter: known, parent: parent?.facet === 'topic' ? parent : null };
    });

const cases = archivePlans({ min: 30, max: 60 }).chain((plan) =>
  fc.record({
    plan: fc.constant(plan),
    queries: fc
      .array(queriesOf(plan), { minLength: 60, maxLength: 60 })
      // The one that went wrong stands in the failure.
      .map((all) => Object.assign(all, { [fc.toStringMethod]: () => `${all.length} queries` })),
    few: fc.constantFrom(0, 3, 1_000),
  }),
);

/** On both sides of the ends of embargoes and rights; from NOW + HOUR on what is scheduled is out. */
const INSTANTS = [NOW - 1, NOW, NOW + 1, NOW + 2, NOW + HOUR - 1, NOW + HOUR];

function isKnown({ filter, parent, viewer }: ModelQuery): boolean {
  const { authors, categories, languages, status = ['PUBLISHED'], kind = 'ARTICLE' } = filter;
  const seen = status.filter((each) => viewer === 'NEWSROOM' || each === 'PUBLISHED');
  const isPublished = seen.length === 1 && seen[0] === 'PUBLISHED';
  if (authors || categories || languages || kind !== 'ARTICLE' || !isPublished) return false;
  return parent === null || parent.facet === 'topic';
}

/** Notes what it was asked for, and answered. */
class Noted implements ArticleCounter {
  answers: (readonly ArticleTotal[] | null)[] = [];

  constructor(private readonly counter: ArticleCounter) {}

  async count(...asked: Parameters<ArticleCounter['count']>) {
    const answer = await this.counter.count(...asked);
    this.answers.push(answer);
    return answer;
  }
}

describeEachEngine('counts of the archive in memory', (store) => {
  test('are those of the model, and of the database at any instant, whatever is asked that they know', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ plan, queries, few }) => {
        const db = await store.open();
        // Part of it is there when the archive is read, and part comes after.
        const half = Math.floor(plan.articles.length / 2);
        const first = await storeArchive(db, { ...plan, articles: plan.articles.slice(0, half) });
        const index = new ArchiveIndex(db);
        await index.current();
        const archive = await addToArchive(db, first, plan.articles.slice(half));
        await index.current();
        for (const [place, query] of queries.entries()) {
          const now = at(INSTANTS, place % INSTANTS.length);
          const noted = new Noted(new ArchiveCounts(index, few));
          const counted = await totalOf(db, archive, query, now, noted);
          const asked = JSON.stringify({ query, now: now - NOW });
          expect({ asked, counted }).toEqual({ asked, counted: await totalOf(db, archive, query, now) });
          if (now < NOW + HOUR)
            expect({ asked, counted }).toEqual({
              asked,
              counted: expectedList(archive, query, now).length,
            });
          const known = noted.answers.map((answer) => answer !== null);
          expect({ asked, known }).toEqual({ asked, known: [isKnown(query)] });
        }
      }),
      bounded(6),
    );
  }, 60_000);

  test('are of one statement, and are left to the database before the archive is read, and behind what is written', async () => {
    const sent = recordStatements();
    const db = await store.open(sent);
    const [plan] = fc.sample(archivePlans({ min: 10, max: 10 }), { numRuns: 1, seed: 1 });
    if (!plan) throw new Error('No plan');
    const archive = await storeArchive(db, plan);
    const index = new ArchiveIndex(db);
    const noted = new Noted(new ArchiveCounts(index));
    const query: ModelQuery = { filter: {}, order: 'NEWEST', parent: null, viewer: 'PUBLIC' };
    const statements = () => sent.during(() => totalOf(db, archive, query, NOW, noted));
    expect(await statements()).toHaveLength(1);
    await index.current();
    const known = await statements();
    expect(known).toHaveLength(1);
    expect(known.join()).toContain('feed_head');
    await addToArchive(db, archive, plan.articles);
    expect(await statements()).toHaveLength(2);
    expect(noted.answers.map((answer) => answer !== null)).toEqual([false, true, false]);
  });

  test('are what readers are told as soon as something is written, also in another process', async () => {
    const [plan] = fc.sample(archivePlans({ min: 10, max: 10 }), { numRuns: 1, seed: 1 });
    if (!plan) throw new Error('No plan');
    const db = await store.open();
    let archive = await storeArchive(db, plan);
    const apis = [new Api(db), new Api(await store.openAnother())];
    const counted = async (api: Api) => {
      const source = `{ articles(filter: { topics: { any: ["topic-0", "topic-1"] } }) { totalCount } }`;
      return (await api.ask<{ articles: { totalCount: number } }>(source)).articles.totalCount;
    };
    const expected = () => {
      const filter = { topics: { any: ['topic-0', 'topic-1'], includeDescendants: true } };
      return expectedList(archive, { filter, order: 'NEWEST', parent: null, viewer: 'PUBLIC' }).length;
    };
    for (let round = 0; round < 3; round++) {
      for (const api of apis) {
        expect(await counted(api)).toBe(expected());
        // Reads the archive, or what was written since.
        await api.ask('{ relation(topics: ["topic-0", "topic-1"]) { articleCount } }');
        expect(await counted(api)).toBe(expected());
      }
      const published = { ...at(plan.articles, round), kind: 'ARTICLE', status: 'PUBLISHED' } as const;
      const open = { publishedAt: NOW - HOUR, embargoUntil: null, expiresAt: null, topics: [1] };
      archive = await addToArchive(db, archive, [{ ...published, ...open }]);
    }
  });
});

async function totalOf(
  db: Database,
  archive: Archive,
  query: ModelQuery & { readonly viewer: Viewer },
  now: number,
  counter?: ArticleCounter,
): Promise<number> {
  const { criteria, within } = await criteriaIn(db, archive, query);
  return new ArticleReads(db, ACTORS[query.viewer], now, { ...(counter && { counter }) }).total(
    criteria,
    within,
  );
}
