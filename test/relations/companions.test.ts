import fc from 'fast-check';
import { SALIENCE_ROOM } from '../../src/relations/archive/facts';
import { Moment } from '../../src/relations/archive/moment';
import { SegmentBuilder } from '../../src/relations/archive/segment-builder';
import { TopicNumbers } from '../../src/relations/archive/topic-numbers';
import { TopicTree } from '../../src/relations/archive/topic-tree';
import { View } from '../../src/relations/archive/view';
import { countCompanions, TopicCounts, weighCompanions } from '../../src/relations/companions';
import { DAY } from '../../src/relations/days';
import { highest } from '../../src/relations/related-scores';
import { prepareRelatedTopics, relatedTopics } from '../../src/relations/related-topics';
import { at } from '../support/archive';

const TOPICS = 6;
const DAYS = 60;

interface Planned {
  readonly day: number;
  readonly topics: readonly number[];
  readonly isHidden: boolean;
}

/** The first topics stand on most articles, the last ones on few. */
const topicSets = fc
  .tuple(...Array.from({ length: TOPICS }, (_, topic) => fc.nat({ max: 9 }).map((n) => n < 8 - topic)))
  .map((has) => has.flatMap((is, topic) => (is ? [topic + 1] : [])));

const planned: fc.Arbitrary<Planned> = fc.record({
  day: fc.nat({ max: DAYS - 1 }),
  topics: topicSets,
  isHidden: fc.nat({ max: 9 }).map((n) => n === 0),
});

const archives = fc.record({
  large: fc.array(planned, { minLength: 100, maxLength: 300 }),
  small: fc.array(planned, { maxLength: 20 }),
  topic: fc.integer({ min: 1, max: TOPICS }),
  from: fc.nat({ max: DAYS }),
  length: fc.nat({ max: DAYS }),
});

/** The archive in two segments, with sums at the shortest steps that there can be. */
async function momentOf(segments: readonly (readonly Planned[])[]) {
  const numbers = new TopicNumbers();
  for (let topic = 1; topic <= TOPICS; topic++) numbers.of(topic);
  const views: View[] = [];
  let id = 0;
  for (const articles of segments) {
    const sorted = [...articles].sort((a, b) => a.day - b.day);
    const builder = new SegmentBuilder(numbers, 1);
    for (const { day, topics } of sorted) {
      builder.add({
        ...{ id: ++id, listedAt: day * DAY, updatedAt: day * DAY, embargoUntil: null, expiresAt: null },
        ties: topics.map((topic) => (2 * topic + 1) * SALIENCE_ROOM),
        copies: [],
      });
    }
    const hidden = sorted.flatMap(({ isHidden }, row) => (isHidden ? [row] : []));
    views.push(new View(await builder.done(), DAYS * DAY, Uint32Array.from(hidden)));
  }
  return new Moment(views, new TopicTree(new Map()), numbers);
}

describe('topics on the articles of a topic', () => {
  test('are related alike whether sums were made beforehand or not', async () => {
    await fc.assert(
      fc.asyncProperty(archives, async ({ large, small, topic }) => {
        const [prepared, plain] = [await momentOf([large, small]), await momentOf([large, small])];
        const kept = () => prepared.views.reduce((sum, { segment }) => sum + segment.weighed.size, 0);
        await prepareRelatedTopics(prepared, () => false);
        expect(kept()).toBe(0);
        await prepareRelatedTopics(prepared);
        expect(kept()).toBeGreaterThan(0);
        const related = (moment: Moment) =>
          relatedTopics(moment, {
            ...{ topic, mode: 'COVERED_WITH', kind: null, days: moment.span, isWindow: false, first: TOPICS },
          });
        expect(await related(prepared)).toEqual(await related(plain));
      }),
    );
  });

  test('are counted and weighed as by going through all articles that readers see', async () => {
    await fc.assert(
      fc.asyncProperty(archives, fc.nat({ max: 3 }), async ({ large, small, topic, from, length }, asked) => {
        const moment = await momentOf([large, small]);
        const days = { from, to: from + length };
        // Nothing before some day, as old articles count, and then whole numbers.
        const weights = Float64Array.from({ length }, (_, day) => (day < 10 ? 0 : 1 + ((day * 7) % 5)));
        const number = moment.numbers.find(topic) ?? 0;
        const counts = await countCompanions(moment, number, days);
        // What was kept of other questions does not show.
        for (const other of [{ from: 0, to: from + length }, days, days].slice(0, asked)) {
          await weighCompanions(moment, number, other, other === days ? weights : weights.map((w) => w * 3));
        }
        const weighed = await weighCompanions(moment, number, days, weights);
        const carried = new TopicCounts(moment, days);
        const seen = [...large, ...small].filter(
          ({ day, isHidden }) => !isHidden && day >= days.from && day < days.to,
        );
        const own = seen.filter(({ topics }) => topics.includes(topic));
        for (let other = 1; other <= TOPICS; other++) {
          const place = moment.numbers.find(other) ?? 0;
          const both = own.filter(({ topics }) => topics.includes(other));
          expect(counts[place]).toBe(both.length);
          expect(weighed[place]).toBe(both.reduce((sum, { day }) => sum + at([...weights], day - from), 0));
          expect(carried.of(place)).toBe(seen.filter(({ topics }) => topics.includes(other)).length);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('articles with the highest scores', () => {
  test('are those that are found by going through all, whichever topics had to be looked at', async () => {
    const weights = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: TOPICS, maxLength: TOPICS });
    const most = fc.integer({ min: 1, max: 60 });
    await fc.assert(
      fc.asyncProperty(archives, weights, most, async ({ large }, each, many) => {
        const view = at((await momentOf([large])).views, 0);
        const { segment, hidden } = view;
        const all = Array.from({ length: segment.size }, (_, row) => ({ row, score: 0 }));
        for (const [topic, weight] of each.entries()) {
          for (const posting of segment.postings(topic).all()) at(all, posting >>> 1).score += weight;
        }
        const expected = all
          .filter(({ row, score }) => score > 0 && !hidden.includes(row) && segment.keys[row] !== 1)
          .sort((a, b) => b.score - a.score || b.row - a.row);
        const found = await highest(view, new Map(each.entries()), 1, many);
        expect(found).toEqual(expected.slice(0, many));
      }),
      { numRuns: 200 },
    );
  });
});
