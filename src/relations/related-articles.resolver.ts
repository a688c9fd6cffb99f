import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Article } from '../articles/article.type';
import type { RequestContext } from '../context';
import { Topic } from '../topics/topic.type';
import type { FoundArticle } from './related-articles';
import { boundedFirst } from './relation.topics';
import { RelatedArticle, type RelatedReason } from './relation.type';

const MAX_RELATED = 20;
const MAX_REASONS = 3;
/** Telling words that both have for that to be a reason beside the topics; and how many are told. */
const SIMILAR_FROM = 3;
const MAX_WORDS = 5;

@Resolver(() => Article)
export class RelatedArticlesResolver {
  @FieldResolver(() => [RelatedArticle], {
    description:
      'What a reader should read next, of what readers can see: by the words that tell most of the text and the topics that both carry, the rarer the better; not all about the same, and of the copies of a text one. 1 to 20.',
  })
  async related(
    @Root() { row }: Article,
    @Arg('first', () => Int, { defaultValue: 5 }) first: number,
    @Ctx() context: RequestContext,
  ): Promise<RelatedArticle[]> {
    const most = boundedFirst(first, MAX_RELATED);
    const [carried, texts] = await Promise.all([
      context.topics.ofArticle(row),
      context.search.similar.load(row.id),
    ]);
    const found = await context.relations.relatedArticles({
      ...{ article: row.id, topics: carried.map(({ topic }) => topic.id), texts, first: most },
    });
    const articles = await Promise.all(found.map((each) => toRelated(context, each)));
    return articles.flatMap((each) => each ?? []);
  }
}

/** Null for one that went since the archive was looked at. */
async function toRelated(
  context: RequestContext,
  { key, score, shared, words, isSameStory }: FoundArticle,
): Promise<RelatedArticle | null> {
  const [row, topics] = await Promise.all([
    context.articles.byId.load(key),
    Promise.all(shared.slice(0, MAX_REASONS).map((topic) => sharedTopic(context, topic))),
  ]);
  const story = isSameStory ? [reason('SAME_STORY')] : [];
  const text = words.length >= (topics.length > 0 ? SIMILAR_FROM : 1) ? [similarText(words)] : [];
  const rest = MAX_REASONS - story.length - text.length;
  const reasons = [...story, ...topics.flatMap((each) => each ?? []).slice(0, rest), ...text];
  return row && { article: new Article(row), score, reasons };
}

async function sharedTopic({ topics }: RequestContext, key: number): Promise<RelatedReason | null> {
  const row = await topics.byId.load(key);
  return row && reason('SHARED_TOPIC', { topic: new Topic(row) });
}

function similarText(words: readonly string[]): RelatedReason {
  return reason('SIMILAR_TEXT', { text: words.slice(0, MAX_WORDS).join(', ') });
}

function reason(kind: RelatedReason['kind'], given: Partial<RelatedReason> = {}): RelatedReason {
  return { kind, topic: null, text: null, ...given };
}
