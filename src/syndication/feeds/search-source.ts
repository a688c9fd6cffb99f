import { PUBLISHED_ARTICLES } from '../../articles';
import type { RequestContext } from '../../context';
import { badInput } from '../../core/errors';
import { PAGE_SIZE, type Source } from './source';

/**
 * The articles that a search finds, the newest first.
 * @throws DatelineError BAD_USER_INPUT where nothing is searched for; the page does for what is too long
 */
export function searchSource({ articles, search }: RequestContext, words: string): Source {
  const query = words.trim();
  if (query === '') throw badInput('q', 'Say with "q" what to search for: search.rss?q=karachi+port.');
  return {
    path: ['search'],
    query: { q: query },
    title: query,
    // They say when the search began.
    hasFleetingCursors: true,
    page: async (after) => {
      const asked = { query, after, order: 'NEWEST', size: PAGE_SIZE, criteria: PUBLISHED_ARTICLES } as const;
      const { hits, hasNextPage } = await search.search(asked);
      const rows = await Promise.all(hits.map(({ id }) => articles.byId.load(id)));
      return {
        rows: rows.flatMap((row) => row ?? []),
        next: hasNextPage ? (hits.at(-1)?.cursor() ?? null) : null,
      };
    },
  };
}
