import type { PostgresServer } from './postgres-server';

/** Jest loads the setup and the teardown apart from one another; only the process is the same. */
const KEY = Symbol.for('dateline.test.server');

type Kept = { [KEY]?: PostgresServer };

export function keepServer(server: PostgresServer): void {
  (process as Kept)[KEY] = server;
}

export function serverOfThisRun(): PostgresServer | undefined {
  return (process as Kept)[KEY];
}
