import { openDatabase } from '../../../src/database';

/** Writes numbered rows, and prints each number after its commit was acknowledged. */
async function main(file: string, first: number): Promise<void> {
  const db = openDatabase(file);
  const { settings } = db.tables;
  for (let n = first; ; n++) {
    await db.write(async (tx) => {
      await tx.insert(settings).values({ name: `n${n}`, value: 'x'.repeat((n * 37) % 5_000) });
      await tx.insert(settings).values({ name: `twin${n}`, value: String(n) });
    });
    process.stdout.write(`${n}\n`);
  }
}

void main(String(process.argv[2]), Number(process.argv[3]));
