import type { Random } from './random';
import type { Row } from './rows';

/** The archive spans ten years and ends in the past, so that it looks the same whenever it is made. */
const FIRST_DAY = Date.UTC(2016, 0, 1);
const LAST_DAY = Date.UTC(2026, 0, 1);
/** Far enough ahead that what waits for it waits in every run. */
const NEVER = Date.UTC(2099, 0, 1);
const MINUTE = 60_000;
const DAY = 86_400_000;

/** When an article was written and published, and whether it still is. */
export interface Life {
  readonly kind: Row<'articles'>['kind'];
  readonly status: Row<'articles'>['status'];
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly publishedAt: number | null;
  readonly withdrawnAt: number | null;
  readonly withdrawalNote: string | null;
  readonly embargoUntil: number | null;
  readonly expiresAt: number | null;
}

/** Gives the lives of `total` articles, to be asked for by key, oldest first. */
export function makeLives(random: Random, total: number): (id: number) => Life {
  const step = (LAST_DAY - FIRST_DAY) / total;
  let latest = FIRST_DAY;
  return (id) => {
    const regular = FIRST_DAY + (id - 1) * step + random.next() * step;
    // Agencies send several items in one minute: one article in thirty has its predecessor's date.
    if (!random.chance(1 / 30)) latest = Math.floor(regular / MINUTE) * MINUTE;
    const at = latest;
    const updatedAt = random.chance(0.4) ? at + random.between(1, 2 * DAY) : at;
    const published: Life = {
      kind: random.chance(0.005) ? 'PAGE' : 'ARTICLE',
      status: 'PUBLISHED',
      createdAt: at - random.between(1, 600) * MINUTE,
      updatedAt,
      publishedAt: at,
      withdrawnAt: null,
      withdrawalNote: null,
      embargoUntil: null,
      expiresAt: null,
    };
    return { ...published, ...fate(random.next(), at, updatedAt) };
  };
}

function fate(point: number, at: number, updatedAt: number): Partial<Life> {
  if (point < 0.02) return { status: 'DRAFT', publishedAt: null };
  if (point < 0.022) return { status: 'SCHEDULED', publishedAt: NEVER };
  if (point < 0.032)
    return { status: 'WITHDRAWN', withdrawnAt: updatedAt + DAY, withdrawalNote: 'A mistake' };
  if (point < 0.037) return { embargoUntil: NEVER };
  if (point < 0.05) return { embargoUntil: at + 60 * MINUTE };
  if (point < 0.06) return { expiresAt: at + 30 * DAY };
  return point < 0.07 ? { expiresAt: NEVER } : {};
}
