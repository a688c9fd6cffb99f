/** What of an article answers the query, field by field. */

import type { ArticleRow } from '../articles';
import type { RequestContext } from '../context';
import { subjectTerm } from '../indexing';
import type { Highlighter } from './highlight';

export interface FieldHighlight {
  readonly field: string;
  readonly fragments: string[];
}

/** Only fields that have something. */
export async function highlightsOf(
  context: RequestContext,
  highlighter: Highlighter,
  row: ArticleRow,
): Promise<FieldHighlight[]> {
  const body = await context.articles.textById.load(row.id);
  const fields: [field: string, fragments: (string | null)[]][] = [
    ['title', [highlighter.whole(row.title)]],
    ['standfirst', [row.standfirst === null ? null : highlighter.whole(row.standfirst)]],
    ['body', body ? highlighter.fragments(body.text) : []],
    ['authors', await authorsOf(context, highlighter, row)],
    ['topics', await topicsOf(context, highlighter, row)],
  ];
  return fields.flatMap(([field, found]) => {
    const fragments = found.flatMap((fragment) => fragment ?? []);
    return fragments.length === 0 ? [] : [{ field, fragments }];
  });
}

async function authorsOf(
  { authors }: RequestContext,
  highlighter: Highlighter,
  article: ArticleRow,
): Promise<(string | null)[]> {
  const carried = await authors.ofArticle(article);
  return carried.map(({ id, name }) =>
    highlighter.has(subjectTerm('author', id)) ? highlighter.whole(name) : null,
  );
}

/** Of each topic the first name that has something: it may be found by one in another language than is shown. */
async function topicsOf(
  { topics }: RequestContext,
  highlighter: Highlighter,
  article: ArticleRow,
): Promise<(string | null)[]> {
  const carried = await topics.ofArticle(article);
  return Promise.all(
    carried.map(async ({ topic: { id } }) => {
      if (!highlighter.has(subjectTerm('topic', id))) return null;
      for (const { name } of await topics.namesById.load(id)) {
        const found = highlighter.whole(name);
        if (found !== null) return found;
      }
      return null;
    }),
  );
}
