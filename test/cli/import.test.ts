import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { cdata, itemXml, wxr } from '../importers/wxr-support';
import { cli, startCli, workFolder } from './run-cli';

const folder = workFolder();
/** Some of these start five processes. */
jest.setTimeout(120_000);

const post = (id: number, title: string, more = '') =>
  itemXml(
    id,
    `<link>https://blog.example/${id}/</link><wp:post_name>post-${id}</wp:post_name>
    <wp:post_date_gmt>2026-01-0${id} 10:00:00</wp:post_date_gmt><content:encoded>${cdata('<p>Text</p>')}</content:encoded>${more}`,
  ).replace(`Post ${id}`, title);
const MENU = itemXml(8).replace('<wp:post_type>post<', '<wp:post_type>nav_menu_item<');
const PINGBACK =
  '<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content>x</wp:comment_content><wp:comment_type>pingback</wp:comment_type></wp:comment>';
const WHOLE = wxr(post(1, 'One', PINGBACK) + post(2, 'Two') + MENU);
/** Ends within its second article. */
const BROKEN = WHOLE.slice(0, WHOLE.indexOf('Two'));

async function report(name = 'report.json'): Promise<Record<string, unknown>> {
  return JSON.parse(readFileSync(folder.file(name), 'utf8'));
}

test('--report writes what became of everything, for machines', async () => {
  writeFileSync(folder.file('export.xml'), WHOLE);
  const { code, out, err } = await cli(folder.path, ['import', 'export.xml', '--report', 'report.json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const none = { read: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };
  expect(await report()).toEqual({
    format: 'dateline-import-report',
    version: 1,
    source: 'export.xml',
    database: folder.file('data/dateline.db'),
    dryRun: false,
    startedAt: expect.stringMatching(/^20\d\d-\d\d-\d\dT.*Z$/),
    finishedAt: expect.stringMatching(/^20\d\d-\d\d-\d\dT.*Z$/),
    lost: false,
    changed: true,
    counts: {
      ...{ authors: none, categories: none, topics: none, images: none, pages: none },
      articles: { ...none, read: 2, created: 2 },
      comments: { ...none, read: 1, skipped: 1 },
      other: { ...none, read: 1, skipped: 1 },
    },
    skipped: [
      { kind: 'comments', reason: 'pingback', count: 1 },
      { kind: 'other', reason: 'nav_menu_item: menus are not carried over', count: 1 },
    ],
    remarks: [],
    notes: [],
    notesLeftOut: { lost: 0, other: 0 },
  });
  expect(out).toMatch(/^Skipped:\n {2}comments: pingback \(1\)\n {2}other: nav_menu_item: menus/m);
});

test('what is lost is told with its line, in words and for machines, and the exit code is 1', async () => {
  writeFileSync(folder.file('export.xml'), BROKEN);
  const { code, out, err } = await cli(folder.path, ['import', 'export.xml', '--report', 'report.json']);
  expect({ code, err }).toEqual({ code: 1, err: 'Not everything has arrived; see above.\n' });
  const line = BROKEN.slice(0, BROKEN.lastIndexOf('<item>')).split('\n').length;
  const message = expect.stringContaining(`the file ends within the <item> of line ${line}`);
  expect(await report()).toMatchObject({
    lost: true,
    counts: { articles: { created: 1 } },
    notes: [{ line: expect.any(Number), lost: true, message }],
  });
  expect(out).toMatch(new RegExp(`To look at:\n {2}line .*<item> of line ${line}`));
});

test('--dry-run tells the same and makes nothing, not even a database', async () => {
  writeFileSync(folder.file('export.xml'), WHOLE);
  const rehearsed = await cli(folder.path, ['import', 'export.xml', '--dry-run', '--report', 'dry.json']);
  expect(rehearsed).toMatchObject({ code: 0, err: '' });
  expect(rehearsed.out).toMatch(/^A dry run: nothing was written\. This is what a run would do to .*\.$/m);
  expect(readdirSync(folder.path).sort()).toEqual(['dry.json', 'export.xml']);
  const done = await cli(folder.path, ['import', 'export.xml', '--report', 'report.json']);
  const table = (text: string) => text.slice(0, text.indexOf('Skipped:'));
  expect(table(rehearsed.out)).toBe(table(done.out));
  const { dryRun, startedAt: _s, finishedAt: _f, ...dry } = await report('dry.json');
  expect(dryRun).toBe(true);
  expect(await report()).toMatchObject(dry);
});

test('--dry-run of what was imported finds nothing to do, and what would be lost fails it', async () => {
  writeFileSync(folder.file('export.xml'), WHOLE);
  await cli(folder.path, ['import', 'export.xml']);
  const again = await cli(folder.path, ['import', 'export.xml', '--dry-run']);
  expect(again).toMatchObject({ code: 0, out: expect.stringMatching(/^articles +2 +0 +0 +2 +0 +0$/m) });
  writeFileSync(folder.file('export.xml'), BROKEN);
  const broken = await cli(folder.path, ['import', 'export.xml', '--dry-run']);
  expect(broken).toMatchObject({ code: 1, err: 'Not everything would arrive; see above.\n' });
});

test('a report that cannot be written is told of before anything is done', async () => {
  writeFileSync(folder.file('export.xml'), WHOLE);
  const { code, err } = await cli(folder.path, ['import', 'export.xml', '--report', 'nowhere/report.json']);
  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/cannot be written to nowhere/) });
  expect(existsSync(folder.file('data'))).toBe(false);
});

test('standard input is read, compressed or not', async () => {
  for (const [index, bytes] of [Buffer.from(WHOLE), gzipSync(WHOLE)].entries()) {
    const child = startCli(folder.path, ['import', '-', '--database', `${index}.db`]);
    let out = '';
    child.stdout?.on('data', (text) => {
      out += text;
    });
    child.stdin?.end(bytes);
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^articles +2 +2 +0/m) });
  }
});

test('JSON Lines can be tried out, too', async () => {
  await cli(folder.path, ['seed', '--database', 'a.db']);
  await cli(folder.path, ['export', '--output', 'a.jsonl', '--database', 'a.db']);
  const rehearsed = await cli(folder.path, ['import', 'a.jsonl', '--dry-run', '--database', 'b.db']);
  expect(rehearsed).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^A dry run: nothing was written/m),
  });
  expect(existsSync(folder.file('b.db'))).toBe(false);
  const full = await cli(folder.path, ['import', 'a.jsonl', '--dry-run', '--database', 'a.db']);
  expect(full).toMatchObject({ code: 1, err: expect.stringMatching(/needs an empty database/) });
});
