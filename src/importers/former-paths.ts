import type { FormerPath } from '../articles';
import { normalisePath } from '../core/text';
import type { PreparedArticle } from './prepare-article';

/** Where an article could be found under its old slugs: where it is now, with the old slug for the new one. */
export function formerPaths({ path, slug, oldSlugs }: PreparedArticle, articleId: number): FormerPath[] {
  if (slug === null) return [];
  const now = hasPath(path) ? normalisePath(path) : `/articles/${slug}`;
  const [folder, last] = [now.slice(0, now.lastIndexOf('/') + 1), now.slice(now.lastIndexOf('/') + 1)];
  // "/2024/06/slug", or "/slug.html"; where the slug is no part of the path it never was.
  if (last !== slug && !last.startsWith(`${slug}.`)) return [];
  return oldSlugs.map((old) => ({ path: normalisePath(folder + old + last.slice(slug.length)), articleId }));
}

/** A draft's address is only a query ("/?p=12"), which is no path that anybody could keep. */
export function hasPath(path: string | null): path is string {
  return path !== null && !path.includes('?');
}
