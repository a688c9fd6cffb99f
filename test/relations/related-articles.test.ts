import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import type { Database } from '../../src/database';
import { ArchiveIndex, RelationReads } from '../../src/relations';
import { diversify } from '../../src/relations/formulas/marginal-relevance';
import { RELATED_WEIGHTS } from '../../src/relations/related-articles';
import { SearchReads } from '../../src/search';
import { Api } from '../support/api';
import { type Archive, NOW, type StoredArticle, storeArchive } from '../support/archive';
import { carriedBy } from '../support/archive-model';
import { bounded } from '../support/bounded';
import { describeEachEngine } from '../support/engines';
import { relationPlans } from './plans';
import { carries, DAY, listed, type Model, published } from './relation-model';
import { type ModelText, TextModel } from './text-model';

interface Related {
  readonly article: { readonly slug: string };
  readonly score: number;
  readonly reasons: readonly Reason[];
}

interface Reason {
  readonly kind: string;
  readonly topic: { readonly slug: string } | null;
  readonly text: string | null;
}

const SOURCE = `query ($first: Int!) { articles(first: 100) { nodes {
  slug related(first: $first) { article { slug } score reasons { kind topic { slug } text } }
} } }`;

describeEachEngine('related articles', (store) => {
  const cases = fc.record({
    plan: relationPlans({ min: 20, max: 50 }),
    first: fc.integer({ min: 1, max: 12 }),
  });

  test('are the best by text and topics: never the article itself, no story twice, as many as are asked for while there are any', async () => {
    await fc.assert(
      fc.asyncProperty(cases, ({ plan, first }) =>
        store.using(async (db) => {
          const archive = await storeArchive(db, plan);
          const model = new RelatedModel(archive, await textsOf(db));
          const answer = await new Api(db).ask<{
            articles: { nodes: { slug: string; related: Related[] }[] };
          }>(SOURCE, { first });
          for (const { slug, related } of answer.articles.nodes) {
            const candidates = model.candidates(slug);
            const found = related.map(({ article }) => candidates.find((each) => each.slug === article.slug));
            expect(found).not.toContain(undefined);
            const chosen = found.flatMap((each) => each ?? []);
            for (const [place, each] of chosen.entries()) {
              for (const other of chosen.slice(0, place)) expect(areSame(each, other)).toBe(false);
              expect(related[place]?.score).toBeCloseTo(each.score, 8);
              expectReasons(related[place]?.reasons ?? [], each);
            }
            expect(related[0]?.score ?? 0).toBeCloseTo(
              Math.max(0, ...candidates.map(({ score }) => score)),
              8,
            );
            // Whatever else there is is the same as one that was chosen.
            if (related.length < first)
              for (const each of candidates) expect(chosen.some((other) => areSame(each, other))).toBe(true);
          }
        }),
      ),
      bounded(3),
    );
  }, 60_000);

  test('are the same in whatever order the article has its topics', async () => {
    await fc.assert(
      fc.asyncProperty(cases, ({ plan, first }) =>
        store.using(async (db) => {
          const { articles, keys } = await storeArchive(db, plan);
          const relations = new RelationReads(new ArchiveIndex(db), NOW);
          const search = new SearchReads(db, 'PUBLIC', NOW);
          for (const { id, topics: places } of articles.slice(0, 10)) {
            const topics = places.flatMap((place) => keys.topic[place] ?? []);
            const asked = { article: id, texts: await search.similar.load(id), first };
            const [one, other] = [
              await relations.relatedArticles({ ...asked, topics }),
              await relations.relatedArticles({ ...asked, topics: topics.reverse() }),
            ];
            expect(one).toEqual(other);
          }
        }),
      ),
      bounded(2),
    );
  }, 60_000);
});

function textsOf(db: Database) {
  const { articles: a, articleBodies: b } = db.tables;
  return db
    .select({ slug: a.slug, title: a.title, body: b.text })
    .from(a)
    .innerJoin(b, eq(b.articleId, a.id));
}

interface Candidate {
  readonly slug: string;
  readonly article: StoredArticle;
  readonly score: number;
  readonly shared: readonly string[];
  readonly words: number;
  /** Of the one that was asked for. */
  readonly isCopy: boolean;
}

