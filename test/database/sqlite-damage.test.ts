import { randomBytes } from 'node:crypto';
import {
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { eq, sql } from 'drizzle-orm';
import { DatabaseDamaged, type DatelineError, datelineErrorIn } from '../../src/core/errors';
import { type Database, migrate, openDatabase } from '../../src/database';
import { describeEngine } from '../support/engines';
import { tempDirectory } from '../support/temp-directory';

const PAGE = 4_096;

/** What goes wrong when the file is opened, looked at and read. */
async function faultOf(
  file: string,
  read: (db: Database) => Promise<unknown>,
): Promise<DatelineError | null> {
  let db: Database | undefined;
  try {
    db = openDatabase(file);
    await migrate(db);
    await read(db);
    return null;
  } catch (error) {
    const fault = datelineErrorIn(error);
    if (!fault) throw error;
    return fault;
  } finally {
    await db?.close();
  }
}

function expectDiscreet(fault: DatelineError | null, file: string): void {
  expect(fault?.message).not.toContain(basename(file));
  expect(fault?.message).not.toContain(tempDirectory().slice(0, 5));
  expect(fault?.message).not.toMatch(/select|insert|settings|sqlite_/i);
}

/** A sound database of some megabytes, closed. */
async function makeDatabase(): Promise<string> {
  const file = join(tempDirectory(), 'newsroom.db');
  const db = openDatabase(file);
  await migrate(db);
  await db.write(async (tx) => {
    for (let n = 0; n < 300; n++) {
      await tx.insert(tx.tables.settings).values({ name: `s${n}`, value: `${n} `.repeat(2_000) });
    }
  });
  await db.close();
  return file;
}

const readAll = (db: Database) => db.select().from(db.tables.settings);

describeEngine('sqlite', 'a damaged file', () => {
  test.each([
    ['random bytes', () => randomBytes(100_000)],
    ['a text file', () => Buffer.from('Dear editor,\n'.repeat(1_000))],
  ])('that is %s is refused', async (_, content) => {
    const file = join(tempDirectory(), 'letters.db');
    writeFileSync(file, content());
    const before = readFileSync(file);
    const fault = await faultOf(file, readAll);
    expect(fault).toBeInstanceOf(DatabaseDamaged);
    expectDiscreet(fault, file);
    expect(readFileSync(file)).toEqual(before);
  });

  test.each([0.9, 0.5, 0.1])('that ends after %d of its length is noticed', async (share) => {
    const file = await makeDatabase();
    truncateSync(file, Math.floor((statSync(file).size * share) / PAGE) * PAGE);
    const fault = await faultOf(file, readAll);
    expect(fault).toBeInstanceOf(DatabaseDamaged);
    expectDiscreet(fault, file);
  });

  test('with an empty page in the middle fails where that is read, and is not ready from then on', async () => {
    const file = await makeDatabase();
    const root = rootPage(file, 'settings');
    const descriptor = openSync(file, 'r+');
    writeSync(descriptor, Buffer.alloc(PAGE), 0, PAGE, (root - 1) * PAGE);
    const db = openDatabase(file);
    const error: unknown = await readAll(db).then(
      () => null,
      (fault: unknown) => fault,
    );
    const fault = datelineErrorIn(error);
    expect(fault).toBeInstanceOf(DatabaseDamaged);
    expectDiscreet(fault, file);
    await expect(db.check()).rejects.toBeInstanceOf(DatabaseDamaged);
    // What is sound can still be read.
    expect(await db.select().from(db.tables.articles)).toEqual([]);
    await expect(db.check()).rejects.toBeInstanceOf(DatabaseDamaged);
    await db.close();
  });

  test('found by a write makes the write fail and the database not ready', async () => {
    const file = await makeDatabase();
    const descriptor = openSync(file, 'r+');
    writeSync(descriptor, Buffer.alloc(PAGE), 0, PAGE, (rootPage(file, 'authors') - 1) * PAGE);
    const db = openDatabase(file);
    await db.check();
    const attempt = db.write(async (tx) => {
      const { authors } = tx.tables;
      await tx.update(authors).set({ name: 'x' }).where(eq(authors.id, 1));
    });
    await expect(attempt).rejects.toBeInstanceOf(DatabaseDamaged);
    await expect(db.check()).rejects.toBeInstanceOf(DatabaseDamaged);
    await db.close();
  });

  test("another program's file is refused and left as it is", async () => {
    const file = join(tempDirectory(), 'bookmarks.db');
    const other = new Sqlite(file);
    other.exec('create table bookmarks (url text)');
    other.close();
    const before = readFileSync(file);
    const fault = await faultOf(file, readAll);
    expect(fault).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('another program') });
    expectDiscreet(fault, file);
    expect(readFileSync(file)).toEqual(before);
  });

  test('a file that is taken away or replaced while it is open is noticed', async () => {
    const file = await makeDatabase();
    const db = openDatabase(file);
    await db.check();
    renameSync(file, `${file}.old`);
    await expect(db.check()).rejects.toBeInstanceOf(DatabaseDamaged);
    writeFileSync(file, readFileSync(`${file}.old`));
    await expect(db.check()).rejects.toBeInstanceOf(DatabaseDamaged);
    await db.close();
  });

  test('a directory, and a path under a file, are refused without a word about where', async () => {
    const directory = tempDirectory();
    const fault = await faultOf(directory, readAll);
    expect(fault).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expectDiscreet(fault, directory);
  });

  test('a database without tables is not ready', async () => {
    const db = openDatabase(join(tempDirectory(), 'empty.db'));
    await expect(db.check()).rejects.toThrow();
    await db.close();
  });

  test('a statement that is wrong is our fault, not the file’s', async () => {
    const file = await makeDatabase();
    const db = openDatabase(file);
    await expect(db.rows(sql`select nonsense`)).rejects.toThrow('nonsense');
    await db.check();
    await db.close();
  });
});

function rootPage(file: string, table: string): number {
  const handle = new Sqlite(file, { readonly: true });
  const root = handle.prepare('select rootpage from sqlite_schema where name = ?').pluck().get(table);
  handle.close();
  return Number(root);
}
