import fc from 'fast-check';
import { type ListOrder, type Page, toCursor, toPage, toSlice } from '../../src/core/paging';

const BY_DATE: ListOrder = { name: 'NEWEST', sort: 'number' };
const BY_NAME: ListOrder = { name: 'NAME', sort: 'string' };
const BY_COUNT: ListOrder = { name: 'MOST_COVERED', sort: 'integer' };

const keys = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const positions = fc.oneof(
  fc.record({ order: fc.constant(BY_DATE), sort: fc.maxSafeInteger(), key: keys }),
  fc.record({ order: fc.constant(BY_COUNT), sort: fc.integer(), key: keys }),
  fc.record({ order: fc.constant(BY_NAME), sort: fc.string({ unit: 'grapheme' }), key: keys }),
);

describe('a cursor', () => {
  test('leads back to the position that it was made from', () => {
    fc.assert(
      fc.property(positions, ({ order, sort, key }) => {
        const cursor = toCursor(order, { sort, key });
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(toPage({ first: 1, after: cursor }, order).from).toEqual({ sort, key });
        expect(toPage({ last: 1, before: cursor }, order).from).toEqual({ sort, key });
      }),
    );
  });

  test('is refused by a list in another order', () => {
    const cursor = toCursor(BY_DATE, { sort: 1, key: 1 });
    const older = { name: 'OLDEST', sort: 'number' } as const;
    for (const order of [older, BY_NAME, BY_COUNT]) {
      expect(() => toPage({ after: cursor }, order)).toThrow(expect.objectContaining({ code: 'BAD_CURSOR' }));
    }
  });

  test('is refused without any other error when it is none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (after) => {
        expect(() => toPage({ after }, BY_DATE)).toThrow(expect.objectContaining({ code: 'BAD_CURSOR' }));
      }),
    );
  });
});

describe('a page', () => {
  test('is read forward by twenty where nobody says otherwise', () => {
    const page = { direction: 'FORWARD', size: 20, from: null };
    expect(toPage({}, BY_DATE)).toEqual(page);
    expect(toPage({ first: null, after: null, last: null, before: null }, BY_DATE)).toEqual(page);
  });

  test.each([
    [{ first: 0 }, 'BAD_PAGE_SIZE', 'first'],
    [{ last: 101 }, 'BAD_PAGE_SIZE', 'last'],
    [{ first: Number.NaN }, 'BAD_PAGE_SIZE', 'first'],
    [{ first: 1, last: 1 }, 'BAD_USER_INPUT', 'last'],
    [{ first: 1, before: 'a' }, 'BAD_USER_INPUT', 'before'],
    [{ last: 1, after: 'a' }, 'BAD_USER_INPUT', 'after'],
    [{ after: '' }, 'BAD_CURSOR', 'after'],
    [{ last: 1, before: 'a' }, 'BAD_CURSOR', 'before'],
  ])('%j is refused as %s, by the name %s', (args, code, argument) => {
    expect(() => toPage(args, BY_DATE)).toThrow(
      expect.objectContaining({ code, details: expect.objectContaining({ argument }) }),
    );
  });

  test('cut from a list page by page gives the list, whichever end it begins at', () => {
    const lists = fc.array(fc.nat(), { maxLength: 30 });
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 7 }), (list, size) => {
        const forward = through(list, { direction: 'FORWARD', size, from: null });
        const backward = through(list, { direction: 'BACKWARD', size, from: null });
        expect(forward.flat()).toEqual(list);
        expect(backward.reverse().flat()).toEqual(list);
      }),
    );
  });
});

/** All pages of the list, in the order in which they are read; a place stands for its position. */
function through(list: readonly number[], first: Page): number[][] {
  const pages: number[][] = [];
  for (let page = first; ; ) {
    const forward = page.direction === 'FORWARD';
    const place = page.from === null ? (forward ? -1 : list.length) : page.from.key;
    const rest = forward ? list.slice(place + 1) : list.slice(0, place).reverse();
    const read = rest.slice(0, page.size + 1);
    const slice = toSlice(read, page);
    pages.push([...slice.rows]);
    expect(forward ? slice.hasPreviousPage : slice.hasNextPage).toBe(page.from !== null);
    expect(forward ? slice.hasNextPage : slice.hasPreviousPage).toBe(rest.length > page.size);
    if (rest.length <= page.size) return pages;
    page = { ...page, from: { sort: 0, key: forward ? place + page.size : place - page.size } };
  }
}
