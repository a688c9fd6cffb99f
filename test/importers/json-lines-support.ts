/** Newsrooms that have something of everything, and how two of them are compared. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { ARTICLE_DEFAULTS, insertArticles, linkTranslations, updateArticles } from '../../src/articles';
import { parseBody } from '../../src/articles/body';
import { saveAuthors } from '../../src/authors';
import { CollectionService } from '../../src/collections';
import { importComments } from '../../src/comments';
import { ANONYMOUS, systemActor } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { SecretBox } from '../../src/core/sealed';
import { type CommentStatus, type Database, type Engine, migrate, openDatabase } from '../../src/database';
import { saveImages } from '../../src/images';
import { exportNewsroom, importNewsroom, type NewsroomImported } from '../../src/importers';
import { checkIndex, isSound } from '../../src/indexing';
import { loadSample } from '../../src/sample/load';
import { ARCHIVIST, type Archive, at, HOUR, NOW } from '../support/archive';
import { type TestStore, tempDirectory } from '../support/engines';
import { createDatabase, dropDatabase } from '../support/postgres-databases';
import { answersOf } from './newsroom-answers';
import { contentWithoutPrivate, dump } from './newsroom-content';

export const BOX = new SecretBox('a secret of the tests that is long enough');
export const clock = heldClock(NOW);

/** What nobody may ever read in an export. */
export const ADDRESSES = [
  'reader.one@example.org',
  'Second.Reader@example.com',
  '203.0.113.9',
  '2001:db8::17',
];

export const NO_IMAGE = { url: '', width: null, height: null, alt: null, caption: null, credit: null };
export const EMPTY_PLAN = { authors: 1, topics: [], categories: [], articles: [] };

export async function sampleIn(store: TestStore): Promise<Database> {
  const database = await store.open();
  await loadSample(database, BOX, clock);
  return database;
}

export async function exported(database: Database, box?: SecretBox): Promise<string> {
  const lines: string[] = [];
  const write = async (line: string) => void lines.push(line);
  await exportNewsroom({ database, write, ...(box ? { box } : {}) });
  return lines.join('');
}

export async function imported(database: Database, text: string): Promise<NewsroomImported> {
  // After all that `liveIn` does: what was published then is published when it arrives.
  return importNewsroom({ database, clock: heldClock(NOW + 2 * HOUR), lines: linesOf(text) });
}

export async function* linesOf(text: string): AsyncGenerator<string> {
  yield* text.split('\n');
}

/** The newsroom in an empty database of the other engine. */
export async function copied(source: Database, store: TestStore): Promise<Database> {
  const target = await openOtherEngine(store);
  await imported(target, await exported(source));
  return target;
}

const endings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** An empty database on the engine that the store is not, where the run has both. */
export function openOtherEngine(store: TestStore): Promise<Database> {
  return openEngine(store, store.engine === 'sqlite' ? 'postgres' : 'sqlite');
}

/** An empty database on the engine, or on the store's own where the run has no other. It ends with the test. */
export async function openEngine(store: TestStore, engine: Engine): Promise<Database> {
  const server = process.env.DATELINE_TEST_SERVER;
  if (engine === 'postgres' && server === undefined) return store.open();
  if (engine === 'sqlite' || server === undefined) {
    const database = openDatabase(join(tempDirectory(), 'other.db'));
    endings.push(() => database.close());
    await migrate(database);
    return database;
  }
  const url = await createDatabase(server, 'migrated');
  const database = openDatabase(url);
  endings.push(
    () => dropDatabase(server, url),
    () => database.close(),
  );
  return database;
}

export async function expectSameNewsroom(
  source: Database,
  target: Database,
  store: TestStore,
): Promise<void> {
  expect(target.engine === source.engine).toBe(process.env.DATELINE_TEST_ENGINES === store.engine);
  for (const actor of [ANONYMOUS, systemActor('test')]) {
    const theirs = await answersOf(source, actor);
    expect(theirs.length).toBeGreaterThan(60);
    expect(await answersOf(target, actor)).toEqual(theirs);
  }
  expect(await contentWithoutPrivate(target)).toEqual(await contentWithoutPrivate(source));
  expect(await exported(target)).toBe(await exported(source));
  expect(isSound(await checkIndex(target))).toBe(true);
}

export async function expectEmpty(database: Database): Promise<void> {
  const content = await dump(database);
  expect([...content].filter(([, rows]) => rows.length > 0)).toEqual([]);
}

export async function keysOf(database: Database, table: string): Promise<number[]> {
  const rows = await database.rows<{ id: number }>(sql`select id from ${sql.identifier(table)} order by id`);
  return rows.map(({ id }) => id);
}

