import { sql } from 'drizzle-orm';
import { prepared, type Tx } from '../../database';

/** The numbers under which the previews of articles are given out at present. */
export const previewEpochs = prepared<
  { ids: readonly number[] },
  Pick<Tx['tables']['articles'], 'id' | 'previewEpoch'>
>(({ tables: { articles: a }, portable }) => ({
  select: { id: a.id, previewEpoch: a.previewEpoch },
  from: sql`${a} where ${portable.among(a.id, 'ids')}`,
}));

/** Ends all previews of the article that were given out. */
export async function endPreviews(tx: Tx, id: number): Promise<void> {
  await tx.execute(sql`update articles set preview_epoch = preview_epoch + 1 where id = ${id}`);
}
