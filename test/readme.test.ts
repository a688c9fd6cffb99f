/** What README.md says of writing works as it stands there: against a server, with a key from the command line. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, startCli, workFolder } from './cli/run-cli';

const PAGE = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
const [, WRITE = ''] = /^## Write$([\s\S]*?)^## /m.exec(PAGE) ?? [];

const blocks = (language: string) =>
  Array.from(
    WRITE.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm')),
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
  const words = Array.from(made.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, word]) => quoted ?? word ?? '');
  const { out: key } = await cli(folder.path, words);
  const answers: unknown[] = [];
  for (const [, header = '', body = ''] of REQUESTS) {
    const [name = '', value = ''] = header.split(': ');
    const headers = { [name]: value, authorization: `Bearer ${key.trim()}` };
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
    answers.push(await response.json());
  }
  expect(answers).toEqual(ANSWERS.map((text) => JSON.parse(text)));
  child.kill('SIGTERM');
  await once(child, 'exit');
}, 60_000);
