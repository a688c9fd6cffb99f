import { getTableName, is, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../../src/database';
import * as schema from '../../src/database/schema.postgres';
import { describeEngine } from '../support/engines';

interface ForeignKey {
  readonly child: string;
  readonly column: string;
  readonly parent: string;
}

/** Every foreign key of the schema; the twin on SQLite has the same. */
const KEYS = Object.values(schema).flatMap((table): ForeignKey[] =>
  is(table, PgTable)
    ? getTableConfig(table).foreignKeys.map((key) => {
        const { columns, foreignTable } = key.reference();
        const [column] = columns;
        if (column === undefined || columns.length > 1) throw new Error('A foreign key of several columns');
        return { child: getTableName(table), column: column.name, parent: getTableName(foreignTable) };
      })
    : [],
);

const described = KEYS.map((key) => [`${key.child}.${key.column}`, key] as const);

test('the schema has foreign keys', () => {
  expect(KEYS.length).toBeGreaterThan(12);
});

describeEngine('sqlite', 'what a delete looks at', (store) => {
  let db: Database;
  beforeAll(async () => {
    db = await store.open();
  });

  // A statement that deletes is not for the connection that reads.
  const stepsOf = (text: string) =>
    db.write((tx) => tx.rows<{ detail: string }>(sql.raw(`explain query plan ${text}`)));

  test.each(described)('is not all of %s', async (_, { child, column, parent }) => {
    const steps = (await stepsOf(`delete from ${parent} where id = 1`)).map(({ detail }) => detail);
    const here = steps.filter((step) => new RegExp(`^\\w+ ${child}\\b`).test(step));
    expect(here).not.toEqual([]);
    expect(here.filter((step) => !step.startsWith('SEARCH'))).toEqual([]);
    const [own] = await stepsOf(`select 1 from ${child} where ${column} = 1`);
    expect(own?.detail).toMatch(/^SEARCH/);
  });
});

describeEngine('postgres', 'what a delete looks at', (store) => {
  let db: Database;
  beforeAll(async () => {
    db = await store.open();
  });

  test.each(described)('is not all of %s', async (_, { child, column }) => {
    // The statement by which PostgreSQL looks for what refers to a row that goes.
    const plan = await db.write(async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`);
      const lookup = `explain select 1 from only ${child} x where 1 = ${column} for key share of x`;
      return tx.rows<{ 'QUERY PLAN': string }>(sql.raw(lookup));
    });
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toMatch(/(Index|Bitmap)/);
    expect(text).toMatch(new RegExp(`Index Cond: \\(.*\\b${column} = 1|Index Cond: \\(1 = ${column}`));
  });
});
