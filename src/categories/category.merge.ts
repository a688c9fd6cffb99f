/** Categories that become one, and categories that go. */
import { sql } from 'drizzle-orm';
import { mergeSubject } from '../articles';
import { entry, recordChanges, type WriteScope } from '../changes';
import { badInput } from '../core/errors';
import { Refusal } from '../core/refusal';
import type { Seen } from '../core/revision';
import { lock, raiseRevision, type Tx } from '../database';
import { forgetSlugs, handOver, mergedAway, mergedInto } from '../slugs';
import type { CategoryRow } from './category';
import { forgetCommenting, inheritCommenting } from './category.commenting';
import { categoryOf, treeOf } from './category.edit';

/**
 * Makes a category part of another, which takes over its articles, its children, its slugs, and what the other does
 * not say itself, how readers may comment among it. To do it again changes nothing.
 * @throws VersionConflict; Refusal NOT_FOUND; DatelineError BAD_USER_INPUT
 */
export async function mergeCategories(scope: WriteScope, seen: Seen, into: number): Promise<Seen> {
  const { tx, actor, at } = scope;
  await lock(tx, 'SUBJECTS', 'EXCLUSIVE');
  await lock(tx, 'COMMENTING', 'EXCLUSIVE');
  if (seen.id === into) throw badInput('into', '"into" is the category itself.');
  if ((await mergedInto(tx, 'CATEGORY', seen.id)) === into) return categoryOf(tx, into, 'into');
  const { categories: c } = tx.tables;
  const last = await raiseRevision(tx, c, seen, 'category');
  const from = await categoryOf(tx, seen.id);
  const heir = await categoryOf(tx, into, 'into');
  const revision = await raiseRevision(tx, c, heir, 'category');
  const merger = { facet: 'category' as const, from: key(from), into: key(heir) };
  let children: Seen[] = [];
  const articles = await mergeSubject(tx, actor, at, merger, async () => {
    children = await adopt(tx, from, heir);
  });
  await tx
    .update(c)
    .set({
      description: heir.description ?? from.description,
      topicId: heir.topicId ?? from.topicId,
    })
    .where(sql`${c.id} = ${into}`);
  await handOver(tx, 'category', from, into);
  await inheritCommenting(tx, seen.id, into);
  await tx.delete(c).where(sql`${c.id} = ${seen.id}`);
  const below = { before: { parent: seen.id } };
  recordChanges(tx, actor, at, [
    ...children.map((each) => entry('CATEGORY', each, 'MOVE', below)),
    entry('CATEGORY', { id: into, revision }, 'MERGE', {
      ...{ merged: key(from), articles: articles.length },
      // One from below what is gone has another parent now.
      before: { parent: heir.parentId },
    }),
    entry('CATEGORY', { id: seen.id, revision: last }, 'DELETE', mergedAway(into, said(from))),
  ]);
  return { id: into, revision };
}

/**
 * Deletes a category that is empty: without articles and without categories below it.
 * @throws VersionConflict; Refusal NOT_FOUND, NOT_ALLOWED_IN_STATE
 */
export async function deleteCategory({ tx, actor, at }: WriteScope, seen: Seen): Promise<void> {
  await lock(tx, 'SUBJECTS', 'EXCLUSIVE');
  await lock(tx, 'COMMENTING', 'EXCLUSIVE');
  const { categories: c } = tx.tables;
  const revision = await raiseRevision(tx, c, seen, 'category');
  const row = await categoryOf(tx, seen.id);
  await assertIsEmpty(tx, seen.id);
  await forgetSlugs(tx, 'category', seen.id);
  await forgetCommenting(tx, seen.id);
  await tx.delete(c).where(sql`${c.id} = ${seen.id}`);
  const payload = { before: said(row) };
  recordChanges(tx, actor, at, [entry('CATEGORY', { id: seen.id, revision }, 'DELETE', payload)]);
}

/** Hangs what stands below one category below the other; an heir from among them takes the other's place first. */
async function adopt(tx: Tx, from: CategoryRow, heir: CategoryRow): Promise<Seen[]> {
  const { categories: c } = tx.tables;
  const tree = await treeOf(tx);
  if (tree.line(heir.id).some(({ id }) => id === from.id)) {
    await tx.update(c).set({ parentId: from.parentId }).where(sql`${c.id} = ${heir.id}`);
  }
  return tx
    .update(c)
    .set({ parentId: heir.id, revision: sql`${c.revision} + 1` })
    .where(sql`${c.parentId} = ${from.id}`)
    .returning({ id: c.id, revision: c.revision });
}

async function assertIsEmpty(tx: Tx, id: number): Promise<void> {
  const [count] = await tx.rows<{ articles: number; categories: number }>(
    sql`select (select count(*) from article_categories where category_id = ${id})
        + (select count(*) from articles as a where a.primary_category_id = ${id}
          and not exists (select 1 from article_categories as t where t.article_id = a.id and t.category_id = ${id})) as articles,
      (select count(*) from categories where parent_id = ${id}) as categories`,
  );
  const uses = Object.entries(count ?? {}).filter(([, total]) => total > 0);
  if (uses.length === 0) return;
  const told = uses.map(([what, total]) => `${total} ${what}`).join(', ');
  throw new Refusal(
    'NOT_ALLOWED_IN_STATE',
    `The category is not empty (${told}). Merge it into another, or empty it first.`,
    'id',
  );
}

function key({ id, slug }: CategoryRow) {
  return { id, slug };
}

/** What a deleted category has said of itself. */
function said({ slug, name, description, parentId, topicId, position }: CategoryRow) {
  return { slug, name, description, parent: parentId, topic: topicId, position };
}
