import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { installPackages } from './packages';

/** Those that need nothing but the product's own packages. */
export const OWN_SERVERS = ['floor', 'dateline', 'stock'] as const;
export const SERVER_NAMES = [...OWN_SERVERS, 'replanning', 'before', 'mercurius'] as const;
export type ServerName = (typeof SERVER_NAMES)[number];
/**
 * Those of kept.ts, which are Dateline as it is and a server that sends the bytes of its answers, and that of postgraphile.ts.
 */
type OtherName = 'kept' | 'bytes' | 'postgraphile';

const ROOT = join(__dirname, '..', '..');
const PEERS = join(ROOT, 'bench', 'peers');
const TYPESCRIPT = ['-r', join(ROOT, 'bench', 'register.js')];

/** Another build can be measured too, e.g. one of another commit. */
const DATELINE = process.env.BENCH_DATELINE ?? join(ROOT, 'dist', 'cli', 'main.js');

/** Dateline is started as `npm start` does it: with these flags of Node's, and this in its environment. */
const [NODE_FLAGS, NODE_ENVIRONMENT] = startedWith();

function startedWith(): [flags: readonly string[], environment: Readonly<Record<string, string>>] {
  const { scripts }: { scripts: { start: string } } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  );
  const words = scripts.start.split(' ');
  const [before, after] = [words.slice(0, words.indexOf('node')), words.slice(words.indexOf('node') + 1)];
  const variables = before.map((word) => word.split('=')).filter((parts) => parts.length === 2);
  return [after.filter((word) => word.startsWith('--')), Object.fromEntries(variables)];
}

/** Milliseconds for a server to answer: on a million articles it takes a while, and more beside other work. */
const PATIENCE = 240_000;

interface Recipe {
  readonly args: readonly string[];
  readonly path: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where it has packages of its own, which are installed when it is first started. */
  readonly packages?: string;
}

const SETTINGS = {
  HOST: '127.0.0.1',
  LOG_LEVEL: 'warn',
  SAMPLE_NEWSROOM: 'never',
  RATE_ANONYMOUS: '0',
  RATE_KNOWN: '0',
  DATELINE_SECRET: 'guards nothing: a generated database has no addresses to seal',
};

/** Another server is one more line here. All get DATABASE_URL and PORT. */
const RECIPES: Readonly<Record<ServerName | OtherName, Recipe>> = {
  floor: { args: [...TYPESCRIPT, join(ROOT, 'bench', 'floor.ts')], path: '/graphql' },
  // The same with statements as people write them, which SQLite compiles anew for other values.
  replanning: {
    args: [...TYPESCRIPT, join(ROOT, 'bench', 'floor.ts')],
    path: '/graphql',
    environment: { FLOOR_REPLANS: '1' },
  },
  stock: { args: [...TYPESCRIPT, join(ROOT, 'bench', 'stock.ts')], path: '/' },
  dateline: {
    args: [...NODE_FLAGS, DATELINE, 'serve'],
    path: '/graphql',
    // What is compared is how an answer is made.
    environment: { ...SETTINGS, ...NODE_ENVIRONMENT, ANSWER_CACHE: '0' },
  },
  // Another build, to tell what a change has done; the same where none is named, to tell what noise does.
  before: {
    args: [...NODE_FLAGS, process.env.BENCH_BEFORE ?? DATELINE, 'serve'],
    path: '/graphql',
    environment: { ...SETTINGS, ...NODE_ENVIRONMENT, ANSWER_CACHE: '0' },
  },
  mercurius: {
    args: [...TYPESCRIPT, join(PEERS, 'mercurius.ts')],
    path: '/graphql',
    environment: SETTINGS,
    packages: PEERS,
  },
  // By a program of its own: it has other queries, and PostgreSQL only.
  postgraphile: {
    args: [...TYPESCRIPT, join(PEERS, 'postgraphile', 'server.ts')],
    path: '/graphql',
    packages: join(PEERS, 'postgraphile'),
  },
  kept: {
    args: [...NODE_FLAGS, DATELINE, 'serve'],
    path: '/graphql',
    environment: { ...SETTINGS, ...NODE_ENVIRONMENT },
  },
  bytes: { args: [...TYPESCRIPT, join(ROOT, 'bench', 'bytes.ts')], path: '/graphql' },
};

export interface Server {
  readonly name: ServerName | OtherName;
  readonly port: number;
  readonly path: string;
  /** Processor time used since the start by all threads, in milliseconds. */
  cpu(): number;
  /** Resident memory in MiB. */
  memory(): number;
  stop(): Promise<void>;
}

/** The cores that servers and load are kept to, so that neither takes the other's; null where they may roam. */
export function cores(pin: boolean): { servers: string; load: string } | null {
  if (!pin || availableParallelism() < 2 || !existsSync('/usr/bin/taskset')) return null;
  return { servers: '0', load: '1' };
}

/** Starts the server on the database file, with further settings, and waits until it answers. */
export async function startServer<N extends ServerName | OtherName>(
  name: N,
  file: string,
  pin: boolean,
  further: Readonly<Record<string, string>> = {},
): Promise<Server & { readonly name: N }> {
  const { args, path, environment, packages } = RECIPES[name];
  if (packages) installPackages(packages);
  if (args.includes(DATELINE) && !existsSync(DATELINE))
    throw new Error('Dateline is not built: npm run build');
  const port = await freePort();
  const node = [process.execPath, ...profiling(name), ...args];
  const kept = cores(pin);
  const [command = '', ...rest] = kept ? ['taskset', '-c', kept.servers, ...node] : node;
  const child = spawn(command, rest, {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: file,
      PORT: String(port),
      ...environment,
      ...further,
    },
  });
  await answers(name, child, `http://127.0.0.1:${port}${path}`);
  const pid = child.pid ?? 0;
  return {
    name,
    port,
    path,
    cpu: () => cpuTime(pid),
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024,
    stop: () => stop(child),
  };
}

/** BENCH_PROFILE=dateline leaves a CPU profile of that server behind, in the folder data/bench. */
function profiling(name: string): string[] {
  return process.env.BENCH_PROFILE === name
    ? ['--cpu-prof', `--cpu-prof-dir=${join(ROOT, 'data', 'bench')}`, `--cpu-prof-name=${name}.cpuprofile`]
    : [];
}

async function answers(name: string, child: ChildProcess, url: string): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  const body = JSON.stringify({ operationName: 'A', query: 'query A { __typename }' });
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`${name} ended with code ${child.exitCode}`);
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    }).catch(() => null);
    await response?.arrayBuffer();
    // The floor knows no such operation and says so; that is an answer too.
    if (response && response.status < 500) return;
    await delay(100);
  }
  child.kill('SIGKILL');
  throw new Error(`${name} did not answer within ${PATIENCE / 1_000} seconds`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await Promise.race([ended, delay(15_000)]);
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
}

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

function cpuTime(pid: number): number {
  // After the name, which may hold anything up to the last parenthesis: state is field 3, utime 14, stime 15.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
