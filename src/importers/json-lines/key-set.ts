import type { KeyedType } from './record';

/** Keys of a page: 2048, one bit each. */
const PAGE_BITS = 11;
const WORDS_OF_A_PAGE = 2 ** (PAGE_BITS - 5);

/**
 * A set of database keys. Keys of a table lie close together, so that a bit each is enough: a million of them
 * take an eighth of a megabyte.
 */
export class KeySet {
  private readonly pages = new Map<number, Uint32Array>();

  add(key: number): void {
    const number = key >>> PAGE_BITS;
    let page = this.pages.get(number);
    if (page === undefined) {
      page = new Uint32Array(WORDS_OF_A_PAGE);
      this.pages.set(number, page);
    }
    const word = wordOf(key);
    page[word] = (page[word] ?? 0) | bitOf(key);
  }

  has(key: number): boolean {
    const word = this.pages.get(key >>> PAGE_BITS)?.[wordOf(key)] ?? 0;
    return (word & bitOf(key)) !== 0;
  }
}

/** One set for each type of rows. */
export function keySets(): Readonly<Record<KeyedType, KeySet>> {
  return {
    image: new KeySet(),
    author: new KeySet(),
    topic: new KeySet(),
    category: new KeySet(),
    article: new KeySet(),
    collection: new KeySet(),
    comment: new KeySet(),
  };
}

function wordOf(key: number): number {
  return (key >>> 5) % WORDS_OF_A_PAGE;
}

function bitOf(key: number): number {
  return 1 << (key & 31);
}
