import {
  ARTICLE_DEFAULTS,
  type ArticleContent,
  MAX_CATEGORIES,
  MAX_TOPICS,
  type TopicMark,
} from '../articles';
import {
  canonicalLanguageTag,
  isLanguageTag,
  normalisePath,
  recogniseArabicScript,
  slugify,
} from '../core/text';
import type { ImportKey } from './import-keys';
import { type ImportScope, topicKey } from './import-subjects';
import type { PreparedArticle } from './prepare-article';

/** How much an imported tag says about its article: nobody knows yet, so all alike. */
const TAG_SALIENCE = 0.5;

/** What the articles of a batch refer to, as far as it is here. */
export interface References {
  /** By login. */
  readonly authors: ReadonlyMap<string, ImportKey>;
  /** By slug. */
  readonly categories: ReadonlyMap<string, ImportKey>;
  /** By taxonomy and slug. */
  readonly topics: ReadonlyMap<string, ImportKey>;
  /** By the id over there. */
  readonly images: ReadonlyMap<string, ImportKey>;
  /** The slugs of categories by their number over there. */
  readonly categorySlugs: ReadonlyMap<string, string>;
}

/** The article as it is stored. What it refers to and is not here is left out, and noted. */
export function contentOf(
  article: PreparedArticle,
  scope: ImportScope,
  references: References,
): ArticleContent {
  const slugs = article.categories.map(({ slug }) => slug);
  const categoryIds = found(slugs, references.categories, MAX_CATEGORIES);
  const author = article.authorLogin === null ? undefined : references.authors.get(article.authorLogin);
  const primarySlug = references.categorySlugs.get(article.primaryCategoryTermId ?? '');
  const primary = primarySlug === undefined ? undefined : references.categories.get(primarySlug)?.localId;
  const image = article.leadImageId === null ? undefined : references.images.get(article.leadImageId);
  if (article.leadImageId !== null && image === undefined) {
    scope.report.note({
      line: article.line,
      lost: true,
      message: `"${article.title}": its lead image is not in the file`,
    });
  }
  const slug = article.slug ?? slugify(article.title);
  const { body } = article;
  const publishedAt =
    article.publishedAt ?? (article.status === 'PUBLISHED' ? (article.createdAt ?? scope.at) : null);
  return {
    fields: {
      ...ARTICLE_DEFAULTS,
      kind: article.articleKind,
      status: article.status,
      slug,
      path: pathOf(article, slug),
      canonicalUrl: article.canonicalUrl,
      language: languageOf(article, scope, body.text),
      title: article.title,
      standfirst: article.excerpt,
      primaryCategoryId: primary ?? categoryIds[0] ?? null,
      leadImageId: image?.localId ?? null,
      pinned: article.pinned,
      createdAt: article.createdAt ?? publishedAt ?? scope.at,
      updatedAt: article.updatedAt ?? publishedAt ?? scope.at,
      publishedAt,
    },
    body,
    authorIds: author ? [author.localId] : [],
    categoryIds,
    topics: topicMarks(article, references),
  };
}

/** A draft's address is only a query ("/?p=12"), which is no path that anybody could keep. */
function pathOf(article: PreparedArticle, slug: string): string {
  return article.path === null || article.path.includes('?')
    ? `/articles/${slug}`
    : normalisePath(article.path);
}

/**
 * What the article says of itself; else what its letters say, for a site's language is that of its desk and
 * not of everything that it publishes; else the site's.
 */
function languageOf(article: PreparedArticle, scope: ImportScope, text: string): string {
  const told = article.language ?? scope.language;
  const language = isLanguageTag(told) ? canonicalLanguageTag(told) : scope.language;
  if (article.languageSource === 'item') return language;
  const recognised = recogniseArabicScript(`${article.title} ${text}`);
  if (recognised === null || recognised === language.split('-', 1)[0]) return language;
  scope.report.reason(`language recognised from the text: ${recognised}`);
  return recognised;
}

function topicMarks(article: PreparedArticle, references: References): TopicMark[] {
  const names = [...article.tags, ...article.terms].map(topicKey);
  return found(names, references.topics, MAX_TOPICS).map((topicId) => ({
    topicId,
    salience: TAG_SALIENCE,
    mentions: 0,
    source: 'IMPORT',
  }));
}

function found(names: readonly string[], keys: ReadonlyMap<string, ImportKey>, max: number): number[] {
  const ids = names.flatMap((name) => keys.get(name)?.localId ?? []);
  return [...new Set(ids)].slice(0, max);
}
