import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrationsFolder } from '../../src/database/migrate';

/** How many migrations there are: as many on one engine as on the other. */
export const KNOWN_MIGRATIONS = readMigrationFiles({ migrationsFolder: migrationsFolder('sqlite') }).length;
