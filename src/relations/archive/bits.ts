/** Sets of rows of a segment as bits: row r is bit r % 32 of word r / 32. */
import type { RowNumber } from './segment';
import type { Rows } from './view';

export type Bits = Int32Array;

export function noBits(size: number): Bits {
  return new Int32Array((size + 31) >>> 5);
}

export function hasBit(bits: Bits, row: RowNumber): boolean {
  return (((bits[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;
}

export function setBit(bits: Bits, row: RowNumber): void {
  bits[row >>> 5] = (bits[row >>> 5] ?? 0) | (1 << (row & 31));
}

export function clearBit(bits: Bits, row: RowNumber): void {
  bits[row >>> 5] = (bits[row >>> 5] ?? 0) & ~(1 << (row & 31));
}

/** Leaves in `bits` the rows in [from, to), and no others. */
export function setRows(bits: Bits, { from, to }: Rows): void {
  bits.fill(0);
  if (from >= to) return;
  const first = from >>> 5;
  const last = (to - 1) >>> 5;
  bits.fill(-1, first, last + 1);
  bits[first] = (bits[first] ?? 0) & maskFrom(from);
  bits[last] = (bits[last] ?? 0) & maskTo(to);
}

/** How many of the rows in [from, to) are in the set. */
export function countBits(bits: Bits, from: RowNumber, to: RowNumber): number {
  if (from >= to) return 0;
  const first = from >>> 5;
  const last = (to - 1) >>> 5;
  if (first === last) return onesIn((bits[first] ?? 0) & maskFrom(from) & maskTo(to));
  let count = onesIn((bits[first] ?? 0) & maskFrom(from)) + onesIn((bits[last] ?? 0) & maskTo(to));
  for (let word = first + 1; word < last; word++) count += onesIn(bits[word] ?? 0);
  return count;
}

/** The first row of the set that is `from` or a later one; -1 where there is none. */
export function nextBit(bits: Bits, from: RowNumber): RowNumber {
  let word = from >>> 5;
  let left = (bits[word] ?? 0) & maskFrom(from);
  while (left === 0) {
    if (++word >= bits.length) return -1;
    left = bits[word] ?? 0;
  }
  return word * 32 + lowest(left);
}

/** The last row of the set that is `from` or an earlier one; -1 where there is none. */
export function previousBit(bits: Bits, from: RowNumber): RowNumber {
  if (from < 0) return -1;
  let word = from >>> 5;
  let left = (bits[word] ?? 0) & maskTo(from + 1);
  while (left === 0) {
    if (--word < 0) return -1;
    left = bits[word] ?? 0;
  }
  return word * 32 + 31 - Math.clz32(left);
}

/** What is in both. */
export function intersection(a: Bits, b: Bits): Bits {
  return andBits(a.slice(), b);
}

/** Leaves in `bits`, and returns, what is in `others` as well. */
export function andBits(bits: Bits, others: Bits): Bits {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] ?? 0) & (others[word] ?? 0);
  return bits;
}

/** Adds what is in `others`. */
export function orBits(bits: Bits, others: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] ?? 0) | (others[word] ?? 0);
}

/** Takes away what is in `others`. */
export function withoutBits(bits: Bits, others: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] ?? 0) & ~(others[word] ?? 0);
}

/** How many bits of a word are 1, summed in parallel: Henry Warren, "Hacker's Delight", figure 5-2. */
export function onesIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The place of the lowest 1 of a word that has one. */
export function lowest(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** The bits of a word from the place of the row on. */
function maskFrom(row: RowNumber): number {
  return -1 << (row & 31);
}

/** The bits of the word of the last row before `row`, up to that. */
function maskTo(row: RowNumber): number {
  return -1 >>> (31 - ((row - 1) & 31));
}
