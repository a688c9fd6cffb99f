import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export interface SpooledSource {
  readonly path: string;
  release(): Promise<void>;
}

/** A file that can be read twice: the file itself, or what comes on standard input ("-") put into one. */
export async function spooled(
  path: string,
  input: NodeJS.ReadableStream = process.stdin,
): Promise<SpooledSource> {
  if (path !== '-') return { path, release: () => Promise.resolve() };
  const folder = await mkdtemp(join(tmpdir(), 'dateline-import-'));
  const file = join(folder, 'export');
  await pipeline(input, createWriteStream(file));
  return { path: file, release: () => rm(folder, { recursive: true, force: true }) };
}
