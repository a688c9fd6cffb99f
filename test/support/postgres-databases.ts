import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import pg from 'pg';
import { migrate, migrationsHash, openDatabase } from '../../src/database';
import { isRunning } from './running';

/** Under which jest's workers, and other runs on the same server, agree on who makes the template. */
const TEMPLATE_LOCK = 0x44_4c_54_31;
/** Test databases of other machines that are older than this belong to a run that was killed. */
const LEFTOVER_AFTER_MS = 6 * 3_600_000;
/** Tells the machines that share a server apart. */
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);
/** Test databases are thrown away: no test waits for the disk. */
const FAST = '-c synchronous_commit=off';

/** Makes an empty database on the server, or one with all tables. Returns its URL. */
export async function createDatabase(server: string, kind: 'empty' | 'migrated'): Promise<string> {
  const owner = `${HOST}_${process.pid}_${Date.now().toString(36)}`;
  const name = `dateline_test_${owner}_${randomBytes(4).toString('hex')}`;
  const template = kind === 'migrated' ? await migratedTemplate(server) : 'template1';
  const client = await connected(server);
  // The files are copied as they are: of a small template that is quicker than writing all of it to the log.
  await client.query(`create database ${name} template ${template} strategy file_copy`);
  return databaseUrl(server, name);
}

export async function dropDatabase(server: string, url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  const client = await connected(server);
  await client.query(`drop database if exists ${name} with (force)`);
}

/** By server, what makes and drops the databases of a test file: to connect takes nearly as long as to make one. */
const clients = new Map<string, Promise<pg.Client>>();

function connected(server: string): Promise<pg.Client> {
  const known = clients.get(server);
  if (known) return known;
  const client = connect(server);
  clients.set(server, client);
  return client;
}

/** To be called at the end of a test file that has made databases. */
export async function leaveServers(): Promise<void> {
  const left = [...clients.values()];
  clients.clear();
  for (const client of left) await (await client).end();
}

const templates = new Map<string, Promise<string>>();

/** A database with all tables that others are copied from; made once for each state of the migrations. */
export function migratedTemplate(server: string): Promise<string> {
  let template = templates.get(server);
  if (!template) {
    template = onServer(server, (client) => findOrMakeTemplate(server, client));
    templates.set(server, template);
  }
  return template;
}

async function findOrMakeTemplate(server: string, client: pg.Client): Promise<string> {
  const name = `dateline_template_${migrationsHash('postgres')}`;
  await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
  if (rowCount === 0) {
    // Under another name until it is complete, in case the run is killed half-way.
    const unfinished = `${name}_unfinished`;
    await client.query(`drop database if exists ${unfinished} with (force)`);
    await client.query(`create database ${unfinished}`);
    const database = openDatabase(databaseUrl(server, unfinished));
    await migrate(database);
    await database.close();
    await client.query(`alter database ${unfinished} rename to ${name}`);
  }
  await client.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  return name;
}

/** Drops what runs that were killed have left behind. */
export async function dropLeftovers(server: string): Promise<void> {
  await onServer(server, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where datname like 'dateline\\_test\\_%'`,
    );
    for (const { datname } of rows) {
      if (isLeftover(datname)) {
        await client.query(`drop database if exists ${datname} with (force)`);
      }
    }
  });
}

function isLeftover(name: string): boolean {
  const [, , host, pid, made] = name.split('_');
  if (host === HOST) return !isRunning(Number(pid));
  return Number.parseInt(made ?? '', 36) < Date.now() - LEFTOVER_AFTER_MS;
}

async function onServer<T>(server: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(server);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function connect(server: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: server, connectionTimeoutMillis: 10_000 });
  await client.connect();
  return client;
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  url.searchParams.set('options', FAST);
  return url.toString();
}
