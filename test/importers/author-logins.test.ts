/** Authors who sign in by e-mail addresses are known again, and no address is kept that could be read. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Database } from '../../src/database';
import { exportNewsroom, hideFormerLogins, type ImportReport, importWordPress } from '../../src/importers';
import { subjectFingerprint } from '../../src/importers/subject-fingerprint';
import type { ImportAuthor } from '../../src/importers/wordpress';
import { describeEachEngine, tempDirectory } from '../support/engines';
import { author, box, bring, clock, post } from './import-support';
import { dump } from './newsroom-content';
import { exportOf } from './rest/export-of';
import { FakeWordPress } from './rest/fake-wordpress';
import { importSite } from './rest/newsroom-site';

const NADIA = 'Nadia.Khan@desk.example';
const WALI = 'wali@desk.example';
const AMINA: ImportAuthor = {
  ...{ kind: 'author', line: 1, externalId: '2', login: 'amina', displayName: 'Amina' },
  email: null,
};

describeEachEngine('authors who sign in by addresses', (store) => {
  let db: Database;
  beforeEach(async () => {
    db = await store.open();
  });

  // Wali is named by his article alone.
  const blog = () =>
    bring(
      db,
      author(1, NADIA, 'Nadia') +
        author(2, 'amina', 'Amina') +
        post(1, { author: NADIA }) +
        post(2, { author: 'amina' }) +
        post(3, { author: WALI }),
    );
  const everything = async () => JSON.stringify([...(await dump(db)).values()]);
  const written = async (options: { readonly box?: typeof box } = {}) => {
    const lines: string[] = [];
    await exportNewsroom({ database: db, write: async (line) => void lines.push(line), ...options });
    return lines.join('');
  };
  const keys = () =>
    db
      .select()
      .from(db.tables.importKeys)
      .where(sql`kind in ('author', 'author-number')`)
      .orderBy(db.tables.importKeys.kind, db.tables.importKeys.externalId);
  const writers = () =>
    db.rows<{ title: string; name: string }>(
      sql`select a.title, w.name from articles as a join article_authors as t on t.article_id = a.id join authors as w on w.id = t.author_id order by a.title`,
    );
  const changes = ({ rows }: ImportReport) =>
    [...rows].filter(([, { created, updated }]) => created + updated > 0);

  test('have their articles, and the same export again changes nothing', async () => {
    await blog();
    expect(await writers()).toEqual([
      { title: 'Post 1', name: 'Nadia' },
      { title: 'Post 2', name: 'Amina' },
      { title: 'Post 3', name: 'wali' },
    ]);
    const before = await everything();
    expect(before.toLowerCase()).not.toContain('@desk.example');
    const again = await blog();
    expect(changes(again)).toEqual([]);
    expect(await everything()).toBe(before);
  });

  test('are in an export by a keyed hash, and sealed only where it has what is private', async () => {
    await blog();
    for (const text of [await written(), await written({ box })])
      expect(text.toLowerCase()).not.toContain('@desk.example');
    expect(await written()).not.toContain('sealed:');
    expect(await written({ box })).toContain('"fingerprint":"sealed:');
    expect(await written()).toContain('"kind":"author","externalId":"login:');
  });

  /** What an earlier Dateline has left. */
  const asItWas = async () => {
    const plain = new Map([
      [box.fingerprint(NADIA), { ...AMINA, login: NADIA, displayName: 'Nadia' }],
      [box.fingerprint(WALI), { ...AMINA, login: WALI, displayName: WALI }],
    ]);
    const { importKeys: k } = db.tables;
    for (const { kind, externalId } of await keys()) {
      const known = plain.get(externalId.replace('login:', ''));
      const itself = sql`${k.kind} = ${kind} and ${k.externalId} = ${externalId}`;
      const former =
        kind === 'author' && known
          ? { externalId: known.login, fingerprint: subjectFingerprint(known) }
          : kind === 'author-number' && externalId === '1'
            ? { fingerprint: NADIA }
            : null;
      if (former) await db.write(async (tx) => void (await tx.update(k).set(former).where(itself)));
    }
    const number = { source: 'wordpress:https://news.example', kind: 'author-number', externalId: WALI };
    await db.write(
      async (tx) =>
        void (await tx.insert(k).values({ ...number, localId: 0, fingerprint: WALI, revision: 0 })),
    );
  };

  test('are known again after an upgrade, and what stood here is hidden: an import changes nothing', async () => {
    await blog();
    const before = await keys();
    await asItWas();
    expect((await everything()).match(/@desk\.example/gi)).toHaveLength(5);
    expect(await written({ box })).not.toMatch(/@desk\.example/i);
    expect(changes(await blog())).toEqual([]);
    expect((await everything()).toLowerCase()).not.toContain('@desk.example');
    expect((await keys()).filter(({ kind }) => kind === 'author')).toEqual(
      before.filter(({ kind }) => kind === 'author'),
    );
    await asItWas();
    await hideFormerLogins(db, box);
    const hidden = await everything();
    expect(hidden.toLowerCase()).not.toContain('@desk.example');
    await hideFormerLogins(db, box);
    expect(await everything()).toBe(hidden);
    expect(await keys()).toHaveLength(before.length);
  });

  test('are known by their numbers to a site that keeps logins to itself', async () => {
    const site = await FakeWordPress.start();
    try {
      site.content.user(1, NADIA, { name: 'Nadia' });
      site.content.post(10, { author: 1, title: 'By Nadia' });
      const path = join(tempDirectory(), 'export.xml');
      writeFileSync(path, exportOf(site.content));
      await importWordPress({ database: db, box, clock, path });
      const authors = () => db.rows(sql`select id, slug, name from authors order by id`);
      const before = await authors();
      expect(before).toMatchObject([{ name: 'Nadia' }]);
      const report = await importSite(db, site);
      expect(report.rows.get('authors')).toMatchObject({ created: 0, updated: 0 });
      expect(await authors()).toEqual(before);
      expect(await writers()).toEqual([{ title: 'By Nadia', name: 'Nadia' }]);
      expect((await everything()).toLowerCase()).not.toContain('@desk.example');
    } finally {
      await site.stop();
    }
  });
});
