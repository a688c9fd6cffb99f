import { columnsBehind } from '../core/columns';
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
export type CategoryColumn = keyof CategoryColumns;

/** The columns behind the fields that are asked for of the categories of articles. */
export const categoryColumnsFor = columnsBehind<CategoryColumn>(['id'], {
  slug: ['slug'],
  name: ['name'],
  description: ['description'],
  revision: ['revision'],
  parent: ['parentId'],
  ancestors: ['parentId'],
  topic: ['topicId'],
});
