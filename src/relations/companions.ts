/** Topics that stand on the articles of one topic, with how often. */

import { hasBit } from './archive/bits';
import { countTies } from './archive/companion-sums';
import type { Moment } from './archive/moment';
import type { RowNumber, Segment, TopicNumber, WeighedRows } from './archive/segment';
import type { Rows, View } from './archive/view';
import type { Day, Days } from './days';

/** By number of topic, the topic itself included, how many of its articles in the days carry it. */
export async function countCompanions(moment: Moment, topic: TopicNumber, days: Days): Promise<Uint32Array> {
  const counts = new Uint32Array(moment.numbers.count);
  for (const view of moment.views) {
    const { segment } = view;
    const rows = view.rowsOf(days);
    const all = segment.postings(topic);
    const [first, end] = [all.firstFrom(rows.from), all.firstFrom(rows.to)];
    const known = segment.companions.addTo(counts, topic, first, end);
    for (const part of [all.part(first, known.from), all.part(known.to, end)])
      await part.visitInSlices((postings) => countTies(segment, postings, counts));
    eachHiddenCarrier(view, topic, rows, (row) => addTies(segment, row, -1, counts));
  }
  return counts;
}

/**
 * The same with an article counting what its day weighs.
 * @param weights by day from the first of the days on; whole numbers, none of which is 0 after one that is not
 */
export async function weighCompanions(
  moment: Moment,
  topic: TopicNumber,
  days: Days,
  weights: Float64Array,
): Promise<Float64Array> {
  const sums = new Float64Array(moment.numbers.count);
  const weighed = daysThatCount(days, weights);
  for (const view of moment.views) {
    const rows = view.rowsOf(weighed);
    const known = await weighRows(view.segment, topic, rows, { weights, first: days.from });
    for (let other = 0; other < known.length; other++) sums[other] = (sums[other] ?? 0) + (known[other] ?? 0);
    const weightOf = (row: RowNumber) => weights[view.segment.dayOf(row) - days.from] ?? 0;
    eachHiddenCarrier(view, topic, rows, (row) => addWeight(view.segment, row, -weightOf(row), sums));
  }
  return sums;
}

/**
 * Of the articles of the topic in the rows, also of those that readers do not see. What frequent topics come to is
 * kept for the next who asks with the same weights: these change with the day of the newest article.
 */
async function weighRows(
  segment: Segment,
  topic: TopicNumber,
  rows: Rows,
  { weights, first }: { weights: Float64Array; first: Day },
): Promise<Float64Array> {
  const { weighed, topics } = segment;
  const known = weighed.get(topic);
  if (isOf(known, rows, weights)) return known.sums;
  const sums = new Float64Array(topics);
  const postings = segment.postings(topic).within(rows);
  let day = first - 1;
  let nextDay = 0;
  await postings.visitInSlices((some) => {
    for (let place = 0; place < some.length; place++) {
      const row = (some[place] ?? 0) >>> 1;
      // Rows rise, and so do the days: nothing has to be looked up.
      while (row >= nextDay) nextDay = segment.firstOn(++day + 1);
      addWeight(segment, row, weights[day - first] ?? 0, sums);
    }
  });
  if (postings.length >= segment.companions.step) weighed.set(topic, { ...rows, weights, sums });
  return sums;
}

/** Topics of which it would be kept, and is not yet. */
export function unweighedTopics(
  { views, numbers }: Moment,
  days: Days,
  weights: Float64Array,
): TopicNumber[] {
  const parts = views.map((view) => ({
    segment: view.segment,
    rows: view.rowsOf(daysThatCount(days, weights)),
  }));
  const isMissing = (topic: TopicNumber) =>
    parts.some(
      ({ segment, rows }) =>
        segment.countCarriers(topic, rows) >= segment.companions.step &&
        !isOf(segment.weighed.get(topic), rows, weights),
    );
  return Array.from({ length: numbers.count }, (_, topic) => topic).filter(isMissing);
}

function isOf(known: WeighedRows | undefined, rows: Rows, weights: Float64Array): known is WeighedRows {
  return known?.weights === weights && known.from === rows.from && known.to === rows.to;
}

/** Without those at the beginning that weigh nothing. */
function daysThatCount({ from, to }: Days, weights: Float64Array): Days {
  const since = weights.findIndex((weight) => weight !== 0);
  return { from: since === -1 ? to : from + since, to };
}

/** Calls `visit` with each row among these that carries the topic and that readers do not see. */
function eachHiddenCarrier(
  view: View,
  topic: TopicNumber,
  rows: Rows,
  visit: (row: RowNumber) => void,
): void {
  const { segment } = view;
  const hidden = view.hiddenIn(rows);
  if (hidden.length === 0) return;
  if (segment.isFrequent(topic)) {
    const carriers = segment.carriers(topic, true);
    for (let place = 0; place < hidden.length; place++) {
      const row = hidden[place] ?? 0;
      if (hasBit(carriers, row)) visit(row);
    }
    return;
  }
  // Of the others there are no bits that are kept, and to set some up takes more than to go through both side by side.
  let place = 0;
  segment
    .postings(topic)
    .within(rows)
    .visit((postings) => {
      for (let at = 0; at < postings.length; at++) {
        const row = (postings[at] ?? 0) >>> 1;
        while ((hidden[place] ?? Infinity) < row) place++;
        if (hidden[place] === row) visit(row);
      }
    });
}

function addTies({ offsets, carried }: Segment, row: RowNumber, by: number, counts: Uint32Array): void {
  const end = offsets[row + 1] ?? 0;
  for (let tie = offsets[row] ?? 0; tie < end; tie++) {
    const topic = (carried[tie] ?? 0) >>> 1;
    counts[topic] = (counts[topic] ?? 0) + by;
  }
}

/** Not one with what adds whole numbers: what is called with two kinds of columns is slower with each. */
function addWeight({ offsets, carried }: Segment, row: RowNumber, weight: number, sums: Float64Array): void {
  const end = offsets[row + 1] ?? 0;
  for (let tie = offsets[row] ?? 0; tie < end; tie++) {
    const topic = (carried[tie] ?? 0) >>> 1;
    sums[topic] = (sums[topic] ?? 0) + weight;
  }
}

/** How many articles of the days carry the topic. */
export function countCarriers(moment: Moment, topic: TopicNumber, days: Days): number {
  let count = 0;
  for (const view of moment.views) {
    const rows = view.rowsOf(days);
    count += view.segment.countCarriers(topic, rows);
    eachHiddenCarrier(view, topic, rows, () => {
      count--;
    });
  }
  return count;
}

/** The same of many topics. */
export class TopicCounts {
  /** By number of topic, of what readers do not see. */
  private readonly hidden: Uint32Array;
  private readonly parts: readonly { readonly segment: Segment; readonly rows: Rows }[];

  constructor(moment: Moment, days: Days) {
    this.hidden = new Uint32Array(moment.numbers.count);
    this.parts = moment.views.map((view) => ({ segment: view.segment, rows: view.rowsOf(days) }));
    for (const view of moment.views) {
      for (const row of view.hiddenIn(view.rowsOf(days))) addTies(view.segment, row, 1, this.hidden);
    }
  }

  of(topic: TopicNumber): number {
    let carrying = 0;
    for (const { segment, rows } of this.parts) carrying += segment.countCarriers(topic, rows);
    return carrying - (this.hidden[topic] ?? 0);
  }
}
