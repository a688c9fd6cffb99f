import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { COMMENT_DEFAULTS } from '../src/comments';
import { ConfigError, type Environment, loadConfig, SETTING_NAMES } from '../src/config';
import { NO_SITE } from '../src/core/site';

const WATCHING = { metrics: null, slowOperation: 1_000, traces: null };
const RATE_1 = { count: 1, period: 10_000 };
const RATE_20 = { count: 20, period: 86_400_000 };

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dateline-config-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const load = (environment: Environment, dotenv?: string) => {
  if (dotenv !== undefined) writeFileSync(join(directory, '.env'), dotenv);
  return loadConfig({ environment, directory, terminal: false });
};
const problemsOf = (environment: Environment, dotenv?: string): readonly string[] => {
  try {
    load(environment, dotenv);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};
const GOOD_SECRET = 'Xq3v9TzLw0pR7sKd2mNb8yHf4jGc6aUe';

describe('without any setting', () => {
  test('a development machine is served, to itself only', () => {
    expect(load({})).toEqual({
      mode: 'development',
      host: '127.0.0.1',
      port: 4_000,
      processes: 1,
      watching: WATCHING,
      databaseUrl: resolve('data/dateline.db'),
      logLevel: 'info',
      logFormat: 'json',
      corsOrigins: 'local',
      trustProxy: false,
      secret: null,
      bodyLimit: 1_048_576,
      webhooks: { allowed: [], timeout: 15_000 },
      answerCache: 33_554_432,
      cdn: { maxAge: 0, staleWhileRevalidate: 0, purge: null },
      requestTimeout: 60_000,
      overloadDelay: 500,
      rates: { anonymous: 6_000, known: 30_000, redisUrl: null },
      limits: {
        document: {
          ...{ tokens: 2_000, depth: 12, fields: 500 },
          ...{ rootFields: 20, aliases: 30, directives: 50 },
        },
        variables: { values: 2_000, depth: 10 },
        cost: { anonymous: 5_000, reader: 10_000, partner: 20_000, newsroom: 50_000 },
      },
      persisted: { manifest: expect.objectContaining({ version: 1 }), only: false },
      shutdownTimeout: 8_000,
      identity: null,
      credentialFailures: 30,
      live: {
        ...{ connections: 10_000, connectionsPerAddress: 100, subscriptions: 20 },
        ...{ messageLimit: 65_536, buffer: 1_048_576 },
        ...{ initTimeout: 5_000, pingInterval: 20_000, idleTimeout: 300_000 },
      },
      changeRetention: { details: 30 * 86_400_000, entries: 400 * 86_400_000 },
      comments: COMMENT_DEFAULTS,
      akismet: null,
      previewPage: null,
      site: NO_SITE,
      graphiql: true,
      introspection: true,
      sampleNewsroom: true,
      gazetteerFile: null,
      wordpressCredentials: null,
      wordpressRequests: 2,
      warnings: [],
    });
  });

  test('production is reachable from outside of its container, and lets no other origin read', () => {
    expect(load({ NODE_ENV: 'production' })).toMatchObject({ host: '0.0.0.0', corsOrigins: [] });
  });

  test('production is given the sample newsroom only when asked for', () => {
    expect(load({ NODE_ENV: 'production' }).sampleNewsroom).toBe(false);
    expect(load({ NODE_ENV: 'production', SAMPLE_NEWSROOM: 'always' }).sampleNewsroom).toBe(true);
  });

  test('a person at a terminal reads text', () => {
    expect(loadConfig({ environment: {}, directory, terminal: true }).logFormat).toBe('pretty');
  });

  test('an empty value is the same as none', () => {
    expect(load({ PORT: '', HOST: ' ', DATELINE_SECRET: '' })).toEqual(load({}));
  });
});

test('what is loaded cannot be changed', () => {
  expect(Object.isFrozen(load({}))).toBe(true);
});

test('the environment wins over .env, and the command line over both', () => {
  const dotenv = 'PORT=5000\nHOST=::1\nLOG_LEVEL=debug\n';
  expect(load({ PORT: '6000' }, dotenv)).toMatchObject({ port: 6_000, host: '::1', logLevel: 'debug' });
  const config = loadConfig({ environment: { PORT: '6000' }, directory, overrides: { PORT: '7000' } });
  expect(config.port).toBe(7_000);
});

describe.each<[setting: string, good: [string, object][], bad: string[]]>([
  [
    'PORT',
    [
      ['0', { port: 0 }],
      ['65535', { port: 65_535 }],
    ],
    ['65536', '-1', '80a', '4e3', '0x50', '4000.5'],
  ],
  [
    'HOST',
    [
      ['0.0.0.0', { host: '0.0.0.0' }],
      ['localhost', { host: '127.0.0.1' }],
      ['::', { host: '::' }],
      ['web-1', { host: 'web-1' }],
    ],
    ['http://a', 'a b', 'a:80', '-a'],
  ],
  [
    'NODE_ENV',
    [
      ['production', { mode: 'production' }],
      ['test', { logLevel: 'silent' }],
    ],
    ['prod', 'staging'],
  ],
  [
    'DATABASE_URL',
    [
      ['./x.db', { databaseUrl: resolve('x.db') }],
      ['file:x.db', { databaseUrl: resolve('x.db') }],
      ['file:///srv/x%20y.db', { databaseUrl: '/srv/x y.db' }],
      ['postgres://u:p@h:5432/d', { databaseUrl: 'postgres://u:p@h:5432/d' }],
      ['postgresql:///d?host=/run', { databaseUrl: 'postgresql:///d?host=/run' }],
    ],
    ['mysql://h/d', ':memory:', 'file::memory:', 'postgres://', 'postgres:d', 'sqlite:x.db', '/'],
  ],
  [
    'DATELINE_SECRET',
    [[GOOD_SECRET, { secret: GOOD_SECRET }]],
    ['short', 'a'.repeat(64), 'abcabcabcabcabcabcabcabcabcabcabcabc'],
  ],
  [
    'CORS_ORIGINS',
    [
      ['*', { corsOrigins: '*' }],
      ['none', { corsOrigins: [] }],
      [
        'https://a.example, http://b.example:8080',
        { corsOrigins: ['https://a.example', 'http://b.example:8080'] },
      ],
    ],
    [
      'a.example',
      'https://a.example/',
      'https://a.example,*',
      'https://*.example',
      'null',
      'ftp://a.example',
    ],
  ],
  [
    'TRUST_PROXY',
    [
      ['off', { trustProxy: false }],
      ['2', { trustProxy: 2 }],
      ['10.0.0.0/8, loopback, ::1', { trustProxy: ['10.0.0.0/8', 'loopback', '::1'] }],
    ],
    ['true', '10.0.0.0/33', '10.0.0', 'proxy.example', '1,true', '::1/129'],
  ],
  ['LOG_LEVEL', [['WARN', { logLevel: 'warn' }]], ['verbose']],
  ['LOG_FORMAT', [['pretty', { logFormat: 'pretty' }]], ['text']],
  [
    'BODY_LIMIT',
    [
      ['512kb', { bodyLimit: 524_288 }],
      ['2 MB', { bodyLimit: 2_097_152 }],
      ['4096', { bodyLimit: 4_096 }],
    ],
    ['1gb', '100', '65mb', '1.5mb', 'kb'],
  ],
  [
    'ANSWER_CACHE',
    [
      ['0', { answerCache: 0 }],
      ['64mb', { answerCache: 67_108_864 }],
    ],
    ['5000mb', '-1', 'none'],
  ],
  [
    'CDN_MAX_AGE',
    [['60s', { cdn: { maxAge: 60_000, staleWhileRevalidate: 0, purge: null } }]],
    ['60', 'forever'],
  ],
  [
    'CDN_STALE_WHILE_REVALIDATE',
    [['5m', { cdn: { maxAge: 0, staleWhileRevalidate: 300_000, purge: null } }]],
    ['5'],
  ],
  [
    'CDN_PURGE_URL',
    [
      [
        'https://cdn.example/purge',
        {
          cdn: {
            maxAge: 0,
            staleWhileRevalidate: 0,
            purge: { url: 'https://cdn.example/purge', header: null },
          },
        },
      ],
    ],
    ['purge', 'ftp://cdn.example'],
  ],
  ['CDN_PURGE_HEADER', [['Fastly-Key: secret', {}]], ['sesame', 'a b: c', 'Key: \u00e9']],
  [
    'REQUEST_TIMEOUT',
    [
      ['1500ms', { requestTimeout: 1_500 }],
      ['2m', { requestTimeout: 120_000 }],
    ],
    ['30', '0s', '11m', '1h'],
  ],
  ['SHUTDOWN_TIMEOUT', [['25s', { shutdownTimeout: 25_000 }]], ['25', '1ms']],
  ['OIDC_ALGORITHMS', [[' es256 , EdDSA', {}]], ['HS256', 'none', 'RS256,HS256', 'RS256,,ES256']],
  ['OIDC_CLOCK_TOLERANCE', [['0s', {}]], ['6m', '30']],
  ['OIDC_TIMEOUT', [['1s', {}]], ['31s', '5']],
  [
    'CHANGE_DETAILS',
    [['12h', { changeRetention: { details: 43_200_000, entries: 400 * 86_400_000 } }]],
    ['30', '30m', '1w', 'forever'],
  ],
  [
    'AUDIT_RETENTION',
    [
      ['7d', { changeRetention: { details: 30 * 86_400_000, entries: 7 * 86_400_000 } }],
      ['forever', { changeRetention: { details: 30 * 86_400_000, entries: null } }],
    ],
    ['23h', 'never'],
  ],
  ['COMMENTING', [['Premoderated', { comments: { ...COMMENT_DEFAULTS, mode: 'PREMODERATED' } }]], ['ajar']],
  [
    'COMMENTS_CLOSE_AFTER',
    [['30d', { comments: { ...COMMENT_DEFAULTS, closeAfter: 2_592_000_000 } }]],
    ['30'],
  ],
  [
    'COMMENT_HELD_WORDS',
    [['one, two words ,,', { comments: { ...COMMENT_DEFAULTS, heldWords: ['one', 'two words'] } }]],
    ['file:./there-is-none.txt'],
  ],
  [
    'COMMENT_RATES',
    [['1/10s,20 /1d', { comments: { ...COMMENT_DEFAULTS, rates: [RATE_1, RATE_20] } }]],
    ['5', '5/1', '0/1m', '5/1m,', 'a/1m'],
  ],
  [
    'COMMENT_ADDRESSES',
    [['forever', { comments: { ...COMMENT_DEFAULTS, privateRetention: null } }]],
    ['180'],
  ],
  ['AKISMET_TIMEOUT', [['1s', {}]], ['1', '31s']],
  ['WEB_CONCURRENCY', [['4', { processes: 4 }]], ['0', '129', 'auto']],
  [
    'METRICS_PORT',
    [['9464', { watching: { ...WATCHING, metrics: { host: '127.0.0.1', port: 9_464 } } }]],
    ['x'],
  ],
  [
    'SLOW_OPERATION',
    [
      ['2s', { watching: { ...WATCHING, slowOperation: 2_000 } }],
      ['0s', { watching: { ...WATCHING, slowOperation: null } }],
    ],
    ['2', '11m'],
  ],
  [
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    [
      [
        'http://collector:4318',
        { watching: { ...WATCHING, traces: { endpoint: 'http://collector:4318', service: 'dateline' } } },
      ],
    ],
    ['collector'],
  ],
  [
    'GRAPHIQL',
    [
      ['no', { graphiql: false }],
      ['1', { graphiql: true }],
    ],
    ['maybe'],
  ],
  ['INTROSPECTION', [['off', { introspection: false }]], ['2']],
  [
    'SAMPLE_NEWSROOM',
    [
      ['never', { sampleNewsroom: false }],
      ['always', { sampleNewsroom: true }],
    ],
    ['sometimes'],
  ],
  [
    'WORDPRESS_CREDENTIALS',
    [['desk:abcd EFGH:1', { wordpressCredentials: { user: 'desk', password: 'abcd EFGH:1' } }]],
    ['hush', 'hush:', ':hush'],
  ],
  ['WORDPRESS_REQUESTS', [['5', { wordpressRequests: 5 }]], ['0', '11']],
  ['GAZETTEER_FILE', [[__filename, { gazetteerFile: __filename }]], ['/nowhere/beat.json', __dirname]],
])('%s', (setting, good, bad) => {
  test.each(good)('can be %s', (value, expected) => {
    expect(load({ [setting]: value })).toMatchObject(expected);
  });

  test.each(bad)('cannot be %s, and it is said what to write', (value) => {
    const [problem, ...others] = problemsOf({ [setting]: value });
    expect(others).toEqual([]);
    expect(problem).toMatch(new RegExp(`^${setting} is .+\\. Write .+\\.$`));
    const secret = ['DATELINE_SECRET', 'WORDPRESS_CREDENTIALS', 'CDN_PURGE_HEADER'].includes(setting);
    if (secret) expect(problem).not.toContain(value);
    else expect(problem).toContain(value);
  });
});

describe('the identity provider', () => {
  const ISSUER = { OIDC_ISSUER: 'https://id.example.org/realms/news', OIDC_AUDIENCE: 'dateline' };

  test('is described by all of its settings', () => {
    expect(load(ISSUER).identity).toEqual({
      issuer: ISSUER.OIDC_ISSUER,
      audiences: ['dateline'],
      jwksUrl: null,
      algorithms: ['RS256', 'PS256', 'ES256'],
      rolesClaim: null,
      roles: [],
      clockTolerance: 30_000,
      timeout: 5_000,
    });
    const environment = {
      OIDC_ISSUER: 'https://id.example.org/',
      OIDC_AUDIENCE: 'dateline, account',
      OIDC_JWKS_URL: 'https://id.example.org/keys?p=news',
      OIDC_ALGORITHMS: 'es512, EdDSA',
      OIDC_ROLES_CLAIM: 'resource_access.my.app.roles',
      OIDC_ROLES: 'desk = editor, desk=MODERATOR, cn=chiefs=admin, wire agency=partner',
      OIDC_CLOCK_TOLERANCE: '0s',
      OIDC_TIMEOUT: '500ms',
    };
    expect(load(environment).identity).toEqual({
      issuer: 'https://id.example.org/',
      audiences: ['dateline', 'account'],
      jwksUrl: 'https://id.example.org/keys?p=news',
      algorithms: ['ES512', 'EdDSA'],
      rolesClaim: 'resource_access.my.app.roles',
      roles: [
        ['desk', 'EDITOR'],
        ['desk', 'MODERATOR'],
        ['cn=chiefs', 'ADMIN'],
        ['wire agency', 'PARTNER'],
      ],
      clockTolerance: 0,
      timeout: 500,
    });
  });

  test.each<[Environment, RegExp]>([
    [{ OIDC_ISSUER: ISSUER.OIDC_ISSUER }, /^OIDC_AUDIENCE is not set\. Without it, tokens .* other programs/],
    [{ ...ISSUER, OIDC_ROLES_CLAIM: 'roles' }, /^OIDC_ROLES is not set\./],
    [{ ...ISSUER, OIDC_ROLES: 'desk=editor' }, /^OIDC_ROLES_CLAIM is not set\./],
    [{ OIDC_AUDIENCE: 'dateline' }, /^OIDC_ISSUER is not set, but OIDC_AUDIENCE is\./],
    [{ OIDC_JWKS_URL: 'https://a.example' }, /^OIDC_ISSUER is not set, but OIDC_JWKS_URL is\./],
    [{ ...ISSUER, OIDC_AUDIENCE: 'a,,b' }, /^OIDC_AUDIENCE is "a,,b"\. Write /],
    [{ ...ISSUER, OIDC_ISSUER: 'id.example.org' }, /^OIDC_ISSUER is "id\.example\.org"\. Write the URL/],
    [{ ...ISSUER, OIDC_ISSUER: 'https://id.example.org/?a' }, /^OIDC_ISSUER is .*\. Write the URL/],
    [{ ...ISSUER, OIDC_JWKS_URL: 'file:///keys' }, /^OIDC_JWKS_URL is .*\. Write the URL/],
    [{ ...ISSUER, OIDC_ROLES_CLAIM: 'r', OIDC_ROLES: 'desk' }, /^OIDC_ROLES is "desk"\. Write pairs/],
    [
      { ...ISSUER, OIDC_ROLES_CLAIM: 'r', OIDC_ROLES: 'desk=boss' },
      /^OIDC_ROLES is "desk=boss"\. Write pairs/,
    ],
    [{ ...ISSUER, OIDC_ROLES_CLAIM: 'r', OIDC_ROLES: '=editor' }, /^OIDC_ROLES is "=editor"\. Write pairs/],
  ])('cannot be %o', (environment, problem) => {
    expect(problemsOf(environment)).toEqual([expect.stringMatching(problem)]);
  });

  test('in an address, no password is in a message', () => {
    const [problem] = problemsOf({ ...ISSUER, OIDC_JWKS_URL: 'https://root:hunter2@id.example.org/keys' });
    expect(problem).toMatch(/^OIDC_JWKS_URL is/);
    expect(problem).not.toContain('hunter2');
  });

  test('that is reached without https is warned of, unless it is on this machine', () => {
    const warnings = (OIDC_ISSUER: string) => load({ ...ISSUER, OIDC_ISSUER }).warnings;
    expect(warnings('http://keycloak:8080/realms/news')).toEqual([
      expect.stringMatching(/not reached by https/),
    ]);
    expect(warnings('http://localhost:8080/realms/news')).toEqual([]);
  });
});

test('every problem is named at once', () => {
  expect(problemsOf({ PORT: 'x', REQUEST_TIMEOUT: '30', CORS_ORIGINS: 'a' }, 'GRAPHIQL=maybe')).toHaveLength(
    4,
  );
});

test('no secret and no password is in a message', () => {
  const problems = problemsOf({
    DATELINE_SECRET: 'hunter2',
    DATABASE_URL: 'mysql://root:hunter2@h/d',
    WORDPRESS_CREDENTIALS: 'hunter2',
  });
  expect(problems).toHaveLength(3);
  expect(problems.join()).not.toContain('hunter2');
});

describe('what is no setting', () => {
  test('is named when it looks like one', () => {
    expect(
      load({ DATELINE_SECERT: 'x', DATELINE_COLOR: 'x' }, 'CORS_ORIGIN=*\nUNRELATED=1').warnings,
    ).toEqual([
      'There is no setting CORS_ORIGIN. Did you mean CORS_ORIGINS?',
      'There is no setting DATELINE_SECERT. Did you mean DATELINE_SECRET?',
      'There is no setting DATELINE_COLOR. It has no effect; .env.example lists all settings.',
    ]);
  });

  test('is ignored when Kubernetes sets it for a service of that name', () => {
    const environment = {
      DATELINE_SERVICE_HOST: '10.0.0.1',
      DATELINE_SERVICE_PORT_HTTP: '80',
      DATELINE_PORT: 'tcp://10.0.0.1:80',
      DATELINE_PORT_80_TCP_ADDR: '10.0.0.1',
      DATELINE_WEB_PORT_80_TCP: 'tcp://10.0.0.1:80',
      HOSTNAME: 'web',
      PORTS: '1',
    };
    expect(load(environment).warnings).toEqual([]);
  });
});

test('a file .env that cannot be read is a problem of its own', () => {
  writeFileSync(join(directory, '.env'), 'PORT=1');
  chmodSync(join(directory, '.env'), 0);
  // The superuser reads it all the same.
  const expected = process.getuid?.() === 0 ? [] : [expect.stringMatching(/\.env cannot be read/)];
  expect(problemsOf({})).toEqual(expected);
});

test('.env.example documents every setting, each with a value that can be used as it is', () => {
  const example = readFileSync(join(__dirname, '..', '.env.example'), 'utf8');
  const documented = [...example.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(documented.sort()).toEqual([...SETTING_NAMES].sort());
  const uncommented = example.replace(/^# ([A-Z_]+=)/gm, '$1');
  expect(problemsOf({}, uncommented)).toEqual([]);
});

test('the site has a name and an address without a slash at its end, and is where documents are unless said', () => {
  expect(load({ SITE_URL: 'https://www.example.org/' }).site).toEqual({
    ...{ url: 'https://www.example.org', documents: 'https://www.example.org', name: 'www.example.org' },
  });
  const apart = {
    SITE_URL: 'https://x.example/news',
    PUBLIC_URL: 'http://api.example:81',
    SITE_NAME: ' A & B ',
  };
  expect(load(apart).site).toEqual({
    ...{ url: 'https://x.example/news', documents: 'http://api.example:81', name: 'A & B' },
  });
  for (const wrong of [
    'www.example.org',
    'https://x.example/?a=b',
    'https://u:p@x.example',
    'ftp://x.example',
  ])
    expect(() => load({ SITE_URL: wrong })).toThrow(/SITE_URL is .*https:\/\/www\.example\.org/);
});

test('.env.example gives the default of every setting that has one', () => {
  const example = readFileSync(join(__dirname, '..', '.env.example'), 'utf8');
  const {
    trustProxy: _shown,
    previewPage: _page,
    site: _site,
    webhooks: { allowed: _networks, ...webhooks },
    ...given
  } = load({}, example.replace(/^# ([A-Z_]+=)/gm, '$1'));
  const {
    trustProxy: _unset,
    previewPage: _none,
    site: _nowhere,
    webhooks: { allowed: _nobody, ...sending },
    ...defaults
  } = loadConfig({
    environment: {},
    directory: '/nowhere',
    terminal: false,
  });
  expect({ ...given, webhooks }).toEqual({ ...defaults, webhooks: sending });
});

test('receivers of webhooks may be in the networks that are listed, and in no others', () => {
  const allowed = (text: string) => load({ WEBHOOK_ALLOWED_NETWORKS: text }).webhooks.allowed;
  expect(allowed('10.0.0.0/8, fd00::/8')).toEqual(['10.0.0.0/8', 'fd00::/8']);
  for (const wrong of ['10.0.0.1', '10.0.0.0/33', 'fd00::/129', 'loopback', '10.0.0.0/8,'])
    expect(() => allowed(wrong)).toThrow(/^.*WEBHOOK_ALLOWED_NETWORKS is/m);
});
