import { resolve } from 'node:path';
import { z } from 'zod';
import { AKISMET_URL } from './comments/akismet';
import { COMMENT_DEFAULTS, type Rate } from './comments/comment.settings';
import {
  ALGORITHMS,
  readAlgorithms,
  readClaim,
  readIssuer,
  readNames,
  readRoles,
  readWebAddress,
} from './config.identity';
import {
  DAY,
  duration,
  durationOr,
  HOUR,
  MIN_SECRET,
  oneOf,
  readAkismetKey,
  readCredentials,
  readDatabaseUrl,
  readFile,
  readHeader,
  readHost,
  readNetworks,
  readOrigins,
  readPreviewPage,
  readRates,
  readRedisUrl,
  readSecret,
  readTrustProxy,
  readWords,
  size,
  whole,
  yesOrNo,
} from './config.readers';
import { readName, readSite } from './config.site';
import type { KeyRole } from './database';

export type LogLevel = (typeof LOG_LEVELS)[number];

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const MODES = ['development', 'production', 'test'] as const;
const MODES_OF_COMMENTING = ['OPEN', 'PREMODERATED', 'CLOSED'] as const;
const CENTURY = 36_500 * DAY;
const SITE = 'an address without query, such as https://www.example.org';
const WORDS = 'words with commas between them, or file:./words.txt, a file that has one a line';

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
  WEB_CONCURRENCY: setting(1, whole(1, 128), 'a whole number of processes from 1 to 128'),
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
  WEBHOOK_ALLOWED_NETWORKS: setting<readonly string[]>(
    [],
    readNetworks,
    'networks such as "10.20.0.0/16, fd00::/8" with commas between them, or leave it unset',
  ),
  WEBHOOK_TIMEOUT: setting(15_000, duration(100, 30_000), 'a time from 100ms to 30s, such as 15s'),
  ANSWER_CACHE: setting(
    33_554_432,
    size(0, 4_294_967_296),
    'a size such as 32mb, up to 4096mb, or 0 to keep nothing',
  ),
  CDN_MAX_AGE: setting(
    0,
    duration(0, CENTURY),
    'a time such as 60s; 0s where nothing on the way may keep answers',
  ),
  CDN_STALE_WHILE_REVALIDATE: setting(0, duration(0, CENTURY), 'a time such as 30s; 0s for never'),
  CDN_PURGE_URL: setting(null, readWebAddress, 'the URL to be called, such as https://cdn.example/purge'),
  CDN_PURGE_HEADER: setting(null, readHeader, 'a header such as "Fastly-Key: secret"'),
  REQUEST_TIMEOUT: setting(60_000, duration(1_000, 600_000), 'a time from 1s to 10m, such as 60s'),
  QUERY_TOKENS: setting(2_000, whole(100, 100_000), 'a whole number from 100 to 100000'),
  QUERY_DEPTH: setting(12, whole(1, 100), 'a whole number from 1 to 100'),
  QUERY_FIELDS: setting(500, whole(10, 10_000), 'a whole number from 10 to 10000'),
  QUERY_ROOT_FIELDS: setting(20, whole(1, 1_000), 'a whole number from 1 to 1000'),
  QUERY_ALIASES: setting(30, whole(0, 1_000), 'a whole number from 0 to 1000'),
  QUERY_DIRECTIVES: setting(50, whole(0, 1_000), 'a whole number from 0 to 1000'),
  VARIABLE_VALUES: setting(2_000, whole(10, 100_000), 'a whole number from 10 to 100000'),
  VARIABLE_DEPTH: setting(10, whole(1, 100), 'a whole number from 1 to 100'),
  COST_ANONYMOUS: setting(5_000, whole(1, 10_000_000), 'a whole number from 1 to 10000000'),
  COST_READER: setting(10_000, whole(1, 10_000_000), 'a whole number from 1 to 10000000'),
  COST_PARTNER: setting(20_000, whole(1, 10_000_000), 'a whole number from 1 to 10000000'),
  COST_NEWSROOM: setting(50_000, whole(1, 10_000_000), 'a whole number from 1 to 10000000'),
  OPERATIONS_MANIFEST: setting(
    null,
    readFile,
    'the path of a manifest that is there, such as ./persisted-query-manifest.json, or leave it unset',
  ),
  OPERATIONS: setting('any', oneOf(['any', 'listed']), 'any or listed'),
  OVERLOAD_DELAY: setting(500, duration(50, 60_000), 'a time from 50ms to 1m, such as 500ms'),
  RATE_ANONYMOUS: setting(6_000, whole(0, 10_000_000), 'a whole number from 0 to 10000000; 0 for any number'),
  RATE_KNOWN: setting(30_000, whole(0, 10_000_000), 'a whole number from 0 to 10000000; 0 for any number'),
  REDIS_URL: setting(null, readRedisUrl, 'a URL such as redis://:password@host:6379/0'),
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
  CREDENTIAL_FAILURES: setting(30, whole(1, 100_000), 'a whole number from 1 to 100000'),
  LIVE_CONNECTIONS: setting(10_000, whole(1, 1_000_000), 'a whole number from 1 to 1000000'),
  LIVE_CONNECTIONS_PER_ADDRESS: setting(100, whole(1, 1_000_000), 'a whole number from 1 to 1000000'),
  LIVE_SUBSCRIPTIONS: setting(20, whole(1, 1_000), 'a whole number from 1 to 1000'),
  LIVE_MESSAGE_LIMIT: setting(65_536, size(1_024, 16_777_216), 'a size from 1kb to 16mb, such as 64kb'),
  LIVE_BUFFER: setting(1_048_576, size(1_024, 67_108_864), 'a size from 1kb to 64mb, such as 1mb'),
  LIVE_INIT_TIMEOUT: setting(5_000, duration(100, 60_000), 'a time from 100ms to 1m, such as 5s'),
  LIVE_PING_INTERVAL: setting(20_000, duration(100, 600_000), 'a time from 100ms to 10m, such as 20s'),
  LIVE_IDLE_TIMEOUT: setting(300_000, duration(1_000, 86_400_000), 'a time from 1s to 1d, such as 5m'),
  CHANGE_DETAILS: setting(30 * DAY, duration(HOUR, CENTURY), 'a time from 1h on, such as 30d'),
  AUDIT_RETENTION: setting<number | 'forever'>(
    400 * DAY,
    durationOr('forever', DAY, CENTURY),
    'a time from 1d on, such as 400d, or forever',
  ),
  COMMENTING: setting(
    COMMENT_DEFAULTS.mode,
    (text) => MODES_OF_COMMENTING.find((mode) => mode === text.toUpperCase()),
    'open, premoderated or closed',
  ),
  COMMENTS_CLOSE_AFTER: setting<number | 'never'>(
    COMMENT_DEFAULTS.closeAfter ?? 'never',
    durationOr('never', HOUR, CENTURY),
    'a time from 1h on, such as 30d, or never',
  ),
  COMMENT_LENGTH: setting(COMMENT_DEFAULTS.maxLength, whole(1, 50_000), 'a whole number from 1 to 50000'),
  COMMENT_LINKS: setting(COMMENT_DEFAULTS.maxLinks, whole(0, 100), 'a whole number from 0 to 100'),
  COMMENT_HELD_WORDS: setting<string[]>([], readWords, WORDS),
  COMMENT_SPAM_WORDS: setting<string[]>([], readWords, WORDS),
  COMMENT_RATES: setting<Rate[]>(
    [...COMMENT_DEFAULTS.rates],
    readRates,
    'how many in which time, with commas between, such as "5/1m, 60/1h"',
  ),
  COMMENT_EDIT_WINDOW: setting(
    COMMENT_DEFAULTS.editWindow,
    duration(0, CENTURY),
    'a time such as 15m; 0s for not at all',
  ),
  COMMENT_REPORTS: setting(COMMENT_DEFAULTS.reportsToHold, whole(1, 1_000), 'a whole number from 1 to 1000'),
  COMMENT_TRUST_AFTER: setting(COMMENT_DEFAULTS.trustAfter, whole(0, 1_000), 'a whole number from 0 to 1000'),
  COMMENT_ADDRESSES: setting<number | 'forever'>(
    COMMENT_DEFAULTS.privateRetention ?? 'forever',
    durationOr('forever', HOUR, CENTURY),
    'a time from 1h on, such as 180d, or forever',
  ),
  AKISMET_KEY: setting(null, readAkismetKey, 'the key that akismet.com gave you'),
  AKISMET_SITE: setting(
    null,
    readWebAddress,
    'the address of the front page, such as https://www.example.org',
  ),
  AKISMET_URL: setting<string | null>(AKISMET_URL, readWebAddress, 'a URL such as https://rest.akismet.com'),
  AKISMET_TIMEOUT: setting(3_000, duration(100, 30_000), 'a time from 100ms to 30s, such as 3s'),
  PREVIEW_URL: setting(
    null,
    readPreviewPage,
    "the address of the site's page that shows previews, such as https://www.example.org/preview?token={token}",
  ),
  SITE_URL: setting(null, readSite, SITE),
  SITE_NAME: setting<string | null>(null, readName, 'a name of at most 200 characters'),
  PUBLIC_URL: setting(null, readSite, SITE),
  METRICS_HOST: setting<string | null>('127.0.0.1', readHost, 'an address such as 127.0.0.1, 0.0.0.0 or ::'),
  METRICS_PORT: setting<number | null>(
    null,
    whole(0, 65_535),
    'a whole number from 0 to 65535; 0 takes any free port',
  ),
  SLOW_OPERATION: setting(1_000, duration(0, 600_000), 'a time up to 10m, such as 1s; 0s for never'),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(
    null,
    readWebAddress,
    'the address of an OpenTelemetry collector, such as http://localhost:4318',
  ),
  OTEL_SERVICE_NAME: setting<string | null>('dateline', readName, 'a name of at most 200 characters'),
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
  if (name === 'WORDPRESS_CREDENTIALS' || name === 'AKISMET_KEY' || name === 'CDN_PURGE_HEADER')
    return `${value.length} characters that are not shown here`;
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
