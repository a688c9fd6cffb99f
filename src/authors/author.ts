import type { ListOrder } from '../core/paging';

export interface AuthorRow {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly sortName: string;
  readonly bio: string | null;
  readonly avatarId: number | null;
  readonly coverage: number;
  readonly revision: number;
}

/** What an author says: without what others do to it, of which the change log does not tell. */
export type AuthorFacts = Omit<AuthorRow, 'coverage'>;

/** Authors that are kept in memory, at most: a kilobyte each, with their biographies. */
export const AUTHORS_KEPT = 5_000;

/** The one order of lists of authors: by normalised name. */
export const BY_NAME = { name: 'NAME', sort: 'string' } as const satisfies ListOrder;
