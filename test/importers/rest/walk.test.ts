import fc from 'fast-check';
import { type Slice, walk } from '../../../src/importers/wordpress-rest/walk';

interface Item {
  readonly id: number;
  /** Counts and has its place, but is kept from whoever asks. */
  readonly hidden?: boolean;
}

/** A list as WordPress pages it. Before each answer something may happen to it. */
class PagedList {
  readonly offsets: number[] = [];

  constructor(
    public items: Item[],
    private readonly size: number,
    private readonly happens: (list: PagedList, count: number) => void = () => undefined,
    private readonly tellsTotal: 'total' | 'no total' = 'total',
  ) {}

  readonly read = async (offset: number): Promise<Slice<Item>> => {
    this.offsets.push(offset);
    this.happens(this, this.offsets.length);
    const sorted = [...this.items].sort((a, b) => a.id - b.id);
    const items = sorted.slice(offset, offset + this.size).filter(({ hidden }) => !hidden);
    return { items, total: this.tellsTotal === 'total' ? sorted.length : null, size: this.size };
  };
}

async function walked(list: PagedList): Promise<number[]> {
  const ids: number[] = [];
  for await (const { items } of walk(list.read)) ids.push(...items.map(({ id }) => id));
  return ids;
}

const upTo = (length: number): Item[] => Array.from({ length }, (_, index) => ({ id: index + 1 }));
const ids = (items: readonly Item[]) => items.map(({ id }) => id);

describe('a walk through a list that is paged by position', () => {
  test.each([0, 1, 9, 10, 11, 95])('yields all of %i items, once and in order', async (length) => {
    expect(await walked(new PagedList(upTo(length), 10))).toEqual(ids(upTo(length)));
    expect(await walked(new PagedList(upTo(length), 10, undefined, 'no total'))).toEqual(ids(upTo(length)));
  });

  test('asks for no more pages of a quiet list than it has, but for what pages share', async () => {
    const list = new PagedList(upTo(1_000), 100);
    await walked(list);
    expect(list.offsets).toEqual([0, 99, 198, 297, 396, 495, 594, 693, 792, 891, 990]);
  });

  test('misses nothing when what it has passed goes away', async () => {
    const list = new PagedList(upTo(100), 10, (self, count) => {
      if (count === 4) self.items = self.items.filter(({ id }) => id > 25);
    });
    expect(await walked(list)).toEqual(ids(upTo(100)));
  });

  test('misses nothing when the list becomes shorter than the place it has come to', async () => {
    const list = new PagedList(upTo(60), 10, (self, count) => {
      if (count === 5) self.items = self.items.filter(({ id }) => id > 36);
    });
    expect(await walked(list)).toEqual(ids(upTo(60)));
  });

  test('repeats nothing when something comes in where it has passed', async () => {
    const even = upTo(50).map(({ id }) => ({ id: id * 2 }));
    const list = new PagedList([...even], 10, (self, count) => {
      if (count === 3) self.items.push({ id: 1 }, { id: 3 }, { id: 5 });
    });
    expect(await walked(list)).toEqual(ids(even));
  });

  test('goes past what is kept from it, also where whole pages are', async () => {
    const items = upTo(100).map(({ id }) => ({ id, hidden: (id > 15 && id < 62) || id % 10 === 0 }));
    const list = new PagedList(items, 10);
    expect(await walked(list)).toEqual(ids(items.filter(({ hidden }) => !hidden)));
    expect(list.offsets.length).toBeLessThan(14);
  });

  test('refuses a list whose every page is the first', async () => {
    const read = async () => ({ items: upTo(10), total: 100, size: 10 });
    const all = async () => {
      for await (const page of walk(read)) expect(page.total).toBe(100);
    };
    await expect(all()).rejects.toThrow('the same items');
  });

  test('ends, and yields what was there all the time, whatever happens meanwhile', async () => {
    const change = fc.record({
      before: fc.nat({ max: 30 }),
      away: fc.array(fc.nat({ max: 79 }), { maxLength: 40 }),
      back: fc.array(fc.nat({ max: 200 }), { maxLength: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 12 }),
        fc.array(change, { maxLength: 4 }),
        async (size, changes) => {
          const start = upTo(80);
          const touched = new Set(changes.flatMap(({ away }) => away));
          const list = new PagedList(start, size, (self, count) => {
            for (const { away, back } of changes.filter(({ before }) => before === count)) {
              self.items = self.items.filter(({ id }) => !away.includes(id));
              const there = new Set(ids(self.items));
              for (const id of new Set(back)) if (id > 80 && !there.has(id)) self.items.push({ id });
            }
          });
          const found = await walked(list);
          expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
          expect(found).toEqual(expect.arrayContaining(ids(start).filter((id) => !touched.has(id))));
        },
      ),
      { numRuns: 300 },
    );
  });
});
