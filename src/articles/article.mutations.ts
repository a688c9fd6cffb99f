import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../context';
import type { Seen } from '../core/revision';
import { type SeenInput, seenIn } from '../graphql/deletion';
import { given, keyIn } from '../graphql/input';
import { attemptOn } from '../graphql/user-errors';
import {
  ArticlePayload,
  CorrectArticleInput,
  CreateArticleInput,
  LinkTranslationsInput,
  PublishArticleInput,
  RestoreArticleInput,
  RollbackArticleInput,
  UnlinkTranslationInput,
  UnpublishArticleInput,
  UpdateArticleInput,
  WithdrawArticleInput,
} from './article.payload';
import type { ArticleService } from './article.service';
import { Article } from './article.type';

@Resolver()
export class ArticleMutations {
  @Mutation(() => ArticlePayload, { description: 'Makes a draft.' })
  createArticle(
    @Arg('input', () => CreateArticleInput) input: CreateArticleInput,
    @Ctx() context: RequestContext,
  ): Promise<ArticlePayload> {
    return payload(context, (articles) => {
      const { translationOf, idempotencyKey, ...fields } = given(input);
      const once = context.services.idempotency.once({ operation: 'createArticle', input });
      const draft = {
        ...fields,
        ...(translationOf === undefined
          ? {}
          : { translationOf: keyIn('Article', 'translationOf', translationOf) }),
      };
      return articles.create(context.actor, draft, once);
    });
  }

  @Mutation(() => ArticlePayload, { description: 'Changes what an article says.' })
  updateArticle(
    @Arg('input', () => UpdateArticleInput) { id, expectedRevision, ...edit }: UpdateArticleInput,
    @Ctx() context: RequestContext,
  ): Promise<ArticlePayload> {
    return payload(context, (articles) =>
      articles.update(context.actor, seen({ id, expectedRevision }), edit),
    );
  }

  @Mutation(() => ArticlePayload, { description: 'Publishes a draft, now or at a time.' })
  publishArticle(
    @Arg('input', () => PublishArticleInput) { at, embargoUntil, ...input }: PublishArticleInput,
    @Ctx() context: RequestContext,
  ): Promise<ArticlePayload> {
    const when = {
      ...(at == null ? {} : { at }),
      ...(embargoUntil === undefined ? {} : { embargoUntil }),
    };
    return payload(context, (articles) => articles.publish(context.actor, seen(input), when));
  }

  @Mutation(() => ArticlePayload, {
    description: 'Says, for all to see, what was wrong with what is published.',
  })
  correctArticle(
    @Arg('input', () => CorrectArticleInput) { text, html, ...input }: CorrectArticleInput,
    @Ctx() context: RequestContext,
  ): Promise<ArticlePayload> {
    return payload(context, (articles) =>
      articles.correct(context.actor, seen(input), text, html ?? undefined),
    );
  }

  @Mutation(() => ArticlePayload, {
    description: 'Takes what is published or scheduled back into the drafts, without a word to anybody.',
  })
  unpublishArticle(
    @Arg('input', () => UnpublishArticleInput) input: UnpublishArticleInput,
    @Ctx() context: RequestContext,
  ): Promise<ArticlePayload> {
    return payload(context, (articles) => articles.unpublish(context.actor, seen(input)));
  }

  @Mutation(() => ArticlePayload, {
    description: 'Kills an article: it is gone for everyone who had it, and its address says so.',
  })
  withdrawArticle(
    @Arg('input', () => WithdrawArticleInput) { note, ...input }: WithdrawArticleInput,
    @Ctx() context: RequestContext,
  ): Promise<ArticlePayload> {
    return payload(context, (articles) => articles.withdraw(context.actor, seen(input), note));
  }

  @Mutation(() => ArticlePayload, { description: 'Makes a draft again of what was withdrawn.' })
  restoreArticle(
    @Arg('input', () => RestoreArticleInput) input: RestoreArticleInput,
    @Ctx() context: RequestContext,
  ): Promise<ArticlePayload> {
    return payload(context, (articles) => articles.restore(context.actor, seen(input)));
  }

  @Mutation(() => ArticlePayload, {
    description:
      'Makes an article say again what it said at an earlier revision, by a new one. Its status, rights, translations and corrections stay.',
  })
  rollbackArticle(
    @Arg('input', () => RollbackArticleInput) { revision, ...input }: RollbackArticleInput,
    @Ctx() context: RequestContext,
  ): Promise<ArticlePayload> {
    return payload(context, (articles) => articles.rollBack(context.actor, seen(input), revision));
  }

  @Mutation(() => ArticlePayload, {
    description: 'Makes an article a translation of another, and so of all that the other has.',
  })
  linkTranslations(
    @Arg('input', () => LinkTranslationsInput) { translationOf, ...input }: LinkTranslationsInput,
    @Ctx() context: RequestContext,
  ): Promise<ArticlePayload> {
    return payload(context, (articles) =>
      articles.link(context.actor, seen(input), keyIn('Article', 'translationOf', translationOf)),
    );
  }

  @Mutation(() => ArticlePayload, {
    description: 'Takes an article out of those that translate one another.',
  })
  unlinkTranslation(
    @Arg('input', () => UnlinkTranslationInput) input: UnlinkTranslationInput,
    @Ctx() context: RequestContext,
  ): Promise<ArticlePayload> {
    return payload(context, (articles) => articles.unlink(context.actor, seen(input)));
  }
}

function seen(input: SeenInput): Seen {
  return seenIn('Article', input);
}

/** The article as it is after the change. */
async function payload(
  context: RequestContext,
  change: (articles: ArticleService) => Promise<Seen>,
): Promise<ArticlePayload> {
  const { done, userErrors } = await attemptOn(
    context,
    () => change(context.services.articles),
    (id) => context.articles.byId.load(id),
  );
  return { article: done && new Article(done), userErrors };
}
