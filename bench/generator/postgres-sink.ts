import { type Column, getTableColumns, getTableName } from 'drizzle-orm';
import pg from 'pg';
import { ANALYSIS_VERSION } from '../../src/core/text';
import { migrate, openDatabase, queryTools } from '../../src/database';
import { VERSION } from '../../src/indexing';
import { type Coverage, type Rows, type Sink, TABLE_ORDER, type TableName } from './rows';

/** Rows sent in one statement, as one JSON parameter. */
const CHUNK = 2_000;

/** Fills an empty PostgreSQL database; secondary indexes are dropped for the load and made again after it. */
export function postgresSink(url: string): Sink {
  const client = new pg.Client({ connectionString: url });
  let indexes: { name: string; sql: string }[] = [];

  return {
    async open() {
      const database = openDatabase(url);
      await migrate(database);
      await database.close();
      await client.connect();
      await client.query('set synchronous_commit = off');
      await client.query(`set maintenance_work_mem = '512MB'`);
      indexes = (
        await client.query<{ name: string; sql: string }>(
          `select i.indexname as name, i.indexdef as sql from pg_indexes as i
           where i.schemaname = 'public' and i.tablename = any($1)
             and not exists (select from pg_constraint as c where c.conname = i.indexname)`,
          [TABLE_ORDER.map((name) => getTableName(queryTools('postgres').tables[name]))],
        )
      ).rows;
      for (const { name } of indexes) await client.query(`drop index "${name}"`);
    },

    async write(rows) {
      await client.query('begin');
      for (const table of TABLE_ORDER) await insert(client, table, rows[table]);
      await client.query('commit');
    },

    async finish(coverage, lastChange, step) {
      step('counts');
      await writeCounts(client, coverage, lastChange);
      for (const { name, sql } of indexes) {
        step(name);
        await client.query(sql);
      }
      step('statistics');
      await client.query('vacuum (analyze)');
      await client.end();
    },
  };
}

async function insert(client: pg.Client, name: TableName, rows: Rows[TableName]): Promise<void> {
  const table = queryTools('postgres').tables[name];
  const used = Object.entries<Column>(getTableColumns(table)).filter(
    ([key, column]) => !column.hasDefault || (rows[0] && key in rows[0]),
  );
  const names = used.map(([, column]) => `"${column.name}"`).join(', ');
  const shape = used.map(([, column]) => `"${column.name}" ${column.getSQLType()}`).join(', ');
  const text = `insert into "${getTableName(table)}" (${names}) select ${names} from jsonb_to_recordset($1::jsonb) as r(${shape})`;
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk: Record<string, unknown>[] = [];
    for (const row of rows.slice(start, start + CHUNK)) {
      const values: Readonly<Record<string, unknown>> = row;
      chunk.push(Object.fromEntries(used.map(([key, column]) => [column.name, values[key] ?? null])));
    }
    await client.query({ name: `insert-${name}`, text, values: [JSON.stringify(chunk)] });
  }
}

async function writeCounts(client: pg.Client, coverage: Coverage, lastChange: number): Promise<void> {
  for (const [table, counts] of Object.entries(coverage) as [string, Int32Array][]) {
    await client.query(
      `update ${table} set coverage = c.count from unnest($1::int[]) with ordinality as c(count, id) where ${table}.id = c.id`,
      [[...counts].slice(1)],
    );
  }
  await client.query(
    'insert into feed_head (id, seq) values (1, $1) on conflict (id) do update set seq = excluded.seq',
    [lastChange],
  );
  // Said to be there, though it is empty: no server shall make the search index while it is measured.
  await client.query(
    'insert into search_words (word, term, reversed, documents) values ($1, $1, $1, $2) on conflict (word) do update set documents = excluded.documents',
    [VERSION, ANALYSIS_VERSION],
  );
  for (const name of TABLE_ORDER) {
    const table = queryTools('postgres').tables[name];
    if (!('id' in getTableColumns(table))) continue;
    const text = getTableName(table);
    await client.query(
      `select setval(pg_get_serial_sequence($1, 'id'), (select coalesce(max(id), 1) from ${text}))`,
      [text],
    );
  }
}
