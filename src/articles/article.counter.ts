import type { Reader } from '../database';
import type { ArticleQuery } from './article.query';

/** How many articles a list holds; `parent` is 0 of a list that has none. */
export interface ArticleTotal {
  readonly parent: number;
  readonly total: number;
}

/**
 * Who knows how many articles lists hold without going through them: in the database each of them is met, and a frequent
 * topic is on a third of an archive.
 */
export interface ArticleCounter {
  /**
   * What the database would count, for each parent where the query has some; null where that is not known: of what was
   * committed for the reader to see, or of what is asked.
   */
  count(
    reader: Reader,
    query: ArticleQuery,
    parents: readonly number[],
  ): Promise<readonly ArticleTotal[] | null>;
}
