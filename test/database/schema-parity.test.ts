import { type Column, getTableColumns, getTableName, is, type SQL, type Table } from 'drizzle-orm';
import { PgDialect, PgTable, getTableConfig as postgresConfig } from 'drizzle-orm/pg-core';
import { SQLiteInteger, SQLiteTable, getTableConfig as sqliteConfig } from 'drizzle-orm/sqlite-core';
import * as postgres from '../../src/database/schema.postgres';
import * as sqlite from '../../src/database/schema.sqlite';

interface Index {
  readonly config: {
    readonly name?: string | undefined;
    readonly unique?: boolean | undefined;
    readonly columns: readonly unknown[];
    readonly where?: SQL | undefined;
  };
}

interface TableConfig {
  readonly name: string;
  readonly indexes: readonly Index[];
  readonly primaryKeys: readonly { readonly columns: readonly Column[] }[];
  readonly uniqueConstraints: readonly { readonly columns: readonly Column[] }[];
  readonly foreignKeys: readonly {
    readonly onDelete?: string | undefined;
    reference(): { columns: readonly Column[]; foreignTable: Table; foreignColumns: readonly Column[] };
  }[];
}

const dialect = new PgDialect();

const names = (columns: readonly Column[]) => columns.map(({ name }) => name);

/** What a column holds, in the words that both engines share. */
function dataType(column: Column): string {
  const stored = column.getSQLType();
  if (stored === 'jsonb') return 'json';
  if (stored === 'bytea' || stored === 'blob') return 'bytes';
  if (column.dataType === 'custom') return column.columnType.startsWith('SQLite') ? 'json' : 'string';
  return column.dataType;
}

/** To SQLite every integer primary key has one, the row's number; only one that is written down counts here. */
function hasDefault(column: Column): boolean {
  return is(column, SQLiteInteger) && column.primary ? column.autoIncrement : column.hasDefault;
}

function described(config: TableConfig, table: PgTable | SQLiteTable) {
  return {
    name: config.name,
    columns: Object.entries(getTableColumns(table)).map(([key, column]) => ({
      key,
      name: column.name,
      dataType: dataType(column),
      notNull: column.notNull,
      hasDefault: hasDefault(column),
      default: column.default,
      primary: column.primary,
      unique: column.isUnique,
    })),
    primaryKeys: config.primaryKeys.map(({ columns }) => names(columns)),
    uniques: config.uniqueConstraints.map(({ columns }) => names(columns)),
    indexes: config.indexes.map(({ config: { name, unique, columns, where } }) => ({
      name,
      unique: unique ?? false,
      columns: columns.map((column) => (column as Column).name),
      where: where ? dialect.sqlToQuery(where).sql : null,
    })),
    foreignKeys: config.foreignKeys.map((key) => {
      const { columns, foreignTable, foreignColumns } = key.reference();
      return {
        columns: names(columns),
        table: getTableName(foreignTable),
        to: names(foreignColumns),
        onDelete: key.onDelete ?? 'no action',
      };
    }),
  };
}

const onPostgres = Object.entries(postgres).flatMap(([key, table]) =>
  is(table, PgTable) ? [[key, described(postgresConfig(table) as TableConfig, table)] as const] : [],
);
const onSqlite = new Map(
  Object.entries(sqlite).flatMap(([key, table]) =>
    is(table, SQLiteTable) ? [[key, described(sqliteConfig(table) as TableConfig, table)] as const] : [],
  ),
);

describe('the twin schemas', () => {
  test('have the same tables', () => {
    expect(onPostgres.length).toBeGreaterThan(10);
    expect([...onSqlite.keys()].sort()).toEqual(onPostgres.map(([key]) => key).sort());
  });

  test.each(onPostgres)('agree on every column, key and index of %s', (key, table) => {
    expect(onSqlite.get(key)).toEqual(table);
  });
});
