import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../context';
import type { Instant } from '../../core/clock';
import { keyIn } from '../../graphql/input';
import { DateTime, Url } from '../../graphql/scalars';
import { attempt, UserError } from '../../graphql/user-errors';
import { Article } from '../article.type';

@InputType()
export class PreviewArticleInput {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTime, { nullable: true, description: 'In 7 days when absent; at most in 30.' })
  expiresAt?: Instant | null;
}

@InputType()
export class RevokePreviewsInput {
  @Field(() => ID, { description: 'The article.' })
  id!: string;
}

@ObjectType({ simpleResolvers: true })
export class PreviewPayload {
  @Field(() => String, {
    nullable: true,
    description: 'For the query "preview". Whoever has it can read the article, as it is then.',
  })
  token!: string | null;

  @Field(() => Url, {
    nullable: true,
    description: "The site's page that shows it; null where the server knows of none (PREVIEW_URL).",
  })
  url!: string | null;

  @Field(() => DateTime, { nullable: true })
  expiresAt!: Instant | null;

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

@ObjectType({ simpleResolvers: true })
export class RevokePreviewsPayload {
  @Field(() => ID, { nullable: true, description: 'Of the article; null where there are errors.' })
  id!: string | null;

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

@Resolver()
export class PreviewResolver {
  @Query(() => Article, {
    description:
      'What a preview link leads to, published or not, as it is now. Nothing else that is not published is shown with it. The errors PREVIEW_INVALID and PREVIEW_ENDED say that the link is none, or no more.',
  })
  async preview(
    @Arg('token', () => String) token: string,
    @Ctx() { services }: RequestContext,
  ): Promise<Article> {
    return new Article(await services.previews.read(token));
  }

  @Mutation(() => PreviewPayload, {
    description: 'Gives out a link that lets somebody without an account read one article for a while.',
  })
  async previewArticle(
    @Arg('input', () => PreviewArticleInput) { id, expiresAt }: PreviewArticleInput,
    @Ctx() { actor, services }: RequestContext,
  ): Promise<PreviewPayload> {
    const { done, userErrors } = await attempt(async () =>
      services.previews.give(actor, keyIn('Article', 'id', id), expiresAt ?? undefined),
    );
    const { token = null, url = null, expiresAt: end = null } = done ?? {};
    return { token, url, expiresAt: end, userErrors };
  }

  @Mutation(() => RevokePreviewsPayload, {
    description:
      'Ends all preview links of an article; so does withdrawing it. To do it twice is to do it once.',
  })
  async revokePreviews(
    @Arg('input', () => RevokePreviewsInput) { id }: RevokePreviewsInput,
    @Ctx() { actor, services }: RequestContext,
  ): Promise<RevokePreviewsPayload> {
    const { userErrors } = await attempt(async () =>
      services.previews.revoke(actor, keyIn('Article', 'id', id)),
    );
    return { id: userErrors.length === 0 ? id : null, userErrors };
  }
}
