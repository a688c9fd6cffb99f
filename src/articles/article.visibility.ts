/**
 * What a viewer may see of the articles, in one place: every list, count, lookup and nested edge asks here.
 * What does not pass does not exist: it is null, absent and not counted.
 */
import { type Name, type SQL, sql } from 'drizzle-orm';
import { type Actor, isNewsroom } from '../core/actor';

/** Readers see what is published and within its rights; the newsroom sees everything. */
export type Audience = 'PUBLIC' | 'NEWSROOM';

export function audienceOf(actor: Actor): Audience {
  return isNewsroom(actor) ? 'NEWSROOM' : 'PUBLIC';
}

/** Whether the audience may see the article in the table or alias `from`. Binds `now`. */
export function visibleArticle(audience: Audience, from: string): SQL {
  if (audience === 'NEWSROOM') return sql`true`;
  return sql`${isPublished(sql.identifier(from))} and ${withinRights(audience, from)}`;
}

/**
 * Whether the date of publication has come. What is scheduled is published from that instant on, and does not
 * wait until the scheduler has written it down. Binds `now`.
 *
 * The plus keeps the date out of the choice of an index. A page behind a cursor has a date of its own to start at,
 * and SQLite, which takes one bound for a column, would start at this one and walk all the way down.
 */
export function isPublished(from: Name): SQL {
  return sql`${from}.status in ('PUBLISHED', 'SCHEDULED') and +${from}.published_at <= ${sql.placeholder('now')}`;
}

/**
 * The same for a row of article_authors, article_categories or article_topics: whether the audience sees the
 * article, published, in the lists of that author, category or topic. Binds `now`.
 */
export function visibleListing(audience: Audience, from: string): SQL {
  return sql`+${sql.identifier(from)}.listed_at <= ${sql.placeholder('now')} and ${withinRights(audience, from)}`;
}

/** No embargo is running and the rights have not run out. The bounds are half-open: [embargo, expiry). */
export function withinRights(audience: Audience, from: string): SQL {
  if (audience === 'NEWSROOM') return sql`true`;
  const f = sql.identifier(from);
  const now = sql.placeholder('now');
  return sql`(${f}.embargo_until is null or ${f}.embargo_until <= ${now}) and (${f}.expires_at is null or ${f}.expires_at > ${now})`;
}
