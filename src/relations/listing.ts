/** The articles that carry all asked topics, in pages. */
import type { Page, Position } from '../core/paging';
import { nextBit, previousBit } from './archive/bits';
import type { View } from './archive/view';
import { eachCarrier, type Scan, type ScannedPart } from './scan';

export type RelationOrder = 'NEWEST' | 'OLDEST' | 'RECENTLY_UPDATED';

type Compare = (a: Position, b: Position) => number;

/**
 * Positions of the articles of a page in reading order, and of one more where the list goes on: by the same keys as
 * every list of articles, so that cursors mean the same.
 */
export async function pageOf(scan: Scan, order: RelationOrder, page: Page): Promise<Position[]> {
  const sign = (order === 'OLDEST') === (page.direction === 'FORWARD') ? 1 : -1;
  const compare: Compare = (a, b) => sign * (Number(a.sort) - Number(b.sort) || a.key - b.key);
  const found =
    order === 'RECENTLY_UPDATED'
      ? await firstOfAll(scan, page, compare)
      : scan.parts.flatMap((part) => firstOfPart(part, sign, page, compare));
  return found.sort(compare).slice(0, page.size + 1);
}

/** In a segment articles stand in the order of publication, so the first that are found are the first. */
function firstOfPart(
  { view, all }: ScannedPart,
  sign: number,
  { size, from }: Page,
  compare: Compare,
): Position[] {
  const found: Position[] = [];
  const next = sign > 0 ? nextBit : previousBit;
  const start = sign > 0 ? 0 : view.segment.size - 1;
  for (let row = next(all, start); row !== -1 && found.length <= size; row = next(all, row + sign)) {
    const position = positionIn(view, row, view.segment.listedAt);
    if (from === null || compare(position, from) > 0) found.push(position);
  }
  return found;
}

/** Any number of articles are looked at, and few kept: those that are sorted now and then are not many more than a page. */
async function firstOfAll(scan: Scan, { size, from }: Page, compare: Compare): Promise<Position[]> {
  const kept: Position[] = [];
  await eachCarrier(scan.parts, (view, row) => {
    const position = positionIn(view, row, view.segment.updatedAt);
    if (from !== null && compare(position, from) <= 0) return;
    kept.push(position);
    if (kept.length >= 8 * (size + 1)) kept.sort(compare).splice(size + 1);
  });
  return kept;
}

function positionIn({ segment }: View, row: number, column: Float64Array): Position {
  return { sort: column[row] ?? 0, key: segment.keys[row] ?? 0 };
}
