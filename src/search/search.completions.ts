/** What somebody who has begun to type may want: topics by any of their names, and titles. */
import { type SQL, sql } from 'drizzle-orm';
import { type Audience, PUBLISHED_ARTICLES, visibleArticle } from '../articles';
import type { Instant } from '../core/clock';
import { prepared, type Reader, type Tables } from '../database';
import { completable } from '../indexing';
import { articleIn } from './search.store';

export interface Completion {
  readonly kind: 'article' | 'topic';
  readonly id: number;
  readonly text: string;
}

/** Most that one can ask for. */
export const MAX_COMPLETIONS = 20;
/** Names that are looked at: of one or two letters there are thousands, and a third is soon typed. */
const MAX_NAMES = 500;

/** Sorts above every text that begins with what stands before it. */
const LAST_CHARACTER = '\u{10FFFF}';

/** The topics that most articles carry, then titles in their order, together at most `count`. */
export async function completionsOf(
  reader: Reader,
  audience: Audience,
  now: Instant,
  typed: string,
  count: number,
): Promise<Completion[]> {
  const prefix = completable(typed);
  if (prefix === '') return [];
  const range = { prefix, end: prefix + LAST_CHARACTER, limit: count };
  const names = await topicNames(reader, range);
  const titles = await titlesFor[audience](reader, { ...range, now, kind: PUBLISHED_ARTICLES.kind });
  const topics = new Map<number, Completion>();
  for (const { id, text } of names) if (!topics.has(id)) topics.set(id, { kind: 'topic', id, text });
  const articles = titles.map(({ id, text }): Completion => ({ kind: 'article', id, text }));
  // Half of them are topics, where there are enough of both.
  const share = Math.max(Math.ceil(count / 2), count - articles.length);
  const chosen = [...topics.values()].slice(0, share);
  return [...chosen, ...articles.slice(0, count - chosen.length)];
}

type Range = { prefix: string; end: string; limit: number };

const topicNames = prepared<Range, { id: SQL<number>; text: SQL<string> }>(
  ({ tables: { topicNames: n, topics: t } }) => {
    const named = sql`select ${n.topicId} as id, ${n.name} as text, ${n.position} as position from ${n} where ${n.normalised} >= ${sql.placeholder('prefix')} and ${n.normalised} < ${sql.placeholder('end')} order by ${n.normalised} limit ${sql.raw(String(MAX_NAMES))}`;
    return {
      select: { id: sql<number>`named.id`, text: sql<string>`named.text` },
      from: sql`(${named}) as named join ${t} on ${t.id} = named.id order by ${t.coverage} desc, named.id, named.position, named.text limit 4 * ${sql.placeholder('limit')}`,
    };
  },
);

const titlesFor = { PUBLIC: titles('PUBLIC'), NEWSROOM: titles('NEWSROOM') };

function titles(audience: Audience) {
  return prepared<
    Range & { now: Instant; kind: string },
    { id: Tables['articles']['id']; text: Tables['articles']['title'] }
  >(({ tables: { articles: a, searchDocuments: d } }) => ({
    select: { id: a.id, text: a.title },
    // By title first, and the articles as they are needed: on SQLite a cross join is done as it stands.
    from: sql`${d} cross join ${a} where ${d.title} >= ${sql.placeholder('prefix')} and ${d.title} < ${sql.placeholder('end')} and ${a.id} = ${articleIn(sql`${d.number}`)} and ${a.kind} = ${sql.placeholder('kind')} and ${a.status} in ('PUBLISHED', 'SCHEDULED') and ${visibleArticle(audience, 'articles')} order by ${d.title}, ${d.number} desc limit ${sql.placeholder('limit')}`,
  }));
}
