import { ANYBODY, isWithin } from '../../articles';
import type { RequestContext } from '../../context';
import type { Instant } from '../../core/clock';
import type { Place } from '../place';
import type { Withdrawn } from './feed';

/** How long a withdrawal is told of, and how many at most. */
const DAYS = 30;
const MOST = 100;
const DAY = 86_400_000;

/** Until then the same is told, unless something is written: it goes by whole days, of UTC. */
export function nextDay(now: Instant): Instant {
  return (Math.floor(now / DAY) + 1) * DAY;
}

/**
 * What was withdrawn lately, of the whole site, in every feed: an article may have left the feed's topic before it was
 * withdrawn, and readers leave alone what they do not have.
 */
export async function withdrawnLately({ articles, now }: RequestContext, place: Place): Promise<Withdrawn[]> {
  const since = nextDay(now) - (DAYS + 1) * DAY;
  const rows = await articles.withdrawnSince(since, MOST);
  return rows
    .filter((row) => isWithin(ANYBODY, row))
    .map((row) => ({ id: place.idOf(row), at: row.withdrawnAt }));
}
