import Sqlite from 'better-sqlite3';
import { type Column, getTableColumns, getTableName } from 'drizzle-orm';
import { ANALYSIS_VERSION } from '../../src/core/text';
import { migrate, openDatabase, queryTools } from '../../src/database';
import { analyseTables } from '../../src/database/sqlite-statistics';
import { VERSION } from '../../src/indexing';
import type { Coverage, Rows, Sink, TableName } from './rows';
import { TABLE_ORDER } from './rows';

type Write = (row: Readonly<Record<string, unknown>>) => void;

/**
 * Fills an SQLite file past the server's own writer: no journal, no synchronisation and no secondary indexes
 * while it loads. A load that is interrupted leaves a useless file; the caller gives it its name afterwards.
 */
export function sqliteSink(file: string): Sink {
  let db: Sqlite.Database;
  let indexes: string[] = [];
  const writers = new Map<TableName, Write>();

  return {
    async open() {
      const database = openDatabase(file);
      await migrate(database);
      await database.close();
      db = new Sqlite(file);
      db.pragma('journal_mode = off');
      db.pragma('synchronous = off');
      db.pragma('foreign_keys = off');
      db.pragma('locking_mode = exclusive');
      db.pragma('cache_size = -1000000');
      db.pragma('threads = 2');
      const found = db
        .prepare<[], { name: string; sql: string }>(
          `select name, sql from sqlite_schema where type = 'index' and sql is not null`,
        )
        .all();
      // Uniqueness that is written as an index is dropped too: it is checked when the index is made again.
      indexes = found.map(({ sql }) => sql);
      for (const { name } of found) db.exec(`drop index "${name}"`);
      for (const table of TABLE_ORDER) writers.set(table, writer(db, table));
    },

    async write(rows) {
      db.exec('begin');
      for (const table of TABLE_ORDER) insert(writers.get(table), rows[table]);
      db.exec('commit');
    },

    async finish(coverage, lastChange, step) {
      step('counts');
      writeCounts(db, coverage, lastChange);
      for (const sql of indexes) {
        step(/index `?"?(\w+)/i.exec(sql)?.[1] ?? 'index');
        db.exec(sql);
      }
      step('foreign keys');
      const broken = db.pragma('foreign_key_check') as unknown[];
      if (broken.length > 0)
        throw new Error(`${broken.length} rows point nowhere: ${JSON.stringify(broken[0])}`);
      step('statistics');
      // As Dateline leaves them behind; without them the planner's choices would differ from run to run.
      db.pragma('analysis_limit = 1000');
      analyseTables(db);
      db.pragma('journal_mode = wal');
      db.close();
    },
  };
}

function insert(write: Write | undefined, rows: Rows[TableName]): void {
  if (write) for (const row of rows) write(row);
}

function writer(db: Sqlite.Database, name: TableName): Write {
  const table = queryTools('sqlite').tables[name];
  const columns = Object.entries<Column>(getTableColumns(table));
  const names = columns.map(([, column]) => `"${column.name}"`).join(', ');
  const statement = db.prepare(
    `insert into "${getTableName(table)}" (${names}) values (${columns.map(() => '?').join(', ')})`,
  );
  const keys = columns.map(([key]) => key);
  const encoders = columns.map(([, column]) => encoder(column));
  const defaults = columns.map(([, column]) => (column.default === undefined ? null : column.default));
  const values = new Array<unknown>(keys.length);
  return (row) => {
    for (let index = 0; index < keys.length; index++) {
      const value = row[keys[index] ?? ''] ?? defaults[index] ?? null;
      const encode = encoders[index];
      values[index] = encode && value !== null ? encode(value) : value;
    }
    statement.run(values);
  };
}

/** Numbers and text are bound as they are: thirty million of them are worth a shortcut past Drizzle. */
function encoder(column: Column): ((value: unknown) => unknown) | null {
  if (column.dataType === 'number' || column.dataType === 'string') return null;
  return (value) => column.mapToDriverValue(value);
}

function writeCounts(db: Sqlite.Database, coverage: Coverage, lastChange: number): void {
  db.exec('begin');
  for (const [table, counts] of Object.entries(coverage)) {
    const update = db.prepare(`update ${table} set coverage = ? where id = ?`);
    for (const [id, count] of counts.entries()) update.run(count, id);
  }
  db.prepare(
    'insert into feed_head (id, seq) values (1, ?) on conflict (id) do update set seq = excluded.seq',
  ).run(lastChange);
  // Said to be there, though it is empty: no server shall make the search index while it is measured.
  db.prepare('insert or replace into search_words (word, term, reversed, documents) values (?, ?, ?, ?)').run(
    ...[VERSION, VERSION, VERSION, ANALYSIS_VERSION],
  );
  db.exec('commit');
}
