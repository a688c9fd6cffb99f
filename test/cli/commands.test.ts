import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { run } from '../../src/cli/run';
import { cli, startCli, workFolder } from './run-cli';

const folder = workFolder();
const COMMANDS = [
  'serve',
  'import',
  'export',
  'mirror',
  'migrate',
  'keys',
  'seed',
  'search',
  'topics',
  'schema',
  'operations',
  'backup',
  'restore',
];

/** Runs the command line in this process: what it prints before any command runs needs none of its own. */
async function quickly(args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const err = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const code = await run(args);
    const text = (spy: typeof out) => spy.mock.calls.map(([chunk]) => String(chunk)).join('');
    return { code, out: text(out), err: text(err) };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

describe('help', () => {
  test('names every command', async () => {
    const { code, out } = await quickly(['--help']);
    expect(code).toBe(0);
    for (const command of COMMANDS) expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  test.each(COMMANDS)('of %s has examples', async (command) => {
    const { code, out } = await quickly([command, '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`Examples:\\n {2}.*dateline ${command}`));
  });

  test('the version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));
    expect(await cli(folder.path, ['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });
});

describe('the exit code is 2, with a line on what was not understood, for', () => {
  test.each<[string, string[], RegExp]>([
    ['an unknown command', ['sevre'], /unknown command 'sevre'/],
    ['an unknown option', ['serve', '--prot', '1'], /unknown option '--prot'/],
    ['a missing file', ['import'], /missing required argument 'file'/],
    [
      'a format that does not exist',
      ['import', 'x', '--format', 'csv'],
      /Allowed choices are wordpress, json-lines/,
    ],
    ['no command', [], /Usage: dateline/],
  ])('%s', async (_name, args, message) => {
    const { code, out, err } = await quickly(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  test('the process too', async () => {
    expect((await cli(folder.path, ['sevre'])).code).toBe(2);
  });
});

describe('a failure is a sentence without a stack, and exit code 1:', () => {
  const fails = async (args: string[], env?: Record<string, string>) => {
    const { code, out, err } = await cli(folder.path, args, env);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).not.toMatch(/^\s+at |node:internal/m);
    return err;
  };

  test('wrong settings, all of them', async () => {
    const err = await fails(['migrate'], { PORT: 'x', LOG_LEVEL: 'loud' });
    expect(err).toMatch(/PORT is "x"\. Write .*\n.*LOG_LEVEL is "loud"\. Write/);
  });

  test('a file that is no database', async () => {
    writeFileSync(folder.file('x.db'), 'This is no database at all. '.repeat(100));
    expect(await fails(['migrate', '--database', 'x.db'])).toMatch(/^The database is damaged: .*\n$/);
  });

  test('a PostgreSQL that is not there', async () => {
    const url = 'postgres://u:hunter2@127.0.0.1:1/d';
    expect(await fails(['migrate', '--database', url])).toMatch(/^The database is not available: .*\n$/);
  });

  test('PostgreSQL without a secret', async () => {
    const err = await fails(['serve', '--database', 'postgres://u@127.0.0.1:1/d', '--port', '0']);
    expect(err).toMatch(/DATELINE_SECRET is not set|not available/);
  });

  test('an import of a file that is not there', async () => {
    expect(await fails(['import', 'nowhere.xml'])).toMatch(/nowhere\.xml/);
  });

  test('--verbose and DEBUG add the stack', async () => {
    expect((await cli(folder.path, ['import', 'nowhere.xml', '--verbose'])).err).toMatch(/^\s+at /m);
    expect((await cli(folder.path, ['import', 'nowhere.xml'], { DEBUG: '1' })).err).toMatch(/^\s+at /m);
  });
});

describe('whoever reads the output may go before its end', () => {
  /** As `| head` does, only before the first line. */
  const unread = async (args: string[]) => {
    const child = startCli(folder.path, args);
    child.stdout?.destroy();
    let err = '';
    child.stderr?.on('data', (text) => {
      err += text;
    });
    const [code] = await once(child, 'close');
    return { code, err };
  };

  test.each([['--help'], ['schema']])('%s says nothing of it, and ends with 1', async (command) => {
    expect(await unread([command])).toEqual({ code: 1, err: '' });
  });

  test('export tells that it has not written everything', async () => {
    await cli(folder.path, ['seed', '--database', 'x.db']);
    const { code, err } = await unread(['export', '--database', 'x.db']);
    expect({ code, err }).toEqual({ code: 1, err: 'Whoever read the output has gone.\n' });
  });
});

test('migrate brings a new database up to date, and finds nothing to do the second time', async () => {
  const first = await cli(folder.path, ['migrate']);
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(/^Applied \d+ of \d+ migrations\.\n$/);
  expect(existsSync(folder.file('data/dateline.db'))).toBe(true);
  expect((await cli(folder.path, ['migrate'])).out).toBe('The tables are up to date.\n');
});

test('seed loads the sample into an empty database, once', async () => {
  const first = await cli(folder.path, ['seed', '--database', 'x.db']);
  expect(first.out).toMatch(/^Loaded the sample newsroom: \d+ articles\.\n$/);
  const second = await cli(folder.path, ['seed', '--database', 'x.db']);
  expect(second).toMatchObject({ code: 1, out: '' });
  expect(second.err).toMatch(/not empty/);
});

test('what looks like a setting and is none is named', async () => {
  const { code, err } = await cli(folder.path, ['migrate'], { DATELINE_SECRT: 'x' });
  expect({ code, err }).toEqual({
    code: 0,
    err: 'There is no setting DATELINE_SECRT. Did you mean DATELINE_SECRET?\n',
  });
});

describe('schema', () => {
  test('prints the schema without a database', async () => {
    const { code, out } = await cli(folder.path, ['schema']);
    expect(code).toBe(0);
    expect(buildSchema(out).getQueryType()?.getFields()).toHaveProperty('articles');
    expect(existsSync(folder.file('data'))).toBe(false);
  });

  test('--check tells where a file differs from it', async () => {
    expect((await cli(folder.path, ['schema', '--check', 'x.graphql'])).err).toMatch(
      /There is no x\.graphql/,
    );
    await cli(folder.path, ['schema', '--output', 'x.graphql']);
    expect((await cli(folder.path, ['schema', '--check', 'x.graphql'])).code).toBe(0);
    writeFileSync(
      folder.file('x.graphql'),
      readFileSync(folder.file('x.graphql'), 'utf8').replace('\n', '\n\n'),
    );
    const { code, err } = await cli(folder.path, ['schema', '--check', 'x.graphql']);
    expect(code).toBe(1);
    expect(err).toMatch(/differ from line 2 on/);
  });
});

test('an import ends with a table of what became of what', async () => {
  const item = (
    id: number,
    title: string,
  ) => `<item><title>${title}</title><link>https://blog.example.org/${id}</link>
    <dc:creator>amina</dc:creator><content:encoded><![CDATA[<p>Text</p>]]></content:encoded>
    <wp:post_id>${id}</wp:post_id><wp:post_date_gmt>2026-01-0${id} 10:00:00</wp:post_date_gmt>
    <wp:post_name>post-${id}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>`;
  const head = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
    <title>Blog</title><link>https://blog.example.org</link><language>en</language><wp:wxr_version>1.2</wp:wxr_version>
    <wp:base_site_url>https://blog.example.org</wp:base_site_url><wp:base_blog_url>https://blog.example.org</wp:base_blog_url>`;
  writeFileSync(folder.file('export.xml'), `${head}${item(1, 'One')}${item(2, 'Two')}</channel></rss>`);
  const first = await cli(folder.path, ['import', 'export.xml']);
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(/read +created +updated +unchanged +skipped +failed\n/);
  expect(first.out).toMatch(/^articles +2 +2 +0 +0 +0 +0$/m);
  expect((await cli(folder.path, ['import', 'export.xml'])).out).toMatch(/^articles +2 +0 +0 +2 +0 +0$/m);
});

test('what is exported can be imported into an empty database, and gives the same export', async () => {
  await cli(folder.path, ['seed', '--database', 'a.db']);
  const exported = await cli(folder.path, ['export', '--output', 'a.jsonl', '--database', 'a.db']);
  expect(exported).toMatchObject({
    code: 0,
    out: '',
    err: expect.stringMatching(
      /^Wrote \d+ records to .+\.\nLeft out as private: the addresses of \d+ comments, 0 earlier versions of comments, 0 decisions and 0 reports about them, what is remembered of 0 commenters and 0 API keys\. .+\n$/,
    ),
  });
  expect(statSync(folder.file('a.jsonl')).mode & 0o077).toBe(0);
  const imported = await cli(folder.path, ['import', 'a.jsonl', '--database', 'b.db']);
  expect(imported).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^article +100$/m) });
  const again = await cli(folder.path, ['export', '--database', 'b.db']);
  expect(again.out).toBe(readFileSync(folder.file('a.jsonl'), 'utf8'));

  const full = await cli(folder.path, ['import', 'a.jsonl', '--database', 'b.db']);
  expect(full).toMatchObject({ code: 1, err: expect.stringMatching(/needs an empty database/) });
  const taken = await cli(folder.path, ['export', '--output', 'a.jsonl', '--database', 'b.db']);
  expect(taken).toMatchObject({ code: 1, err: 'a.jsonl exists already. Name a new file.\n' });
});

test('addresses leave only when they are asked for, sealed, and arrive only under the same secret', async () => {
  const secret = 'the secret of the newsroom, long enough';
  const at = (database: string, own = secret) => ({ DATABASE_URL: database, DATELINE_SECRET: own });
  await cli(folder.path, ['seed'], at('a.db'));
  const plain = await cli(folder.path, ['export'], at('a.db'));
  expect(plain.out).not.toContain('"type":"commentPrivate"');
  const sealed = await cli(folder.path, ['export', '--with-private', '-o', 'a.jsonl'], at('a.db'));
  expect(sealed).toMatchObject({ code: 0, err: expect.not.stringContaining('Left out') });
  const text = readFileSync(folder.file('a.jsonl'), 'utf8');
  expect(text).toContain('"type":"commentPrivate"');
  expect(text).not.toMatch(/[\w.]+@example\.(org|com)/);

  const other = at('b.db', 'a secret that another newsroom has, as long');
  const refused = await cli(folder.path, ['import', 'a.jsonl'], other);
  expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/another secret.*--without-private/) });
  const without = await cli(folder.path, ['import', 'a.jsonl', '--without-private'], other);
  expect(without).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /^Left behind: the addresses of \d+ comments, 0 earlier versions of comments, 0 decisions and 0 reports about them, what is remembered of 0 commenters and 0 API keys\.$/m,
    ),
  });
  expect((await cli(folder.path, ['import', 'a.jsonl'], at('c.db'))).code).toBe(0);
  const again = await cli(folder.path, ['export', '--with-private'], at('c.db'));
  expect(again.out).toBe(text);
});

test('a file that is no export is refused before anything is done with it', async () => {
  writeFileSync(folder.file('x.csv'), 'a,b,c');
  const { code, err } = await cli(folder.path, ['import', 'x.csv']);
  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/neither a WordPress export nor/) });
  expect(existsSync(folder.file('data'))).toBe(false);
});

describe('operations', () => {
  const folderOf = join(__dirname, '..', '..', 'schema', 'operations');
  const from = ['operations', '--folder', folderOf];

  test('prints the manifest without a database, and --check tells of a file that is another one', async () => {
    const { code, out } = await cli(folder.path, from);
    expect(code).toBe(0);
    expect(out).toBe(readFileSync(join(folderOf, 'persisted-query-manifest.json'), 'utf8'));
    writeFileSync(folder.file('m.json'), out);
    expect((await cli(folder.path, [...from, '--check', 'm.json'])).code).toBe(0);
    writeFileSync(folder.file('m.json'), out.replace('FrontPage', 'Front'));
    const { code: other, err } = await cli(folder.path, [...from, '--check', 'm.json']);
    expect(other).toBe(1);
    expect(err).toMatch(/m\.json is not the manifest/);
  });

  test('says which document cannot be listed', async () => {
    writeFileSync(folder.file('Odd.graphql'), 'query Odd { nothing }');
    const { code, err } = await cli(folder.path, ['operations', '--folder', '.']);
    expect(code).toBe(1);
    expect(err).toMatch(/Odd\.graphql: Cannot query field "nothing"/);
  });
});
