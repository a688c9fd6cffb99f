import { extname } from 'node:path';

/** Node loads the file of a thread by itself, which it can where it has loaded this one. */
export function canStartThreads(): boolean {
  return extname(__filename) in require.extensions;
}

/** @param path without its extension, which is that of this file */
export function threadFile(path: string): string {
  return path + extname(__filename);
}
