import { Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../context';
import type { Instant } from '../core/clock';
import { badInput } from '../core/errors';
import { parseGlobalId } from '../core/ids';
import { toPage } from '../core/paging';
import type { ChangeEntity, ChangeOp } from '../database';
import { type Connection, ConnectionArgs, connection } from '../graphql/connections';
import { DateTime } from '../graphql/scalars';
import { AUDIT_ORDER, type AuditQuery } from './audit.store';
import { AuditConnection, AuditEntities, AuditEntry, AuditOps, NODE_TYPES } from './audit.type';

@ArgsType()
class AuditArgs extends ConnectionArgs {
  @Field(() => String, { nullable: true })
  actor?: string | null;

  @Field(() => AuditEntities, { nullable: true })
  entity?: ChangeEntity | null;

  @Field(() => ID, { nullable: true, description: 'What happened to one thing, by its id.' })
  item?: string | null;

  @Field(() => AuditOps, { nullable: true })
  op?: ChangeOp | null;

  @Field(() => DateTime, { nullable: true, description: 'Inclusive.' })
  from?: Instant | null;

  @Field(() => DateTime, { nullable: true, description: 'Exclusive.' })
  to?: Instant | null;
}

@Resolver(() => AuditEntry)
export class AuditResolver {
  @Query(() => AuditConnection, {
    description: 'Who did what when, the newest first. For admins. All that is given must hold.',
  })
  async auditLog(
    @Args(() => AuditArgs) args: AuditArgs,
    @Ctx() { actor, services }: RequestContext,
  ): Promise<Connection<AuditEntry>> {
    const page = toPage(args, AUDIT_ORDER);
    const query = queryOf(args);
    return connection({
      slice: await services.audit.page(actor, query, page),
      order: AUDIT_ORDER,
      position: ({ at, seq }) => ({ sort: at, key: seq }),
      node: (row) => new AuditEntry(row),
      total: () => services.audit.total(actor, query),
    });
  }
}

/** @throws DatelineError BAD_USER_INPUT for an id that is none */
function queryOf({ actor, entity, item, op, from, to }: AuditArgs): AuditQuery {
  return {
    ...(actor == null ? {} : { actor }),
    ...(entity == null ? {} : { entity }),
    ...(op == null ? {} : { op }),
    ...(from == null ? {} : { from }),
    ...(to == null ? {} : { to }),
    ...(item == null ? {} : itemOf(item, entity)),
  };
}

function itemOf(item: string, asked: ChangeEntity | null | undefined) {
  const parsed = parseGlobalId(item);
  const entity = Object.values(AuditEntities).find((each) => NODE_TYPES[each] === parsed?.type);
  if (parsed === null || entity === undefined) throw badInput('item', '"item" is not an id of this server.');
  if (asked != null && asked !== entity) {
    throw badInput('item', `"item" is the id of another kind of thing than "entity" asks for, ${asked}.`);
  }
  return { entity, entityId: parsed.key };
}
