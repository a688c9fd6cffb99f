import type pg from 'pg';

const NAME = 'dateline_planned';

/** The plan of a statement for whatever values: without a generic plan, nulls would make a special case of it. */
export async function postgresPlan(client: pg.PoolClient, text: string, values: number): Promise<string[]> {
  await client.query('set plan_cache_mode = force_generic_plan');
  await client.query(`prepare ${NAME} as ${text}`);
  const nulls = values === 0 ? '' : `(${Array.from({ length: values }, () => 'null').join(', ')})`;
  const { rows } = await client.query<[string]>({
    text: `explain execute ${NAME}${nulls}`,
    rowMode: 'array',
  });
  return rows.map(([line]) => line);
}
