import fc from 'fast-check';
import { diversify } from '../../src/relations/formulas/marginal-relevance';
import { Api } from '../support/api';
import { NOW, storeArchive } from '../support/archive';
import { carriedBy } from '../support/archive-model';
import { bounded } from '../support/bounded';
import { describeEachEngine } from '../support/engines';
import { relationPlans } from './plans';
import { carries, DAY, listed, type Model, published, slugsOf } from './relation-model';

interface Related {
  readonly article: { readonly slug: string };
  readonly score: number;
  readonly reasons: readonly { readonly kind: string; readonly topic: { readonly slug: string } | null }[];
}

const SOURCE = `query ($first: Int!) { articles(first: 100) { nodes {
  slug related(first: $first) { article { slug } score reasons { kind topic { slug } } }
} } }`;

describeEachEngine('related articles', (store) => {
  test('share the rarest topics: never the article itself, none twice, as many as are asked for while there are any', async () => {
    const cases = fc.record({
      plan: relationPlans({ min: 20, max: 50 }),
      first: fc.integer({ min: 1, max: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, ({ plan, first }) =>
        store.using(async (db) => {
          const archive = await storeArchive(db, plan);
          const model: Model = {
            ...{ archive, now: NOW, includeDescendants: true },
            window: { from: null, to: null },
          };
          const all = listed(model);
          const answer = await new Api(db).ask<{
            articles: { nodes: { slug: string; related: Related[] }[] };
          }>(SOURCE, { first });
          const idf = (topic: string) => {
            const count = all.filter((article) => carries(model, article, [topic])).length;
            return Math.log(1 + (all.length - count + 0.5) / (count + 0.5));
          };
          const weights = new Map(slugsOf(model).map((slug) => [slug, idf(slug)]));
          for (const { slug, related } of answer.articles.nodes) {
            const own = all.find((article) => article.slug === slug);
            const carried = own ? [...carriedBy(archive, own, 'topic', true)] : [];
            const candidates = all
              .filter((article) => article.slug !== slug)
              .map((article) => ({
                article,
                shared: carried.filter((topic) => carries(model, article, [topic])),
              }))
              .map((each) => ({
                ...each,
                score: each.shared.reduce((sum, topic) => sum + (weights.get(topic) ?? 0), 0),
              }))
              .filter(({ score }) => score > 0)
              .sort((a, b) => b.score - a.score || published(b.article) - published(a.article));
            expect(related).toHaveLength(Math.min(first, candidates.length));
            expect(new Set(related.map(({ article }) => article.slug)).size).toBe(related.length);
            expect(related[0]?.score ?? 0).toBeCloseTo(candidates[0]?.score ?? 0, 8);
            for (const { article, score, reasons } of related) {
              const candidate = candidates.find((each) => each.article.slug === article.slug);
              expect(score).toBeCloseTo(candidate?.score ?? Number.NaN, 8);
              const other = candidate?.article;
              const isSameStory =
                own?.story !== undefined &&
                own.story === other?.story &&
                Math.abs(published(own) - published(other)) <= 3 * DAY;
              const [first, ...rest] = reasons;
              if (isSameStory) expect(first).toEqual({ kind: 'SAME_STORY', topic: null });
              expect(reasons).toHaveLength(
                Math.min(3, (candidate?.shared.length ?? 0) + (isSameStory ? 1 : 0)),
              );
              for (const { kind, topic } of isSameStory ? rest : reasons) {
                expect(kind).toBe('SHARED_TOPIC');
                expect(candidate?.shared).toContain(topic?.slug);
              }
            }
          }
        }),
      ),
      bounded(3),
    );
  }, 60_000);
});

describe('a list by marginal relevance', () => {
  const alike = (a: { kind: string }, b: { kind: string }) => (a.kind === b.kind ? 1 : 0);
  const each = (kind: string, score: number) => ({ kind, score });

  test('is not filled with what is alike: with digits', () => {
    const candidates = [each('a', 10), each('a', 9), each('b', 7), each('a', 8), each('c', 2)];
    // Chosen first: a 10. Then b with .7 * .7 = .49, against .63 - .3 = .33 of a 9.
    expect(diversify(candidates, 3, alike)).toEqual([each('a', 10), each('b', 7), each('a', 9)]);
  });

  test('has all of them where there are no more', () => {
    const candidates = [each('a', 3), each('a', 2)];
    expect(diversify(candidates, 5, alike)).toEqual(candidates);
    expect(diversify([], 5, alike)).toEqual([]);
  });
});
