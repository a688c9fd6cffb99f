import { sql } from 'drizzle-orm';
import type { ChangeEntity, Tx } from '../database';

/** What the change log tells of something that has become part of another. */
export function mergedAway(into: number, before: Readonly<Record<string, unknown>>) {
  return { mergedInto: into, before };
}

/** What something that is gone was merged into, as the change log knows for a while: a request may come twice. */
export async function mergedInto(tx: Tx, entity: ChangeEntity, id: number): Promise<number | null> {
  const { changes: c } = tx.tables;
  const [last] = await tx
    .select({ payload: c.payload })
    .from(c)
    .where(sql`${c.entity} = ${entity} and ${c.entityId} = ${id} and ${c.op} = 'DELETE'`)
    .orderBy(sql`${c.seq} desc`)
    .limit(1);
  const into = last?.payload?.mergedInto;
  return typeof into === 'number' ? into : null;
}
