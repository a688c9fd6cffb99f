import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Article } from '../articles/article.type';
import type { RequestContext } from '../context';
import { Topic } from '../topics/topic.type';
import type { FoundArticle } from './related-articles';
import { boundedFirst } from './relation.topics';
import { RelatedArticle, type RelatedReason } from './relation.type';

const MAX_RELATED = 20;
const MAX_REASONS = 3;

@Resolver(() => Article)
export class RelatedArticlesResolver {
  @FieldResolver(() => [RelatedArticle], {
    description:
      'What a reader should read next, of what readers can see: by the topics that both carry, the rarer the better, and not all about the same. 1 to 20.',
  })
  async related(
    @Root() { row }: Article,
    @Arg('first', () => Int, { defaultValue: 5 }) first: number,
    @Ctx() context: RequestContext,
  ): Promise<RelatedArticle[]> {
    const most = boundedFirst(first, MAX_RELATED);
    const carried = (await context.topics.byArticle.load(row.id)).map(({ id }) => id);
    const found = await context.relations.relatedArticles(row.id, carried, most);
    const articles = await Promise.all(found.map((each) => toRelated(context, each)));
    return articles.flatMap((each) => each ?? []);
  }
}

/** Null for one that went since the archive was looked at. */
async function toRelated(
  context: RequestContext,
  { key, score, shared, isSameStory }: FoundArticle,
): Promise<RelatedArticle | null> {
  const [row, reasons] = await Promise.all([
    context.articles.byId.load(key),
    Promise.all(shared.slice(0, MAX_REASONS).map((topic) => sharedTopic(context, topic))),
  ]);
  const told: RelatedReason[] = isSameStory ? [{ kind: 'SAME_STORY', topic: null }] : [];
  for (const reason of reasons) if (reason !== null) told.push(reason);
  return row && { article: new Article(row), score, reasons: told.slice(0, MAX_REASONS) };
}

async function sharedTopic({ topics }: RequestContext, key: number): Promise<RelatedReason | null> {
  const row = await topics.byId.load(key);
  return row && { kind: 'SHARED_TOPIC', topic: new Topic(row) };
}
