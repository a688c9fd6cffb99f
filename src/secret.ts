import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Config, ConfigError } from './config';
import { isPostgresUrl } from './database';

/** Random bytes of a secret that Dateline makes; 64 characters as text. */
const SECRET_BYTES = 48;
const MIN_LENGTH = 32;
/** How often, and how many milliseconds apart, a file that another process is writing is looked at. */
const READ_ATTEMPTS = 20;
const READ_PAUSE = 50;

/** Where the secret of an SQLite database is kept, unless the environment gives it. */
export function secretFile(databaseFile: string): string {
  return `${databaseFile}.secret`;
}

/**
 * The secret that edit tokens are signed with: DATELINE_SECRET, else the one beside the SQLite file, which is
 * made at the first start. It is not kept in the database, so that a copy of the database, as it is sent to a
 * developer or a partner, gives nobody the right to edit.
 * @throws ConfigError when several machines may share the database and the secret is not set, or when the
 *   file holds no secret
 */
export async function obtainSecret(config: Pick<Config, 'secret' | 'databaseUrl'>): Promise<string> {
  if (config.secret !== null) return config.secret;
  if (isPostgresUrl(config.databaseUrl)) {
    throw new ConfigError([
      'DATELINE_SECRET is not set. With PostgreSQL it has to be, and to the same on every machine. ' +
        'Write what "openssl rand -base64 48" prints, and keep it.',
    ]);
  }
  const file = secretFile(config.databaseUrl);
  return (await readSecret(file)) ?? (await makeSecret(file));
}

/** The same where nothing may be written: null when there is none yet. @throws ConfigError as `obtainSecret` does */
export async function presentSecret(config: Pick<Config, 'secret' | 'databaseUrl'>): Promise<string | null> {
  if (config.secret !== null || isPostgresUrl(config.databaseUrl)) return obtainSecret(config);
  return readSecret(secretFile(config.databaseUrl));
}

/** Null when there is no file. */
async function readSecret(file: string): Promise<string | null> {
  for (let attempt = 1; attempt <= READ_ATTEMPTS; attempt++) {
    const text = await readFile(file, 'utf8').catch(absent);
    if (text === null) return null;
    const secret = text.trim();
    if (secret.length >= MIN_LENGTH) {
      await keepPrivate(file);
      return secret;
    }
    // Without hard links, `makeSecret` of another process may have made the file and not yet filled it.
    await delay(READ_PAUSE);
  }
  throw new ConfigError([
    `The secret beside the database (${file}) is shorter than ${MIN_LENGTH} characters. ` +
      'Put the right file back; or remove it: edit links given out until now then stop working.',
  ]);
}

/** Makes the secret, or takes the one that another process has made in the meantime. */
async function makeSecret(file: string): Promise<string> {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeDurably(draft, secret, 'wx');
  try {
    // A link appears whole or not at all, and fails when the name is taken: of two processes one wins.
    await link(draft, file).catch(async (error: unknown) => {
      if (codeOf(error) === 'EEXIST') return;
      await writeDurably(file, secret, 'wx').catch((fault: unknown) => {
        if (codeOf(fault) !== 'EEXIST') throw fault;
      });
    });
  } finally {
    await unlink(draft);
  }
  const kept = await readSecret(file);
  if (kept === null)
    throw new ConfigError([`The secret beside the database (${file}) was removed at the start.`]);
  return kept;
}

async function writeDurably(file: string, text: string, flags: string): Promise<void> {
  const handle = await open(file, flags, 0o600);
  try {
    await handle.writeFile(`${text}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Takes the file from everybody but its owner, as after a copy that did not keep its mode. */
async function keepPrivate(file: string): Promise<void> {
  const { mode } = await stat(file);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) await chmod(file, 0o600).catch(() => undefined);
}

function absent(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
