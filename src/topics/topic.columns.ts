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

/** The columns of `TopicFacts`. */
export function factsOfTopics(tables: Tables): Omit<TopicColumns, 'coverage'> {
  const { coverage, ...facts } = topicColumns(tables);
  return facts;
}
