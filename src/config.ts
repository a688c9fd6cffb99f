import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseDotenv } from 'dotenv';
import type { IdentityProvider } from './access';
import type { PurgeHook } from './answers';
import type { AkismetAccount, CommentSettings } from './comments';
import { akismetIn, commentProblems, commentsIn } from './config.comments';
import { identityIn } from './config.identity';
import { limitsIn, persistedIn } from './config.limits';
import { type LogLevel, masked, settings } from './config.settings';
import { siteIn } from './config.site';
import { type WatchingSettings, watchingIn } from './config.watching';
import type { Site } from './core/site';
import type { LimitSettings } from './graphql/limits/limits';
import type { PersistedParts } from './graphql/persisted/persisted-operations';

/** Everything that an operator can set. Frozen; made once, at the start. */
export interface Config {
  readonly mode: 'production' | 'development' | 'test';
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** `postgres://…`, or the absolute path of an SQLite file. */
  readonly databaseUrl: string;
  /** How many processes answer requests. */
  readonly processes: number;
  readonly watching: WatchingSettings;
  readonly logLevel: LogLevel;
  readonly logFormat: 'json' | 'pretty';
  /** Origins whose pages may read answers: every one, those of this machine, or the listed. */
  readonly corsOrigins: '*' | 'local' | readonly string[];
  /** Whose X-Forwarded-For is believed: nobody's, that of so many hops, or that of these addresses. */
  readonly trustProxy: false | number | readonly string[];
  /** Null when it is not set: `obtainSecret` then finds or makes one beside the SQLite file. */
  readonly secret: string | null;
  /** Bytes. */
  readonly bodyLimit: number;
  /** What is sent to partners. */
  readonly webhooks: {
    /** Networks that receivers may be in although they are not on the internet. */
    readonly allowed: readonly string[];
    /** Milliseconds for a receiver to answer. */
    readonly timeout: number;
  };
  /** Bytes of answers that are kept for those who have not said who they are; 0 for none. */
  readonly answerCache: number;
  /** What a CDN in front is told and asked. */
  readonly cdn: {
    /** Milliseconds that it may keep an answer, and may give out an old one while it asks for the new. */
    readonly maxAge: number;
    readonly staleWhileRevalidate: number;
    /** What is called with the tags of answers that are not true any more; null for nothing. */
    readonly purge: PurgeHook | null;
  };
  /** Milliseconds for a request to arrive, and again for its answer to be made. */
  readonly requestTimeout: number;
  /** Milliseconds for which, in the mean of a second, the event loop may keep what waits: then requests are refused. */
  readonly overloadDelay: number;
  /** Operations in a minute: of an address that is anonymous, and of anybody else; 0 for any number. */
  readonly rates: {
    readonly anonymous: number;
    readonly known: number;
    /** Where they are counted for several processes; null for each process alone. */
    readonly redisUrl: string | null;
  };
  /** What one operation may ask for. */
  readonly limits: LimitSettings;
  /** Which operations can be asked for by their hashes. */
  readonly persisted: PersistedParts;
  /** Milliseconds that a stop may take before open connections are cut. */
  readonly shutdownTimeout: number;
  /** Whose access tokens are believed; null for nobody's. */
  readonly identity: IdentityProvider | null;
  /** Wrong credentials that one address may send within a minute. */
  readonly credentialFailures: number;
  /** What connections that stay open may take. */
  readonly live: {
    /** Of all clients together, and of one address (of IPv6, of one /64 network). */
    readonly connections: number;
    readonly connectionsPerAddress: number;
    /** Operations that are going on at a time on one connection. */
    readonly subscriptions: number;
    /** Bytes of one message from a client. */
    readonly messageLimit: number;
    /** Bytes that may wait for a client to take them. */
    readonly buffer: number;
    /** Milliseconds: for a client to introduce itself, between two pings, and with nothing going on. */
    readonly initTimeout: number;
    readonly pingInterval: number;
    readonly idleTimeout: number;
  };
  /** How long the change log keeps what. */
  readonly changeRetention: {
    /** Milliseconds for the details of an entry. */
    readonly details: number;
    /** Milliseconds for who did what when; null for ever. */
    readonly entries: number | null;
  };
  readonly comments: CommentSettings;
  /** Who is asked about comments; null for nobody. */
  readonly akismet: AkismetAccount | null;
  /** The address of the site's page that shows previews, with `{token}` in it; null where there is none. */
  readonly previewPage: string | null;
  readonly site: Site;
  readonly graphiql: boolean;
  readonly introspection: boolean;
  /** Whether an empty database is filled with the sample newsroom at the start. */
  readonly sampleNewsroom: boolean;
  /** The absolute path of the newsroom's own beat; null for that which comes with Dateline. */
  readonly gazetteerFile: string | null;
  /** Of somebody whom a WordPress site that is imported knows; null to see what its readers see. */
  readonly wordpressCredentials: { readonly user: string; readonly password: string } | null;
  /** Requests to such a site that may be under way at once. */
  readonly wordpressRequests: number;
  /** What is odd but does no harm, a sentence each, for the log. */
  readonly warnings: readonly string[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ConfigSource {
  /** Default: the process's own. */
  readonly environment?: Environment;
  /** Settings that win over the environment, as a command line gives them. */
  readonly overrides?: Environment;
  /** Where `.env` is looked for. Default: the working directory. */
  readonly directory?: string;
  /** Whether a person reads the output. Default: whether standard output is a terminal. */
  readonly terminal?: boolean;
}

/** Settings are wrong; `problems` has a sentence for each, and the message has them all. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    const list = problems.map((problem) => `\n  - ${problem}`).join('');
    super(`Dateline cannot start with these settings (from the environment and .env):${list}`);
  }
}

/** The name of every setting, as the environment has it. */
export const SETTING_NAMES: readonly string[] = Object.keys(settings.shape);

/**
 * Reads the settings from the environment, and from `.env` what the environment does not set.
 * @throws ConfigError that names every problem at once
 */
export function loadConfig(source: ConfigSource = {}): Config {
  const environment = { ...(source.environment ?? process.env), ...source.overrides };
  const file = readDotenv(source.directory ?? process.cwd());
  const values = { ...file, ...environment };
  const parsed = settings.safeParse(values);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map(({ path, message }) => {
        const name = String(path[0]);
        return `${name} is ${masked(name, values[name] ?? '')}. Write ${message}.`;
      }),
    );
  }
  const { data } = parsed;
  const { identity, problems, warnings } = identityIn(data);
  const wrong = [...problems, ...commentProblems(data)];
  const persisted = persistedIn(data);
  if (typeof persisted === 'string') wrong.push(persisted);
  if (wrong.length > 0 || typeof persisted === 'string') throw new ConfigError(wrong);
  const production = data.NODE_ENV === 'production';
  const terminal = source.terminal ?? process.stdout.isTTY === true;
  return Object.freeze<Config>({
    mode: data.NODE_ENV,
    // A developer's machine answers itself only. What is deployed runs in a container or behind a proxy as a
    // rule, where an answer to the loopback alone would look like a server that does not start.
    host: data.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port: data.PORT,
    databaseUrl: data.DATABASE_URL,
    processes: data.WEB_CONCURRENCY,
    watching: watchingIn(data),
    logLevel: data.LOG_LEVEL ?? (data.NODE_ENV === 'test' ? 'silent' : 'info'),
    logFormat: data.LOG_FORMAT === 'auto' ? (terminal ? 'pretty' : 'json') : data.LOG_FORMAT,
    corsOrigins: data.CORS_ORIGINS ?? (production ? [] : 'local'),
    trustProxy: data.TRUST_PROXY,
    secret: data.DATELINE_SECRET,
    bodyLimit: data.BODY_LIMIT,
    webhooks: Object.freeze({
      allowed: data.WEBHOOK_ALLOWED_NETWORKS,
      timeout: data.WEBHOOK_TIMEOUT,
    }),
    answerCache: data.ANSWER_CACHE,
    cdn: Object.freeze({
      maxAge: data.CDN_MAX_AGE,
      staleWhileRevalidate: data.CDN_STALE_WHILE_REVALIDATE,
      purge: data.CDN_PURGE_URL === null ? null : { url: data.CDN_PURGE_URL, header: data.CDN_PURGE_HEADER },
    }),
    requestTimeout: data.REQUEST_TIMEOUT,
    overloadDelay: data.OVERLOAD_DELAY,
    rates: Object.freeze({
      anonymous: data.RATE_ANONYMOUS,
      known: data.RATE_KNOWN,
      redisUrl: data.REDIS_URL,
    }),
    limits: limitsIn(data),
    persisted,
    shutdownTimeout: data.SHUTDOWN_TIMEOUT,
    identity,
    credentialFailures: data.CREDENTIAL_FAILURES,
    live: Object.freeze({
      connections: data.LIVE_CONNECTIONS,
      connectionsPerAddress: data.LIVE_CONNECTIONS_PER_ADDRESS,
      subscriptions: data.LIVE_SUBSCRIPTIONS,
      messageLimit: data.LIVE_MESSAGE_LIMIT,
      buffer: data.LIVE_BUFFER,
      initTimeout: data.LIVE_INIT_TIMEOUT,
      pingInterval: data.LIVE_PING_INTERVAL,
      idleTimeout: data.LIVE_IDLE_TIMEOUT,
    }),
    changeRetention: Object.freeze({
      details: data.CHANGE_DETAILS,
      entries: data.AUDIT_RETENTION === 'forever' ? null : data.AUDIT_RETENTION,
    }),
    comments: commentsIn(data),
    akismet: akismetIn(data),
    previewPage: data.PREVIEW_URL,
    site: siteIn(data),
    graphiql: data.GRAPHIQL,
    introspection: data.INTROSPECTION,
    // Invented articles must not greet anybody's readers because a database was new.
    sampleNewsroom: data.SAMPLE_NEWSROOM === 'always' || (data.SAMPLE_NEWSROOM === 'auto' && !production),
    gazetteerFile: data.GAZETTEER_FILE,
    wordpressCredentials: data.WORDPRESS_CREDENTIALS,
    wordpressRequests: data.WORDPRESS_REQUESTS,
    warnings: Object.freeze([...warnings, ...unknownSettings(file, environment)]),
  });
}

