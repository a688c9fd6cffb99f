import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { ask } from './ask';
import type { Server } from './servers';

const CHUNK = 1 << 20;
/** Milliseconds in which a server that was just started does what it does once, beside answering. */
const SETTLING = 10_000;

/**
 * Reads a file once, so that the operating system has it in memory, as that of a server has which has been up for a
 * day. What is left to the disk otherwise is another machine's, and another one each time.
 */
export function readThrough(file: string): Promise<void> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  return pipeline(createReadStream(file, { highWaterMark: CHUNK }), nowhere);
}

/** Waits until a server has all of the archive in memory, and has come to rest. */
export async function settled(server: Server): Promise<void> {
  await ask(server, '{ trendingTopics(first: 1) { z } }');
  await delay(SETTLING);
}