/** What happens to an archive in the course of time. */
export async function liveIn(database: Database, archive: Archive): Promise<void> {
  const ids = archive.articles.map(({ id }) => id);
  await database.write(async (tx) => {
    const { keys: images } = await saveImages(tx, ARCHIVIST, NOW, [
      {
        ...NO_IMAGE,
        url: 'https://images.example/1.jpg',
        width: 800,
        height: 600,
        alt: 'Hills\u2028and a road',
      },
      { ...NO_IMAGE, url: 'https://images.example/2.jpg', caption: 'کراچی', credit: 'Pool' },
    ]);
    await tx.insertMany(tx.tables.formerSlugs, [
      { kind: 'topic', slug: 'کراچي', localId: at(archive.keys.topic, 1) },
      { kind: 'category', slug: 'home', localId: at(archive.keys.category, 0) },
    ]);
    const updates = ids.slice(0, 10).map((id, index) => ({
      id,
      expectedRevision: 1,
      op: 'UPDATE' as const,
      fields: {
        slug: `moved-${index}`,
        path: `/moved/${index}`,
        title: `"Quoted" \\ and\n${index} خبر`,
        leadImageId: images[index % 2] ?? null,
        territories: index % 3 === 0 ? ['PK', 'AF'] : null,
        textAndDataMining: index % 4 !== 0,
        commenting: index % 3 === 0 ? ('CLOSED' as const) : ('PREMODERATED' as const),
        commentingClosesAt: index % 5 === 0 ? NOW + index : null,
        pinned: index === 2,
        withdrawalNote: index % 5 === 0 ? 'A mistake' : null,
        credit: 'Dateline',
        licence: 'CC-BY-4.0',
        datelinePlace: 'KARACHI',
      },
    }));
    await updateArticles(tx, ARCHIVIST, NOW + HOUR, updates);
    const links = ids.slice(12, 18).map((translation) => ({ original: ids[11] ?? 0, translation }));
    await linkTranslations(tx, ARCHIVIST, NOW, links);
    await tx
      .insert(tx.tables.redirects)
      .values({ path: '/old', target: 'https://elsewhere.example/', permanent: false });
  });
  await leaveCollections(database);
  await addComments(database, ids.slice(0, 8));
}

export async function leaveRedirects(database: Database): Promise<void> {
  const [id] = await keysOf(database, 'articles');
  await database.write(async (tx) => {
    await tx.insert(tx.tables.redirects).values({ path: '/former', articleId: id ?? 0 });
  });
}

/** One that has had another slug, and one that is empty. */
export async function leaveCollections(database: Database): Promise<void> {
  const articles = (await keysOf(database, 'articles')).slice(0, 7).reverse();
  const collections = new CollectionService(database, clock);
  const seen = await collections.create(ARCHIVIST, { title: 'Front page', articles });
  await collections.update(ARCHIVIST, seen, { slug: 'home' });
  await collections.create(ARCHIVIST, { title: 'Nothing yet' });
}

/** Threads with replies of every state, some of them older than what they answer. */
export async function addComments(database: Database, articles: readonly number[]): Promise<void> {
  const statuses: CommentStatus[] = [
    'APPROVED',
    'APPROVED',
    'PENDING',
    'APPROVED',
    'SPAM',
    'REJECTED',
    'DELETED',
  ];
  await database.write(async (tx) => {
    const batch = articles.flatMap((articleId, start) =>
      Array.from({ length: 9 }, (_, index) => ({
        articleId,
        parentId: null,
        // Every third comment begins a thread; the second of each answers the third.
        ...(index % 3 === 0 ? {} : { parentInBatch: start * 9 + (index % 3 === 1 ? index + 1 : index - 2) }),
        authorName: `Reader ${index}`,
        authorKind: 'GUEST' as const,
        status: statuses[(start + index) % statuses.length] ?? 'APPROVED',
        text: 'What now?',
        html: '<p>What now?</p>',
        createdAt: NOW - index * HOUR,
        email: index % 2 === 0 ? at(ADDRESSES, 0) : at(ADDRESSES, 1),
        ip: index % 2 === 0 ? at(ADDRESSES, 2) : at(ADDRESSES, 3),
      })),
    );
    const [first] = await importComments(tx, ARCHIVIST, NOW, BOX, batch);
    await tx.execute(
      sql`update comments set edited_at = ${NOW}, featured = ${true}, version = 3 where id = ${first}`,
    );
  });
}

export async function giveAuthor(database: Database, article: number, slug: string): Promise<void> {
  await database.write(async (tx) => {
    const {
      keys: [avatarId],
    } = await saveImages(tx, ARCHIVIST, NOW, [{ ...NO_IMAGE, url: `https://images.example/${slug}.jpg` }]);
    const [author] = await saveAuthors(tx, ARCHIVIST, NOW, [
      { slug, name: 'Late', bio: null, avatarId: avatarId ?? null },
    ]);
    const [row] = await tx.rows<{ revision: number }>(
      sql`select revision from articles where id = ${article}`,
    );
    await updateArticles(tx, ARCHIVIST, NOW, [
      { id: article, expectedRevision: row?.revision ?? 0, op: 'UPDATE', authorIds: [author ?? 0] },
    ]);
  });
}

/** Adds articles of some size under one author; returns the key of the last. */
export async function manyArticles(database: Database, total: number): Promise<number> {
  const body = parseBody(`<p>${'What happened. '.repeat(40)}</p>`);
  let last = 0;
  for (let start = 0; start < total; start += 1_000) {
    const slugs = Array.from({ length: Math.min(1_000, total - start) }, () => randomUUID());
    const contents = slugs.map((slug) => ({
      fields: {
        ...ARTICLE_DEFAULTS,
        slug,
        path: `/${slug}`,
        title: slug,
        language: 'en',
        createdAt: NOW,
        updatedAt: NOW,
      },
      body,
      authorIds: [],
      categoryIds: [],
      topics: [],
    }));
    const ids = await database.write((tx) => insertArticles(tx, ARCHIVIST, NOW, contents));
    last = ids.at(-1) ?? last;
  }
  return last;
}
