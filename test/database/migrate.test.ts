import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { type Database, migrate } from '../../src/database';
import { migrationsFolder } from '../../src/database/migrate';
import { describeEachEngine, recordStatements, type TestStore } from '../support/engines';
import { KNOWN_MIGRATIONS } from '../support/known-migrations';
import { tempDirectory } from '../support/temp-directory';

const known = KNOWN_MIGRATIONS;

/** A copy of the engine's migrations with one more behind them. */
function migrationsWith(store: TestStore, ...statements: string[]): string {
  const folder = join(tempDirectory(), 'migrations');
  cpSync(migrationsFolder(store.engine), folder, { recursive: true });
  const journal = join(folder, 'meta', '_journal.json');
  const content = JSON.parse(readFileSync(journal, 'utf8'));
  content.entries.push({ ...content.entries.at(-1), idx: known, when: 4_000_000_000_000, tag: '9999_next' });
  writeFileSync(journal, JSON.stringify(content));
  writeFileSync(join(folder, '9999_next.sql'), statements.join('\n--> statement-breakpoint\n'));
  return folder;
}

/** A copy of the engine's migrations without those after the one called `last`. */
function migrationsUpTo(store: TestStore, last: string): string {
  const folder = join(tempDirectory(), 'migrations');
  cpSync(migrationsFolder(store.engine), folder, { recursive: true });
  const journal = join(folder, 'meta', '_journal.json');
  const content = JSON.parse(readFileSync(journal, 'utf8'));
  const end = content.entries.findIndex(({ tag }: { tag: string }) => tag === last);
  content.entries.splice(end + 1);
  writeFileSync(journal, JSON.stringify(content));
  return folder;
}

/** The names of everything in the database. */
async function contents(db: Database): Promise<string[]> {
  const rows = await db.rows<{ name: string }>(
    db.engine === 'sqlite'
      ? sql`select name from sqlite_schema where name not like 'sqlite_%' order by name`
      : sql`select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' order by relname`,
  );
  return rows.map(({ name }) => name);
}

