import type { ArticleRow } from '../../articles';

/** A list of articles, the newest first. */
export interface Source {
  /** Below `/feeds/`, as it is spelt now; without its format. */
  readonly path: readonly string[];
  /** What must be said of it beside its path. */
  readonly query?: Readonly<Record<string, string>>;
  /** What it is about; null for all. */
  readonly title: string | null;
  /** Whether where the next page begins is said otherwise each time, though it is the same page. */
  readonly hasFleetingCursors?: boolean;
  /** @throws DatelineError BAD_CURSOR */
  page(after: string | null): Promise<SourcePage>;
}

export interface SourcePage {
  readonly rows: readonly ArticleRow[];
  /** Where the next page begins; null for the last one. */
  readonly next: string | null;
}

/** Articles on a page. */
export const PAGE_SIZE = 50;
