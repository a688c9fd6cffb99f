import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

const HOOK = join(__dirname, '..', 'support', 'typescript-hook.cjs');
const CHILD = join(__dirname, 'children', 'serve-tiny.ts');

interface Served {
  readonly port: number;
  readonly process: ChildProcess;
  readonly lines: string[];
  /** The exit code, once it has ended. */
  readonly exited: Promise<number | null>;
}

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

async function serve(timeout = 8_000): Promise<Served> {
  const child = spawn(process.execPath, ['-r', HOOK, CHILD, String(timeout)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  const exited = once(child, 'exit').then(([code]) => code);
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  await once(reader, 'line');
  return { port: Number(new URL(lines[0] ?? '').port), process: child, lines, exited };
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly connection: string | undefined;
}

function ask(port: number, query: string, agent?: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const sent = request({ port, host: '127.0.0.1', path: '/graphql', method: 'POST', agent, headers });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject);
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString(),
          connection: response.headers.connection,
        }),
      );
    });
    sent.end(JSON.stringify({ query }));
  });
}

// Not by `instanceof`: an error of Node's own is of another realm than a test's.
const codeOf = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : error;

test('under load, every request is answered until connections are refused', async () => {
  const { port, process: child, exited, lines } = await serve();
  const answers: Answer[] = [];
  const ends: unknown[] = [];
  const client = async (number: number) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      for (;;) answers.push(await ask(port, `{ slow(ms: ${number}) big(characters: 20000) }`, agent));
    } catch (error) {
      ends.push(codeOf(error));
    }
  };
  const clients = Array.from({ length: 20 }, (_, number) => client(number));
  while (answers.length < 300) await delay(10);
  child.kill('SIGTERM');
  await Promise.all(clients);

  expect(answers.filter(({ status, body }) => status !== 200 || !body.endsWith('"}}\n'))).toEqual([]);
  expect(ends).toEqual(clients.map(() => 'ECONNREFUSED'));
  expect(await exited).toBe(0);
  expect(lines.at(-1)).toBe('closed');
});

test('a request in progress is finished, and told that its connection is at its end', async () => {
  const { port, process: child, exited } = await serve();
  const answer = ask(port, '{ slow(ms: 1500) }', new Agent({ keepAlive: true }));
  await delay(300);
  child.kill('SIGTERM');
  await delay(200);
  await expect(ask(port, '{ whoAsks }')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(await answer).toEqual({ status: 200, body: '{"data":{"slow":"done"}}\n', connection: 'close' });
  expect(await exited).toBe(0);
});

test('an open connection still gets an answer, and hears that the server is not ready any more', async () => {
  const { port, process: child, exited } = await serve();
  const [busy, idle] = [await open(port), await open(port)];
  busy.write(
    `POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 31\r\n\r\n{"query":"{ slow(ms: 1200) }" }`,
  );
  await delay(300);
  child.kill('SIGTERM');
  await delay(200);
  idle.write('GET /health/ready HTTP/1.1\r\nHost: a\r\n\r\n');
  const [refusal] = await once(idle, 'data');
  expect(String(refusal)).toMatch(/^HTTP\/1\.1 503 [\s\S]*connection: close[\s\S]*"reason":"stopping"/i);
  expect(String((await once(busy, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
  expect(await exited).toBe(0);
});

test('connections on which nothing is asked do not hold it up', async () => {
  const { port, process: child, exited } = await serve();
  const silent = await open(port);
  const used = new Agent({ keepAlive: true });
  await ask(port, '{ whoAsks }', used);
  child.kill('SIGTERM');
  // Whoever is waited for in vain is cut, and the exit code is another.
  expect(await exited).toBe(0);
  silent.destroy();
});

test('a request that takes longer than the timeout is cut, and the exit code says so', async () => {
  const { port, process: child, exited, lines } = await serve(500);
  const answer = ask(port, '{ slow(ms: 20000) }').catch(codeOf);
  await delay(300);
  child.kill('SIGTERM');
  expect(await answer).toBe('ECONNRESET');
  expect(await exited).toBe(1);
  expect(lines.at(-1)).toBe('closed');
});

test('a second signal ends it at once; an echo of the first does not', async () => {
  const { port, process: child, exited } = await serve(20_000);
  const answer = ask(port, '{ slow(ms: 1500) }').catch(codeOf);
  await delay(300);
  // As npm passes on what the terminal has already sent to the whole group.
  child.kill('SIGINT');
  child.kill('SIGINT');
  expect(await answer).toMatchObject({ status: 200 });
  expect(await exited).toBe(0);

  const other = await serve(20_000);
  const cut = ask(other.port, '{ slow(ms: 20000) }').catch(codeOf);
  await delay(300);
  other.process.kill('SIGTERM');
  await delay(700);
  other.process.kill('SIGTERM');
  expect(await cut).toBe('ECONNRESET');
  expect(await other.exited).toBe(1);
});

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}
