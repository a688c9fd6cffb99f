/** An author as an editor makes and changes one, one at a time. */
import { sql } from 'drizzle-orm';
import { reviseArticlesWith } from '../articles';
import { entry, recordChanges, type WriteScope } from '../changes';
import { Refusal } from '../core/refusal';
import type { Seen } from '../core/revision';
import { normalise } from '../core/text';
import { lock, type Reader, raiseRevision, reserveKeys } from '../database';
import { type ImageDescription, imageFor } from '../images';
import { assertSlugIsFree, changeSlug, freeSlug } from '../slugs';
import type { AuthorRow } from './author';
import { type AuthorFields, authorsById, storeAuthors } from './author.store';

/** A new author; the portrait is named by its URL. */
export interface AuthorDraft extends Pick<AuthorFields, 'name' | 'bio'> {
  /** Null for one that is made of the name. */
  readonly slug: string | null;
  readonly avatar: ImageDescription | null;
}

/** What becomes of an author; what is absent stays as it is. */
export type AuthorEdit = Partial<Omit<AuthorDraft, 'slug'> & { readonly slug: string }>;

/** @param derived the slug of one that has chosen none @throws Refusal SLUG_TAKEN, FORBIDDEN */
export async function insertAuthor(
  scope: WriteScope,
  { slug, avatar, ...fields }: AuthorDraft,
  derived: string,
): Promise<number> {
  const { tx, actor, at } = scope;
  await lock(tx, 'SUBJECTS', 'EXCLUSIVE');
  if (slug !== null) await assertSlugIsFree(tx, 'author', slug);
  const [id = 0] = await reserveKeys(tx, tx.tables.authors, 1);
  const given = slug ?? (await freeSlug(tx, 'author', derived));
  const avatarId = await portrait(scope, avatar);
  await storeAuthors(tx, actor, at, [{ ...fields, id, revision: 1, slug: given, avatarId }]);
  return id;
}

/** @throws VersionConflict; Refusal NOT_FOUND, SLUG_TAKEN, FORBIDDEN */
export async function updateAuthor(
  scope: WriteScope,
  seen: Seen,
  { avatar, ...fields }: AuthorEdit,
): Promise<number> {
  const { tx, actor, at } = scope;
  await lock(tx, 'SUBJECTS', 'EXCLUSIVE');
  const { authors: a } = tx.tables;
  const revision = await raiseRevision(tx, a, seen, 'author');
  const row = await authorOf(tx, seen.id);
  if (fields.slug !== undefined) await changeSlug(tx, 'author', row, fields.slug);
  const columns = {
    ...fields,
    ...(fields.name === undefined ? {} : { sortName: normalise(fields.name) }),
    ...(avatar === undefined ? {} : { avatarId: await portrait(scope, avatar) }),
  };
  if (Object.keys(columns).length > 0) await tx.update(a).set(columns).where(sql`${a.id} = ${seen.id}`);
  const before = {
    ...Object.fromEntries(Object.entries(row).filter(([column]) => column in fields)),
    ...(avatar === undefined ? {} : { avatar: row.avatarId }),
  };
  recordChanges(tx, actor, at, [entry('AUTHOR', { id: seen.id, revision }, 'UPDATE', { before })]);
  return revision;
}

/** @param field the input field that names one @throws Refusal NOT_FOUND */
export async function authorOf(reader: Reader, id: number, field = 'id'): Promise<AuthorRow> {
  const [row] = await authorsById(reader, { ids: [id] });
  if (row) return row;
  throw new Refusal('NOT_FOUND', 'There is no such author.', field);
}

/** The image's key. Articles that show it already show it as it is described now. */
async function portrait(scope: WriteScope, avatar: ImageDescription | null): Promise<number | null> {
  if (avatar === null) return null;
  const { id, isRedescribed } = await imageFor(scope, 'avatar', avatar, null);
  if (isRedescribed) await reviseArticlesWith(scope.tx, scope.actor, scope.at, [id]);
  return id;
}
