import { plainBase64url } from './base64url';
import { DatelineError } from './errors';
import { MadeBefore } from './made-before';
import { oncePer } from './once-per';

/** Relay's four arguments as a client sends them. */
export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

/** Where a page starts: the sort key and the unique row key of the item that a cursor was made from. */
export interface Position {
  readonly sort: number | string;
  readonly key: number;
}

/** An order that a list can be in: its name, as cursors carry it, and what it sorts by. */
export interface ListOrder {
  /** Capital letters and underscores. */
  readonly name: string;
  /** 'integer' is a number that the database keeps in 4 bytes. */
  readonly sort: 'number' | 'integer' | 'string';
  /** What its rows are told apart by: a key of 4 bytes when absent. */
  readonly key?: 'number';
}

/** A page that has been checked: what a store reads. */
export interface Page {
  /** 'BACKWARD' reads from the end; its result is still given in the order of the list. */
  readonly direction: 'FORWARD' | 'BACKWARD';
  readonly size: number;
  /** Exclusive; null reads from the start (or, backward, from the end). */
  readonly from: Position | null;
}

/** One page of rows, with what a client needs to ask for the next. */
export interface Slice<T> {
  readonly rows: readonly T[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;

/**
 * Checks a client's paging arguments. A cursor of a list in another order would point nowhere in this one,
 * and is refused.
 * @throws DatelineError BAD_PAGE_SIZE, BAD_CURSOR, BAD_USER_INPUT
 */
export function toPage(args: PageArgs, order: ListOrder): Page {
  const first = args.first ?? null;
  const last = args.last ?? null;
  if (first !== null && last !== null) {
    throw new DatelineError(
      'BAD_USER_INPUT',
      'Give "first" (with "after") or "last" (with "before"), not both.',
      {
        argument: 'last',
      },
    );
  }
  if (last !== null) {
    if (args.after != null) throw misplaced('after', 'first');
    return {
      direction: 'BACKWARD',
      size: pageSize('last', last),
      from: position('before', args.before, order),
    };
  }
  if (args.before != null) throw misplaced('before', 'last');
  const size = first === null ? DEFAULT_PAGE_SIZE : pageSize('first', first);
  return { direction: 'FORWARD', size, from: position('after', args.after, order) };
}

/** The same for pages that are the same, and for no others. */
export function pageKey({ direction, size, from }: Page): string {
  return from === null ? `${direction} ${size}` : `${direction} ${size} ${from.key} ${from.sort}`;
}

/** The opaque cursor of an item in a list of the given order. */
export function toCursor(order: ListOrder, { sort, key }: Position): string {
  if (typeof sort === 'number') {
    const { made, make } = cursorsOf(order);
    return made.text(key, sort, make);
  }
  return Buffer.from(JSON.stringify([order.name, sort, key]), 'utf8').toString('base64url');
}

/** Of an order by numbers. */
const cursorsOf = oncePer(({ name }: ListOrder) => ({
  made: new MadeBefore(),
  make: (key: number, sort: number) => plainBase64url(`["${name}",${sort},${key}]`),
}));

/**
 * Cuts what a store has read to a page. `read` is in reading order and holds one row more than the page
 * where there is one; that is how the page knows that the list goes on.
 *
 * On the side that it came from a page says that there is more whenever it was asked for with a cursor: the
 * item that the cursor was made from is there, unless it has gone since.
 */
export function toSlice<T>(read: readonly T[], page: Page): Slice<T> {
  const more = read.length > page.size;
  const rows = more ? read.slice(0, page.size) : read;
  if (page.direction === 'FORWARD') {
    return { rows, hasNextPage: more, hasPreviousPage: page.from !== null };
  }
  return { rows: rows.toReversed(), hasNextPage: page.from !== null, hasPreviousPage: more };
}

/** @throws DatelineError BAD_PAGE_SIZE for what is not from 1 to `MAX_PAGE_SIZE` */
export function pageSize(argument: 'first' | 'last', value: number): number {
  if (value >= 1 && value <= MAX_PAGE_SIZE) return value;
  throw new DatelineError(
    'BAD_PAGE_SIZE',
    `"${argument}" must be from 1 to ${MAX_PAGE_SIZE}; it is ${value}.`,
    {
      argument,
      max: MAX_PAGE_SIZE,
    },
  );
}

function misplaced(cursor: 'after' | 'before', size: 'first' | 'last'): DatelineError {
  return new DatelineError('BAD_USER_INPUT', `"${cursor}" goes with "${size}".`, { argument: cursor });
}

function position(argument: string, cursor: string | null | undefined, order: ListOrder): Position | null {
  if (cursor == null) return null;
  const [name, sort, key] = parseCursor(cursor);
  if (typeof name !== 'string' || !isKey(key, order)) {
    throw new DatelineError('BAD_CURSOR', `"${argument}" is not a cursor of this server.`, { argument });
  }
  if (name !== order.name || !isSort(sort, order)) {
    throw new DatelineError(
      'BAD_CURSOR',
      `"${argument}" is not a cursor of a list in the order ${order.name}.`,
      {
        argument,
      },
    );
  }
  return { sort, key };
}

function parseCursor(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) && value.length === 3 ? value : [];
  } catch {
    return [];
  }
}

function isSort(value: unknown, { sort }: ListOrder): value is number | string {
  if (sort === 'integer') return isInteger(value);
  return sort === 'number' ? Number.isSafeInteger(value) : typeof value === 'string';
}

function isKey(value: unknown, { key }: ListOrder): value is number {
  return (key === 'number' ? Number.isSafeInteger(value) : isInteger(value)) && Number(value) > 0;
}

/** Within 4 bytes: PostgreSQL would refuse to compare anything else with such a column. */
function isInteger(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) === (Number(value) | 0);
}
