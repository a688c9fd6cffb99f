import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { datelineSchema } from '../../src/app';
import { loadExamples } from '../../src/http/examples';
import { cli, startCli, workFolder } from './run-cli';

const folder = workFolder();

async function serving(child: ChildProcess): Promise<string> {
  let out = '';
  child.stdout?.on('data', (text) => {
    out += text;
  });
  for (;;) {
    const [, url] = /listening at (http:\/\/[^"\s]+)/.exec(out) ?? [];
    if (url) return url;
    await once(child.stdout ?? child, 'data');
  }
}

async function ask(url: string, query: string, variables?: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"query":${JSON.stringify(query)},"variables":${variables ?? 'null'}}`,
  });
  return response.json();
}

test('serve answers the sample newsroom, and ends well at SIGTERM', async () => {
  const child = startCli(folder.path, ['serve', '--port', '0']);
  // Where V8 says so when it has never heard of a flag that we set.
  let complaints = '';
  child.stderr?.on('data', (text) => {
    complaints += text;
  });
  const url = await serving(child);
  expect(await (await fetch(`${url}/health/ready`)).json()).toEqual({ status: 'ok' });
  const queries = loadExamples(datelineSchema()).filter(({ query }) => !/^subscription/m.test(query));
  // Twice: the second answer is that of graphql-jit.
  for (const { query, variables } of [...queries, ...queries]) {
    const answer = await ask(url, query, variables);
    expect(answer).not.toHaveProperty('errors');
    expect(JSON.stringify(answer)).not.toMatch(/^\{"data":\{"\w+":null\}/);
  }
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(complaints).toBe('');
});

test('the secret is made at the first start, for its owner alone, and kept', async () => {
  const first = startCli(folder.path, ['serve', '--port', '0', '--database', 'x.db']);
  await serving(first);
  const secret = readFileSync(folder.file('x.db.secret'), 'utf8');
  expect(statSync(folder.file('x.db.secret')).mode & 0o777).toBe(0o600);
  expect(secret.trim().length).toBeGreaterThanOrEqual(64);
  first.kill('SIGTERM');
  await once(first, 'exit');
  await cli(folder.path, ['seed', '--database', 'x.db']);
  expect(readFileSync(folder.file('x.db.secret'), 'utf8')).toBe(secret);
});

test('two that start at once on a new database both serve, and have one secret', async () => {
  const children = [1, 2].map(() => startCli(folder.path, ['serve', '--port', '0', '--database', 'x.db']));
  const urls = await Promise.all(children.map(serving));
  const totals = await Promise.all(urls.map((url) => ask(url, '{ articles { totalCount } }')));
  expect(totals[0]).toEqual(totals[1]);
  expect(readdirSync(folder.path).filter((name) => name.includes('secret'))).toEqual(['x.db.secret']);
});

test('a port that is taken is said in a sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  const { code, err } = await cli(folder.path, ['serve', '--port', port]);
  other.close();
  expect({ code, err }).toEqual({
    code: 1,
    err: 'The port is taken by another program. Set PORT to another one.\n',
  });
});

test('a database that is left empty stays empty', async () => {
  const child = startCli(folder.path, ['serve', '--port', '0'], { SAMPLE_NEWSROOM: 'never' });
  expect(await ask(await serving(child), '{ articles { totalCount } }')).toEqual({
    data: { articles: { totalCount: 0 } },
  });
  child.kill('SIGTERM');
});
