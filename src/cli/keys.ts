import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ApiKey, ApiKeyService, type IssuedKey, stateOf } from '../access';
import { ROLES, SCOPES, systemActor } from '../core/actor';
import { type Instant, systemClock } from '../core/clock';
import type { KeyRole } from '../database';
import {
  assertThere,
  type DatabaseOptions,
  databaseOption,
  examples,
  print,
  settingsOf,
  withDatabase,
} from './settings';
import { table } from './table';

interface CreateOptions extends DatabaseOptions {
  readonly role: readonly string[];
  readonly scope?: readonly string[];
  readonly label?: string;
  readonly expires?: number;
}

interface RotateOptions extends DatabaseOptions {
  readonly grace: number;
}

/** Whoever runs the command line has the database, and with it every right. */
const OPERATOR = systemActor('keys');
const KEY_ROLES: readonly KeyRole[] = [...ROLES, 'PARTNER'];
const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const HEAD = ['id', 'state', 'roles', 'scopes', 'created', 'expires', 'last used', 'label'];

export function addKeys(program: Command): void {
  const command = program.command('keys').description('make, list, rotate and revoke API keys');
  for (const add of [addCreate, addList, addRotate, addRevoke]) add(command);
  examples(
    command,
    `
Machines send a key as "Authorization: Bearer <key>". It is printed once, alone on a line of standard output, and
kept as a hash only: who loses it makes another one. A new database has to be made first, by "dateline migrate" or
"dateline serve".

Examples:
  $ dateline keys create --role editor --label "Print desk" --expires 90d
  $ dateline keys create --role partner --label "Agency" > agency.key
  $ dateline keys list
  $ dateline keys rotate 5f0c9a1be2d34786 --grace 7d
  $ dateline keys revoke 5f0c9a1be2d34786`,
  );
}

function addCreate(parent: Command): void {
  const roles = new Option('-r, --role <role...>', 'what its holder is').choices(KEY_ROLES.map(lower));
  const scopes = new Option('-s, --scope <scope...>', 'the only rooms that it may change something in');
  subcommand(parent, 'create', 'make a key and print it')
    .addOption(roles.makeOptionMandatory())
    .addOption(scopes.choices(SCOPES))
    .option('-l, --label <text>', 'what people shall call it')
    .option('-e, --expires <time>', 'how long it is good for, such as 12h or 90d; for ever if left out', time)
    .action(async ({ role, scope, label, expires, ...options }: CreateOptions) => {
      const roles = KEY_ROLES.filter((each) => role.includes(lower(each)));
      const scopes = SCOPES.filter((each) => scope?.includes(each));
      const issued = await withKeys(options, (keys) =>
        keys.create(OPERATOR, {
          roles,
          ...(scope === undefined ? {} : { scopes }),
          ...(label === undefined ? {} : { label }),
          ...(expires === undefined ? {} : { lifetime: expires }),
        }),
      );
      hand(issued);
    });
}

function addList(parent: Command): void {
  subcommand(parent, 'list', 'list the keys, newest first, without their secrets').action(
    async (options: DatabaseOptions) => {
      const keys = await withKeys(options, (service) => service.list(OPERATOR));
      if (keys.length === 0) say('There are no API keys.');
      else for (const line of table([HEAD, ...keys.map(rowOf)])) print(line);
    },
  );
}

function addRotate(parent: Command): void {
  const grace = new Option('-g, --grace <time>', 'how long the old one stays good');
  subcommand(parent, 'rotate', 'make a new key like an old one, which stays good for a while')
    .argument('<id>', 'the 16 characters between the underscores of the key, as the list has them')
    .addOption(grace.default(UNITS.d, '1d').argParser(time))
    .action(async (id: string, { grace, ...options }: RotateOptions) => {
      const issued = await withKeys(options, (keys) => keys.rotate(OPERATOR, id, grace));
      hand(issued);
      say(`It takes the place of ${id}, which is good until ${written(systemClock.now() + grace)} at most.`);
    });
}

function addRevoke(parent: Command): void {
  subcommand(parent, 'revoke', 'make a key worthless')
    .argument('<id>', 'the 16 characters between the underscores of the key, as the list has them')
    .action(async (id: string, options: DatabaseOptions) => {
      await withKeys(options, (keys) => keys.revoke(OPERATOR, id));
      say(`${id} is revoked. Running servers refuse it within two seconds.`);
    });
}

function subcommand(parent: Command, name: string, description: string): Command {
  return parent.command(name).description(description).addOption(databaseOption());
}

async function withKeys<T>(
  { database: url }: DatabaseOptions,
  work: (keys: ApiKeyService) => Promise<T>,
): Promise<T> {
  const config = settingsOf({ DATABASE_URL: url });
  assertThere(config);
  return withDatabase(config, (database) => work(new ApiKeyService(database, systemClock)));
}

/** Prints the key alone, so that it can be piped to where it is needed. */
function hand({ key, kept }: IssuedKey): void {
  print(key);
  const until = kept.expiresAt === null ? 'until it is revoked' : `until ${written(kept.expiresAt)}`;
  say(`The key ${kept.publicId} is good ${until}. It is shown this once: only its hash is kept.`);
}

function rowOf(key: ApiKey): string[] {
  return [
    key.publicId,
    lower(stateOf(key, systemClock.now())) + (key.replacedBy === null ? '' : `, now ${key.replacedBy}`),
    key.roles.map(lower).join(' '),
    key.scopes?.join(' ') ?? 'all',
    written(key.createdAt),
    key.expiresAt === null ? 'never' : written(key.expiresAt),
    key.lastUsedAt === null ? 'never' : written(key.lastUsedAt),
    key.label ?? '',
  ];
}

/** Milliseconds. */
function time(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const milliseconds = Number(count) * (UNITS[unit] ?? Number.NaN);
  if (Number.isNaN(milliseconds)) throw new InvalidArgumentError('Write a time such as 30m, 12h or 90d.');
  return milliseconds;
}

function written(instant: Instant): string {
  return `${new Date(instant).toISOString().slice(0, 16)}Z`;
}

function lower(word: string): string {
  return word.toLowerCase();
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
