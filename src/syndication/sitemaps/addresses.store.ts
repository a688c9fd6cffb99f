/** What stands in sitemaps, by ranges of keys: a file never changes but where something in it does. */
import { type SQL, sql } from 'drizzle-orm';
import { visibleArticle } from '../../articles';
import type { Instant } from '../../core/clock';
import { prepared, type Reader, type Tables, toJson } from '../../database';

/** Keys: exclusive, inclusive. */
export type KeyRange = { readonly after: number; readonly to: number };

/** What everybody may see of the articles and pages of a range, by their keys. */
export const articlesOfRange = prepared<
  KeyRange & { now: Instant; limit: number },
  Pick<Tables['articles'], 'id' | 'path' | 'canonicalUrl' | 'updatedAt'>
>(({ tables: { articles: a } }) => ({
  select: { id: a.id, path: a.path, canonicalUrl: a.canonicalUrl, updatedAt: a.updatedAt },
  from: sql`${a} where ${a.id} > ${sql.placeholder('after')} and ${a.id} <= ${sql.placeholder('to')} and ${visibleArticle('PUBLIC', 'articles')} order by ${a.id} limit ${sql.placeholder('limit')}`,
}));

const SUBJECTS = { topic: 'topics', author: 'authors' } as const;
export type SubjectKind = keyof typeof SUBJECTS;

/** Topics or authors of a range under whom anything is listed, by their keys. */
const subjects = (kind: SubjectKind) =>
  prepared<KeyRange & { limit: number }, { id: SQL<number>; slug: SQL<string> }>(({ tables }) => {
    const table = tables[SUBJECTS[kind]];
    return {
      select: { id: sql<number>`${table.id}`, slug: sql<string>`${table.slug}` },
      from: sql`${table} where ${table.id} > ${sql.placeholder('after')} and ${table.id} <= ${sql.placeholder('to')} and ${table.coverage} > 0 order by ${table.id} limit ${sql.placeholder('limit')}`,
    };
  });

export const subjectsOfRange = { topic: subjects('topic'), author: subjects('author') };

/** The table of what is listed, under the name `x`, and what of it is shown. Binds `now` of articles. */
function shownOf(kind: 'article' | SubjectKind) {
  return kind === 'article'
    ? { table: sql`articles as x`, shown: visibleArticle('PUBLIC', 'x'), latest: sql`max(x.updated_at)` }
    : { table: sql`${sql.identifier(SUBJECTS[kind])} as x`, shown: sql`x.coverage > 0`, latest: sql`0` };
}

/**
 * A text that is another when anything in the range is: how many there are, their revisions, and the latest change. One
 * walk over the rows that the file is made of, at a fraction of what it takes to write them.
 */
export async function stateOfRange(
  reader: Reader,
  kind: 'article' | SubjectKind,
  range: KeyRange,
  now: Instant,
): Promise<string> {
  const { table, shown, latest } = shownOf(kind);
  const [state] = await reader.rows<Record<'total' | 'revisions' | 'latest', number | null>>(
    sql`select count(*) as total, sum(x.revision) as revisions, ${latest} as latest from ${table} where x.id > ${sql.placeholder('after')} and x.id <= ${sql.placeholder('to')} and ${shown}`,
    { ...range, ...(kind === 'article' ? { now } : {}) },
  );
  return `${kind} ${range.after} ${state?.total} ${state?.revisions} ${state?.latest}`;
}

/** Of ranges that begin behind these keys those that have anything to show. */
export async function rangesWithAnything(
  reader: Reader,
  kind: 'article' | SubjectKind,
  starts: readonly number[],
  size: number,
  now: Instant,
): Promise<number[]> {
  const { table, shown } = shownOf(kind);
  const rows = await reader.rows<{ start: number }>(
    sql`select s.value as start from ${reader.portable.each('starts', 's', 'int')} where exists (select 1 from ${table} where x.id > s.value and x.id <= s.value + ${sql.raw(String(size))} and ${shown})`,
    {
      starts: reader.portable.engine === 'sqlite' ? toJson(starts) : [...starts],
      ...(kind === 'article' ? { now } : {}),
    },
  );
  return rows.map(({ start }) => start).sort((a, b) => a - b);
}

/** The articles that changed last, so that an index can say which of its files did. */
export const latestChanges = prepared<
  { now: Instant; limit: number },
  Pick<Tables['articles'], 'id' | 'updatedAt'>
>(({ tables: { articles: a } }) => ({
  select: { id: a.id, updatedAt: a.updatedAt },
  from: sql`${a} where ${a.kind} = 'ARTICLE' and ${visibleArticle('PUBLIC', 'articles')} order by ${a.updatedAt} desc, ${a.id} desc limit ${sql.placeholder('limit')}`,
}));
