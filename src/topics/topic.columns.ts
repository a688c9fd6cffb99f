import { columnsBehind } from '../core/columns';
import type { Tables } from '../database';

export function topicColumns({ topics: t }: Tables) {
  return {
    id: t.id,
    slug: t.slug,
    kind: t.kind,
    parentId: t.parentId,
    description: t.description,
    wikidataId: t.wikidataId,
    name: t.name,
    sortName: t.sortName,
    coverage: t.coverage,
    revision: t.revision,
  };
}

export type TopicColumns = ReturnType<typeof topicColumns>;
export type TopicColumn = keyof TopicColumns;

/** The columns behind the fields that are asked for of the topics of articles, which may be asked for by kind. */
export const topicColumnsFor = columnsBehind<TopicColumn>(['id', 'kind'], {
  slug: ['slug'],
  name: ['name'],
  description: ['description'],
  wikidataId: ['wikidataId'],
  revision: ['revision'],
  parent: ['parentId'],
});
