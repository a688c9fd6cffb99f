import fc from 'fast-check';
import { type ArchivePlan, archivePlans, at, NOW, type PlannedArticle } from '../support/archive';
import { DAY, type ModelWindow } from './relation-model';

/** Archives of some months, with days on which nothing happened, and one article from long ago. */
export function relationPlans(articles: { min: number; max: number }): fc.Arbitrary<ArchivePlan> {
  const ages = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 8 * 24 }) },
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 120 * 24 }) },
    { weight: 1, arbitrary: fc.constant(400 * 24) },
  );
  return archivePlans(articles)
    .chain((plan) =>
      fc.record({
        plan: fc.constant(plan),
        hours: fc.array(ages, { minLength: plan.articles.length, maxLength: plan.articles.length }),
        stories: fc.array(fc.option(fc.nat({ max: 3 }), { nil: null, freq: 3 }), {
          minLength: plan.articles.length,
          maxLength: plan.articles.length,
        }),
        topics: fc.array(fc.uniqueArray(fc.nat({ max: plan.topics.length - 1 }), { maxLength: 5 }), {
          minLength: plan.articles.length,
          maxLength: plan.articles.length,
        }),
      }),
    )
    .map(({ plan, hours, topics, stories }) => ({
      ...plan,
      articles: plan.articles.map((article, place) => ({
        ...dated(article, at(hours, place)),
        topics: at(topics, place),
        ...storyOf(at(stories, place)),
      })),
    }));
}

const storyOf = (story: number | null) => (story === null ? {} : { story });

function dated(article: PlannedArticle, hours: number): PlannedArticle {
  const isOut = article.status === 'PUBLISHED' || article.status === 'WITHDRAWN';
  return isOut ? { ...article, publishedAt: NOW - hours * 3_600_000 } : article;
}

const midnight = Math.floor(NOW / DAY) * DAY;
const days = fc.constantFrom(-130, -60, -31, -14, -7, -3, 0, 1, 20).map((day) => midnight + day * DAY);

/** Windows of whole days, open and closed, also those in which there is nothing. */
export const modelWindows: fc.Arbitrary<ModelWindow> = fc
  .record({
    from: fc.option(days, { nil: null, freq: 1 }),
    to: fc.option(days, { nil: null, freq: 1 }),
  })
  .map(({ from, to }) => (from !== null && to !== null && to < from ? { from: to, to: from } : { from, to }));
