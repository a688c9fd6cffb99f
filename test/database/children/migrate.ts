import { migrate, openDatabase } from '../../../src/database';

/** Migrates, and prints how many migrations it has applied itself. */
async function main(url: string): Promise<void> {
  const db = openDatabase(url);
  const { applied } = await migrate(db);
  await db.close();
  process.stdout.write(`applied ${applied}\n`);
}

void main(String(process.argv[2]));
