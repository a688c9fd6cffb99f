/** Streams of messages that are made in another thread. */
import { availableParallelism } from 'node:os';
import { Deserializer, Serializer } from 'node:v8';
import { parentPort, Worker } from 'node:worker_threads';
import { giveWay, threadFile } from '../core/threads';

/**
 * Messages that a thread may be ahead of whoever takes them: more than are taken at once, or both wait for each other,
 * whoever takes them for the rest of a batch, and the thread for the batch to be over.
 */
const AHEAD = 40;
const MAX_THREADS = 4;
/** For new objects: half of what V8 takes by itself, which saves memory and costs no time. */
const YOUNG_MIB = 24;

/** A message waits as bytes, which lie outside of the heap: the collector need not copy it again and again. */
type FromThread =
  | { readonly type: 'message'; readonly bytes: Uint8Array }
  | { readonly type: 'end' }
  | { readonly type: 'failure'; readonly message: string; readonly code: string | undefined };

/** How many threads are worth having beside this one. */
export function sparePower(): number {
  return Math.min(Math.max(availableParallelism() - 1, 1), MAX_THREADS);
}

/**
 * What a thread makes out of `job`, in order. The thread starts at once, and is never more than a few messages
 * ahead. Ending the iteration ends the thread.
 * @throws what the thread throws, as an Error with its message and code; Error when the thread dies
 */
export class ThreadStream<T> implements AsyncIterableIterator<T, void, undefined> {
  private readonly worker: Worker;
  private readonly arrived: FromThread[] = [];
  private announce: () => void = () => undefined;

  /** @param file without its extension, which is that of this file */
  constructor(file: string, job: unknown) {
    this.worker = new Worker(threadFile(file), {
      workerData: job,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
    });
    this.worker.on('message', (message: FromThread) => this.arrive(message));
    this.worker.on('error', ({ message, ...rest }: Error & { code?: string }) =>
      this.arrive({ type: 'failure', message, code: rest.code }),
    );
    this.worker.on('exit', () =>
      this.arrive({ type: 'failure', message: 'A thread of the import has died', code: undefined }),
    );
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T, void>> {
    while (this.arrived.length === 0) {
      await new Promise<void>((resolve) => {
        this.announce = resolve;
      });
    }
    // The end stays, for whoever asks again.
    const next = this.arrived[0]?.type === 'message' ? this.arrived.shift() : this.arrived[0];
    if (next?.type === 'message') {
      this.worker.postMessage('taken');
      return { done: false, value: unpacked(next.bytes) };
    }
    if (next?.type === 'failure') throw Object.assign(new Error(next.message), { code: next.code });
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<T, void>> {
    await this.worker.terminate();
    return { done: true, value: undefined };
  }

  private arrive(message: FromThread): void {
    this.arrived.push(message);
    this.announce();
  }
}

/** In the thread: sends what `messages` has, and reads on only when it is taken. */
export async function sendAll<T>(messages: AsyncIterable<T>): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('This is not a thread');
  giveWay();
  let credit = AHEAD;
  let announce: () => void = () => undefined;
  port.on('message', () => {
    credit += 1;
    announce();
  });
  const send = (message: FromThread, moved: ArrayBuffer[] = []) => port.postMessage(message, moved);
  try {
    for await (const message of messages) {
      while (credit === 0) {
        await new Promise<void>((resolve) => {
          announce = resolve;
        });
      }
      credit -= 1;
      const bytes = packed(message);
      send({ type: 'message', bytes }, [bytes.buffer]);
    }
    send({ type: 'end' });
  } catch (error) {
    send({ type: 'failure', ...described(error) });
  }
  port.close();
}

function described(error: unknown): { message: string; code: string | undefined } {
  if (!(error instanceof Error)) return { message: String(error), code: undefined };
  return { message: error.message, code: 'code' in error ? String(error.code) : undefined };
}

/** Not by `serialize`, with which each list of numbers would keep the bytes of all its message in memory. */
function packed(message: unknown) {
  const serializer = new Serializer();
  serializer.writeHeader();
  serializer.writeValue(message);
  return serializer.releaseBuffer();
}

function unpacked<T>(bytes: Uint8Array): T {
  const deserializer = new Deserializer(bytes);
  deserializer.readHeader();
  return deserializer.readValue();
}
