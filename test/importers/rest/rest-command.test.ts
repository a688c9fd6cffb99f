import { once } from 'node:events';
import { sql } from 'drizzle-orm';
import { cli, startCli, workFolder } from '../../cli/run-cli';
import { describeEachEngine, describeEngine, type TestStore } from '../../support/engines';
import { FakeWordPress } from './fake-wordpress';
import { fillNewsroom } from './newsroom-site';
import { stateOf } from './state';
import { CREDENTIALS } from './wordpress-routes';

const DATELINE_SECRET = 'Xq3v9TzLw0pR7sKd2mNb8yHf4jGc6aUe';

function siteAndCommand(store: TestStore) {
  const folder = workFolder();
  let site: FakeWordPress;
  beforeEach(async () => {
    site = await FakeWordPress.start();
    fillNewsroom(site.content);
  });
  afterEach(() => site.stop());

  const args = () => ['import', `${site.address}/wp-json`, '--database', store.url()];
  const dateline = (more: readonly string[] = [], env: Record<string, string> = {}) =>
    cli(folder.path, [...args(), ...more], { DATELINE_SECRET, ...env });
  return { folder, site: () => site, args, dateline };
}

describeEachEngine('dateline import of a site', (store) => {
  const { site, dateline } = siteAndCommand(store);

  test('prints what became of everything, and succeeds; again, and nothing has changed', async () => {
    await store.open();
    const first = await dateline();
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/^articles +2 +2 +0 +0 +0 +0$/m);
    expect(first.out).toMatch(/^comments +2 +2 +0 +0 +0 +0$/m);
    expect(first.out).toContain('post: it is behind a password, and its text is shown to editors only (1)');
    expect(first.out).toContain('Imported into ');
    const second = await dateline();
    expect(second.code).toBe(0);
    expect(second.out).toContain('Nothing has changed: ');
  });

  test('can be tried out: it reports as the run does, and leaves nothing behind', async () => {
    const database = await store.open();
    const tried = await dateline(['--dry-run']);
    expect(tried.code).toBe(0);
    expect(tried.out).toMatch(/^articles +2 +2 +0 +0 +0 +0$/m);
    expect(await database.rows(sql`select source from import_keys`)).toEqual([]);
    expect(await database.rows(sql`select seq from changes`)).toEqual([]);
  });

  test('fails when something was lost, and says what', async () => {
    await store.open();
    site().settings.closed.add('wp/v2/comments');
    const { code, out, err } = await dateline();
    expect(code).toBe(1);
    expect(out).toContain('The comments cannot be read: the site keeps them to itself.');
    expect(err).toContain('Not everything has arrived');
  });

  test('fails with a sentence where there is no such site', async () => {
    await store.open();
    site().settings.plainPermalinks = true;
    site().interfere = () => ({ kind: 'status', status: 404 });
    const { code, out, err } = await dateline();
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/^There is no WordPress REST API at http:\S+:\n/);
    expect(err).not.toContain('    at ');
  });

  test('takes credentials from the environment, and prints them nowhere', async () => {
    const database = await store.open();
    const { user, password } = CREDENTIALS;
    const ended = await dateline(['--verbose'], { WORDPRESS_CREDENTIALS: `${user}:${password}` });
    expect(ended.code).toBe(0);
    expect(await database.rows(sql`select id from articles where status = 'DRAFT'`)).toHaveLength(2);
    const refused = await dateline(['--verbose'], { WORDPRESS_CREDENTIALS: `${user}:wr0ngpass` });
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('The site does not accept WORDPRESS_CREDENTIALS.');
    for (const secret of [password, 'wr0ngpass', Buffer.from(`${user}:wr0ngpass`).toString('base64')]) {
      expect(JSON.stringify([ended, refused])).not.toContain(secret);
    }
  });
});

// What is killed while it reads a file is tested on both engines; how far a site was read is kept alike by them.
describeEngine('sqlite', 'dateline import of a site, broken off', (store) => {
  const { folder, site, args, dateline } = siteAndCommand(store);

  test('killed at any point and started again it leaves what it leaves when nobody kills it', async () => {
    for (let id = 1_000; id < 2_100; id += 1) {
      site().content.post(id, { terms: { category: [2], post_tag: [4] }, featured: id % 7 === 0 ? 20 : 0 });
      site().content.comment(id, id);
      site().content.comment(id + 10_000, id, { parent: id });
      if (id % 5 === 0) site().content.picture(id + 100_000);
    }
    const whole = await store.using(async (other) => {
      expect(await dateline()).toMatchObject({ code: 0 });
      return stateOf(other);
    });
    const database = await store.open();
    const arrived: number[] = [];
    // In the survey; then when so many pages of posts have been asked for, which are written meanwhile.
    for (const point of ['wp/v2/tags', 'wp/v2/media', 3, 6, 6, 2] as const) {
      const child = startCli(folder.path, args(), { DATELINE_SECRET });
      let pages = 0;
      site().interfere = ({ route, parameters }) => {
        if (parameters.get('_fields')?.includes('excerpt')) pages += 1;
        if (point === route || point === pages) child.kill('SIGKILL');
        return undefined;
      };
      const [code, signal] = await once(child, 'close');
      expect([point, code, signal]).toEqual([point, null, 'SIGKILL']);
      arrived.push((await database.rows(sql`select id from articles`)).length);
    }
    expect(new Set(arrived).size).toBeGreaterThan(2);
    expect(arrived.at(-1)).toBeLessThan(1_103);
    site().interfere = () => undefined;
    site().forget();
    expect(await dateline()).toMatchObject({ code: 0 });
    // What had arrived was not asked for again.
    const full = site().asked.filter(({ parameters }) => parameters.get('_fields')?.includes('excerpt'));
    const again = full.flatMap(({ parameters }) => parameters.get('include')?.split(',') ?? []);
    expect(again.length).toBeLessThan(1_110 - (arrived.at(-1) ?? 0));
    expect(again).not.toContain('1000');
    expect(await stateOf(database)).toEqual(whole);
  }, 240_000);
});
