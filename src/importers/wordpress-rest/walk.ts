import { SiteFault } from './site-fault';

/** What a list has between an offset and that plus `size`. */
export interface Slice<T> {
  readonly items: readonly T[];
  /** Of the whole list, as it is now; null where it is not told. */
  readonly total: number | null;
  /** How many places were looked at: there can be fewer items, for some are kept from who asks. */
  readonly size: number;
}

export interface WalkedPage<T> {
  readonly items: readonly T[];
  readonly total: number | null;
}

/** Places that two pages share, so that a page shows that it follows on the one before. */
const OVERLAP = 1;
/** So many pages in a row that are alike: the site, or a cache in front of it, does not look at the offset. */
const MOST_REPEATS = 3;
/** So many steps back without anything new: the list is never quiet. What is missed the next run finds. */
const MOST_STEPS_BACK = 20;

/**
 * Walks a list that is sorted by rising id, and yields every item that is in it from the first to the last request,
 * once. WordPress pages by position: what goes away in front of it moves everything up, and the next page would begin
 * too late. So each page overlaps the one before, and where it does not the walk steps back.
 * @throws SiteFault where the pages do not differ; what `read` throws
 */
export async function* walk<T extends { readonly id: number }>(
  read: (offset: number) => Promise<Slice<T>>,
): AsyncGenerator<WalkedPage<T>, void, undefined> {
  const joint = new Joint();
  const repeats = new Repeats();
  let offset = 0;
  for (;;) {
    const slice = await read(offset);
    const { items, total, size } = slice;
    repeats.check(items);
    if (!joint.holds(offset, slice)) {
      const behindEnd = total !== null && offset > total;
      offset = Math.max(0, behindEnd ? total - size : offset - (size - OVERLAP));
      continue;
    }
    const fresh = joint.take(slice);
    yield { items: fresh, total };
    const ended = total === null ? items.length === 0 : offset + size >= total;
    if (ended) return;
    offset += Math.max(1, size - OVERLAP);
  }
}

type Places = Slice<{ readonly id: number }>;

/** Where what has been taken ends, and whether a page follows on it. */
class Joint {
  private last = 0;
  private before: Places | null = null;
  /** The place that was stepped back from, until something new is found or it is reached again. */
  private retreat: number | null = null;
  private stepsBack = 0;

  holds(offset: number, slice: Places): boolean {
    if (offset === 0 || this.follows(offset, slice)) return true;
    const lookedAgain = this.retreat !== null && offset >= this.retreat;
    this.stepsBack += 1;
    if (lookedAgain || this.stepsBack > MOST_STEPS_BACK) {
      this.retreat = null;
      return true;
    }
    this.retreat ??= offset;
    return false;
  }

  /** What is new of a page that holds. */
  take<T extends { readonly id: number }>(slice: Slice<T>): T[] {
    const fresh = slice.items.filter(({ id }) => id > this.last);
    this.before = slice;
    if (fresh.length === 0) return fresh;
    this.last = fresh.at(-1)?.id ?? this.last;
    this.retreat = null;
    this.stepsBack = 0;
    return fresh;
  }

  private follows(offset: number, { items, total, size }: Places): boolean {
    const first = items[0];
    if (size <= OVERLAP || (first !== undefined && first.id <= this.last)) return true;
    // The shared place may be kept from whoever asks. Then nothing has moved if the list is as long as before.
    const hidden = this.before !== null && this.before.items.length < this.before.size;
    return hidden && total !== null && total === this.before?.total && offset < total;
  }
}

class Repeats {
  private before = '';
  private count = 0;

  check(items: readonly { readonly id: number }[]): void {
    const signature = items.map(({ id }) => id).join(' ');
    this.count = signature === this.before && items.length > 1 ? this.count + 1 : 1;
    this.before = signature;
    if (this.count < MOST_REPEATS) return;
    throw new SiteFault('refused', 'The site answers every page of a list with the same items.');
  }
}
