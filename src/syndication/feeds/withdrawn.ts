import { ANYBODY, isWithin } from '../../articles';
import type { RequestContext } from '../../context';
import type { Place } from '../place';
import type { Withdrawn } from './feed';

/** How long a withdrawal is told of, and how many at most. */
const DAYS = 30;
const MOST = 100;
const DAY = 86_400_000;

/**
 * What was withdrawn lately, of the whole site, in every feed: an article may have left the feed's topic before it was
 * withdrawn, and readers leave alone what they do not have.
 */
export async function withdrawnLately({ articles, now }: RequestContext, place: Place): Promise<Withdrawn[]> {
  // By whole days, so that the text of a feed does not depend on the minute.
  const since = Math.floor(now / DAY - DAYS) * DAY;
  const rows = await articles.withdrawnSince(since, MOST);
  return rows
    .filter((row) => isWithin(ANYBODY, row))
    .map((row) => ({ id: place.idOf(row), at: row.withdrawnAt }));
}