describeEachEngine('migrate', (store) => {
  test('makes every table of an empty database, and a database that has them is only read', async () => {
    const sent = recordStatements();
    const db = await store.openEmpty(sent);
    expect(await migrate(db)).toEqual({ before: 0, applied: known });
    for (const name of ['articles', 'comments', 'changes', 'settings']) {
      expect(await contents(db)).toContain(name);
    }
    await db.check();
    const again = await sent.during(async () => {
      expect(await migrate(db)).toEqual({ before: known, applied: 0 });
    });
    for (const text of again) expect(text).toMatch(/^\s*select/);
  });

  test('run from two places at once is done once', async () => {
    const dbs = await Promise.all([store.openEmpty().then(async (db) => [db, await store.openAnother()])]);
    const reports = await Promise.all(dbs.flat().map((db) => migrate(db)));
    expect(reports.map(({ applied }) => applied).sort()).toEqual([0, known]);
  });

  test('applies what is new and keeps what is there', async () => {
    const db = await store.open();
    await db.write((tx) => tx.execute(sql`insert into settings (name, value) values ('a', 'b')`));
    const folder = migrationsWith(store, 'create table things (id integer primary key)');
    expect(await migrate(db, folder)).toEqual({ before: known, applied: 1 });
    expect(await contents(db)).toContain('things');
    expect(await db.select().from(db.tables.settings)).toEqual([{ name: 'a', value: 'b' }]);
  });

  test('refuses a database that a newer Dateline has made', async () => {
    const db = await store.open();
    await migrate(db, migrationsWith(store, 'create table things (id integer primary key)'));
    await expect(migrate(db)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('newer version'),
    });
  });

  test('refuses a database with another history', async () => {
    const db = await store.open();
    await db.write((tx) => tx.execute(sql`update migrations set hash = 'something else'`));
    await expect(migrate(db)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test("refuses a database with another program's migrations", async () => {
    const db = await store.openEmpty();
    await db.write((tx) => tx.execute(sql`create table migrations (id integer primary key, name text)`));
    await expect(migrate(db)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('another program'),
    });
  });

  test('that fails leaves nothing behind, and can be run again', async () => {
    const db = await store.openEmpty();
    const before = await contents(db);
    const folder = migrationsWith(store, 'create table things (id integer primary key)', 'create nonsense');
    await expect(migrate(db, folder)).rejects.toThrow(/nonsense/);
    expect(await contents(db)).toEqual(before);
    expect(await migrate(db)).toEqual({ before: 0, applied: known });
  });

  test('that makes a table anew keeps what refers to its rows', async () => {
    const db = await store.open();
    await db.write(async (tx) => {
      await tx.insertMany(tx.tables.topics, [{ slug: 'a', kind: 'PLACE', name: 'T', sortName: 'a' }]);
      const names = { topicId: 1, language: 'en', name: 'A', position: 0, normalised: 'a' };
      await tx.insertMany(tx.tables.topicNames, [names]);
    });
    if (store.engine === 'sqlite') {
      // As drizzle-kit writes it for a change that SQLite's "alter table" cannot make.
      const columns =
        'id, slug, kind, parent_id, description, wikidata_id, name, sort_name, coverage, revision';
      const folder = migrationsWith(
        store,
        'PRAGMA foreign_keys=OFF;',
        `CREATE TABLE __new_topics (id integer PRIMARY KEY AUTOINCREMENT NOT NULL, slug text NOT NULL, kind text
           NOT NULL, parent_id integer, description text, wikidata_id text, name text NOT NULL, sort_name text, coverage integer, revision integer)`,
        `INSERT INTO __new_topics(${columns}) SELECT ${columns} FROM topics`,
        'DROP TABLE topics;',
        'ALTER TABLE __new_topics RENAME TO topics;',
        'PRAGMA foreign_keys=ON;',
      );
      await migrate(db, folder);
      const orphan = db.write((tx) => tx.execute(sql`update topic_names set topic_id = 99`));
      await expect(orphan).rejects.toThrow(/FOREIGN KEY/);
    } else {
      await migrate(db, migrationsWith(store, 'alter table topics alter column sort_name drop not null'));
    }
    expect(await db.select().from(db.tables.topicNames)).toHaveLength(1);
    expect(await db.select().from(db.tables.topics)).toHaveLength(1);
  });

  test('that would leave a reference to nothing is rolled back', async () => {
    const db = await store.open();
    await db.write(async (tx) => {
      await tx.insertMany(tx.tables.authors, [{ slug: 'a', name: 'A', sortName: 'a' }]);
      await tx.insertMany(tx.tables.topics, [{ slug: 'a', kind: 'PLACE', name: 'T', sortName: 'a' }]);
      await tx.insertMany(tx.tables.categories, [{ slug: 'a', name: 'A', topicId: 1 }]);
    });
    await expect(
      migrate(db, migrationsWith(store, 'delete from authors', 'delete from topics')),
    ).rejects.toThrow();
    expect(await db.select().from(db.tables.topics)).toHaveLength(1);
    expect(await db.select().from(db.tables.authors)).toHaveLength(1);
  });

  test('has the articles that are there repeat their own ties, each in its order and to the last digit', async () => {
    const db = await store.openEmpty();
    await migrate(db, migrationsUpTo(store, '0018_webhooks'));
    const salience = 0.1 + 0.2;
    await db.write(async (tx) => {
      for (const id of [1, 2, 3]) {
        await tx.execute(sql`insert into authors (slug, name, sort_name) values (${`a-${id}`}, 'A', 'a')`);
        await tx.execute(sql`insert into categories (slug, name) values (${`c-${id}`}, 'C')`);
        await tx.execute(
          sql`insert into topics (slug, kind, name, sort_name) values (${`t-${id}`}, 'PLACE', 'T', 't')`,
        );
      }
      for (const id of [1, 2])
        await tx.execute(
          sql`insert into articles (id, kind, status, slug, path, language, title, created_at, updated_at) values (${id}, 'ARTICLE', 'DRAFT', ${`s-${id}`}, ${`/s-${id}`}, 'en', 'T', 1, 1)`,
        );
      for (const [author, position] of [
        [2, 1],
        [3, 0],
      ])
        await tx.execute(
          sql`insert into article_authors (article_id, author_id, position) values (1, ${author}, ${position})`,
        );
      for (const [category, isOwn, position] of [
        [1, false, 0],
        [2, true, 1],
        [3, true, 0],
      ] as const)
        await tx.execute(
          sql`insert into article_categories (article_id, category_id, direct, position) values (1, ${category}, ${sql.raw(String(isOwn))}, ${position})`,
        );
      for (const [topic, isOwn, salient] of [
        [1, true, salience],
        [2, true, 1],
        [3, false, 0],
      ] as const)
        await tx.execute(
          sql`insert into article_topics (article_id, topic_id, direct, salience, mentions, source) values (1, ${topic}, ${sql.raw(String(isOwn))}, ${salient}, 4, 'EDITOR')`,
        );
    });
    await migrate(db);
    const { id, authorIds, categoryIds, topicMarks } = db.tables.articles;
    const rows = await db.select({ id, authorIds, categoryIds, topicMarks }).from(db.tables.articles);
    expect(rows.sort((a, b) => a.id - b.id)).toEqual([
      {
        ...{ id: 1, authorIds: [3, 2], categoryIds: [3, 2] },
        topicMarks: [
          [2, 1, 4, 'EDITOR'],
          [1, salience, 4, 'EDITOR'],
        ],
      },
      { id: 2, authorIds: [], categoryIds: [], topicMarks: [] },
    ]);
  });
});
