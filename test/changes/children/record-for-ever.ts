import { recordChanges } from '../../../src/changes';
import { systemActor } from '../../../src/core/actor';
import { openDatabase } from '../../../src/database';

/** Records numbered changes, and prints each number once its commit was acknowledged. */
async function main(url: string, first: number): Promise<void> {
  const db = openDatabase(url);
  for (let entityId = first; ; entityId++) {
    await db.write(async (tx) => {
      recordChanges(tx, systemActor('child'), 0, [
        { entity: 'ARTICLE', entityId, op: 'UPDATE', revision: 1 },
      ]);
    });
    process.stdout.write(`${entityId}\n`);
  }
}

void main(String(process.argv[2]), Number(process.argv[3]));
