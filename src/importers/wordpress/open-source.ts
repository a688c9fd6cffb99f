import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** In bytes as they lie in the file, so that a compressed file's progress ends at its size. */
export interface SourceProgress {
  readonly bytesRead: number;
  /** Null where it cannot be known: standard input, a pipe. */
  readonly totalBytes: number | null;
}

export interface OpenedSource {
  /** Decompressed. */
  readonly stream: AsyncIterable<Buffer>;
  /** What was read up to now; may be asked at any time. */
  progress(): SourceProgress;
  /** Lets go of the file. Needed only when `stream` is not read to its end. */
  close(): void;
}

/** In bytes: read at once, for each reading wakes another thread and waits for it. */
const CHUNK = 524_288;

/**
 * Opens an export for reading: a path, or `-` for standard input. Compressed data is told by its first bytes, whatever
 * the file is called.
 *
 * Throws ENOENT, EACCES and the like at once, EISDIR for a directory.
 */
export async function openSource(
  path: string,
  standardInput: Readable = process.stdin,
): Promise<OpenedSource> {
  if (path === '-') return fromStream(standardInput, null);
  const found = await stat(path);
  if (found.isDirectory()) throw Object.assign(new Error(`${path} is a directory`), { code: 'EISDIR' });
  const file = createReadStream(path, { highWaterMark: CHUNK });
  await new Promise<void>((resolve, reject) => {
    file.once('open', () => resolve());
    file.once('error', reject);
  });
  return fromStream(file, found.isFile() ? found.size : null);
}

function fromStream(input: Readable, totalBytes: number | null): OpenedSource {
  let bytesRead = 0;
  async function* counted(): AsyncGenerator<Buffer, void, undefined> {
    for await (const chunk of input) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : toBuffer(chunk);
      bytesRead += bytes.length;
      yield bytes;
    }
  }
  return {
    stream: decompressed(counted()),
    progress: () => ({ bytesRead, totalBytes }),
    close: () => {
      input.destroy();
    },
  };
}

function toBuffer(chunk: unknown): Buffer {
  if (chunk instanceof Uint8Array) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new TypeError('an export can only be read from a stream of bytes');
}

/** A gzip file begins with 1f 8b. Two bytes may come in two chunks. */
async function* decompressed(
  source: AsyncGenerator<Buffer, void, undefined>,
): AsyncGenerator<Buffer, void, undefined> {
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await source.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  if (head.length === 0) return;
  if (head[0] === 0x1f && head[1] === 0x8b) yield* gunzipped(head, source);
  else {
    yield head;
    yield* source;
  }
}

async function* gunzipped(
  head: Buffer,
  rest: AsyncGenerator<Buffer, void, undefined>,
): AsyncGenerator<Buffer, void, undefined> {
  const gunzip = createGunzip();
  // An error of either side reaches whoever reads from `gunzip`.
  pipeline(Readable.from(joined(head, rest)), gunzip, () => {});
  try {
    for await (const chunk of gunzip) yield toBuffer(chunk);
  } finally {
    gunzip.destroy();
  }
}

async function* joined(
  head: Buffer,
  rest: AsyncGenerator<Buffer, void, undefined>,
): AsyncGenerator<Buffer, void, undefined> {
  yield head;
  yield* rest;
}
