import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ApiKey, ApiKeyService, type IssuedKey, stateOf } from '../access';
import { ROLES, SCOPES, systemActor } from '../core/actor';
import { type Instant, systemClock } from '../core/clock';
import { badInput } from '../core/errors';
import type { KeyRole, StoredEntitlement } from '../database';
import { EntitlementService, type EntitlementWish } from '../syndication';
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

/** What a partner is entitled to, as it is written on the command line. */
interface WishOptions {
  readonly all?: true;
  readonly category?: readonly string[];
  readonly topic?: readonly string[];
  readonly language?: readonly string[];
  readonly territory?: readonly string[];
  readonly mining?: true;
  readonly hosting?: number;
}

interface EntitleOptions extends DatabaseOptions, WishOptions {
  readonly nothing?: true;
}

interface CreateOptions extends DatabaseOptions, WishOptions {
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
const HEAD = ['id', 'state', 'roles', 'scopes', 'created', 'expires', 'last used', 'label', 'entitled to'];

export function add(program: Command): void {
  const command = program.command('keys').description('make, list, entitle, rotate and revoke API keys');
  for (const add of [addCreate, addList, addEntitle, addRotate, addRevoke]) add(command);
  examples(
    command,
    `
Machines send a key as "Authorization: Bearer <key>". It is printed once, alone on a line of standard output, and
kept as a hash only: who loses it makes another one. A new database has to be made first, by "dateline migrate" or
"dateline serve".

Examples:
  $ dateline keys create --role editor --label "Print desk" --expires 90d
  $ dateline keys create --role partner --label "Agency" --all > agency.key
  $ dateline keys create --role partner --label "Urdu desk" --language ur --territory PK --hosting 90
  $ dateline keys list
  $ dateline keys entitle 5f0c9a1be2d34786 --category world --topic pakistan afghanistan
  $ dateline keys entitle 5f0c9a1be2d34786 --nothing
  $ dateline keys rotate 5f0c9a1be2d34786 --grace 7d
  $ dateline keys revoke 5f0c9a1be2d34786`,
  );
}

function addCreate(parent: Command): void {
  const roles = new Option('-r, --role <role...>', 'what its holder is').choices(KEY_ROLES.map(lower));
  const scopes = new Option('-s, --scope <scope...>', 'the only rooms that it may change something in');
  const create = subcommand(parent, 'create', 'make a key and print it')
    .addOption(roles.makeOptionMandatory())
    .addOption(scopes.choices(SCOPES))
    .option('-l, --label <text>', 'what people shall call it')
    .option(
      '-e, --expires <time>',
      'how long it is good for, such as 12h or 90d; for ever if left out',
      time,
    );
  withWish(create).action(async ({ role, scope, label, expires, ...options }: CreateOptions) => {
    const roles = KEY_ROLES.filter((each) => role.includes(lower(each)));
    const scopes = SCOPES.filter((each) => scope?.includes(each));
    const wish = wishIn(options);
    if (wish !== null && !roles.includes('PARTNER'))
      throw badInput(
        'role',
        'Only a partner is entitled to something: leave that out, or make it --role partner.',
      );
    const issued = await withKeys(options, async (keys, entitlements) => {
      if (wish !== null) await entitlements.check(OPERATOR, wish);
      const made = await keys.create(OPERATOR, {
        roles,
        ...(scope === undefined ? {} : { scopes }),
        ...(label === undefined ? {} : { label }),
        ...(expires === undefined ? {} : { lifetime: expires }),
      });
      if (wish !== null) await entitlements.entitle(OPERATOR, made.kept.publicId, wish);
      return made;
    });
    hand(issued);
    if (roles.includes('PARTNER') && wish === null)
      say(`It is entitled to nothing yet: dateline keys entitle ${issued.kept.publicId} --all`);
  });
}

function addEntitle(parent: Command): void {
  const entitle = subcommand(
    parent,
    'entitle',
    'say what a partner is given, in place of what was said before',
  )
    .argument('<id>', 'the 16 characters between the underscores of the key, as the list has them')
    .option('--nothing', 'take away all that it was entitled to');
  withWish(entitle).action(async (id: string, { nothing, ...options }: EntitleOptions) => {
    const wish = wishIn(options);
    if ((wish === null) !== (nothing === true))
      throw badInput('all', 'Say what the partner is entitled to: --all, some of the others, or --nothing.');
    const { content } = await withKeys(options, (_keys, entitlements) =>
      entitlements.entitle(OPERATOR, id, wish),
    );
    say(`${id} is entitled to ${entitledTo(content)}. It is told what it gains and loses by that.`);
  });
}

/** Adds what a partner can be entitled to. All that is given must hold. */
function withWish(command: Command): Command {
  return command
    .option('--all', 'a partner gets all that is published')
    .option('--category <slug...>', 'only articles of one of these, or of what stands below')
    .option('--topic <slug...>', 'only articles about one of these, or about what stands below')
    .option('--language <tag...>', 'only articles in one of these, such as en or fa-AF')
    .option(
      '--territory <code...>',
      'where the partner is, such as PK or 034; else it gets what may be used anywhere',
    )
    .option('--mining', 'its machines learn from the articles: only those that allow it')
    .option('--hosting <days>', 'how long after its publication it may keep an article', Number);
}

/** Null where nothing is said. */
function wishIn({
  all,
  category,
  topic,
  language,
  territory,
  mining,
  hosting,
}: WishOptions): EntitlementWish | null {
  const wish: EntitlementWish = {
    ...(category ? { categories: category } : {}),
    ...(topic ? { topics: topic } : {}),
    ...(language ? { languages: language } : {}),
    ...(territory ? { territories: territory } : {}),
    ...(mining ? { textAndDataMining: true } : {}),
    ...(hosting === undefined ? {} : { hostingDays: hosting }),
  };
  return all || Object.keys(wish).length > 0 ? wish : null;
}

function entitledTo(content: StoredEntitlement | null): string {
  if (content === null) return 'nothing';
  const { categories, topics, languages, territories, textAndDataMining, hostingDays } = content;
  const slugs = (named: readonly { slug: string }[] | null) => named?.map(({ slug }) => slug).join(' ');
  const told: readonly (readonly [string, string | undefined])[] = [
    ['category', slugs(categories)],
    ['topic', slugs(topics)],
    ['language', languages?.join(' ')],
    ['territory', territories?.join(' ')],
    ['mining', textAndDataMining ? 'yes' : undefined],
    ['hosting', hostingDays === null ? undefined : `${hostingDays}d`],
  ];
  const parts = told.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return parts.length === 0 ? 'all' : parts.join(', ');
}

function addList(parent: Command): void {
  subcommand(parent, 'list', 'list the keys, newest first, without their secrets').action(
    async (options: DatabaseOptions) => {
      const { keys, entitled } = await withKeys(options, async (service, entitlements) => {
        const keys = await service.list(OPERATOR);
        const partners = keys
          .filter(({ roles }) => roles.includes('PARTNER'))
          .map(({ publicId }) => publicId);
        return { keys, entitled: await entitlements.present(OPERATOR, partners) };
      });
      if (keys.length === 0) say('There are no API keys.');
      const rows = keys.map((key) => {
        const content = entitled.get(key.publicId);
        return [...rowOf(key), content === undefined ? '' : entitledTo(content)];
      });
      if (keys.length > 0) for (const line of table([HEAD, ...rows])) print(line);
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
  work: (keys: ApiKeyService, entitlements: EntitlementService) => Promise<T>,
): Promise<T> {
  const config = settingsOf({ DATABASE_URL: url });
  assertThere(config);
  return withDatabase(config, (database) =>
    work(new ApiKeyService(database, systemClock), new EntitlementService(database, systemClock)),
  );
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
