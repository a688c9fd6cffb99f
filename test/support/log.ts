import type { ChangeEntity, Database } from '../../src/database';

/** The entries of the change log about things of one kind, in their order. */
export async function changesOf(database: Database, entity: ChangeEntity) {
  const { changes } = database.tables;
  const rows = await database.select().from(changes).orderBy(changes.seq);
  return rows.filter((row) => row.entity === entity);
}
