import { openDatabase } from '../../../src/database';

/** Reads without a pause, as a second process on the same file would. */
async function main(file: string): Promise<void> {
  const db = openDatabase(file);
  const { settings } = db.tables;
  for (let n = 0; ; n++) {
    await db.select().from(settings).limit(200);
    if (n === 0) process.stdout.write('reading\n');
    if (n % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

void main(String(process.argv[2]));
