import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { openDatabase } from '../../src/database';
import { cli, startCli, workFolder } from './run-cli';

const folder = workFolder();

beforeEach(async () => {
  expect((await cli(folder.path, ['seed', '--database', 'live.db'])).code).toBe(0);
});

async function articles(name: string): Promise<number | undefined> {
  const database = openDatabase(folder.file(name));
  try {
    const [row] = await database.rows<{ n: number }>(sql`select count(*) as n from articles`);
    return row?.n;
  } finally {
    await database.close();
  }
}

const backup = (...args: string[]) => cli(folder.path, ['backup', ...args, '--database', 'live.db']);
const restore = (target: string, ...args: string[]) =>
  cli(folder.path, ['restore', ...args, '--database', target]);

test('a backup holds the database, and can be restored with its secret', async () => {
  expect(await backup('backups/x.db', '--with-secret')).toMatchObject({ code: 0, err: '' });
  expect(statSync(folder.file('backups/x.db.secret')).mode & 0o777).toBe(0o600);

  const { code, out } = await restore('restored.db', 'backups/x.db');
  expect(code).toBe(0);
  expect(out).toContain('Its secret is back, too');
  expect(await articles('restored.db')).toBe(await articles('live.db'));
  const secrets = ['live.db.secret', 'restored.db.secret'].map((name) =>
    readFileSync(folder.file(name), 'utf8'),
  );
  expect(secrets[0]).toBe(secrets[1]);
  expect(statSync(folder.file('restored.db.secret')).mode & 0o777).toBe(0o600);
});

test('without the secret it says that the secret is to be kept, and at restoring that it is missing', async () => {
  const { out } = await backup('x.db');
  expect(out).toMatch(/Keep .*live\.db\.secret too/);
  expect(existsSync(folder.file('x.db.secret'))).toBe(false);
  expect((await restore('restored.db', 'x.db')).out).toMatch(
    /There is no .*restored\.db\.secret\. Put the secret/,
  );
});

test('a file that exists is not overwritten', async () => {
  writeFileSync(folder.file('x.db'), 'precious');
  expect(await backup('x.db')).toMatchObject({ code: 1, err: expect.stringMatching(/exists already/) });
  expect(readFileSync(folder.file('x.db'), 'utf8')).toBe('precious');
});

test('a database is only replaced when that is said, and then kept', async () => {
  await backup('x.db');
  expect(await restore('live.db', 'x.db')).toMatchObject({ code: 1, err: expect.stringMatching(/--force/) });
  const { code, out } = await restore('live.db', 'x.db', '--force');
  expect(code).toBe(0);
  const aside = readdirSync(folder.path).find((name) => name.startsWith('live.db.replaced-'));
  expect(out).toContain(aside);
  expect(await articles('live.db')).toBe(100);
  expect(await articles(aside ?? '')).toBe(100);
});

test('a database that is in use is not replaced', async () => {
  await backup('x.db');
  const server = startCli(folder.path, ['serve', '--port', '0', '--database', 'live.db']);
  await new Promise<void>((resolve) =>
    server.stdout?.on('data', (text) => String(text).includes('listening') && resolve()),
  );
  const { code, err } = await restore('live.db', 'x.db', '--force');
  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/Stop Dateline first/) });
  expect(readdirSync(folder.path).filter((name) => /replaced|restoring/.test(name))).toEqual([]);
});

test('a damaged backup, another file, and a database in use are no backups', async () => {
  await backup('cut.db');
  truncateSync(folder.file('cut.db'), 200_000);
  writeFileSync(folder.file('text.db'), 'no database '.repeat(1_000));
  for (const name of ['cut.db', 'text.db']) {
    expect(await restore('restored.db', name)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/damaged/),
    });
  }
  expect(await restore('restored.db', 'nowhere.db')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/no backup/),
  });
  expect(existsSync(folder.file('restored.db'))).toBe(false);
  expect(readdirSync(folder.path).filter((name) => name.includes('restoring'))).toEqual([]);
});

test('a backup of a newer Dateline is refused', async () => {
  await backup('x.db');
  const database = openDatabase(folder.file('x.db'));
  await database.write((tx) =>
    tx.execute(sql`insert into migrations (position, hash) values (999, 'of the future')`),
  );
  await database.close();
  expect(await restore('restored.db', 'x.db')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/newer version/),
  });
  expect(existsSync(folder.file('restored.db'))).toBe(false);
});

test('on PostgreSQL both name the tools that do it', async () => {
  const url = ['--database', 'postgres://u@127.0.0.1:1/d'];
  expect((await cli(folder.path, ['backup', 'x', ...url])).err).toMatch(/pg_dump/);
  expect((await cli(folder.path, ['restore', 'x', ...url])).err).toMatch(/pg_restore/);
});
