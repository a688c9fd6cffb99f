import { getPriority, setPriority } from 'node:os';
import { extname } from 'node:path';

/** Node loads the file of a thread by itself, which it can where it has loaded this one. */
export function canStartThreads(): boolean {
  return extname(__filename) in require.extensions;
}

/** @param path without its extension, which is that of this file */
export function threadFile(path: string): string {
  return path + extname(__filename);
}

/** Of the values from -20 to 19: one with which the others get nine tenths of a core that is wanted by both. */
const NICENESS = 10;

/**
 * Lets the other threads of the process go first: for one that works ahead of them, so that they need not wait for a
 * core. Does something on Linux only, where each thread has a niceness of its own; elsewhere it is the process that has it.
 */
export function giveWay(): void {
  if (process.platform === 'linux' && getPriority() < NICENESS) setPriority(NICENESS);
}
