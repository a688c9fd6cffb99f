import { reparentCategories } from '../categories';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import type { Tx } from '../database';
import type { RemoteArticle } from './publisher.query';

/** Hangs categories below one another as they stand at the publisher's, as far as articles tell of it. */
export async function hangAsThere(
  tx: Tx,
  actor: Actor,
  at: Instant,
  articles: readonly RemoteArticle[],
  keys: ReadonlyMap<string, number>,
): Promise<void> {
  const parents = new Map<number, number | null>();
  for (const { categories } of articles) {
    for (const { ancestors, slug } of categories) {
      const line = [...ancestors.map((each) => each.slug), slug];
      for (const [place, each] of line.entries()) {
        const id = keys.get(each);
        const parent = place === 0 ? null : (keys.get(line[place - 1] ?? '') ?? null);
        if (id !== undefined) parents.set(id, parent);
      }
    }
  }
  if (parents.size > 0) await reparentCategories(tx, actor, at, parents);
}
