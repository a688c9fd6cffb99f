import { statSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export type LogLevel = (typeof LOG_LEVELS)[number];

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const MODES = ['development', 'production', 'test'] as const;
/** Names of ranges that a proxy's address can be given by. */
const RANGES = new Set(['loopback', 'linklocal', 'uniquelocal']);
/** Shorter secrets could be guessed from one signature. */
const MIN_SECRET = 32;
const MIN_SECRET_CHARACTERS = 8;

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
  const units: Record<string, number> = { ms: 1, s: 1_000, m: 60_000 };
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
