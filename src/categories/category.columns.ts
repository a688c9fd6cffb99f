import type { Tables } from '../database';

export function categoryColumns({ categories: c }: Tables) {
  return {
    id: c.id,
    slug: c.slug,
    name: c.name,
    description: c.description,
    parentId: c.parentId,
    topicId: c.topicId,
    position: c.position,
    coverage: c.coverage,
    revision: c.revision,
  };
}

export type CategoryColumns = ReturnType<typeof categoryColumns>;

/** The columns of `CategoryFacts`. */
export function factsOfCategories(tables: Tables): Omit<CategoryColumns, 'coverage'> {
  const { coverage, ...facts } = categoryColumns(tables);
  return facts;
}
