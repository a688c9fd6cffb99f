/** Articles with all that they were: what who was given what follows from. */
import { getTableColumns, sql } from 'drizzle-orm';
import type { Instant } from '../../core/clock';
import { prepared, type Reader } from '../../database';
import type { ArticleRow } from '../article';
import type { RightsOf } from '../rights.policy';
import type { CurrentArticle } from './current';

/** What an article was at one of its revisions, as far as it decides who gets it. */
export interface PastState {
  readonly revision: number;
  /** When it became so. */
  readonly at: Instant;
  readonly article: RightsOf & Pick<ArticleRow, 'kind' | 'language'>;
  /** Those that it carried itself. */
  readonly categories: readonly number[];
  readonly topics: readonly number[];
}

export interface ArticlePast {
  readonly present: CurrentArticle;
  /** The earliest first, the present one last. */
  readonly states: readonly PastState[];
}

/** The articles by their keys; those that are not there are absent. Three statements, and one for what they were. */
export async function pastsOf(
  reader: Reader,
  articles: readonly number[],
): Promise<ReadonlyMap<number, ArticlePast>> {
  if (articles.length === 0) return new Map();
  const ids = [...new Set(articles)];
  // What they are is read before what they were: a revision that is superseded meanwhile is then there twice.
  const present = await presentArticles(reader, { ids });
  const categories = grouped(await categoriesOf(reader, { ids }));
  const topics = grouped(await topicsOf(reader, { ids }));
  const superseded = await revisionsOf(reader, { ids });
  const former = new Map<number, PastState[]>();
  for (const { articleId, revision, at, content } of superseded) {
    const states = former.get(articleId) ?? [];
    states.push({
      ...{ revision, at, article: content.article },
      categories: content.categories.map(({ id }) => id),
      topics: content.topics.map(({ id }) => id),
    });
    former.set(articleId, states);
  }
  return new Map(
    present.map((row) => {
      const before = (former.get(row.id) ?? []).filter(({ revision }) => revision < row.revision);
      const now: PastState = {
        ...{ revision: row.revision, at: row.revisedAt, article: row },
        ...{ categories: categories.get(row.id) ?? [], topics: topics.get(row.id) ?? [] },
      };
      return [row.id, { present: row, states: [...before, now] }];
    }),
  );
}

const presentArticles = prepared<{ ids: readonly number[] }, ReturnType<typeof columns>>(
  ({ tables, portable }) => ({
    select: columns(tables),
    from: sql`${tables.articles} where ${portable.among(tables.articles.id, 'ids')}`,
  }),
);

const columns = ({ articles }: Reader['tables']) => getTableColumns(articles);

const revisionsOf = prepared(({ tables: { articleRevisions: r }, portable }) => ({
  select: { articleId: r.articleId, revision: r.revision, at: r.at, content: r.content },
  from: sql`${r} where ${portable.among(r.articleId, 'ids')} order by ${r.articleId}, ${r.revision}`,
}));

const categoriesOf = prepared(({ tables: { articleCategories: t }, portable }) => ({
  select: { articleId: t.articleId, subjectId: t.categoryId },
  from: sql`${t} where ${portable.among(t.articleId, 'ids')} and ${t.direct}`,
}));

const topicsOf = prepared(({ tables: { articleTopics: t }, portable }) => ({
  select: { articleId: t.articleId, subjectId: t.topicId },
  from: sql`${t} where ${portable.among(t.articleId, 'ids')} and ${t.direct}`,
}));

function grouped(rows: readonly { articleId: number; subjectId: number }[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const { articleId, subjectId } of rows) {
    const subjects = found.get(articleId);
    if (subjects) subjects.push(subjectId);
    else found.set(articleId, [subjectId]);
  }
  return found;
}
