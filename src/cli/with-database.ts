import { type Config, loadConfig } from '../config';
import { SecretBox } from '../core/sealed';
import { migrate, openDatabase } from '../database';
import { obtainSecret } from '../secret';

export interface Opened {
  readonly config: Config;
  readonly database: ReturnType<typeof openDatabase>;
  /** The box of private values, under the server's secret. */
  box(): Promise<SecretBox>;
}

/** Opens the database that the settings name, with its tables up to date, and closes it when `work` is done. */
export async function withDatabase<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  const config = loadConfig();
  const database = openDatabase(config.databaseUrl);
  try {
    await migrate(database);
    return await work({ config, database, box: async () => new SecretBox(await obtainSecret(config)) });
  } finally {
    await database.close();
  }
}

/** The database as a person knows it: never with a password. */
export function databaseName(config: Config): string {
  if (!/^postgres/.test(config.databaseUrl)) return config.databaseUrl;
  const url = new URL(config.databaseUrl);
  return `${url.protocol}//${url.host}${url.pathname}`;
}
