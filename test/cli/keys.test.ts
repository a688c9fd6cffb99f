import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { cli, startCli, workFolder } from './run-cli';

const folder = workFolder();
const KEY = /^dlk_([\da-f]{16})_[\da-f]{64}$/;

const keys = (...args: string[]) => cli(folder.path, ['keys', ...args, '--database', 'x.db']);
const make = async (...args: string[]) => {
  const { code, out, err } = await keys('create', ...args);
  expect(code).toBe(0);
  return { key: out.trimEnd(), id: KEY.exec(out.trimEnd())?.[1] ?? '', out, err };
};

async function serving(child: ChildProcess): Promise<{ url: string; log(): string }> {
  let out = '';
  child.stdout?.on('data', (text) => {
    out += text;
  });
  for (;;) {
    const [, url] = /listening at (http:\/\/[^"\s]+)/.exec(out) ?? [];
    if (url) return { url, log: () => out };
    await once(child.stdout ?? child, 'data');
  }
}

describe('dateline keys', () => {
  beforeEach(async () => {
    await cli(folder.path, ['migrate', '--database', 'x.db']);
  });

  test('create prints the key alone on a line of standard output, and everything else elsewhere', async () => {
    const { out, err, key, id } = await make('--role', 'editor', '--expires', '90d', '--label', 'Print desk');
    expect(out).toMatch(/^dlk_[\da-f]{16}_[\da-f]{64}\n$/);
    expect(err).toContain(id);
    expect(err).not.toContain(key);
  });

  test('the key is not in the database, and not in the list', async () => {
    const { key, id } = await make('--role', 'admin');
    const secret = key.slice(-64);
    const { out } = await keys('list');
    expect(out).toMatch(new RegExp(`^${id}  active +admin +all `, 'm'));
    expect(out).not.toContain(secret);
    const files = readdirSync(folder.path).map((name) => readFileSync(folder.file(name), 'latin1'));
    expect(files.some((content) => content.includes(id))).toBe(true);
    expect(files.some((content) => content.includes(secret))).toBe(false);
  });

  test('list tells states, roles and scopes', async () => {
    expect(await keys('list')).toMatchObject({ code: 0, out: '', err: 'There are no API keys.\n' });
    const first = await make('--role', 'editor', 'moderator', '--scope', 'articles', '--scope', 'topics');
    const second = await make(
      '--role',
      'partner',
      '--label',
      'Agency',
      '--language',
      'en',
      '--hosting',
      '30',
    );
    const { out: rotated } = await keys('rotate', second.id, '--grace', '0h');
    expect(rotated).toMatch(/^dlk_\w+\n$/);
    await keys('revoke', first.id);
    // Of the same partner it does not matter which.
    expect((await keys('entitle', second.id, '--all')).err).toContain('is entitled to all');
    const { out } = await keys('list');
    const next = KEY.exec(rotated.trimEnd())?.[1];
    expect(
      out
        .split('\n')
        .map((line) => line.replace(/ {2,}/g, '|').replace(/\|?\d{4}-\d\d-\d\dT\d\d:\d\dZ/g, '')),
    ).toEqual([
      'id|state|roles|scopes|created|expires|last used|label|entitled to',
      `${next}|active|partner|all|never|never|Agency|all`,
      `${second.id}|expired, now ${next}|partner|all|never|Agency|all`,
      `${first.id}|revoked|editor moderator|articles topics|never|never`,
      '',
    ]);
  });

  test('the help of rotate tells the time of grace as it is written', async () => {
    expect((await keys('rotate', '--help')).out).toContain('(default: 1d)');
  });

  test.each<[string, string[], number, RegExp]>([
    ['no role', ['create'], 2, /required option .*--role/],
    ['a role that there is not', ['create', '--role', 'boss'], 2, /Allowed choices are contributor, editor/],
    [
      'a scope that there is not',
      ['create', '--role', 'admin', '--scope', 'all'],
      2,
      /Allowed choices are read/,
    ],
    ['a time without a unit', ['create', '--role', 'admin', '--expires', '90'], 2, /Write a time such as/],
    ['a time of a century', ['create', '--role', 'admin', '--expires', '36500d'], 1, /at most 3650 days/],
    ['a partner of the newsroom', ['create', '--role', 'partner', 'editor'], 1, /PARTNER alone/],
    [
      'an editor who is entitled to something',
      ['create', '--role', 'editor', '--all'],
      1,
      /Only a partner is entitled/,
    ],
    ['nothing and something', ['entitle', '0123456789abcdef', '--nothing', '--all'], 1, /--all, some of the/],
    ['a key that there is not', ['revoke', '0123456789abcdef'], 1, /no such API key/],
    ['a command that there is not', ['forget'], 2, /unknown command 'forget'/],
  ])('%s is refused', async (_name, args, code, message) => {
    expect(await keys(...args)).toMatchObject({ code, out: '', err: expect.stringMatching(message) });
  });

  test('a key revoked on the command line is refused by a server that runs', async () => {
    const { key, id } = await make('--role', 'editor', '--label', 'Print desk');
    const server = startCli(folder.path, ['serve', '--port', '0', '--database', 'x.db'], {
      SAMPLE_NEWSROOM: 'never',
    });
    const { url, log } = await serving(server);
    const ask = () =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: '{"query":"{ viewer { kind name roles } }"}',
      });
    expect(await (await ask()).json()).toEqual({
      data: { viewer: { kind: 'STAFF', name: 'Print desk', roles: ['EDITOR'] } },
    });
    expect((await keys('list')).out).toMatch(/\d\dZ {2}Print desk/);
    await keys('revoke', id);
    while ((await ask()).status === 200) await delay(50);
    const refused = await ask();
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED', reason: 'REVOKED' } }],
    });
    server.kill('SIGTERM');
    await once(server, 'exit');
    expect(log()).toContain(`key:${id}`);
    expect(log()).not.toContain(key.slice(-64));
  });
});

test('a database that is not there is not made', async () => {
  const { code, err } = await cli(folder.path, ['keys', 'list', '--database', 'typo.db']);
  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/There is no database .*typo\.db/) });
  expect(readdirSync(folder.path)).toEqual([]);
});
