import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { openSource, readWxr, type WxrProblem } from '../../src/importers/wordpress';
import { itemXml, wxr } from './wxr-support';

const folder = mkdtempSync(join(tmpdir(), 'open-source-'));
afterAll(() => rmSync(folder, { recursive: true }));

const text = wxr(Array.from({ length: 2000 }, (_, id) => itemXml(id + 1)).join(''));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function content(source: { stream: AsyncIterable<Buffer> }): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of source.stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

it('reads a plain file and counts its bytes', async () => {
  const source = await openSource(file('a.xml', text));
  expect(source.progress()).toEqual({ bytesRead: 0, totalBytes: text.length });
  expect(await content(source)).toBe(text);
  expect(source.progress()).toEqual({ bytesRead: text.length, totalBytes: text.length });
});

it('unpacks gzip whatever the file is called, and counts packed bytes', async () => {
  const packed = gzipSync(text);
  const source = await openSource(file('b.xml', packed));
  expect(await content(source)).toBe(text);
  expect(source.progress()).toEqual({ bytesRead: packed.length, totalBytes: packed.length });
});

it('reads gzip that consists of several members', async () => {
  expect(await content(await openSource(file('c.gz', Buffer.concat([gzipSync('a'), gzipSync('b')]))))).toBe(
    'ab',
  );
});

it('does not take a name for gzip', async () => {
  expect(await content(await openSource(file('d.gz', 'plain')))).toBe('plain');
});

it('reads standard input, packed or not, in chunks of any size', async () => {
  const bytes = [...gzipSync('hello')].map((byte) => Buffer.from([byte]));
  const source = await openSource('-', Readable.from(bytes));
  expect(await content(source)).toBe('hello');
  expect(source.progress()).toEqual({ bytesRead: bytes.length, totalBytes: null });
  expect(await content(await openSource('-', Readable.from([Buffer.from('x')])))).toBe('x');
});

it('gives nothing for an empty file', async () => {
  expect(await content(await openSource(file('empty', '')))).toBe('');
});

it('says at once that there is no such file, or that it is a folder', async () => {
  await expect(openSource(join(folder, 'missing.xml'))).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(openSource(folder)).rejects.toMatchObject({ code: 'EISDIR' });
});

it('takes packed data that breaks off for a truncated export', async () => {
  const packed = gzipSync(text);
  const source = await openSource(file('cut.gz', packed.subarray(0, packed.length - 200)));
  const problems: WxrProblem[] = [];
  let items = 0;
  for await (const record of readWxr(source.stream, (problem) => problems.push(problem))) {
    if (record.type === 'item') items += 1;
  }
  expect(items).toBeGreaterThan(100);
  expect(problems[0]).toMatchObject({ kind: 'truncated', severity: 'lost' });
});

it('lets go of the file when reading is given up', async () => {
  const source = await openSource(file('e.gz', gzipSync(text.repeat(20))));
  for await (const chunk of source.stream) {
    expect(chunk.length).toBeGreaterThan(0);
    break;
  }
  source.close();
});
