import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { ArticlePayload } from '../articles';
import { Article } from '../articles/article.type';
import { CategoryPayload } from '../categories';
import { Category } from '../categories/category.type';
import type { RequestContext } from '../context';
import { globalId } from '../core/ids';
import { keyIn } from '../graphql/input';
import { attempt, attemptOn } from '../graphql/user-errors';
import {
  SetCategoryCommentingInput,
  SetCommentingInput,
  SetSiteCommentingInput,
  SiteCommentingPayload,
} from './comment.payload';
import { fromExportCursor, toExportCursor } from './commenter.export';
import {
  BanCommenterInput,
  BanCommenterPayload,
  type CommenterInput,
  EraseCommenterInput,
  EraseCommenterPayload,
  ExportCommenterInput,
  ExportCommenterPayload,
} from './commenter.payload';
import type { Whom } from './commenter.service';

@Resolver()
export class CommentingMutations {
  @Mutation(() => ArticlePayload, {
    description: 'Opens or closes the discussion below an article, or lets moderators look first.',
  })
  async setCommenting(
    @Arg('input', () => SetCommentingInput) { articleId, mode, closesAt }: SetCommentingInput,
    @Ctx() context: RequestContext,
  ): Promise<ArticlePayload> {
    const { actor, services } = context;
    const { done, userErrors } = await attemptOn(
      context,
      async () =>
        services.comments.commenting.ofArticle(
          actor,
          keyIn('Article', 'articleId', articleId),
          mode,
          closesAt,
        ),
      (id) => context.articles.byId.load(id),
    );
    return { article: done && new Article(done), userErrors };
  }

  @Mutation(() => CategoryPayload, {
    description: 'The same for all articles of a category and of those below it. The strictest mode holds.',
  })
  async setCategoryCommenting(
    @Arg('input', () => SetCategoryCommentingInput) { categoryId, mode }: SetCategoryCommentingInput,
    @Ctx() context: RequestContext,
  ): Promise<CategoryPayload> {
    const { actor, services } = context;
    const { done, userErrors } = await attempt(async () =>
      services.comments.commenting.ofCategory(actor, keyIn('Category', 'categoryId', categoryId), mode),
    );
    context.forget();
    const row = done && (await context.categories.byId.load(done));
    return { category: row ? new Category(row) : null, userErrors };
  }

  @Mutation(() => SiteCommentingPayload, {
    description: 'The same for the whole site; it is never less strict than its configuration.',
  })
  async setSiteCommenting(
    @Arg('input', () => SetSiteCommentingInput) { mode }: SetSiteCommentingInput,
    @Ctx() context: RequestContext,
  ): Promise<SiteCommentingPayload> {
    const { actor, services } = context;
    const { done, userErrors } = await attempt(() => services.comments.commenting.ofSite(actor, mode));
    context.forget();
    return { mode: done, userErrors };
  }
}

@Resolver()
export class CommenterMutations {
  @Mutation(() => BanCommenterPayload, {
    description: 'What somebody writes from now on is held as spam; they are not told.',
  })
  async banCommenter(
    @Arg('input', () => BanCommenterInput) { until = null, address, banned, ...input }: BanCommenterInput,
    @Ctx() { actor, services }: RequestContext,
  ): Promise<BanCommenterPayload> {
    const { userErrors } = await attempt(async () =>
      services.comments.commenters.ban(actor, whomIn(input), { until, address, banned }),
    );
    return { banned: userErrors.length === 0 ? banned : null, userErrors };
  }

  @Mutation(() => EraseCommenterPayload, {
    description:
      'Erases names, addresses and words of a person for good; replies of others stay. A later import does not bring them back.',
  })
  async eraseCommenter(
    @Arg('input', () => EraseCommenterInput) input: EraseCommenterInput,
    @Ctx() context: RequestContext,
  ): Promise<EraseCommenterPayload> {
    const { actor, services } = context;
    const { done, userErrors } = await attempt(async () =>
      services.comments.commenters.erase(actor, whomIn(input)),
    );
    context.forget();
    return { erasedComments: done, userErrors };
  }

  @Mutation(() => ExportCommenterPayload, { description: 'All that is kept of a person, page by page.' })
  async exportCommenter(
    @Arg('input', () => ExportCommenterInput) { after, ...input }: ExportCommenterInput,
    @Ctx() { actor, services }: RequestContext,
  ): Promise<ExportCommenterPayload> {
    const { commenters } = services.comments;
    const { done, userErrors } = await attempt(async () =>
      commenters.export(actor, whomIn(input), after == null ? null : fromExportCursor(after)),
    );
    const { comments = [], earlierVersions = [], decisions = [], reports = [] } = done ?? {};
    const next = done?.next ?? null;
    return {
      comments: comments.map(({ emailSealed, ipHash, reasons, ...row }) => ({
        ...row,
        id: globalId('Comment', row.comment),
        email: services.comments.addressIn(emailSealed),
        networkKept: ipHash !== null,
        reasons: reasons ?? [],
      })),
      earlierVersions: earlierVersions.map((row) => ({ ...ofComment(row), version: row.part })),
      decisions: decisions.map(ofComment),
      reports: reports.map(ofComment),
      ban: done?.ban ?? null,
      next: next && toExportCursor(next),
      userErrors,
    };
  }
}

function ofComment<R extends { readonly comment: number }>(row: R): R & { readonly commentId: string } {
  return { ...row, commentId: globalId('Comment', row.comment) };
}

function whomIn({ commentId, email }: CommenterInput): Whom {
  return {
    commentId: commentId == null ? null : keyIn('Comment', 'commentId', commentId),
    email: email ?? null,
  };
}
