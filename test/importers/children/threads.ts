import { getPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ThreadStream } from '../../../src/importers/threads';

/** Tries threads out in a process in which they can be started, and tells what came of it as JSON. */
async function main(): Promise<void> {
  const start = (end: number, then: string) => {
    const made = new Int32Array(new SharedArrayBuffer(4));
    return { made, stream: new ThreadStream<number>(join(__dirname, 'counting'), { made, end, then }) };
  };
  const all = async (stream: AsyncIterable<number>) => {
    const numbers: number[] = [];
    try {
      for await (const number of stream) numbers.push(number);
      return { numbers };
    } catch (error) {
      const { message, code } =
        error instanceof Error ? { code: undefined, ...error, message: error.message } : {};
      return { numbers, message, code };
    }
  };
  const idle = start(1_000, 'ends');
  await idle.stream.next();
  await delay(500);
  const ahead = Atomics.load(idle.made, 0);
  await idle.stream.return();
  const stopped = Atomics.load(idle.made, 0);
  const results = {
    whole: await all(start(50, 'ends').stream),
    thrown: await all(start(3, 'throws').stream),
    died: await all(start(3, 'dies').stream),
    missing: await all(new ThreadStream<number>(join(__dirname, 'no-such-file'), {})),
    ahead,
    stopped,
    niceness: { ...(await all(start(0, 'tells').stream)), own: getPriority() },
  };
  process.stdout.write(`${JSON.stringify(results)}\n`);
}

void main();
