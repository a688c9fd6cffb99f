/** What README.md says of writing works as it stands there: against a server, with a key from the command line. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, startCli, workFolder } from './cli/run-cli';

const PAGE = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
const [, WRITE = ''] = /^## Write$([\s\S]*?)^## /m.exec(PAGE) ?? [];

const [, PARTNERS = ''] = /^## Partners$([\s\S]*?)^## /m.exec(PAGE) ?? [];

const blocks = (language: string, section = WRITE) =>
  Array.from(
    section.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm')),
    ([, text = '']) => text,
  );

/** What the page sends, and what it says is answered. */
const REQUESTS = Array.from(
  blocks('sh')
    .join('\n')
    .matchAll(/^curl [^']*'([^']*)' -d '([^']*)'$/gm),
);
const ANSWERS = blocks('json');

const folder = workFolder();

/** What the page tells a partner to do: a mirror, and the same by hand. */
async function follow(url: string): Promise<void> {
  const text = blocks('sh', PARTNERS).join('\n');
  const [, make = '', mirror = ''] =
    /^npx dateline (keys create [^>]*) > agency.key .*\nnpx dateline (mirror .*)$/m.exec(text) ?? [];
  const { out: key } = await cli(folder.path, wordsOf(make));
  writeFileSync(folder.file('agency.key'), key);
  const copied = await cli(folder.path, [...wordsOf(mirror.replace('http://localhost:4000', url)), '--once']);
  expect(copied).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+ articles in copy\.db\.\n$/) });
  const headers = { authorization: `Bearer ${key.trim()}`, 'content-type': 'application/json' };
  const [snapshot = '', changes = ''] = Array.from(
    text.matchAll(/^curl .* -d '([^']*)'$/gm),
    ([, body]) => body,
  );
  const ask = async (body: string): Promise<Record<string, unknown>> => {
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
    return JSON.parse(await response.text()).data;
  };
  const first = await ask(snapshot);
  expect(first).toMatchObject({
    snapshot: { articles: expect.arrayContaining([expect.objectContaining({ revision: 1 })]) },
  });
  const token = /"changesToken":"([^"]+)"/.exec(JSON.stringify(first))?.[1] ?? '';
  const at = changes.replace('TOKEN', token).replace('waitSeconds: 15', 'waitSeconds: 0');
  expect(await ask(at)).toMatchObject({ changes: { changes: [], hasMore: false } });
}

function wordsOf(command: string): string[] {
  return Array.from(command.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, word]) => quoted ?? word ?? '');
}

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

test('a server is started for production as npm start starts it', () => {
  const { scripts }: { scripts: { start: string } } = JSON.parse(
    readFileSync(join(__dirname, '..', 'package.json'), 'utf8'),
  );
  const [, variable, command] = /^exec env (\S+=\S+) (node .*)$/.exec(scripts.start) ?? [];
  expect(PAGE).toContain(`\nexport NODE_ENV=production ${variable}\n${command}\n`);
});

test('the page writes an article and publishes it', () => {
  expect(REQUESTS).toHaveLength(2);
  expect(ANSWERS).toHaveLength(2);
  expect(REQUESTS.map(([line]) => line)).toEqual(
    Array(2).fill(
      expect.stringContaining('curl -s http://localhost:4000/graphql -H "Authorization: Bearer $KEY"'),
    ),
  );
});

test('each request is answered as the page says, by a server with the sample newsroom', async () => {
  const child = startCli(folder.path, ['serve', '--port', '0']);
  const url = await serving(child);
  const [, made = ''] = /^KEY=\$\(npx dateline (keys create [^)]*)\)$/m.exec(WRITE) ?? [];
  const { out: key } = await cli(folder.path, wordsOf(made));
  const answers: unknown[] = [];
  for (const [, header = '', body = ''] of REQUESTS) {
    const [name = '', value = ''] = header.split(': ');
    const headers = { [name]: value, authorization: `Bearer ${key.trim()}` };
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
    answers.push(await response.json());
  }
  expect(answers).toEqual(ANSWERS.map((text) => JSON.parse(text)));
  await follow(url);
  child.kill('SIGTERM');
  await once(child, 'exit');
}, 120_000);
