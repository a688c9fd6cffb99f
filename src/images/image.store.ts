import { sql } from 'drizzle-orm';
import { prepared, type Tx } from '../database';
import type { ImageRow } from './image';

/** The images with the keys in `ids`, in no particular order. */
export const imagesById = prepared<{ ids: number[] }, ReturnType<typeof columns>>(({ tables, portable }) => ({
  select: columns(tables),
  from: sql`${tables.images} where ${portable.among(tables.images.id, 'ids')}`,
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

/** Stores images, known by their URL: one that is there takes the new description. Returns their keys in order. */
export async function saveImages(tx: Tx, images: readonly Omit<ImageRow, 'id'>[]): Promise<number[]> {
  const { images: table } = tx.tables;
  const keys = new Map<string, number>();
  for (const image of images) {
    const [row] = await tx
      .insert(table)
      .values(image)
      .onConflictDoUpdate({ target: table.url, set: image })
      .returning({ id: table.id });
    if (row) keys.set(image.url, row.id);
  }
  return images.map(({ url }) => keys.get(url) ?? 0);
}
