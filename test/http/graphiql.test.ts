import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { datelineSchema } from '../../src/app';
import { loadExamples } from '../../src/http/examples';
import { renderPage } from '../../src/http/graphiql';
import { type Running, start, tinySchema } from './tiny';

const FILES = [
  'graphiql.js',
  'graphiql.css',
  'start.js',
  'icon.svg',
  'editorWorkerService.worker.js',
  'json.worker.js',
  'graphql.worker.js',
];

let api: Running;
beforeAll(async () => {
  api = await start({}, { schema: datelineSchema() });
});
afterAll(() => api.server.close());
const page = async () => (await fetch(`${api.url}/`)).text();
/** The answer, read to its end: a connection whose answer nobody takes is busy when the server closes. */
const get = async (url: string, init?: RequestInit) => {
  const response = await fetch(url, init);
  await response.clone().arrayBuffer();
  return response;
};

test('the page names no other host, and loads only what is served here', async () => {
  const html = await page();
  expect(html).toContain('<title>Dateline</title>');
  const loaded = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, url = '']) => url);
  expect(loaded.sort()).toEqual([
    'graphiql/graphiql.css',
    'graphiql/graphiql.js',
    'graphiql/icon.svg',
    'graphiql/start.js',
  ]);
  expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|\/\/[a-z]/i);
});

test('its parts are served, and the style sheet names no other host either', async () => {
  for (const file of FILES) {
    const response = await get(`${api.url}/graphiql/${file}`);
    expect([file, response.status, response.headers.get('x-content-type-options')]).toEqual([
      file,
      200,
      'nosniff',
    ]);
  }
  const css = await (await get(`${api.url}/graphiql/graphiql.css`)).text();
  expect(css).not.toMatch(/@import/);
  expect([...css.matchAll(/url\(['"]?(?!data:|#)([^)]*)/g)]).toEqual([]);
  expect((await get(`${api.url}/graphiql/nothing.js`)).status).toBe(404);
  expect((await get(`${api.url}/graphiql/..%2f..%2fpackage.json`)).status).toBe(404);
});

test.each(['/', ...FILES.map((file) => `/graphiql/${file}`)])(
  'the policy for %s allows scripts and requests to this host alone',
  async (path) => {
    const policy = (await get(`${api.url}${path}`)).headers.get('content-security-policy') ?? '';
    const rules = new Map(
      policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]),
    );
    expect(rules.get('default-src')).toBe("'none'");
    for (const rule of ['script-src', 'worker-src', 'connect-src']) expect(rules.get(rule)).toBe("'self'");
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
  },
);

test('a browser that has a part already is told that nothing changed', async () => {
  const first = await get(`${api.url}/graphiql/graphiql.js`, { headers: { 'accept-encoding': 'gzip' } });
  const etag = first.headers.get('etag') ?? '';
  expect(first.headers.get('content-encoding')).toBe('gzip');
  expect(
    createHash('sha256')
      .update(await first.text())
      .digest('base64url'),
  ).toContain(etag.slice(1, -1));
  const again = await get(`${api.url}/graphiql/graphiql.js`, { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
});

test('the operations of real clients stand in its tabs, the front page first, each with variables', async () => {
  const html = await page();
  const [, data = ''] = /id="options">(.*?)<\/script>/.exec(html) ?? [];
  const tabs: { query: string; variables?: string }[] = JSON.parse(data).defaultTabs;
  expect(tabs[0]?.query).toContain('query FrontPage');
  for (const { query, variables } of tabs) {
    if (/\(\$\w+: \w+!/.test(query)) expect(JSON.parse(variables ?? '')).toEqual(expect.any(Object));
  }
});

describe('examples', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dateline-examples-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('that the schema cannot answer are left out', () => {
    writeFileSync(join(folder, 'B.graphql'), '{ article { id } }');
    writeFileSync(join(folder, 'A.graphql'), '{ nothing }');
    expect(loadExamples(tinySchema(), folder)).toEqual([{ query: '{ article { id } }' }]);
  });

  test('cannot end the script element that they stand in', () => {
    writeFileSync(join(folder, 'A.graphql'), '# </script><script>alert(1)</script>\n{ article { id } }');
    const html = renderPage(loadExamples(tinySchema(), folder));
    expect(html.match(/<\/script>/g)).toHaveLength(3);
  });

  test('need no folder', () => {
    expect(loadExamples(tinySchema(), join(folder, 'nowhere'))).toEqual([]);
  });
});

test('it can be turned off', async () => {
  const bare = await start({ GRAPHIQL: 'false' });
  const statuses = await Promise.all(
    ['/', '/graphiql/graphiql.js'].map(async (path) => (await fetch(`${bare.url}${path}`)).status),
  );
  expect(statuses).toEqual([404, 404]);
  await bare.server.close();
});

test('a part is sent as it is to who takes no compression', async () => {
  const response = await get(`${api.url}/graphiql/start.js`, {
    headers: { 'accept-encoding': 'identity' },
  });
  expect(response.headers.get('content-encoding')).toBeNull();
  expect(await response.text()).toContain('renderYogaGraphiQL');
});

test.each([
  ['gzip', 'gzip'],
  ['gzip, br', 'br'],
  ['br;q=0, gzip', 'gzip'],
  ['identity, gzip;q=0.5', null],
  ['gzip;q=0', null],
])('the page is compressed as its client likes it best: %s', async (accepted, coding) => {
  const { headers } = await get(`${api.url}/`, { headers: { 'accept-encoding': accepted } });
  expect(headers.get('content-encoding')).toBe(coding);
});
