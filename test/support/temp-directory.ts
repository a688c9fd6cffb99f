import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEMP_PREFIX } from './leftovers';

const made: string[] = [];

// Runs after every other hook of the file that imports this.
afterAll(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** A new directory that goes away after the test file. */
export function tempDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), `${TEMP_PREFIX}${process.pid}-`));
  made.push(directory);
  return directory;
}
