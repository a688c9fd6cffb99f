import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from './running';

export const TEMP_PREFIX = 'dateline-test-';

/** Removes the temporary directories of runs that were killed. */
export function removeLeftoverDirectories(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^dateline-test-(\d+)-/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
