import { statSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ROLES } from './core/actor';
import type { KeyRole } from './database';

export type LogLevel = (typeof LOG_LEVELS)[number];

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const MODES = ['development', 'production', 'test'] as const;
/** By which a provider can sign with a key that it alone has: nobody who can check a token can make one. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;
const KEY_ROLES: readonly KeyRole[] = [...ROLES, 'PARTNER'];
/** Names of ranges that a proxy's address can be given by. */
const RANGES = new Set(['loopback', 'linklocal', 'uniquelocal']);
/** Shorter secrets could be guessed from one signature. */
const MIN_SECRET = 32;
const MIN_SECRET_CHARACTERS = 8;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CENTURY = 36_500 * DAY;

/** Each setting: what it is when unset, how it is read, and what to write instead of what cannot be read. */
export const settings = z.object({
  NODE_ENV: setting('development', oneOf(MODES), 'development, production or test'),
  HOST: setting(null, readHost, 'an address such as 127.0.0.1, 0.0.0.0 or ::, or a host name'),
  PORT: setting(4_000, whole(0, 65_535), 'a whole number from 0 to 65535; 0 takes any free port'),
  DATABASE_URL: setting(
    resolve('data/dateline.db'),
    readDatabaseUrl,
    'the path of a file, file:./data/dateline.db, or postgres://user:password@host:5432/database',
  ),
  DATELINE_SECRET: setting(
    null,
    readSecret,
    `at least ${MIN_SECRET} characters that nobody can guess, such as "openssl rand -base64 48" prints`,
  ),
  CORS_ORIGINS: setting(
    null,
    readOrigins,
    'origins such as https://www.example.org with commas between them, "*" for all, "local" or "none"',
  ),
  TRUST_PROXY: setting<false | number | string[]>(
    false,
    readTrustProxy,
    'the number of proxies in front, or their addresses, e.g. "10.0.0.0/8, loopback"; ' +
      '"true" is no choice, for any client could then pretend to be another',
  ),
  LOG_LEVEL: setting(null, oneOf(LOG_LEVELS), `one of ${LOG_LEVELS.join(', ')}`),
  LOG_FORMAT: setting('auto', oneOf(['auto', 'json', 'pretty']), 'auto, json or pretty'),
  BODY_LIMIT: setting(1_048_576, size(1_024, 67_108_864), 'a size from 1kb to 64mb, such as 1mb'),
  REQUEST_TIMEOUT: setting(60_000, duration(1_000, 600_000), 'a time from 1s to 10m, such as 60s'),
  SHUTDOWN_TIMEOUT: setting(8_000, duration(100, 600_000), 'a time from 100ms to 10m, such as 8s'),
  OIDC_ISSUER: setting(
    null,
    readIssuer,
    'the URL that tokens have as their issuer, e.g. https://id.example.org',
  ),
  OIDC_AUDIENCE: setting<string[]>(
    [],
    readNames,
    'the audience of tokens that are for Dateline, or several with commas between them',
  ),
  OIDC_JWKS_URL: setting(
    null,
    readWebAddress,
    "the URL of the provider's public keys, e.g. https://id.example.org/keys",
  ),
  OIDC_ALGORITHMS: setting(
    ['RS256', 'PS256', 'ES256'],
    readAlgorithms,
    `one or more of ${ALGORITHMS.join(', ')}, with commas between them`,
  ),
  OIDC_ROLES_CLAIM: setting(
    null,
    readClaim,
    'the name of a claim, or a path to it such as realm_access.roles',
  ),
  OIDC_ROLES: setting<[theirs: string, ours: KeyRole][]>(
    [],
    readRoles,
    'pairs such as "desk=editor, chief=admin": a role there, and contributor, editor, moderator, admin or partner here',
  ),
  OIDC_CLOCK_TOLERANCE: setting(30_000, duration(0, 300_000), 'a time from 0s to 5m, such as 30s'),
  OIDC_TIMEOUT: setting(5_000, duration(100, 30_000), 'a time from 100ms to 30s, such as 5s'),
  CHANGE_DETAILS: setting(30 * DAY, duration(HOUR, CENTURY), 'a time from 1h on, such as 30d'),
  AUDIT_RETENTION: setting<number | 'forever'>(
    400 * DAY,
    (text) => (text.toLowerCase() === 'forever' ? 'forever' : duration(DAY, CENTURY)(text)),
    'a time from 1d on, such as 400d, or forever',
  ),
  GRAPHIQL: setting(true, yesOrNo, 'true or false'),
  INTROSPECTION: setting(true, yesOrNo, 'true or false'),
  SAMPLE_NEWSROOM: setting('auto', oneOf(['auto', 'always', 'never']), 'auto, always or never'),
  GAZETTEER_FILE: setting(
    null,
    readFile,
    'the path of a JSON file that is there, such as ./beat.json, or leave it unset',
  ),
  WORDPRESS_CREDENTIALS: setting(
    null,
    readCredentials,
    'a name and an application password with a colon between them, name:abcd EFGH 1234 ijkl MNOP 6789',
  ),
  WORDPRESS_REQUESTS: setting(2, whole(1, 10), 'a whole number from 1 to 10'),
});

/** A setting's value as a message may quote it: no secret, no password. */
export function masked(name: string, value: string): string {
  if (name === 'DATELINE_SECRET') return `${value.length} characters long or too simple`;
  if (name === 'WORDPRESS_CREDENTIALS') return `${value.length} characters that are not shown here`;
  return `"${value.replace(/(:\/\/[^:@/]*:).*@/, '$1***@')}"`;
}

