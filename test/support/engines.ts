import { copyFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Database, type DatabaseOptions, type Engine, openDatabase } from '../../src/database';
import { createDatabase, dropDatabase, leaveServers } from './postgres-databases';
import { sqliteTemplate } from './sqlite-template';
import { tempDirectory } from './temp-directory';

export { recordStatements, type StatementRecorder } from './statements';
export { tempDirectory } from './temp-directory';

export interface TestStore {
  readonly engine: Engine;
  /**
   * A fresh database with all tables. Opened inside a test or a beforeEach it lives for that test, opened in
   * a beforeAll for the describe block; then it is closed and thrown away.
   */
  open(options?: DatabaseOptions): Promise<Database>;
  /** A fresh database for `work` alone, thrown away right after: for the runs of a property. */
  using<T>(work: (db: Database) => Promise<T>, options?: DatabaseOptions): Promise<T>;
  /** The same as `open` without any table. */
  openEmpty(options?: DatabaseOptions): Promise<Database>;
  /** A second set of connections, as another process would have, to the database that was opened last. */
  openAnother(options?: DatabaseOptions): Promise<Database>;
  /** What `openDatabase` takes, of the database that was opened last. */
  url(): string;
}

/** Runs the describe block twice: on SQLite and on PostgreSQL. */
export function describeEachEngine(name: string, body: (store: TestStore) => void): void {
  describeEngine('sqlite', name, body);
  describeEngine('postgres', name, body);
}

/** For what only one engine has: a file that is damaged, a deadlock. */
export function describeEngine(engine: Engine, name: string, body: (store: TestStore) => void): void {
  const only = process.env.DATELINE_TEST_ENGINES;
  if (only && only !== engine) {
    describe.skip(`${name} on ${engine} (skipped: DATELINE_TEST_ENGINES=${only})`, () => {
      test.todo(`runs on ${engine}`);
    });
    return;
  }
  describe(`${name} on ${engine}`, () => {
    const opened = new Opened(engine);
    beforeEach(() => opened.enterTest());
    body(opened);
    // After the body's own hooks, so that they still find their databases open.
    afterEach(() => opened.leaveTest());
    afterAll(() => opened.endAll());
  });
}

// Runs after every other hook of the file that imports this.
afterAll(leaveServers);

/** What has been opened, and what has to be closed and thrown away when. */
class Opened implements TestStore {
  private forBlock: (() => Promise<void>)[] = [];
  private forTest: (() => Promise<void>)[] | null = null;
  private last: string | null = null;

  constructor(readonly engine: Engine) {}

  async open(options?: DatabaseOptions): Promise<Database> {
    return this.connect(await this.create('migrated'), options);
  }

  async using<T>(work: (db: Database) => Promise<T>, options?: DatabaseOptions): Promise<T> {
    const outer = this.forTest;
    const mine: (() => Promise<void>)[] = [];
    this.forTest = mine;
    try {
      return await work(await this.open(options));
    } finally {
      this.forTest = outer;
      await endInReverse(mine);
    }
  }

  async openEmpty(options?: DatabaseOptions): Promise<Database> {
    return this.connect(await this.create('empty'), options);
  }

  async openAnother(options?: DatabaseOptions): Promise<Database> {
    return this.connect(this.url(), options);
  }

  url(): string {
    if (this.last === null) throw new Error('open() a database first');
    return this.last;
  }

  enterTest(): void {
    this.forTest = [];
  }

  async leaveTest(): Promise<void> {
    const endings = this.forTest ?? [];
    this.forTest = null;
    await endInReverse(endings);
  }

  async endAll(): Promise<void> {
    await endInReverse(this.forBlock.splice(0));
  }

  private connect(url: string, options: DatabaseOptions | undefined): Database {
    const database = openDatabase(url, options);
    this.atTheEnd(() => database.close());
    return database;
  }

  private async create(kind: 'empty' | 'migrated'): Promise<string> {
    this.last = this.engine === 'sqlite' ? this.createFile(kind) : await this.createOnServer(kind);
    return this.last;
  }

  private createFile(kind: 'empty' | 'migrated'): string {
    const directory = tempDirectory();
    this.atTheEnd(() => rm(directory, { recursive: true, force: true }));
    const file = join(directory, 'dateline.db');
    if (kind === 'migrated') copyFileSync(sqliteTemplate(), file);
    return file;
  }

  private async createOnServer(kind: 'empty' | 'migrated'): Promise<string> {
    const server = process.env.DATELINE_TEST_SERVER;
    if (!server) throw new Error('No PostgreSQL was found when the run started');
    const url = await createDatabase(server, kind);
    this.atTheEnd(() => dropDatabase(server, url));
    return url;
  }

  private atTheEnd(work: () => Promise<void>): void {
    (this.forTest ?? this.forBlock).push(work);
  }
}

async function endInReverse(endings: (() => Promise<void>)[]): Promise<void> {
  for (const end of endings.reverse()) await end();
}
