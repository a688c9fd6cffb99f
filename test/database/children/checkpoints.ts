import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { startCheckpoints } from '../../../src/database/sqlite-checkpoints';

/** Writes what the log is never too long for, waits until a thread has moved it into the file, and ends the thread. */
async function main(file: string): Promise<void> {
  const writer = new Sqlite(file);
  writer.pragma('journal_mode = wal');
  writer.pragma('wal_autocheckpoint = 0');
  writer.exec('create table texts (text)');
  const checkpoints = startCheckpoints(file, 100);
  writer.prepare('insert into texts values (?)').run('x'.repeat(1_000_000));
  while (statSync(file).size < 1_000_000) await delay(10);
  process.stdout.write('moved\n');
  await checkpoints?.end();
  writer.close();
  process.stdout.write('ended\n');
}

void main(String(process.argv[2]));
