import { heldClock } from '../../../src/core/clock';
import { SecretBox } from '../../../src/core/sealed';
import { openDatabase } from '../../../src/database';
import { importWordPress } from '../../../src/importers';

/** Imports a file at an instant, and says how far it is. */
async function main(url: string, path: string, secret: string, now: number): Promise<void> {
  const database = openDatabase(url, { durability: 'FLUSH' });
  await importWordPress({
    database,
    box: new SecretBox(secret),
    clock: heldClock(now),
    path,
    onProgress: ({ phase, articles }) => process.stdout.write(`${phase} ${articles}\n`),
  });
  await database.close();
  process.stdout.write('done\n');
}

const [, , url, path, secret, now] = process.argv;
void main(String(url), String(path), String(secret), Number(now));
