import { columnsBehind } from '../core/columns';
import type { Tables } from '../database';

export function authorColumns({ authors: a }: Tables) {
  return {
    id: a.id,
    slug: a.slug,
    name: a.name,
    sortName: a.sortName,
    bio: a.bio,
    avatarId: a.avatarId,
    coverage: a.coverage,
    revision: a.revision,
  };
}

export type AuthorColumns = ReturnType<typeof authorColumns>;
export type AuthorColumn = keyof AuthorColumns;

/** The columns behind the fields that are asked for of the authors of articles. */
export const authorColumnsFor = columnsBehind<AuthorColumn>(['id'], {
  slug: ['slug'],
  name: ['name'],
  bio: ['bio'],
  revision: ['revision'],
  avatar: ['avatarId'],
});