function setting<T>(unset: T, read: (text: string) => T | undefined, instead: string) {
  return z
    .string()
    .optional()
    .transform((text, context): T => {
      const written = text?.trim() ?? '';
      if (written === '') return unset;
      const value = read(written);
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', message: instead });
      return z.NEVER;
    });
}

function oneOf<const T extends string>(choices: readonly T[]): (text: string) => T | undefined {
  return (text) => choices.find((choice) => choice === text.toLowerCase());
}

function yesOrNo(text: string): boolean | undefined {
  if (/^(true|yes|on|1)$/i.test(text)) return true;
  return /^(false|no|off|0)$/i.test(text) ? false : undefined;
}

function whole(min: number, max: number): (text: string) => number | undefined {
  return (text) => inRange(/^\d{1,9}$/.test(text) ? Number(text) : undefined, min, max);
}

/** Bytes; a bare number is bytes too. */
function size(min: number, max: number): (text: string) => number | undefined {
  const units: Record<string, number> = { '': 1, b: 1, kb: 1_024, mb: 1_048_576 };
  return (text) => inRange(withUnit(text, units), min, max);
}

/** Milliseconds; a bare number is refused, for half of all people would mean seconds. */
function duration(min: number, max: number): (text: string) => number | undefined {
  const units: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: HOUR, d: DAY };
  return (text) => inRange(withUnit(text, units), min, max);
}

function withUnit(text: string, units: Record<string, number>): number | undefined {
  const match = /^(\d{1,9}) ?([a-z]*)$/i.exec(text);
  const unit = units[match?.[2]?.toLowerCase() ?? '?'];
  return unit === undefined ? undefined : Number(match?.[1]) * unit;
}

function inRange(value: number | undefined, min: number, max: number): number | undefined {
  return value !== undefined && value >= min && value <= max ? value : undefined;
}

function readHost(text: string): string | null | undefined {
  // By that name Node listens on one of two loopback addresses, and which one depends on the machine.
  if (text.toLowerCase() === 'localhost') return '127.0.0.1';
  return isIP(text) !== 0 || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(text) ? text : undefined;
}

function readDatabaseUrl(text: string): string | undefined {
  if (/^postgres(ql)?:/i.test(text)) {
    return URL.canParse(text) && /^postgres(ql)?:\/\/.+\/.+/i.test(text) ? text : undefined;
  }
  if (/^file:\/\//i.test(text)) return URL.canParse(text) ? notAFolder(fileURLToPath(text)) : undefined;
  const path = text.replace(/^file:/i, '');
  // Another scheme, or a database in memory, which would be gone with the process.
  if (/^[a-z][a-z\d+.-]+:/i.test(path) || path.includes(':memory:') || path === '') return undefined;
  return notAFolder(resolve(path));
}

function readFile(text: string): string | null | undefined {
  const path = resolve(text);
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? path : undefined;
}

function notAFolder(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? undefined : path;
}

function readSecret(text: string): string | null | undefined {
  const simple = new Set(text).size < MIN_SECRET_CHARACTERS;
  return text.length >= MIN_SECRET && !simple ? text : undefined;
}

function readCredentials(text: string): { user: string; password: string } | undefined {
  const [, user = '', password = ''] = /^([^:]+):(.+)$/.exec(text) ?? [];
  return user === '' || password.trim() === '' ? undefined : { user, password };
}

function readOrigins(text: string): '*' | 'local' | string[] | null | undefined {
  if (text === '*' || text === 'local') return text;
  if (text === 'none') return [];
  const origins = list(text);
  return origins.every(isOrigin) ? origins : undefined;
}

function isOrigin(text: string): boolean {
  return /^https?:\/\/[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** As it was written: issuers are compared letter by letter. */
function readIssuer(text: string): string | null | undefined {
  return text.includes('?') ? undefined : readWebAddress(text);
}

function readWebAddress(text: string): string | null | undefined {
  if (!/^https?:\/\/[^\s#]+$/i.test(text) || !URL.canParse(text)) return undefined;
  const { username, password } = new URL(text);
  return username === '' && password === '' ? text : undefined;
}

function readNames(text: string): string[] | undefined {
  const names = list(text);
  return names.every((name) => name !== '') ? names : undefined;
}

function readAlgorithms(text: string): string[] | undefined {
  const known = list(text).map((name) =>
    ALGORITHMS.find((each) => each.toLowerCase() === name.toLowerCase()),
  );
  const found = known.filter((name) => name !== undefined);
  return found.length === known.length ? found : undefined;
}

function readClaim(text: string): string | null | undefined {
  return text.length <= 200 ? text : undefined;
}

/** What the provider calls a role can have "=" in it, as the names of a directory do; what we call it has not. */
function readRoles(text: string): [theirs: string, ours: KeyRole][] | undefined {
  const pairs: [string, KeyRole][] = [];
  for (const pair of list(text)) {
    const [, theirs, name] = /^(.*\S)\s*=\s*(\w+)$/.exec(pair) ?? [];
    const ours = KEY_ROLES.find((role) => role.toLowerCase() === name?.toLowerCase());
    if (theirs === undefined || ours === undefined) return undefined;
    pairs.push([theirs, ours]);
  }
  return pairs;
}

function readTrustProxy(text: string): false | number | string[] | undefined {
  if (/^(false|no|off|0)$/i.test(text)) return false;
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const proxies = list(text);
  return proxies.every((each) => RANGES.has(each) || isAddressOrRange(each)) ? proxies : undefined;
}

function isAddressOrRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

function list(text: string): string[] {
  return text.split(',').map((each) => each.trim());
}
