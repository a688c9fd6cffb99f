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

/** The columns of `AuthorFacts`. */
export function factsOfAuthors(tables: Tables): Omit<AuthorColumns, 'coverage'> {
  const { coverage, ...facts } = authorColumns(tables);
  return facts;
}
