import { sql } from 'drizzle-orm';
import type { WriteScope } from '../changes';
import { type Found, prepared, type Tables, type Tx } from '../database';
import type { Gazetteer, GazetteerEntry } from '../gazetteer';
import { addMissingTopics } from './topic.writer';

/**
 * The topics that stand for entries of the gazetteer, by the entries' ids. One that is not here yet is made, with what
 * it is part of. One that is here, under its slug or its number at Wikidata, is left as an editor wants it.
 */
export async function topicsOfEntries(
  { tx, actor, at }: WriteScope,
  gazetteer: Gazetteer,
  entries: readonly GazetteerEntry[],
): Promise<Map<string, Found>> {
  const wanted = new Map<string, GazetteerEntry>();
  for (const entry of entries) {
    for (const each of [entry, ...gazetteer.ancestors(entry)]) wanted.set(each.id, each);
  }
  const topics = await present(tx, [...wanted.values()]);
  let missing = [...wanted.values()].filter(({ id }) => !topics.has(id));
  while (missing.length > 0) {
    // Those whose parents are there; then those below them.
    const ready = missing.filter(({ parentId }) => parentId === null || topics.has(parentId));
    const found = await addMissingTopics(
      tx,
      actor,
      at,
      ready.map(({ id, kind, parentId, wikidataId, names }) => ({
        slug: id,
        kind,
        parentId: topics.get(parentId ?? '')?.id ?? null,
        description: null,
        wikidataId,
        names,
      })),
    );
    for (const [index, { id }] of ready.entries()) topics.set(id, found[index] ?? { id: 0, isNew: false });
    missing = missing.filter(({ id }) => !topics.has(id));
  }
  return topics;
}

async function present(tx: Tx, entries: readonly GazetteerEntry[]): Promise<Map<string, Found>> {
  if (entries.length === 0) return new Map();
  const rows = await topicsLike(tx, {
    slugs: entries.map(({ id }) => id),
    numbers: entries.flatMap(({ wikidataId }) => wikidataId ?? []),
  });
  const bySlug = new Map(rows.map(({ id, slug }) => [slug, id]));
  const byNumber = new Map(rows.map(({ id, wikidataId }) => [wikidataId, id]));
  return new Map(
    entries.flatMap(({ id, wikidataId }) => {
      const topic = bySlug.get(id) ?? (wikidataId === null ? undefined : byNumber.get(wikidataId));
      return topic === undefined ? [] : [[id, { id: topic, isNew: false }]];
    }),
  );
}

const topicsLike = prepared<{ slugs: string[]; numbers: string[] }, ReturnType<typeof columns>>(
  ({ tables, portable }) => ({
    select: columns(tables),
    from: sql`${tables.topics} where ${portable.among(tables.topics.slug, 'slugs')} or ${portable.among(tables.topics.wikidataId, 'numbers')}`,
  }),
);

function columns({ topics: t }: Tables) {
  return { id: t.id, slug: t.slug, wikidataId: t.wikidataId };
}
