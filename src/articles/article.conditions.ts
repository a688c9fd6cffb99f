import { type SQL, sql } from 'drizzle-orm';
import type { Params, PortableSql } from '../database';
import { type ArticleQuery, FACETS, type Facet, type Selection } from './article.query';

/** The table and column that tie articles to the subjects of a facet. */
export const MEMBERSHIPS = {
  author: { table: 'articleAuthors', name: 'article_authors', column: 'author_id', inherits: false },
  category: { table: 'articleCategories', name: 'article_categories', column: 'category_id', inherits: true },
  topic: { table: 'articleTopics', name: 'article_topics', column: 'topic_id', inherits: true },
} as const;

const QUANTIFIERS = ['all', 'any', 'none'] as const;
type Quantifier = (typeof QUANTIFIERS)[number];

/** The part of the criteria that the listing's driver sees to by itself. */
export type Satisfied = 'languages' | `${Facet}.${Quantifier}` | 'status' | null;

/** Whether the filter looks at columns that only the article has, beside its memberships. */
export function needsArticle({ criteria }: ArticleQuery, satisfied: Satisfied): boolean {
  return criteria.languages !== undefined && satisfied !== 'languages';
}

/**
 * The conditions of the criteria on the article whose key is `key`, whose row (if asked for) is `article` and
 * whose publication date is `published`; each begins with "and". What it binds is in `parametersOf`.
 */
export function conditionsOf(
  portable: PortableSql,
  { criteria }: ArticleQuery,
  on: { key: SQL; article: string; published: SQL },
  satisfied: Satisfied,
): SQL {
  const parts: SQL[] = [];
  if (criteria.publishedFrom !== undefined)
    parts.push(sql`and ${on.published} >= ${sql.placeholder('publishedFrom')}`);
  if (criteria.publishedBefore !== undefined) {
    parts.push(sql`and ${on.published} < ${sql.placeholder('publishedBefore')}`);
  }
  if (criteria.languages && satisfied !== 'languages') {
    parts.push(sql`and ${portable.among(sql`${sql.identifier(on.article)}.language`, 'languages')}`);
  }
  for (const [facet, quantifier, selection] of asked(criteria.selections)) {
    if (satisfied !== `${facet}.${quantifier}`)
      parts.push(membership(portable, on.key, facet, quantifier, selection));
  }
  return sql.join(parts, sql` `);
}

/** Every value that the conditions bind, also of those that a driver sees to. */
export function parametersOf({ now, criteria }: ArticleQuery): Record<string, Params[string]> {
  const params: Record<string, Params[string]> = {
    kind: criteria.kind,
    statuses: [...criteria.statuses],
    now,
  };
  if (criteria.publishedFrom !== undefined) params.publishedFrom = criteria.publishedFrom;
  if (criteria.publishedBefore !== undefined) params.publishedBefore = criteria.publishedBefore;
  if (criteria.languages) params.languages = [...criteria.languages];
  for (const [facet, quantifier, selection] of asked(criteria.selections)) {
    const keys = [...new Set((selection[quantifier] ?? []).map((subject) => subject?.id ?? 0))];
    params[`${facet}_${quantifier}`] = keys;
    if (quantifier === 'all') params[`${facet}_count`] = keys.length;
  }
  return params;
}

/** Which conditions there are, without their values: queries of one shape share one statement. */
export function shapeOf({ audience, criteria, within }: ArticleQuery): string {
  const selections = [...asked(criteria.selections)].map(
    ([facet, quantifier, selection]) => `${facet}.${quantifier}${selection.includeDescendants ? '' : '!'}`,
  );
  return [
    audience,
    criteria.publishedFrom === undefined ? '' : 'from',
    criteria.publishedBefore === undefined ? '' : 'before',
    criteria.languages ? 'languages' : '',
    ...selections,
    within ? `${within.facet}${within.includeDescendants ? '' : '!'}` : '',
  ].join(' ');
}

function membership(
  portable: PortableSql,
  key: SQL,
  facet: Facet,
  quantifier: Quantifier,
  selection: Selection,
): SQL {
  const { name, column, inherits } = MEMBERSHIPS[facet];
  const direct = inherits && !selection.includeDescendants ? sql`and e.direct` : sql``;
  const rows = sql`from ${sql.identifier(name)} as e where e.article_id = ${key} and ${portable.among(sql`e.${sql.identifier(column)}`, `${facet}_${quantifier}`)} ${direct}`;
  if (quantifier === 'any') return sql`and exists (select 1 ${rows})`;
  if (quantifier === 'none') return sql`and not exists (select 1 ${rows})`;
  return sql`and (select count(*) ${rows}) = ${sql.placeholder(`${facet}_count`)}`;
}

function* asked(
  selections: ArticleQuery['criteria']['selections'],
): Generator<[facet: Facet, quantifier: Quantifier, selection: Selection]> {
  for (const facet of FACETS) {
    const selection = selections[facet];
    for (const quantifier of QUANTIFIERS) {
      if (selection?.[quantifier]) yield [facet, quantifier, selection];
    }
  }
}
