import { inSlices } from '../../core/slices';
import type { PostingLists, Ties } from './postings';

/** Articles of a topic between two sums, at least: fewer are counted as fast. */
const LEAST_STEP = 8_192;

/**
 * Of each frequent topic how many of its first articles carry every other topic, for each multiple of `step` articles:
 * what is between two of these is a difference. A sum has a count for each topic and there is a step of twice as
 * many articles between two, so that all sums take less than the ties do.
 */
export class CompanionSums {
  private constructor(
    readonly step: number,
    private readonly width: number,
    /** By topic its sums, one after the other, the first one of no articles; null for topics that are not frequent. */
    private readonly sums: readonly (Uint32Array | null)[],
  ) {}

  /** @param postings the same ties by topic */
  static async of(ties: Ties, postings: PostingLists, leastStep = LEAST_STEP): Promise<CompanionSums> {
    const width = postings.topics;
    const step = Math.max(leastStep, 2 * width);
    if (postings.size < step) return new CompanionSums(step, width, []);
    const sums = Array.from({ length: width }, (_, topic) => {
      const steps = Math.floor(postings.list(topic).length / step);
      return steps > 0 ? new Uint32Array((steps + 1) * width) : null;
    });
    for (const [topic, table] of sums.entries()) {
      if (table === null) continue;
      const list = postings.list(topic);
      await inSlices(1, table.length / width, 1, (place) => {
        table.copyWithin(place * width, (place - 1) * width, place * width);
        const counts = table.subarray(place * width, (place + 1) * width);
        list.part((place - 1) * step, place * step).visit((some) => countTies(ties, some, counts));
      });
    }
    return new CompanionSums(step, width, sums);
  }

  /**
   * Adds to `counts`, by topic, how many of the articles of the topic at the places [from, to) of its postings carry
   * it. Returns the places that are within: those outside of these are left to be counted.
   */
  addTo(counts: Uint32Array, topic: number, from: number, to: number): { from: number; to: number } {
    const { width, step } = this;
    const table = this.sums[topic] ?? null;
    const first = Math.ceil(from / step);
    const last = Math.floor(to / step);
    if (table === null || last <= first) return { from, to: from };
    for (let other = 0; other < width; other++) {
      const count = (table[last * width + other] ?? 0) - (table[first * width + other] ?? 0);
      counts[other] = (counts[other] ?? 0) + count;
    }
    return { from: first * step, to: last * step };
  }

  get bytes(): number {
    return this.sums.reduce((sum, table) => sum + (table?.byteLength ?? 0), 0);
  }
}

/** Adds one to the count of each topic that the articles of the postings carry. */
export function countTies({ offsets, carried }: Ties, postings: Uint32Array, counts: Uint32Array): void {
  for (let place = 0; place < postings.length; place++) {
    const row = (postings[place] ?? 0) >>> 1;
    const end = offsets[row + 1] ?? 0;
    for (let tie = offsets[row] ?? 0; tie < end; tie++) {
      const topic = (carried[tie] ?? 0) >>> 1;
      counts[topic] = (counts[topic] ?? 0) + 1;
    }
  }
}
