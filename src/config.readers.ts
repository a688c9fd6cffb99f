/** How the text of a setting becomes its value; undefined where it cannot be read. */
import { readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Names of ranges that a proxy's address can be given by. */
const RANGES = new Set(['loopback', 'linklocal', 'uniquelocal']);
/** Shorter secrets could be guessed from one signature. */
export const MIN_SECRET = 32;
const MIN_SECRET_CHARACTERS = 8;
/** Milliseconds. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export function oneOf<const T extends string>(choices: readonly T[]): (text: string) => T | undefined {
  return (text) => choices.find((choice) => choice === text.toLowerCase());
}

export function yesOrNo(text: string): boolean | undefined {
  if (/^(true|yes|on|1)$/i.test(text)) return true;
  return /^(false|no|off|0)$/i.test(text) ? false : undefined;
}

export function whole(min: number, max: number): (text: string) => number | undefined {
  return (text) => inRange(/^\d{1,9}$/.test(text) ? Number(text) : undefined, min, max);
}

/** Bytes; a bare number is bytes too. */
export function size(min: number, max: number): (text: string) => number | undefined {
  const units: Record<string, number> = { '': 1, b: 1, kb: 1_024, mb: 1_048_576 };
  return (text) => inRange(withUnit(text, units), min, max);
}

/** Milliseconds; a bare number is refused, for half of all people would mean seconds. */
export function duration(min: number, max: number): (text: string) => number | undefined {
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

/** A header of a request: its name, a colon, and what it says. */
export function readHeader(text: string): { name: string; value: string } | undefined {
  const [, name, value] =
    /^([\w!#$%&'*+.^`|~-]+):[ \t]*([\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)$/.exec(text) ?? [];
  return name === undefined || value === undefined ? undefined : { name, value };
}

export function readHost(text: string): string | null | undefined {
  // By that name Node listens on one of two loopback addresses, and which one depends on the machine.
  if (text.toLowerCase() === 'localhost') return '127.0.0.1';
  return isIP(text) !== 0 || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(text) ? text : undefined;
}

export function readDatabaseUrl(text: string): string | undefined {
  if (/^postgres(ql)?:/i.test(text)) {
    return URL.canParse(text) && /^postgres(ql)?:\/\/.+\/.+/i.test(text) ? text : undefined;
  }
  if (/^file:\/\//i.test(text)) return URL.canParse(text) ? notAFolder(fileURLToPath(text)) : undefined;
  const path = text.replace(/^file:/i, '');
  // Another scheme, or a database in memory, which would be gone with the process.
  if (/^[a-z][a-z\d+.-]+:/i.test(path) || path.includes(':memory:') || path === '') return undefined;
  return notAFolder(resolve(path));
}

export function readFile(text: string): string | null | undefined {
  const path = resolve(text);
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? path : undefined;
}

function notAFolder(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? undefined : path;
}

export function readSecret(text: string): string | null | undefined {
  const simple = new Set(text).size < MIN_SECRET_CHARACTERS;
  return text.length >= MIN_SECRET && !simple ? text : undefined;
}

export function readCredentials(text: string): { user: string; password: string } | undefined {
  const [, user = '', password = ''] = /^([^:]+):(.+)$/.exec(text) ?? [];
  return user === '' || password.trim() === '' ? undefined : { user, password };
}

export function readOrigins(text: string): '*' | 'local' | string[] | null | undefined {
  if (text === '*' || text === 'local') return text;
  if (text === 'none') return [];
  const origins = list(text);
  return origins.every(isOrigin) ? origins : undefined;
}

function isOrigin(text: string): boolean {
  return /^https?:\/\/[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

export function readTrustProxy(text: string): false | number | string[] | undefined {
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

export function list(text: string): string[] {
  return text.split(',').map((each) => each.trim());
}

/** Several times so many within so long: "5/1m, 60/1h". */
export function readRates(text: string): { count: number; period: number }[] | undefined {
  const rates = list(text).map((each) => {
    const [, count = '', period = ''] = /^(\d{1,6}) ?\/ ?(\w+)$/.exec(each) ?? [];
    const milliseconds = duration(1_000, 30 * DAY)(period);
    return milliseconds === undefined || Number(count) < 1
      ? undefined
      : { count: Number(count), period: milliseconds };
  });
  return rates.every((rate) => rate !== undefined) ? rates : undefined;
}

/** Words with commas between them, or "file:" and the path of a file that has one a line; "#" begins a remark. */
export function readWords(text: string): string[] | undefined {
  if (!/^file:/i.test(text)) return list(text).filter((word) => word !== '');
  const path = readFile(text.replace(/^file:/i, ''));
  if (path == null) return undefined;
  const lines = readFileSync(path, 'utf8').split(/\r?\n/);
  return lines.map((line) => line.replace(/^#.*$/, '').trim()).filter((line) => line !== '');
}

/** A time, or a word for no end. */
export function durationOr<const W extends string>(
  word: W,
  min: number,
  max: number,
): (text: string) => number | W | undefined {
  return (text) => (text.toLowerCase() === word ? word : duration(min, max)(text));
}

export function readAkismetKey(text: string): string | null | undefined {
  return /^[\w-]{6,64}$/.test(text) ? text : undefined;
}

/** The address of a page, with the place where the token of a preview stands. */
export function readPreviewPage(text: string): string | undefined {
  const isAddress = /^https?:\/\//i.test(text) && URL.canParse(text);
  return isAddress && text.includes('{token}') ? text : undefined;
}

export function readRedisUrl(text: string): string | undefined {
  return /^rediss?:\/\//i.test(text) && URL.canParse(text) ? text : undefined;
}

/** Ranges of addresses in CIDR notation. */
export function readNetworks(text: string): readonly string[] | undefined {
  const networks = text.split(',').map((network) => network.trim());
  return networks.every((network) => isNetwork(network)) ? Object.freeze(networks) : undefined;
}

function isNetwork(text: string): boolean {
  const [, address = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(bits) <= (family === 4 ? 32 : 128);
}
