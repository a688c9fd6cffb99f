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
  onReceived: (bytes: number) => void = () => undefined,
  input: NodeJS.ReadableStream = process.stdin,
): Promise<SpooledSource> {
  if (path !== '-') return { path, release: () => Promise.resolve() };
  const folder = await mkdtemp(join(tmpdir(), 'dateline-import-'));
  const file = join(folder, 'export');
  const release = () => rm(folder, { recursive: true, force: true });
  try {
    await pipeline(counted(input, onReceived), createWriteStream(file));
  } catch (error) {
    await release();
    throw error;
  }
  return { path: file, release };
}

async function* counted(
  input: NodeJS.ReadableStream,
  onReceived: (bytes: number) => void,
): AsyncGenerator<Uint8Array | string, void, undefined> {
  let bytes = 0;
  for await (const chunk of input) {
    bytes += chunk.length;
    onReceived(bytes);
    yield chunk;
  }
}
