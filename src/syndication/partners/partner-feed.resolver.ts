import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Int, Query, Resolver } from 'type-graphql';
import { columnsFor } from '../../articles';
import type { RequestContext } from '../../context';
import { fieldsBelow } from '../../graphql/selection';
import { Change, ChangeFeed, SnapshotPage } from './partner-feed.type';

const articleFields = fieldsBelow('articles');

@Resolver()
export class PartnerFeedResolver {
  @Query(() => ChangeFeed, {
    description:
      'For partners: what became of the articles that they are entitled to, or ever were, after a token. At least once: keep `nextToken` when its page is applied, and a page comes twice at most. The error CURSOR_EXPIRED says that a token is more than 30 days behind: take a `snapshot` then, and remove what is not in it.',
  })
  async changes(
    @Arg('after', () => String, {
      description: '`nextToken` of the page before, or `changesToken` of a snapshot.',
    })
    after: string,
    @Arg('first', () => Int, { defaultValue: 100, description: '1 to 100.' }) first: number,
    @Arg('waitSeconds', () => Int, {
      defaultValue: 0,
      description: '0 to 15: how long to wait for something to happen where nothing has.',
    })
    waitSeconds: number,
    @Ctx() context: RequestContext,
  ): Promise<ChangeFeed> {
    const { actor, services } = context;
    const ended = () => isOver(context);
    const page = await services.partnerFeed.changes(actor, { after, first, waitSeconds, ended });
    // What is told is read as of now, and not as of when the waiting began.
    context.forget();
    return { ...page, changes: page.changes.map((change) => new Change(change)) };
  }

  @Query(() => SnapshotPage, {
    description:
      'For partners: everything that they are entitled to now, page by page. Then go on with `changes`.',
  })
  async snapshot(
    @Arg('after', () => String, { nullable: true, description: '`nextToken` of the page before.' })
    after: string | null | undefined,
    @Arg('first', () => Int, { defaultValue: 100, description: '1 to 100.' }) first: number,
    @Ctx() { actor, services }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SnapshotPage> {
    const columns = columnsFor(articleFields(info));
    return new SnapshotPage(
      await services.partnerFeed.snapshot(actor, { after: after ?? null, first, columns }),
    );
  }
}

function isOver(context: RequestContext): boolean {
  try {
    context.goOn();
    return false;
  } catch {
    return true;
  }
}
