import type { Tables } from '../database';

/** The columns of an `ArticleRow`. */
export function articleColumns({ articles: a }: Tables) {
  return {
    id: a.id,
    kind: a.kind,
    status: a.status,
    slug: a.slug,
    path: a.path,
    canonicalUrl: a.canonicalUrl,
    language: a.language,
    translationGroup: a.translationGroup,
    title: a.title,
    standfirst: a.standfirst,
    datelinePlace: a.datelinePlace,
    datelineSource: a.datelineSource,
    byline: a.byline,
    primaryCategoryId: a.primaryCategoryId,
    leadImageId: a.leadImageId,
    pinned: a.pinned,
    createdAt: a.createdAt,
    updatedAt: a.updatedAt,
    publishedAt: a.publishedAt,
    withdrawnAt: a.withdrawnAt,
    embargoUntil: a.embargoUntil,
    expiresAt: a.expiresAt,
    commentCount: a.commentCount,
    revision: a.revision,
  };
}
