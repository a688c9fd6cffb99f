/** A topic as an editor makes and changes it, one at a time. */
import { sql } from 'drizzle-orm';
import { recordChanges, type WriteScope } from '../changes';
import { Refusal } from '../core/refusal';
import type { Seen } from '../core/revision';
import { lock, type Reader, raiseRevision, reserveKeys, type Tx } from '../database';
import { assertSlugIsFree, changeSlug, freeSlug, keyOrNull } from '../slugs';
import { type LocalName, localNames, type TopicRow } from './topic';
import { givenNamesOfTopics, topicsById } from './topic.store';
import { assertMayHang, hangTopic } from './topic.tree';
import { calledBy, replaceNames, storeTopics, type TopicFields } from './topic.writer';

/** A new topic; what it stands below is named by its slug. */
export interface TopicDraft extends Omit<TopicFields, 'slug' | 'parentId'> {
  /** Null for one that is made of the name. */
  readonly slug: string | null;
  readonly parent: string | null;
}

/** What becomes of a topic; what is absent stays as it is. */
export type TopicEdit = Partial<Omit<TopicDraft, 'slug'> & { readonly slug: string }>;

/** A topic with its names, in the order in which they were given. */
export interface NamedTopic {
  readonly row: TopicRow;
  readonly names: readonly LocalName[];
}

/** @param derived the slug of one that has chosen none */
export async function insertTopic(scope: WriteScope, draft: TopicDraft, derived: string): Promise<number> {
  const { tx, actor, at } = scope;
  await lock(tx, 'SUBJECTS', 'EXCLUSIVE');
  const { slug, parent, ...fields } = draft;
  if (slug !== null) await assertSlugIsFree(tx, 'topic', slug);
  await assertNobodyElseIs(tx, null, fields.wikidataId);
  const parentId = await keyOrNull(tx, 'topic', 'parent', parent);
  if (parentId !== null) await assertMayHang(tx, null, parentId);
  const [id = 0] = await reserveKeys(tx, tx.tables.topics, 1);
  const given = slug ?? (await freeSlug(tx, 'topic', derived));
  await storeTopics(tx, actor, at, [{ ...fields, id, revision: 1, slug: given, parentId }]);
  return id;
}

/** @throws VersionConflict; Refusal NOT_FOUND, SLUG_TAKEN, DUPLICATE; DatelineError BAD_USER_INPUT */
export async function updateTopic(scope: WriteScope, seen: Seen, edit: TopicEdit): Promise<number> {
  const { tx, actor, at } = scope;
  await lock(tx, 'SUBJECTS', 'EXCLUSIVE');
  const revision = await raiseRevision(tx, tx.tables.topics, seen, 'topic');
  const { row, names } = await namedTopic(tx, seen.id);
  const { parent, names: newNames, ...fields } = edit;
  if (fields.wikidataId !== undefined) await assertNobodyElseIs(tx, seen.id, fields.wikidataId);
  if (fields.slug !== undefined) await changeSlug(tx, 'topic', row, fields.slug);
  const { topics } = tx.tables;
  const columns = { ...fields, ...(newNames ? calledBy(newNames, row.slug) : {}) };
  if (Object.keys(columns).length > 0)
    await tx.update(topics).set(columns).where(sql`${topics.id} = ${seen.id}`);
  if (newNames) await replaceNames(tx, [{ id: seen.id, names: newNames }]);
  if (parent !== undefined) await hang(tx, row, parent);
  const before = {
    ...Object.fromEntries(Object.entries(row).filter(([field]) => field in fields)),
    ...(newNames ? { names } : {}),
    ...(parent === undefined ? {} : { parent: row.parentId }),
  };
  const op = Object.keys(before).join() === 'parent' ? 'MOVE' : 'UPDATE';
  recordChanges(tx, actor, at, [{ entity: 'TOPIC', entityId: seen.id, op, revision, payload: { before } }]);
  return revision;
}

/**
 * Changes the names of a topic as they are now, whoever changed them last; nothing, where they come out the same.
 * @throws Refusal NOT_FOUND
 */
export async function renameTopic(
  scope: WriteScope,
  id: number,
  change: (names: readonly LocalName[]) => readonly LocalName[],
): Promise<Seen> {
  await lock(scope.tx, 'SUBJECTS', 'EXCLUSIVE');
  const { row, names } = await namedTopic(scope.tx, id);
  const after = change(names);
  if (JSON.stringify(after) === JSON.stringify(names)) return { id, revision: row.revision };
  return { id, revision: await updateTopic(scope, { id, revision: row.revision }, { names: after }) };
}

/** @param field the input field that names it @throws Refusal NOT_FOUND */
export async function namedTopic(reader: Reader, id: number, field = 'id'): Promise<NamedTopic> {
  const [row] = await topicsById(reader, { ids: [id] });
  if (!row) throw new Refusal('NOT_FOUND', 'There is no such topic.', field);
  return { row, names: localNames(await givenNamesOfTopics(reader, { topics: [id] })) };
}

async function hang(tx: Tx, row: TopicRow, parent: string | null): Promise<void> {
  const parentId = await keyOrNull(tx, 'topic', 'parent', parent);
  if (parentId === row.parentId) return;
  if (parentId !== null) await assertMayHang(tx, row.id, parentId);
  await hangTopic(tx, row.id, parentId);
}

/** One thing of the world is one topic. @throws Refusal DUPLICATE */
async function assertNobodyElseIs(tx: Tx, id: number | null, wikidataId: string | null): Promise<void> {
  if (wikidataId === null) return;
  const { topics } = tx.tables;
  const [other] = await tx
    .select({ slug: topics.slug })
    .from(topics)
    .where(sql`${topics.wikidataId} = ${wikidataId} and ${topics.id} <> ${id ?? 0}`)
    .limit(1);
  if (!other) return;
  throw new Refusal('DUPLICATE', `The topic "${other.slug}" is ${wikidataId} already.`, 'wikidataId');
}
