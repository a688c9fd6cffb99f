import { type SQL, sql } from 'drizzle-orm';
import { Refusal } from '../core/refusal';
import { decodeSlug } from '../core/text';
import type { Reader } from '../database';
import type { Facet } from './article.query';

const TABLES: Readonly<Record<Facet, SQL>> = {
  author: sql`authors`,
  category: sql`categories`,
  topic: sql`topics`,
};

/**
 * The keys of authors, categories or topics by their slugs, in the same order.
 * @param field the input field that names them
 * @throws Refusal NOT_FOUND that names the first slug which nobody has
 */
export async function keysOfSlugs(
  reader: Reader,
  facet: Facet,
  field: string,
  slugs: readonly string[],
): Promise<number[]> {
  if (slugs.length === 0) return [];
  const wanted = slugs.map(decodeSlug);
  const rows = await reader.rows<{ id: number; slug: string }>(
    sql`select id, slug from ${TABLES[facet]} where ${reader.portable.among(sql`slug`, 'slugs')}`,
    { slugs: [...new Set(wanted)] },
  );
  const keys = new Map(rows.map(({ id, slug }) => [slug, id]));
  return wanted.map((slug, index) => {
    const key = keys.get(slug);
    if (key !== undefined) return key;
    throw new Refusal('NOT_FOUND', `There is no ${facet} with the slug "${slug}".`, `${field}.${index}`);
  });
}
