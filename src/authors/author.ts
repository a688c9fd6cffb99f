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

/** The one order of lists of authors: by normalised name. */
export const BY_NAME = { name: 'NAME', sort: 'string' } as const satisfies ListOrder;
