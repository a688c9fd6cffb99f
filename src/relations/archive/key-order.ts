import { inSlices } from '../../core/slices';
import type { RowNumber } from './segment';

/** Rows that are looked at before the time is. */
const STEP = 10_000;
/** A key is sorted by its lower half, and then by its upper one. */
const HALF = 16;
const VALUES = 2 ** HALF;

/**
 * The rows in the order of their keys, which are not negative. Many are sorted by counting: to compare a million would hold
 * the event loop for a third of a second.
 */
export async function rowsByKey(keys: Int32Array): Promise<Uint32Array> {
  const rows = new Uint32Array(keys.length);
  for (let row = 0; row < rows.length; row++) rows[row] = row;
  if (rows.length < VALUES) return rows.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
  const byLower = await sorted(rows, (row) => (keys[row] ?? 0) & (VALUES - 1));
  return sorted(byLower, (row) => (keys[row] ?? 0) >>> HALF);
}

/** By a value below 65,536; those with equal ones stay in their order. */
async function sorted(rows: Uint32Array, valueIn: (row: RowNumber) => number): Promise<Uint32Array> {
  const places = new Uint32Array(VALUES + 1);
  await inSlices(0, rows.length, STEP, (from, to) => {
    for (let at = from; at < to; at++) {
      const next = valueIn(rows[at] ?? 0) + 1;
      places[next] = (places[next] ?? 0) + 1;
    }
  });
  for (let value = 0; value < VALUES; value++)
    places[value + 1] = (places[value + 1] ?? 0) + (places[value] ?? 0);
  const ordered = new Uint32Array(rows.length);
  await inSlices(0, rows.length, STEP, (from, to) => {
    for (let at = from; at < to; at++) {
      const row = rows[at] ?? 0;
      const value = valueIn(row);
      const place = places[value] ?? 0;
      ordered[place] = row;
      places[value] = place + 1;
    }
  });
  return ordered;
}
