import { sql } from 'drizzle-orm';
import { creations, recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import type { Seen } from '../core/revision';
import { type Found, insertMissing, prepared, type Reader, type Tx, toJson } from '../database';
import type { ImageRow } from './image';

/** The images with the keys in `ids`, in no particular order. */
export const imagesById = prepared<{ ids: number[] }, ReturnType<typeof columns>>(({ tables, portable }) => ({
  select: columns(tables),
  from: sql`${tables.images} where ${portable.among(tables.images.id, 'ids')}`,
}));

const imagesByUrl = prepared<{ urls: string[] }, ReturnType<typeof columns>>(({ tables, portable }) => ({
  select: columns(tables),
  from: sql`${tables.images} where ${portable.among(tables.images.url, 'urls')}`,
}));

function columns({ images: i }: Tx['tables']) {
  return {
    id: i.id,
    url: i.url,
    width: i.width,
    height: i.height,
    alt: i.alt,
    caption: i.caption,
    credit: i.credit,
  };
}

/** An image as an editor describes it: what is absent stays as it is known, null clears. */
export type ImageDescription = Pick<ImageRow, 'url'> & Partial<Omit<ImageRow, 'id' | 'url'>>;

/** The whole description of an image, with what is known of it already. */
export async function describedImage(
  reader: Reader,
  { url, ...given }: ImageDescription,
): Promise<Omit<ImageRow, 'id'>> {
  const [known] = await imagesByUrl(reader, { urls: [url] });
  const { id: _, ...before } = known ?? { ...UNDESCRIBED, id: 0 };
  return { ...before, ...given, url };
}

const UNDESCRIBED = { width: null, height: null, alt: null, caption: null, credit: null };

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
  images: readonly Omit<ImageRow, 'id'>[],
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
  images: readonly Omit<ImageRow, 'id'>[],
): Promise<Found[]> {
  const found = await insertMissing(tx, tx.tables.images, 'url', images);
  recordChanges(tx, actor, at, creations('IMAGE', [...found.values()]));
  return images.map(({ url }) => found.get(url) ?? { id: 0, isNew: false });
}

/** Describes images that are there; their URLs stay. Returns the keys of those that were described otherwise. */
export async function describeImages(
  tx: Tx,
  actor: Actor,
  at: Instant,
  images: readonly ImageRow[],
): Promise<number[]> {
  if (images.length === 0) return [];
  const rows = await imagesById(tx, { ids: images.map(({ id }) => id) });
  const before = new Map(rows.map((row) => [row.id, row]));
  const changed = images.filter((image) => {
    const row = before.get(image.id);
    return row !== undefined && DESCRIBED.some((field) => image[field] !== row[field]);
  });
  const written = await write(tx, changed);
  recordChanges(
    tx,
    actor,
    at,
    written.map(({ id, revision }) => ({ entity: 'IMAGE', entityId: id, op: 'UPDATE', revision })),
  );
  return changed.map(({ id }) => id);
}

const DESCRIBED = ['width', 'height', 'alt', 'caption', 'credit'] as const;

const ROW = { id: 'int', width: 'int', height: 'int', alt: 'text', caption: 'text', credit: 'text' } as const;

async function write(tx: Tx, images: readonly ImageRow[]): Promise<Seen[]> {
  if (images.length === 0) return [];
  return tx.rows<Seen>(
    sql`update images set width = r.width, height = r.height, alt = r.alt, caption = r.caption, credit = r.credit, revision = images.revision + 1 from ${tx.portable.rows('rows', 'r', ROW)} where images.id = r.id returning images.id, images.revision`,
    { rows: toJson(images) },
  );
}
