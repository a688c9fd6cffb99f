/** Topics that become one, and topics that go. */
import { sql } from 'drizzle-orm';
import { mergeSubject } from '../articles';
import { entry, recordChanges, type WriteScope } from '../changes';
import { badInput } from '../core/errors';
import { Refusal } from '../core/refusal';
import type { Seen } from '../core/revision';
import { lock, raiseRevision, type Tx } from '../database';
import { forgetSlugs, handOver, mergedAway, mergedInto } from '../slugs';
import { type NamedTopic, namedTopic } from './topic.edit';
import { mergedNames } from './topic.names';
import { isBelow, linesOf } from './topic.tree';
import { calledBy, replaceNames } from './topic.writer';

/**
 * Makes a topic part of another, which takes over its articles, its names, its children, the categories that stand
 * for it, its slugs, and what it does not say itself. To do it again changes nothing.
 * @throws VersionConflict; Refusal NOT_FOUND; DatelineError BAD_USER_INPUT
 */
export async function mergeTopics(scope: WriteScope, seen: Seen, into: number): Promise<Seen> {
  const { tx, actor, at } = scope;
  await lock(tx, 'SUBJECTS', 'EXCLUSIVE');
  if (seen.id === into) throw badInput('into', '"into" is the topic itself.');
  if ((await mergedInto(tx, 'TOPIC', seen.id)) === into) return (await namedTopic(tx, into, 'into')).row;
  const last = await raiseRevision(tx, tx.tables.topics, seen, 'topic');
  const from = await namedTopic(tx, seen.id);
  const heir = await namedTopic(tx, into, 'into');
  const revision = await raiseRevision(tx, tx.tables.topics, heir.row, 'topic');
  let children: Seen[] = [];
  const merger = { facet: 'topic' as const, from: key(from), into: key(heir) };
  const articles = await mergeSubject(tx, actor, at, merger, async () => {
    children = await adopt(tx, from, heir);
  });
  const categories = await relinkCategories(tx, seen.id, into);
  await inherit(tx, from, heir);
  await handOver(tx, 'topic', from.row, into);
  const { topics } = tx.tables;
  await tx.delete(topics).where(sql`${topics.id} = ${seen.id}`);
  recordChanges(tx, actor, at, [
    ...children.map((each) => entry('TOPIC', each, 'MOVE', { before: { parent: seen.id } })),
    ...categories.map((each) => entry('CATEGORY', each, 'UPDATE', { before: { topic: seen.id } })),
    entry('TOPIC', { id: into, revision }, 'MERGE', {
      ...{ merged: key(from), articles: articles.length },
      // One from below what is gone has another parent now.
      before: { parent: heir.row.parentId },
    }),
    entry('TOPIC', { id: seen.id, revision: last }, 'DELETE', mergedAway(into, said(from))),
  ]);
  return { id: into, revision };
}

/** Deletes a topic that nothing refers to. @throws VersionConflict; Refusal NOT_FOUND, NOT_ALLOWED_IN_STATE */
export async function deleteTopic({ tx, actor, at }: WriteScope, seen: Seen): Promise<void> {
  await lock(tx, 'SUBJECTS', 'EXCLUSIVE');
  const revision = await raiseRevision(tx, tx.tables.topics, seen, 'topic');
  const topic = await namedTopic(tx, seen.id);
  await assertNothingRefersTo(tx, seen.id);
  await forgetSlugs(tx, 'topic', seen.id);
  const { topics } = tx.tables;
  await tx.delete(topics).where(sql`${topics.id} = ${seen.id}`);
  const payload = { before: said(topic) };
  recordChanges(tx, actor, at, [entry('TOPIC', { id: seen.id, revision }, 'DELETE', payload)]);
}

/** Hangs what stands below one topic below the other; an heir from among them takes the other's place first. */
async function adopt(tx: Tx, { row: from }: NamedTopic, { row: heir }: NamedTopic): Promise<Seen[]> {
  const { topics } = tx.tables;
  if (isBelow(await linesOf(tx, [heir.id]), heir.id, from.id)) {
    await tx.update(topics).set({ parentId: from.parentId }).where(sql`${topics.id} = ${heir.id}`);
  }
  return tx
    .update(topics)
    .set({ parentId: heir.id, revision: sql`${topics.revision} + 1` })
    .where(sql`${topics.parentId} = ${from.id}`)
    .returning({ id: topics.id, revision: topics.revision });
}

async function relinkCategories(tx: Tx, from: number, into: number): Promise<Seen[]> {
  const { categories } = tx.tables;
  return tx
    .update(categories)
    .set({ topicId: into, revision: sql`${categories.revision} + 1` })
    .where(sql`${categories.topicId} = ${from}`)
    .returning({ id: categories.id, revision: categories.revision });
}

/** The names of both, and of what only the other says, what it says. */
async function inherit(tx: Tx, from: NamedTopic, { row, names }: NamedTopic): Promise<void> {
  const { topics } = tx.tables;
  const both = mergedNames(names, from.names);
  await tx
    .update(topics)
    .set({
      description: row.description ?? from.row.description,
      wikidataId: row.wikidataId ?? from.row.wikidataId,
      ...calledBy(both, row.slug),
    })
    .where(sql`${topics.id} = ${row.id}`);
  await replaceNames(tx, [{ id: row.id, names: both }]);
}

async function assertNothingRefersTo(tx: Tx, id: number): Promise<void> {
  const [count] = await tx.rows<{ articles: number; topics: number; categories: number }>(
    sql`select (select count(*) from article_topics where topic_id = ${id}) as articles,
      (select count(*) from topics where parent_id = ${id}) as topics,
      (select count(*) from categories where topic_id = ${id}) as categories`,
  );
  const uses = Object.entries(count ?? {}).filter(([, total]) => total > 0);
  if (uses.length === 0) return;
  const told = uses.map(([what, total]) => `${total} ${what}`).join(', ');
  throw new Refusal(
    'NOT_ALLOWED_IN_STATE',
    `The topic is in use (${told}). Merge it into another, or take it from them first.`,
    'id',
  );
}

function key({ row: { id, slug } }: NamedTopic) {
  return { id, slug };
}

/** What a deleted topic has said of itself. */
function said({ row, names }: NamedTopic) {
  const { slug, kind, description, wikidataId, parentId } = row;
  return { slug, kind, description, wikidataId, parent: parentId, names };
}
