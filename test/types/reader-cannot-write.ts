/** Checked by tsc, never run: every line under an expected error must stay an error. */
import { sql } from 'drizzle-orm';
import type { Database, Reader, Tx } from '../../src/database';

export async function nothingHereCompiles(reader: Reader, database: Database, tx: Tx): Promise<void> {
  const { settings } = reader.tables;
  const row = { name: 'a', value: 'b' };

  // @ts-expect-error A reader has no insert.
  reader.insert(settings);
  // @ts-expect-error A reader has no update.
  reader.update(settings);
  // @ts-expect-error A reader has no delete.
  reader.delete(settings);
  // @ts-expect-error A reader runs no raw write.
  reader.execute(sql`delete from settings`);
  // @ts-expect-error A reader has no insertMany.
  reader.insertMany(reader.tables.authors, []);
  // @ts-expect-error A reader opens no transaction.
  reader.write(async () => undefined);

  // @ts-expect-error Outside of a transaction the database has no insert.
  database.insert(settings);
  // @ts-expect-error Nor update.
  database.update(settings);
  // @ts-expect-error Nor delete.
  database.delete(settings);
  // @ts-expect-error Nor a raw write.
  database.execute(sql`delete from settings`);
  // @ts-expect-error Nor insertMany.
  database.insertMany(database.tables.authors, []);
  // @ts-expect-error Nor the builder's own transactions.
  database.transaction(async () => undefined);

  const writes = async (open: Tx) => void (await open.insert(settings).values(row));
  // @ts-expect-error A reader is no transaction.
  await writes(reader);
  // @ts-expect-error The database is no transaction.
  await writes(database);
  // @ts-expect-error A copy of a transaction's methods is no transaction.
  await writes({ insert: tx.insert, update: tx.update, delete: tx.delete, execute: tx.execute });
  // @ts-expect-error A transaction opens no other.
  await tx.write(writes);
  // @ts-expect-error A row needs its columns that have no default.
  await tx.insert(settings).values({ name: 'a' });

  await database.write(writes);
}
