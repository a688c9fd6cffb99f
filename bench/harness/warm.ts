import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const CHUNK = 1 << 20;

/**
 * Reads a file once, so that the operating system has it in memory, as that of a server has which has been up for a
 * day. What is left to the disk otherwise is another machine's, and another one each time.
 */
export function readThrough(file: string): Promise<void> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  return pipeline(createReadStream(file, { highWaterMark: CHUNK }), nowhere);
}
