import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PRIVATE, type Running, start } from './tiny';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
let api: Running;
beforeAll(async () => {
  api = await start();
});
afterAll(() => api.server.close());

/** The line of a request. It is written when the answer is sent, which its client can hear of first. */
async function linesOf(id: string | null): Promise<Record<string, unknown>[]> {
  for (let attempt = 1; attempt <= 100; attempt++) {
    const lines = api.lines.filter((line) => line.requestId === id);
    if (lines.length > 0) return lines;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return [];
}

test('each request has one line with its id, operation, status and time', async () => {
  const response = await api.ask(
    'query Titles { articles { title } }',
    {},
    { 'x-request-id': 'trace-1/a.b:c' },
  );
  expect(response.headers.get('x-request-id')).toBe('trace-1/a.b:c');
  expect(await linesOf('trace-1/a.b:c')).toEqual([
    expect.objectContaining({
      method: 'POST',
      path: '/graphql',
      operation: 'Titles',
      status: 200,
      ms: expect.any(Number),
    }),
  ]);
});

test('the codes of errors are in the line, their messages are not', async () => {
  const response = await api.ask('{ publicFault article { broken } }');
  const [line] = await linesOf(response.headers.get('x-request-id'));
  expect(line).toMatchObject({ errors: ['BAD_CURSOR', 'CONFLICT'] });
});

test.each([
  ['is too long', 'x'.repeat(200)],
  ['has spaces', 'a b'],
  ['has markup', '<script>'],
  ['is empty', ''],
])('an id that %s is replaced', async (_name, id) => {
  const response = await api.ask('{ article { id } }', {}, { 'x-request-id': id });
  expect(response.headers.get('x-request-id')).toMatch(UUID);
});

test.each([
  ['of somebody', 'Bearer reader'],
  ['of nobody', `Bearer ${PRIVATE}`],
])(
  'variables, query strings, tokens and cookies are nowhere in the log of requests %s',
  async (_who, authorization) => {
    const secrets = { authorization, cookie: `session=${PRIVATE}` };
    await api.ask('query ($id: ID) { article(id: $id) { seen(days: []) } }', { id: PRIVATE }, secrets);
    await api.ask('query ($n: Int!) { articles(first: $n) { id } }', { n: PRIVATE }, secrets);
    const variables = encodeURIComponent(JSON.stringify({ id: PRIVATE }));
    await fetch(`${api.url}/graphql?query={article{id}}&variables=${variables}`, { headers: secrets });
    await fetch(`${api.url}/nothing?email=${PRIVATE}`, { headers: secrets });
    expect(JSON.stringify(api.lines)).not.toContain(PRIVATE);
  },
);

test('the resolvers get the id of the request', async () => {
  const response = await api.ask('{ whoAsks }', {}, { 'x-request-id': 'asker' });
  expect(await response.json()).toEqual({ data: { whoAsks: 'asker' } });
});

describe('the log of the process', () => {
  const say = async (format: string) => {
    const script = `
      require('./test/support/typescript-hook.cjs');
      const { createLog } = require('./src/http/logging.ts');
      const { DrizzleQueryError } = require('drizzle-orm');
      const log = createLog({ logLevel: 'info', logFormat: '${format}' });
      const err = new DrizzleQueryError('select ?', ['${PRIVATE}'], new Error('away'));
      log.warn({ err, headers: { authorization: '${PRIVATE}' }, cookie: '${PRIVATE}' }, 'Spoken');
    `;
    return (await promisify(execFile)(process.execPath, ['-e', script], { cwd: `${__dirname}/../..` }))
      .stdout;
  };

  test('is a JSON object a line, without what is private', async () => {
    const line = JSON.parse(await say('json'));
    expect(line).toMatchObject({
      level: 'warn',
      msg: 'Spoken',
      cookie: '[private]',
      time: expect.stringMatching(/Z$/),
    });
    expect(line.err).toMatchObject({
      type: 'DrizzleQueryError',
      message: 'Failed query: select ?',
      cause: { message: 'away' },
    });
    expect(JSON.stringify(line)).not.toContain(PRIVATE);
  });

  test('is text for people when that is asked for', async () => {
    const said = await say('pretty');
    expect(said).toMatch(/WARN.*Spoken/);
    expect(said).not.toContain(PRIVATE);
  });
});
