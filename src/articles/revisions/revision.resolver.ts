import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../context';
import { keyOf } from '../../core/ids';
import { toPage } from '../../core/paging';
import { type Connection, ConnectionArgs, connection } from '../../graphql/connections';
import { mayReadRevisions } from '../article.policy';
import { Article } from '../article.type';
import { HISTORY_ORDER } from './history.store';
import { ArticleDiff, ArticleRevision, ArticleRevisionConnection } from './revision.type';

@Resolver(() => Article)
export class RevisionResolver {
  @FieldResolver(() => ArticleRevisionConnection, {
    nullable: true,
    description: 'Everything that it ever was, the newest first. For the newsroom; null for others.',
  })
  async revisions(
    @Root() { row }: Article,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { actor, articles: { revisions } }: RequestContext,
  ): Promise<Connection<ArticleRevision> | null> {
    if (!mayReadRevisions(actor)) return null;
    return connection({
      slice: await revisions.page(row.id, toPage(args, HISTORY_ORDER)),
      order: HISTORY_ORDER,
      position: ({ revision }) => ({ sort: revision, key: revision }),
      node: (each) => new ArticleRevision(each),
      total: () => revisions.totals.load(row.id),
    });
  }

  @Query(() => ArticleDiff, {
    nullable: true,
    description: 'For the newsroom. Null where there is no such article, or no such revision of it.',
  })
  async articleDiff(
    @Arg('id', () => ID) id: string,
    @Arg('from', () => Int, { description: 'A revision.' }) from: number,
    @Arg('to', () => Int, { nullable: true, description: 'Another; the present one when absent.' })
    to: number | null | undefined,
    @Ctx() { actor, services }: RequestContext,
  ): Promise<ArticleDiff | null> {
    const key = keyOf('Article', id);
    const diff = key === null ? null : await services.revisions.diff(actor, key, from, to ?? null);
    return diff && { ...diff, from: new ArticleRevision(diff.from), to: new ArticleRevision(diff.to) };
  }
}
