import type { ArticleCriteria } from '../../src/articles';
import { toCriteria } from '../../src/articles/article.filter';
import type { Parent } from '../../src/articles/article.reads';
import type { Database } from '../../src/database';
import { type Archive, at } from './archive';
import type { ModelQuery } from './archive-model';

/** What a query of the model asks the room of articles for. */
export async function criteriaIn(
  db: Database,
  archive: Archive,
  { filter, parent, viewer }: ModelQuery,
): Promise<{ criteria: ArticleCriteria; within: Parent | undefined }> {
  const criteria = await toCriteria(filter, viewer, async (facet, slugs) => {
    const { authors, categories, topics } = db.tables;
    const table = { author: authors, category: categories, topic: topics }[facet];
    const rows = await db.select({ id: table.id, slug: table.slug, coverage: table.coverage }).from(table);
    return slugs.map((slug) => rows.find((row) => row.slug === slug) ?? null);
  });
  const within = parent ? { ...parent, id: at(archive.keys[parent.facet], parent.place) } : undefined;
  return { criteria, within };
}
