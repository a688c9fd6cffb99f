import { sql } from 'drizzle-orm';
import { creations, entry, recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import type { Seen } from '../core/revision';
import { type Found, insertMissing, lock, type Tx, toJson } from '../database';
import { type ImageFields, wordsOf } from './image';
import { imagesById } from './image.store';

/** What was made of images that were to be stored. */
export interface SavedImages {
  /** In the order in which they were given. */
  readonly keys: readonly number[];
  /** Of those that were there and are described otherwise now: articles that show them have changed. */
  readonly changed: readonly number[];
}

/** Stores images, known by their URL: one that is there takes the new description. */
export async function saveImages(
  tx: Tx,
  actor: Actor,
  at: Instant,
  images: readonly ImageFields[],
): Promise<SavedImages> {
  const found = await addImages(tx, actor, at, images);
  const present = images.flatMap((image, index) => {
    const { id, isNew } = found[index] ?? { id: 0, isNew: true };
    return isNew ? [] : [{ ...image, id }];
  });
  return {
    keys: found.map(({ id }) => id),
    changed: await describeImages(tx, actor, at, present),
  };
}

/** Stores new images; one whose URL is there already is left as it is. In the same order. */
export async function addImages(
  tx: Tx,
  actor: Actor,
  at: Instant,
  images: readonly ImageFields[],
): Promise<Found[]> {
  await lock(tx, 'IMAGES', 'SHARED');
  const found = await insertMissing(tx, tx.tables.images, 'url', images.map(withWords));
  recordChanges(tx, actor, at, creations('IMAGE', [...found.values()]));
  return images.map(({ url }) => found.get(url) ?? { id: 0, isNew: false });
}

/** Stores images under the keys that they bring; nobody may have those or their URLs yet. The log is the caller's. */
export async function storeImages(tx: Tx, images: readonly (ImageFields & Seen)[]): Promise<void> {
  await tx.insertMany(tx.tables.images, images.map(withWords));
}

/** Describes images that are there; their URLs stay. Returns the keys of those that were described otherwise. */
export async function describeImages(
  tx: Tx,
  actor: Actor,
  at: Instant,
  images: readonly (ImageFields & { readonly id: number })[],
): Promise<number[]> {
  if (images.length === 0) return [];
  const rows = await imagesById(tx, { ids: images.map(({ id }) => id) });
  const before = new Map(rows.map((row) => [row.id, row]));
  const changed = images.filter((image) => {
    const row = before.get(image.id);
    return row !== undefined && differs(row, image);
  });
  const written = await write(tx, changed);
  recordChanges(
    tx,
    actor,
    at,
    written.map((each) => entry('IMAGE', each, 'UPDATE')),
  );
  return changed.map(({ id }) => id);
}

const DESCRIBED = ['width', 'height', 'alt', 'caption', 'credit'] as const;

/** Whether two say something else of one image. */
export function differs(before: ImageFields, after: ImageFields): boolean {
  return DESCRIBED.some((field) => before[field] !== after[field]);
}

const ROW = {
  id: 'int',
  width: 'int',
  height: 'int',
  alt: 'text',
  caption: 'text',
  credit: 'text',
  words: 'text',
} as const;

async function write(tx: Tx, images: readonly (ImageFields & { readonly id: number })[]): Promise<Seen[]> {
  if (images.length === 0) return [];
  return tx.rows<Seen>(
    sql`update images set width = r.width, height = r.height, alt = r.alt, caption = r.caption, credit = r.credit, words = r.words, revision = images.revision + 1 from ${tx.portable.rows('rows', 'r', ROW)} where images.id = r.id returning images.id, images.revision`,
    { rows: toJson(images.map(withWords)) },
  );
}

function withWords<T extends ImageFields>(image: T): T & { readonly words: string } {
  return { ...image, words: wordsOf(image) };
}