/** Whether whoever started the process asked for stack traces on the terminal. */
export function debugWanted(environment: Environment = process.env): boolean {
  return Boolean(environment.DEBUG);
}

function readDotenv(directory: string): Environment {
  const path = join(directory, '.env');
  if (!existsSync(path)) return {};
  try {
    return parseDotenv(readFileSync(path));
  } catch {
    throw new ConfigError(['The file .env cannot be read. Correct its permissions, or remove it.']);
  }
}

/** What Kubernetes and Docker set in every container for a service that is called "dateline". */
const SERVICE_LINK = /_SERVICE_(HOST|PORT)(_\w+)?$|_PORT(_\d+_(TCP|UDP)(_\w+)?)?$/;

function unknownSettings(file: Environment, environment: Environment): string[] {
  const warnings: string[] = [];
  const known = new Set(SETTING_NAMES);
  for (const name of new Set([...Object.keys(file), ...Object.keys(environment)])) {
    if (known.has(name)) continue;
    const meant = SETTING_NAMES.find((each) => distance(each, name) <= 2);
    // The environment is full of other programs' variables; in .env a near miss is ours.
    const ours = name.startsWith('DATELINE_') && !SERVICE_LINK.test(name);
    if (!ours && !(name in file && meant)) continue;
    const hint = meant ? `Did you mean ${meant}?` : 'It has no effect; .env.example lists all settings.';
    warnings.push(`There is no setting ${name}. ${hint}`);
  }
  return warnings;
}

/** Insertions, deletions and replacements of one character that lead from `a` to `b`. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
