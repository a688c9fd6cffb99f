import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Child {
  /** Every line of standard output so far. */
  readonly lines: readonly string[];
  /** The next line that is not yet in `lines`. @throws when the process ends instead */
  line(): Promise<string>;
  /** Kills it as a power cut would: it cannot clean up. Resolves when it is gone and all it said is read. */
  kill(): Promise<void>;
  /** Resolves when it has ended by itself. */
  ended(): Promise<void>;
}

const HOOK = join(__dirname, 'typescript-hook.cjs');
const running = new Set<ChildProcess>();

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts another Node process on a script in TypeScript, given relative to test/. */
export function startChild(script: string, ...args: string[]): Child {
  const child = spawn(process.execPath, ['-r', HOOK, join(__dirname, '..', script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  const gone = Promise.all([once(child, 'exit'), once(reader, 'close')]).then(() => {
    running.delete(child);
  });
  return {
    lines,
    line: () =>
      Promise.race([
        once(reader, 'line').then(([line]) => String(line)),
        gone.then(() => {
          throw new Error('The child process has ended');
        }),
      ]),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    ended: () => gone,
  };
}
