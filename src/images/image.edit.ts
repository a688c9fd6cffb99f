/** An image as an editor brings and describes it, one at a time. */
import { sql } from 'drizzle-orm';
import { entry, recordChanges, type WriteScope } from '../changes';
import { Refusal } from '../core/refusal';
import type { Seen } from '../core/revision';
import { lock, type Reader, raiseRevision } from '../database';
import { type ImageDescription, type ImageFields, type ImageRow, UNDESCRIBED, wordsOf } from './image';
import { mayEditImages } from './image.policy';
import { imagesById, imagesByUrl } from './image.store';
import { assertUnused, isShownElsewhere } from './image.uses';
import { addImages, differs, saveImages } from './image.writer';

/** What becomes of the description of an image; what is absent stays as it is, null clears. */
export type ImageEdit = Partial<Omit<ImageFields, 'url'>>;

/**
 * The image that something is to show, made or described anew where it has to be.
 * @param field the input field that names it
 * @param article the article that shows it, where it is one that is there already
 * @throws Refusal FORBIDDEN where others show it, and the actor may not change what they show
 */
export async function imageFor(
  scope: WriteScope,
  field: string,
  { url, ...given }: ImageDescription,
  article: number | null,
): Promise<{ readonly id: number; readonly isRedescribed: boolean }> {
  const { tx, actor, at } = scope;
  await lock(tx, 'IMAGES', 'SHARED');
  const [known] = await imagesByUrl(tx, { urls: [url] });
  const { id, revision, ...before } = known ?? { ...UNDESCRIBED, id: 0, revision: 0 };
  const image = { ...before, ...given, url };
  if (known && differs(known, image) && !mayEditImages(actor) && (await isShownElsewhere(tx, id, article)))
    throw new Refusal('FORBIDDEN', 'Others show this image: you may not describe it anew.', field);
  const { keys, changed } = await saveImages(tx, actor, at, [image]);
  const [key] = keys;
  if (key === undefined) throw new Error('One key an image');
  return { id: key, isRedescribed: changed.length > 0 };
}

/** @throws Refusal DUPLICATE */
export async function insertImage({ tx, actor, at }: WriteScope, image: ImageDescription): Promise<number> {
  const [found] = await addImages(tx, actor, at, [{ ...UNDESCRIBED, ...image }]);
  if (found?.isNew) return found.id;
  throw new Refusal('DUPLICATE', 'There is an image with this URL already.', 'url');
}

/**
 * @returns whether it is described otherwise than before, and the revision that it has now
 * @throws VersionConflict; Refusal NOT_FOUND
 */
export async function updateImage(
  { tx, actor, at }: WriteScope,
  seen: Seen,
  edit: ImageEdit,
): Promise<{ readonly revision: number; readonly isRedescribed: boolean }> {
  const { images: i } = tx.tables;
  const revision = await raiseRevision(tx, i, seen, 'image');
  const row = await imageOf(tx, seen.id);
  const image = { ...row, ...edit };
  await tx
    .update(i)
    .set({ ...edit, words: wordsOf(image) })
    .where(sql`${i.id} = ${seen.id}`);
  const before = Object.fromEntries(Object.entries(row).filter(([column]) => column in edit));
  recordChanges(tx, actor, at, [entry('IMAGE', { id: seen.id, revision }, 'UPDATE', { before })]);
  return { revision, isRedescribed: differs(row, image) };
}

/**
 * Deletes an image that nothing shows. An import that has it still brings it anew.
 * @throws VersionConflict; Refusal NOT_FOUND, NOT_ALLOWED_IN_STATE
 */
export async function deleteImage({ tx, actor, at }: WriteScope, seen: Seen): Promise<void> {
  await lock(tx, 'IMAGES', 'EXCLUSIVE');
  const { images: i, importKeys: k } = tx.tables;
  const revision = await raiseRevision(tx, i, seen, 'image');
  const { id, revision: _, ...before } = await imageOf(tx, seen.id);
  await assertUnused(tx, id);
  await tx.delete(k).where(sql`${k.kind} = 'image' and ${k.localId} = ${id}`);
  await tx.delete(i).where(sql`${i.id} = ${id}`);
  recordChanges(tx, actor, at, [entry('IMAGE', { id, revision }, 'DELETE', { before })]);
}

async function imageOf(reader: Reader, id: number): Promise<ImageRow> {
  const [row] = await imagesById(reader, { ids: [id] });
  if (row) return row;
  throw new Refusal('NOT_FOUND', 'There is no such image.', 'id');
}
