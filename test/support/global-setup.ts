import { removeLeftoverDirectories } from './leftovers';
import { dropLeftovers, migratedTemplate } from './postgres-databases';
import { findPostgres } from './postgres-server';
import { keepServer } from './server-of-this-run';
import { makeSqliteTemplate } from './sqlite-template';
import { putTemporaryFilesIntoMemory } from './temporary-files';

/**
 * Finds one PostgreSQL for the whole run and says which. Without one the run fails: half of the tests left
 * out would look like success. DATELINE_TEST_ENGINES=sqlite leaves them out on purpose.
 */
export default async function globalSetup(): Promise<void> {
  removeLeftoverDirectories();
  if (putTemporaryFilesIntoMemory(process.env)) removeLeftoverDirectories();
  await makeSqliteTemplate();
  if (process.env.DATELINE_TEST_ENGINES === 'sqlite') {
    say('Tests run on SQLite only, as DATELINE_TEST_ENGINES asks.');
    return;
  }
  const server = await findPostgres(process.env).catch((error: unknown) => {
    say('NO POSTGRESQL TO TEST ON. Set TEST_DATABASE_URL, or DATELINE_TEST_ENGINES=sqlite to do without.');
    throw error;
  });
  say(`Tests run on SQLite and on ${server.name}.`);
  // Workers inherit the environment.
  process.env.DATELINE_TEST_SERVER = server.url;
  keepServer(server);
  try {
    await dropLeftovers(server.url);
    await migratedTemplate(server.url);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
