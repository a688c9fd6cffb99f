import { sql } from 'drizzle-orm';
import { recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import { normalise } from '../core/text';
import type { TopicKind, Tx } from '../database';
import { type LocalName, nameIn } from './topic';

/** What somebody decides on about a topic. */
export interface TopicFields {
  readonly slug: string;
  readonly kind: TopicKind;
  readonly parentId: number | null;
  readonly description: string | null;
  readonly wikidataId: string | null;
  /** At least one. */
  readonly names: readonly LocalName[];
}

/**
 * Stores new topics and returns their keys in the same order; one whose slug is there already is left as it
 * is, with its names, because an editor may have seen to it.
 */
export async function addTopics(
  tx: Tx,
  actor: Actor,
  at: Instant,
  topics: readonly TopicFields[],
): Promise<number[]> {
  const { topics: table, topicNames } = tx.tables;
  const known = new Set((await keysBySlug(tx, topics)).keys());
  const added = topics.filter(({ slug }) => {
    if (known.has(slug)) return false;
    known.add(slug);
    return true;
  });
  await tx.insertMany(table, added.map(topicRow));
  const keys = await keysBySlug(tx, topics);
  await tx.insertMany(
    topicNames,
    added.flatMap(({ slug, names }) => nameRows(keys.get(slug) ?? 0, names)),
  );
  recordChanges(
    tx,
    actor,
    at,
    added.map(({ slug }) => ({ entity: 'TOPIC', entityId: keys.get(slug) ?? 0, op: 'CREATE', revision: 0 })),
  );
  return topics.map(({ slug }) => keys.get(slug) ?? 0);
}

/** Stores topics under the keys that they bring; nobody may have those or their slugs yet. */
export async function storeTopics(
  tx: Tx,
  actor: Actor,
  at: Instant,
  topics: readonly (TopicFields & { readonly id: number })[],
): Promise<void> {
  await tx.insertMany(tx.tables.topics, topics.map(topicRow));
  await tx.insertMany(
    tx.tables.topicNames,
    topics.flatMap(({ id, names }) => nameRows(id, names)),
  );
  recordChanges(
    tx,
    actor,
    at,
    topics.map(({ id }) => ({ entity: 'TOPIC', entityId: id, op: 'CREATE', revision: 0 })),
  );
}

function topicRow<T extends TopicFields>({ names, ...fields }: T) {
  const name = nameIn(nameRows(0, names), null) ?? fields.slug;
  return { ...fields, name, sortName: normalise(name) };
}

function nameRows(topicId: number, names: readonly LocalName[]) {
  return names.flatMap(({ language, name, aliases }) =>
    [name, ...aliases].map((each, position) => ({
      topicId,
      language,
      name: each,
      position,
      normalised: normalise(each),
    })),
  );
}

async function keysBySlug(tx: Tx, topics: readonly TopicFields[]): Promise<Map<string, number>> {
  const { topics: table } = tx.tables;
  const rows = await tx.rows<{ id: number; slug: string }>(
    sql`select id, slug from ${table} where ${tx.portable.among(table.slug, 'slugs')}`,
    { slugs: topics.map(({ slug }) => slug) },
  );
  return new Map(rows.map(({ id, slug }) => [slug, id]));
}