/** All that could be related to an article, with what it is to be ranked by. */
class RelatedModel {
  private readonly model: Model;
  private readonly all: readonly StoredArticle[];
  private readonly texts: TextModel;

  constructor(archive: Archive, texts: readonly ModelText[]) {
    this.model = { archive, now: NOW, includeDescendants: true, window: { from: null, to: null } };
    this.all = listed(this.model);
    this.texts = new TextModel(texts);
  }

  candidates(slug: string): Candidate[] {
    const own = this.all.find((article) => article.slug === slug);
    const carried = own ? [...carriedBy(this.model.archive, own, 'topic', true)] : [];
    return this.all
      .filter((article) => article.slug !== slug)
      .map((article) => {
        const shared = carried.filter((topic) => carries(this.model, article, [topic]));
        const { relevance, words } = this.texts.compare(slug, article.slug);
        const rarity = shared.reduce((sum, topic) => sum + this.idf(topic), 0);
        return {
          ...{ slug: article.slug, article, shared, words },
          score: relevance + RELATED_WEIGHTS.topics * rarity,
          isCopy: own !== undefined && tellSame(own, article),
        };
      })
      .filter(({ shared, words }) => shared.length + words > 0);
  }

  private idf(topic: string): number {
    const count = this.all.filter((article) => carries(this.model, article, [topic])).length;
    return Math.log(1 + (this.all.length - count + 0.5) / (count + 0.5));
  }
}

function tellSame(a: StoredArticle, b: StoredArticle): boolean {
  return a.story !== undefined && a.story === b.story && Math.abs(published(a) - published(b)) <= 3 * DAY;
}

function areSame(a: Candidate, b: Candidate): boolean {
  return a === b || tellSame(a.article, b.article) || (a.isCopy && b.isCopy);
}

/** At most three: the same story first, a similar text last, and between them topics that both carry. */
function expectReasons(reasons: readonly Reason[], { shared, words, isCopy }: Candidate): void {
  const isSimilar = words >= (shared.length > 0 ? 3 : 1);
  const topics = Math.min(shared.length, 3 - (isCopy ? 1 : 0) - (isSimilar ? 1 : 0));
  expect(reasons.map(({ kind }) => kind)).toEqual([
    ...(isCopy ? ['SAME_STORY'] : []),
    ...Array.from({ length: topics }, () => 'SHARED_TOPIC'),
    ...(isSimilar ? ['SIMILAR_TEXT'] : []),
  ]);
  for (const { kind, topic, text } of reasons) {
    if (kind === 'SHARED_TOPIC') expect(shared).toContain(topic?.slug);
    else expect(topic).toBeNull();
    if (kind === 'SIMILAR_TEXT') expect(text?.split(', ')).toHaveLength(Math.min(5, words));
    else expect(text).toBeNull();
  }
}

describe('a list by marginal relevance', () => {
  interface Each {
    readonly kind: string;
    readonly score: number;
    readonly story?: string;
  }
  const likeness = {
    areSame: (a: Each, b: Each) => a.story !== undefined && a.story === b.story,
    alike: (a: Each, b: Each) => (a.kind === b.kind ? 1 : 0),
  };
  const each = (kind: string, score: number) => ({ kind, score });

  test('is not filled with what is alike: with digits', () => {
    const candidates = [each('a', 10), each('a', 9), each('b', 7), each('a', 8), each('c', 2)];
    // Chosen first: a 10. Then b with .7 * .7 = .49, against .63 - .3 = .33 of a 9.
    expect(diversify(candidates, 3, 0.7, likeness)).toEqual([each('a', 10), each('b', 7), each('a', 9)]);
  });

  test('has all of them where there are no more, but of those that are the same the first', () => {
    const candidates = [each('a', 3), each('a', 2)];
    expect(diversify(candidates, 5, 0.7, likeness)).toEqual(candidates);
    expect(diversify([], 5, 0.7, likeness)).toEqual([]);
    const story = [3, 2, 1].map((score) => ({ kind: 'a', score, story: 'wire' }));
    expect(diversify([...story, each('b', 0)], 5, 0.7, likeness)).toEqual([story[0], each('b', 0)]);
  });
});
