import type { RoomReads } from '../context';
import type { FindSubjects } from './article.filter';

/** Finds the subjects that a filter names among those that somebody may read. */
export function subjectsIn({
  authors,
  categories,
  topics,
}: Pick<RoomReads, 'authors' | 'categories' | 'topics'>): FindSubjects {
  const loaders = { author: authors.bySlug, category: categories.bySlug, topic: topics.bySlug };
  return (facet, slugs) => Promise.all(slugs.map((slug) => loaders[facet].load(slug)));
}
