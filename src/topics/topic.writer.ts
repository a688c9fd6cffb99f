import { sql } from 'drizzle-orm';
import { creations, recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import type { Seen } from '../core/revision';
import { normalise } from '../core/text';
import { type Found, lock, type TopicKind, type Tx, toJson } from '../database';
import { insertSlugged } from '../slugs';
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
 * Stores new topics and returns their keys in the same order; one whose slug is there already, or was, is left as
 * it is, with its names, because an editor may have seen to it.
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
  const found = await insertSlugged(tx, 'topic', tx.tables.topics, topics.map(topicRow));
  // Of two with one slug the first counts, as it does there.
  const added = new Map<number, readonly LocalName[]>();
  for (const [index, { names }] of topics.entries()) {
    const { id, isNew } = found[index] ?? { id: 0, isNew: false };
    if (isNew && !added.has(id)) added.set(id, names);
  }
  await tx.insertMany(
    tx.tables.topicNames,
    [...added].flatMap(([id, names]) => nameRows(id, names)),
  );
  recordChanges(tx, actor, at, creations('TOPIC', found));
  return found;
}

/** Stores topics under the keys that they bring; nobody may have those or their slugs yet. */
export async function storeTopics(
  tx: Tx,
  actor: Actor,
  at: Instant,
  topics: readonly (TopicFields & Seen)[],
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
    topics.map(({ id, revision }) => ({ entity: 'TOPIC', entityId: id, op: 'CREATE', revision })),
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
  await lock(tx, 'SUBJECTS', 'SHARED');
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
  const described = await tx.rows<Seen>(
    sql`update topics set kind = r.kind, description = r.description, wikidata_id = r.wikidata_id, name = r.name, sort_name = r.sort_name, revision = topics.revision + 1 from ${given} where topics.id = r.id returning topics.id, topics.revision`,
    { rows: toJson(rows) },
  );
  await replaceNames(tx, topics);
  recordChanges(
    tx,
    actor,
    at,
    described.map(({ id, revision }) => ({ entity: 'TOPIC', entityId: id, op: 'UPDATE', revision })),
  );
}

export async function replaceNames(
  tx: Tx,
  topics: readonly { readonly id: number; readonly names: readonly LocalName[] }[],
): Promise<void> {
  const { topicNames } = tx.tables;
  await tx.execute(sql`delete from ${topicNames} where ${tx.portable.among(topicNames.topicId, 'ids')}`, {
    ids: topics.map(({ id }) => id),
  });
  await tx.insertMany(
    topicNames,
    topics.flatMap(({ id, names }) => nameRows(id, names)),
  );
}

/** What a topic is called where no language is asked for. */
export function calledBy(names: readonly LocalName[], slug: string): { name: string; sortName: string } {
  const name = nameIn(nameRows(0, names), null) ?? slug;
  return { name, sortName: normalise(name) };
}

function topicRow<T extends Omit<TopicFields, 'parentId'>>({ names, ...fields }: T) {
  return { ...fields, ...calledBy(names, fields.slug) };
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
