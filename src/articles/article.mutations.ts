import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../context';
import { given, keyIn } from '../graphql/input';
import { attempt, type Outcome } from '../graphql/user-errors';
import type { ImageRow } from '../images';
import { ArticlePayload, CreateArticleInput, type ImageInput } from './article.payload';
import type { Seen } from './article.service';
import { Article } from './article.type';

@Resolver()
export class ArticleMutations {
  @Mutation(() => ArticlePayload, { description: 'Makes a draft.' })
  async createArticle(
    @Arg('input', () => CreateArticleInput) input: CreateArticleInput,
    @Ctx() context: RequestContext,
  ): Promise<ArticlePayload> {
    const { dateline, leadImage, translationOf, ...rest } = input;
    const made = await attempt(() =>
      context.services.articles.propose(context.actor, {
        ...given(rest),
        datelinePlace: dateline?.place ?? null,
        datelineSource: dateline?.source ?? null,
        ...(leadImage ? { leadImage: imageOf(leadImage) } : {}),
        ...(translationOf == null ? {} : { translationOf: keyIn('Article', 'translationOf', translationOf) }),
      }),
    );
    return payload(context, made);
  }
}

function imageOf({ url, width, height, alt, caption, credit }: ImageInput): Omit<ImageRow, 'id'> {
  return {
    url,
    width: width ?? null,
    height: height ?? null,
    alt: alt ?? null,
    caption: caption ?? null,
    credit: credit ?? null,
  };
}

/** The article as it is after the change: what was read of it before, in the same request, is forgotten. */
async function payload(
  context: RequestContext,
  { done, userErrors }: Outcome<Seen>,
): Promise<ArticlePayload> {
  context.forget();
  const row = done && (await context.articles.byId.load(done.id));
  return { article: row && new Article(row), userErrors };
}
