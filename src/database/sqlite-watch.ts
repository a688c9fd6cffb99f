import type Sqlite from 'better-sqlite3';

/** Milliseconds between two looks: a look takes some microseconds. */
const POLL = 50;

/**
 * Calls `tell` when a connection other than the present `reader` has committed something, in whatever process.
 * Returns what ends it.
 */
export function watchFile(reader: () => Sqlite.Database, tell: () => void): () => void {
  let handle = reader();
  let version = versionOf(handle);
  const timer = setInterval(() => {
    const present = reader();
    const now = versionOf(present);
    // Numbers of two connections cannot be compared.
    if (present === handle && now === version) return;
    handle = present;
    version = now;
    tell();
  }, POLL);
  timer.unref();
  return () => clearInterval(timer);
}

const statements = new WeakMap<Sqlite.Database, Sqlite.Statement<[]>>();

/** Changes with every commit of others. Null when it cannot be told now: another process has the whole file. */
function versionOf(handle: Sqlite.Database): unknown {
  try {
    const statement = statements.get(handle) ?? handle.prepare<[]>('pragma data_version').pluck();
    statements.set(handle, statement);
    return statement.get();
  } catch {
    return null;
  }
}
