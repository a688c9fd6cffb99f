import {
  type ArticleCounter,
  type ArticleQuery,
  type ArticleTotal,
  isListed,
  type Selection,
} from '../articles';
import type { Reader } from '../database';
import type { ArchiveIndex } from './archive/archive-index';
import {
  andBits,
  type Bits,
  countBits,
  hasBit,
  intersection,
  noBits,
  orBits,
  withoutBits,
} from './archive/bits';
import { lowerBound } from './archive/columns';
import type { TopicNumbers } from './archive/topic-numbers';
import type { Rows, View } from './archive/view';

/** Articles of a topic that are looked at one by one: to set up bits for the whole archive takes longer than that. */
const FEW = 1_000;

/**
 * Counts lists of articles by what is kept in memory for relations, some microseconds for each topic of a million articles:
 * all articles and those of topics, of any time, as readers or the newsroom see them at any instant. It knows nothing of
 * authors, categories and languages, nor of what is not published.
 */
export class ArchiveCounts implements ArticleCounter {
  /** @param few articles of a topic that are looked at one by one, at most */
  constructor(
    private readonly archive: ArchiveIndex,
    private readonly few = FEW,
  ) {}

  async count(
    reader: Reader,
    query: ArticleQuery,
    parents: readonly number[],
  ): Promise<readonly ArticleTotal[] | null> {
    if (!isOfTopics(query)) return null;
    const state = await this.archive.ifCurrent(reader);
    if (state === null) return null;
    const { audience, now } = query;
    const views = audience === 'NEWSROOM' ? state.publishedAt(now) : state.at(now).views;
    const counts = views.map((view) => new ViewCount(view, state.numbers, query, this.few));
    const totalOf = (parent: number | null) => counts.reduce((sum, each) => sum + each.of(parent), 0);
    if (!query.within) return [{ parent: 0, total: totalOf(null) }];
    return parents.map((parent) => ({ parent, total: totalOf(parent) }));
  }
}

function isOfTopics(query: ArticleQuery): boolean {
  const { criteria, within } = query;
  const { author, category } = criteria.selections;
  if (!isListed(query) || criteria.statuses.length === 0) return false;
  return !author && !category && !criteria.languages && (!within || within.facet === 'topic');
}

/** What is counted in one segment. */
class ViewCount {
  private readonly rows: Rows;
  /** Rows that carry what is selected; null for all. */
  private readonly selected: Bits | null;

  constructor(
    private readonly view: View,
    private readonly numbers: TopicNumbers,
    private readonly query: ArticleQuery,
    private readonly few: number,
  ) {
    this.rows = rowsOf(view, query);
    const { topic } = query.criteria.selections;
    this.selected = topic ? this.carriersOf(topic) : null;
  }

  /** @param parent the key of a topic, or null for the list that has none */
  of(parent: number | null): number {
    const { view, rows, selected } = this;
    if (parent === null) return selected === null ? view.countIn(rows) : this.visible(selected);
    const includeDescendants = this.query.within?.includeDescendants ?? true;
    const number = this.numbers.find(parent);
    if (number === null) return 0;
    const postings = view.segment.postings(number).within(rows);
    if (postings.length > this.few) {
      const carriers = view.segment.carriers(number, includeDescendants);
      return this.visible(selected === null ? carriers : intersection(selected, carriers));
    }
    let count = 0;
    for (const posting of postings.all()) {
      const row = posting >>> 1;
      if (!includeDescendants && (posting & 1) === 0) continue;
      if (view.shows(row) && (selected === null || hasBit(selected, row))) count++;
    }
    return count;
  }

  private carriersOf({ all = [], any, none = [], includeDescendants }: Selection): Bits {
    const { segment } = this.view;
    const carriers = (subject: { readonly id: number } | null) => {
      const number = subject && this.numbers.find(subject.id);
      return number === null ? noBits(segment.size) : segment.carriers(number, includeDescendants);
    };
    const selected = noBits(segment.size);
    if (any) for (const each of any) orBits(selected, carriers(each));
    else selected.fill(-1);
    for (const each of all) andBits(selected, carriers(each));
    for (const each of none) withoutBits(selected, carriers(each));
    return selected;
  }

  private visible(bits: Bits): number {
    let count = countBits(bits, this.rows.from, this.rows.to);
    for (const row of this.view.hiddenIn(this.rows)) if (hasBit(bits, row)) count--;
    return count;
  }
}

/** The rows that were published in the time that is asked for, and by now. */
function rowsOf({ segment, end }: View, { criteria }: ArticleQuery): Rows {
  const { publishedFrom = -Infinity, publishedBefore = Infinity } = criteria;
  const from = Math.min(lowerBound(segment.listedAt, publishedFrom), end);
  return { from, to: Math.max(from, Math.min(lowerBound(segment.listedAt, publishedBefore), end)) };
}
