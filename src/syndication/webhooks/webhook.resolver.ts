import { Args, ArgsType, Ctx, Field, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../context';
import { type ListOrder, toPage } from '../../core/paging';
import type { DeliveryState } from '../../database';
import { type Connection, ConnectionArgs, connection } from '../../graphql/connections';
import { DeliveryStates, Webhook, WebhookDelivery, WebhookDeliveryConnection } from './webhook.type';

const LATEST_FIRST = { name: 'NEWEST', sort: 'integer' } as const satisfies ListOrder;

@ArgsType()
class DeliveryArgs extends ConnectionArgs {
  @Field(() => DeliveryStates, { nullable: true })
  state?: DeliveryState | null;
}

@Resolver(() => Webhook)
export class WebhookResolver {
  @Query(() => [Webhook], { description: 'Of a partner their own, of an admin all; at most 200.' })
  async webhooks(@Ctx() { actor, services }: RequestContext): Promise<Webhook[]> {
    return (await services.webhooks.list(actor)).map((row) => new Webhook(row));
  }

  @FieldResolver(() => WebhookDeliveryConnection, {
    description: 'The latest first; what was done with 30 days ago is forgotten.',
  })
  async deliveries(
    @Root() { row: { id } }: Webhook,
    @Args(() => DeliveryArgs) { state = null, ...args }: DeliveryArgs,
    @Ctx() { actor, services }: RequestContext,
  ): Promise<Connection<WebhookDelivery>> {
    return connection({
      slice: await services.webhooks.deliveries(actor, id, state, toPage(args, LATEST_FIRST)),
      order: LATEST_FIRST,
      position: (row) => ({ sort: row.id, key: row.id }),
      node: (row) => new WebhookDelivery(row),
      total: () => services.webhooks.countDeliveries(actor, id, state),
    });
  }
}
