import { accessSync, constants, statfsSync } from 'node:fs';

const MEMORY = '/dev/shm';
/** Bytes: several times what a run has needed at once. */
const ENOUGH = 4 * 2 ** 30;

/**
 * Where Linux has a file system in memory with room, the files of tests go there: they are thrown away, and a flush
 * costs nothing. Whoever sets TMPDIR has chosen. Workers and the processes that tests start inherit it.
 * @returns whether they do
 */
export function putTemporaryFilesIntoMemory(env: NodeJS.ProcessEnv): boolean {
  if (env.TMPDIR || !hasRoom()) return false;
  env.TMPDIR = MEMORY;
  return true;
}

function hasRoom(): boolean {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ENOUGH;
  } catch {
    return false;
  }
}
