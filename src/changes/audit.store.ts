import { type SQL, sql } from 'drizzle-orm';
import type { Instant } from '../core/clock';
import type { ListOrder, Page } from '../core/paging';
import type { ChangeEntity, ChangeOp } from '../database';
import { type Params, preparedByShape, type Reader, type RowOf, type Tables } from '../database';

/** The newest first; of what happened at once, what was committed last. */
export const AUDIT_ORDER: ListOrder = { name: 'AUDIT', sort: 'number', key: 'number' };

/** What of the audit is asked for: everything that is given must hold. */
export interface AuditQuery {
  readonly actor?: string;
  readonly entity?: ChangeEntity;
  readonly entityId?: number;
  readonly op?: ChangeOp;
  /** Inclusive. */
  readonly from?: Instant;
  /** Exclusive. */
  readonly to?: Instant;
}

/** No payload: what it holds is for the readers of the log, and never checked for what an admin may see. */
const columns = ({ changes: c }: Tables) => ({
  seq: c.seq,
  at: c.at,
  actor: c.actor,
  entity: c.entity,
  entityId: c.entityId,
  op: c.op,
  revision: c.revision,
});

export type AuditRow = RowOf<ReturnType<typeof columns>>;

/** The rows of a page in reading order, and one more where the list goes on. */
export async function auditPage(reader: Reader, query: AuditQuery, page: Page): Promise<AuditRow[]> {
  const shape = `${shapeOf(query)} ${page.direction} ${page.from !== null}`;
  const statement = pages(shape, ({ tables }) => ({
    select: columns(tables),
    from: sql`changes where ${conditionsOf(query)} ${beyond(page)} ${inOrder(page)} limit ${sql.placeholder('limit')}`,
  }));
  const from: Params = page.from === null ? {} : { fromSort: page.from.sort, fromKey: page.from.key };
  return statement(reader, { ...paramsOf(query), ...from, limit: page.size + 1 });
}

export async function auditTotal(reader: Reader, query: AuditQuery): Promise<number> {
  const statement = totals(shapeOf(query), () => ({
    select: { total: sql<number>`count(*)` },
    from: sql`changes where ${conditionsOf(query)}`,
  }));
  return (await statement(reader, paramsOf(query)))[0]?.total ?? 0;
}

const pages = preparedByShape<ReturnType<typeof columns>>();
const totals = preparedByShape<{ total: SQL<number> }>();

const CONDITIONS: Readonly<Record<keyof AuditQuery, SQL>> = {
  actor: sql`actor = ${sql.placeholder('actor')}`,
  entity: sql`entity = ${sql.placeholder('entity')}`,
  entityId: sql`entity_id = ${sql.placeholder('entityId')}`,
  op: sql`op = ${sql.placeholder('op')}`,
  from: sql`at >= ${sql.placeholder('from')}`,
  to: sql`at < ${sql.placeholder('to')}`,
};

function asked(query: AuditQuery): [name: string, condition: SQL][] {
  return Object.entries(CONDITIONS).filter(([name]) => name in query);
}

function shapeOf(query: AuditQuery): string {
  return asked(query)
    .map(([name]) => name)
    .join(' ');
}

function conditionsOf(query: AuditQuery): SQL {
  const conditions = asked(query).map(([, condition]) => condition);
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

function paramsOf(query: AuditQuery): Params {
  return { ...query };
}

function beyond({ direction, from }: Page): SQL {
  if (from === null) return sql``;
  const comparison = direction === 'FORWARD' ? sql`<` : sql`>`;
  return sql`and (at, seq) ${comparison} (${sql.placeholder('fromSort')}, ${sql.placeholder('fromKey')})`;
}

function inOrder({ direction }: Page): SQL {
  return direction === 'FORWARD' ? sql`order by at desc, seq desc` : sql`order by at, seq`;
}
