import { sql } from 'drizzle-orm';
import { recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import { normalise } from '../core/text';
import { type Found, insertMissing, type TopicKind, type Tx, toJson } from '../database';
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
  const found = await addMissingTopics(tx, actor, at, topics);
  return found.map(({ id }) => id);
}

/** The same, telling which of them are new. */
export async function addMissingTopics(
  tx: Tx,
  actor: Actor,
  at: Instant,
  topics: readonly TopicFields[],
): Promise<Found[]> {
  const found = await insertMissing(tx, tx.tables.topics, 'slug', topics.map(topicRow));
  // Of two with one slug the first counts, as it does there.
  const first = new Map<string, TopicFields>();
  for (const topic of topics) if (!first.has(topic.slug)) first.set(topic.slug, topic);
  const added = [...first.values()].flatMap(({ slug, names }) => {
    const { id, isNew } = found.get(slug) ?? { id: 0, isNew: false };
    return isNew ? [{ id, names }] : [];
  });
  await tx.insertMany(
    tx.tables.topicNames,
    added.flatMap(({ id, names }) => nameRows(id, names)),
  );
  recordChanges(
    tx,
    actor,
    at,
    added.map(({ id }) => ({ entity: 'TOPIC', entityId: id, op: 'CREATE', revision: 0 })),
  );
  return topics.map(({ slug }) => found.get(slug) ?? { id: 0, isNew: false });
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

/** What a topic says of itself. Its slug stays, and so does its place: see `reparentTopics`. */
export type TopicDescription = Omit<TopicFields, 'slug' | 'parentId'> & { readonly id: number };

/** Gives topics that are there other names, kinds and descriptions. */
export async function describeTopics(
  tx: Tx,
  actor: Actor,
  at: Instant,
  topics: readonly TopicDescription[],
): Promise<void> {
  if (topics.length === 0) return;
  const { topicNames } = tx.tables;
  const rows = topics.map((topic) => {
    const { id, kind, description, wikidataId, name, sortName } = topicRow({ ...topic, slug: '' });
    return { id, kind, description, wikidata_id: wikidataId, name, sort_name: sortName };
  });
  const given = tx.portable.rows('rows', 'r', {
    id: 'int',
    kind: 'text',
    description: 'text',
    wikidata_id: 'text',
    name: 'text',
    sort_name: 'text',
  });
  await tx.execute(
    sql`update topics set kind = r.kind, description = r.description, wikidata_id = r.wikidata_id, name = r.name, sort_name = r.sort_name from ${given} where topics.id = r.id`,
    { rows: toJson(rows) },
  );
  await tx.execute(sql`delete from ${topicNames} where ${tx.portable.among(topicNames.topicId, 'ids')}`, {
    ids: topics.map(({ id }) => id),
  });
  await tx.insertMany(
    topicNames,
    topics.flatMap(({ id, names }) => nameRows(id, names)),
  );
  recordChanges(
    tx,
    actor,
    at,
    topics.map(({ id }) => ({ entity: 'TOPIC', entityId: id, op: 'UPDATE', revision: 0 })),
  );
}

function topicRow<T extends Omit<TopicFields, 'parentId'>>({ names, ...fields }: T) {
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
