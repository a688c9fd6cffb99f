import { z } from 'zod';
import type { KnownTerm } from './map-subjects';
import type { Post } from './shapes';

const crumb = z.object({ item: z.string().catch('').default('') }).catch({ item: '' });
const piece = z.object({ itemListElement: z.array(crumb).catch([]).default([]) });
const head = z.object({ schema: z.object({ '@graph': z.array(piece) }) });

/** The field of Yoast that tells it. */
export const HEAD_FIELD = 'yoast_head_json';

/**
 * The category that an editor called the main one, which WordPress's own API does not tell. Yoast builds the
 * breadcrumbs that it gives to search engines along that category: the last one that is a category's page.
 */
export function primaryCategoryOf(post: Post, terms: ReadonlyMap<number, KnownTerm>): number | null {
  const parsed = head.safeParse(post[HEAD_FIELD]);
  if (!parsed.success) return null;
  const own = z.array(z.number()).catch([]).parse(post.categories);
  const byLink = new Map(own.flatMap((id) => ofLink(id, terms)));
  const crumbs = parsed.data.schema['@graph'].flatMap(({ itemListElement }) => itemListElement);
  return (
    crumbs
      .map(({ item }) => byLink.get(item))
      .filter((id) => id !== undefined)
      .at(-1) ?? null
  );
}

function ofLink(id: number, terms: ReadonlyMap<number, KnownTerm>): [string, number][] {
  const link = terms.get(id)?.link ?? '';
  return link === '' ? [] : [[link, id]];
}
