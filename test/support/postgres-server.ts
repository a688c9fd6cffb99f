import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';

export interface PostgresServer {
  /** A database on the server from which others can be created. */
  readonly url: string;
  /** For people: which server this is. */
  readonly name: string;
  stop(): Promise<void>;
}

const nothingToStop = async () => undefined;

/**
 * The PostgreSQL that the tests run on: TEST_DATABASE_URL, else one that is started for the run and waits for no
 * disk (to make a database takes it 20 ms, and one that flushes 300), else, where none can be started, one that
 * listens on this machine and lets us in.
 * @throws when there is none
 */
export async function findPostgres(env: NodeJS.ProcessEnv): Promise<PostgresServer> {
  const given = env.TEST_DATABASE_URL;
  if (given) {
    await assertUsable(given);
    return { url: given, name: `${await version(given)} of TEST_DATABASE_URL`, stop: nothingToStop };
  }
  return startEmbedded().catch(
    async (error: unknown) => (await findOnThisMachine()) ?? Promise.reject(error),
  );
}

async function findOnThisMachine(): Promise<PostgresServer | null> {
  for (const user of [userInfo().username, 'postgres']) {
    const url = `postgres://${encodeURIComponent(user)}@127.0.0.1:5432/postgres`;
    const usable = await assertUsable(url).then(
      () => true,
      () => false,
    );
    if (usable) return { url, name: `${await version(url)} on this machine, port 5432`, stop: nothingToStop };
  }
  return null;
}

async function assertUsable(url: string): Promise<void> {
  const [role] = await ask<{ ok: boolean }>(
    url,
    'select rolsuper or rolcreatedb as ok from pg_roles where rolname = current_user',
  );
  if (!role?.ok) throw new Error('The PostgreSQL user of the tests may not create databases.');
}

async function version(url: string): Promise<string> {
  const [row] = await ask<{ server_version: string }>(url, 'show server_version');
  return `PostgreSQL ${row?.server_version.split(' ')[0]}`;
}

async function ask<R extends object>(url: string, text: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
}

async function startEmbedded(): Promise<PostgresServer> {
  const child = spawn(process.execPath, [join(__dirname, 'embedded-postgres.mjs')], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (text) => {
    complaints += text;
  });
  const ended = once(child, 'exit');
  const url = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([line]) => String(line)),
    ended.then(() => {
      throw new Error(`PostgreSQL could not be started: ${complaints.trim()}`);
    }),
  ]);
  return {
    url,
    name: `${await version(url)}, started for this run`,
    stop: () => stopEmbedded(child, ended),
  };
}

async function stopEmbedded(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.stdin?.end();
  await ended;
}
