import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { type Config, type Environment, loadConfig } from '../config';
import { SecretBox } from '../core/sealed';
import {
  type Database,
  isPostgresUrl,
  migrate,
  type DatabaseOptions as OpenOptions,
  onCopy,
  openDatabase,
} from '../database';
import { CommandError } from '../failure';
import { obtainSecret, presentSecret } from '../secret';

export interface DatabaseOptions {
  readonly database?: string;
}

/** `--database`, for every command that works on one. */
export function databaseOption(): Option {
  return new Option('-d, --database <url>', 'path or postgres:// URL, instead of DATABASE_URL');
}

/** The settings, with what the command line gives in place of the environment's. Warnings go to stderr. */
export function settingsOf(overrides: Environment): Config {
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined);
  const config = loadConfig({ overrides: Object.fromEntries(given) });
  for (const warning of config.warnings) process.stderr.write(`${warning}\n`);
  return config;
}

/** The path of the SQLite file. @throws CommandError for PostgreSQL, with `instead` telling what to do there */
export function sqliteFile({ databaseUrl }: Config, instead: string): string {
  if (isPostgresUrl(databaseUrl)) throw new CommandError(instead);
  return databaseUrl;
}

/** The database as a person knows it: never with a password. */
export function databaseName({ databaseUrl }: Config): string {
  if (!isPostgresUrl(databaseUrl)) return databaseUrl;
  const { protocol, host, pathname } = new URL(databaseUrl);
  return `${protocol}//${host}${pathname}`;
}

/** What is about a database that is there must not make one because its name was mistyped. */
export function assertThere({ databaseUrl }: Config): void {
  if (isPostgresUrl(databaseUrl) || existsSync(databaseUrl)) return;
  throw new CommandError(`There is no database ${databaseUrl}. Name another one in DATABASE_URL.`);
}

/** Runs `work` on the open database with its tables up to date, and closes it. */
export async function withDatabase<T>(
  config: Config,
  work: (database: Database) => Promise<T>,
  options: OpenOptions = {},
): Promise<T> {
  const database = openDatabase(config.databaseUrl, options);
  try {
    await migrate(database);
    return await work(database);
  } finally {
    await database.close();
  }
}

/**
 * Runs `work` on a copy of the database, with its tables up to date, that is thrown away: nothing is written, and a
 * database that is not there is not made.
 */
export async function onTrial<T>(
  { databaseUrl }: Config,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  if (!isPostgresUrl(databaseUrl) && !existsSync(databaseUrl)) return onCopy(null, work);
  const database = openDatabase(databaseUrl);
  try {
    return await onCopy(database, work);
  } finally {
    await database.close();
  }
}

/** What seals private values in this database. @throws ConfigError when the secret is missing */
export async function boxOf(config: Config): Promise<SecretBox> {
  return new SecretBox(await obtainSecret(config));
}

/** The same where nothing may be written. Without a secret there is no database, and nothing sealed under one. */
export async function trialBox(config: Config): Promise<SecretBox> {
  return new SecretBox((await presentSecret(config)) ?? randomBytes(32).toString('base64url'));
}

/** Prints a line of a command's result. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Examples below the options of a command's help. */
export function examples(command: Command, text: string): Command {
  return command.addHelpText('after', `\n${text.trim()}`);
}
