/** Authors that are one person, and authors that go. */
import { sql } from 'drizzle-orm';
import { mergeSubject } from '../articles';
import { entry, recordChanges, type WriteScope } from '../changes';
import { badInput } from '../core/errors';
import { Refusal } from '../core/refusal';
import type { Seen } from '../core/revision';
import { lock, raiseRevision, type Tx } from '../database';
import { forgetSlugs, handOver, mergedAway, mergedInto } from '../slugs';
import type { AuthorRow } from './author';
import { authorOf } from './author.edit';

/**
 * Makes an author part of another, who takes over the articles, the slugs, and what the other does not say of
 * itself. To do it again changes nothing.
 * @throws VersionConflict; Refusal NOT_FOUND; DatelineError BAD_USER_INPUT
 */
export async function mergeAuthors({ tx, actor, at }: WriteScope, seen: Seen, into: number): Promise<Seen> {
  await lock(tx, 'SUBJECTS', 'EXCLUSIVE');
  if (seen.id === into) throw badInput('into', '"into" is the author itself.');
  if ((await mergedInto(tx, 'AUTHOR', seen.id)) === into) return authorOf(tx, into, 'into');
  const { authors: a } = tx.tables;
  const last = await raiseRevision(tx, a, seen, 'author');
  const from = await authorOf(tx, seen.id);
  const heir = await authorOf(tx, into, 'into');
  const revision = await raiseRevision(tx, a, heir, 'author');
  const merger = { facet: 'author' as const, from: key(from), into: key(heir) };
  const articles = await mergeSubject(tx, actor, at, merger, async () => {});
  await tx
    .update(a)
    .set({ bio: heir.bio ?? from.bio, avatarId: heir.avatarId ?? from.avatarId })
    .where(sql`${a.id} = ${into}`);
  await handOver(tx, 'author', from, into);
  await tx.delete(a).where(sql`${a.id} = ${seen.id}`);
  recordChanges(tx, actor, at, [
    entry('AUTHOR', { id: into, revision }, 'MERGE', { merged: key(from), articles: articles.length }),
    entry('AUTHOR', { id: seen.id, revision: last }, 'DELETE', mergedAway(into, said(from))),
  ]);
  return { id: into, revision };
}

/** Deletes an author of no article. @throws VersionConflict; Refusal NOT_FOUND, NOT_ALLOWED_IN_STATE */
export async function deleteAuthor({ tx, actor, at }: WriteScope, seen: Seen): Promise<void> {
  await lock(tx, 'SUBJECTS', 'EXCLUSIVE');
  const { authors: a } = tx.tables;
  const revision = await raiseRevision(tx, a, seen, 'author');
  const row = await authorOf(tx, seen.id);
  await assertHasNoArticles(tx, seen.id);
  await forgetSlugs(tx, 'author', seen.id);
  await tx.delete(a).where(sql`${a.id} = ${seen.id}`);
  const payload = { before: said(row) };
  recordChanges(tx, actor, at, [entry('AUTHOR', { id: seen.id, revision }, 'DELETE', payload)]);
}

async function assertHasNoArticles(tx: Tx, id: number): Promise<void> {
  const [count] = await tx.rows<{ articles: number }>(
    sql`select count(*) as articles from article_authors where author_id = ${id}`,
  );
  const { articles = 0 } = count ?? {};
  if (articles === 0) return;
  throw new Refusal(
    'NOT_ALLOWED_IN_STATE',
    `The author has ${articles} articles. Merge them into another, or give these to somebody else first.`,
    'id',
  );
}

function key({ id, slug }: AuthorRow) {
  return { id, slug };
}

/** What a deleted author has said of itself. */
function said({ slug, name, bio, avatarId }: AuthorRow) {
  return { slug, name, bio, avatar: avatarId };
}
