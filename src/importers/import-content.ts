import {
  ARTICLE_DEFAULTS,
  type ArticleContent,
  MAX_AUTHORS,
  MAX_CATEGORIES,
  MAX_TOPICS,
  type TopicMark,
} from '../articles';
import { canonicalLanguageTag, isLanguageTag, normalisePath, slugify } from '../core/text';
import { WrittenJson } from '../database';
import { loginKey } from './author-logins';
import { hasPath } from './former-paths';
import { type References, termsOf, writersOf } from './import-references';
import type { ImportScope } from './import-scope';
import type { PreparedArticle } from './prepare-article';
import { topicKey } from './subject-topics';

/** How much an imported tag says about its article: nobody knows yet, so all alike. */
const TAG_SALIENCE = 0.5;

/** The article as it is stored. What it refers to and is not here is left out, and noted. */
export function contentOf(
  article: PreparedArticle,
  scope: ImportScope,
  references: References,
): ArticleContent {
  const slug = article.slug ?? slugify(article.title);
  const publishedAt =
    article.publishedAt ?? (article.status === 'PUBLISHED' ? (article.createdAt ?? scope.at) : null);
  return {
    fields: {
      ...ARTICLE_DEFAULTS,
      kind: article.articleKind,
      status: article.status,
      slug,
      path: hasPath(article.path) ? normalisePath(article.path) : `/articles/${slug}`,
      canonicalUrl: article.canonicalUrl,
      language: languageOf(article, scope),
      title: article.title,
      standfirst: article.excerpt,
      primaryCategoryId: primaryCategory(article, references),
      leadImageId: leadImage(article, scope, references),
      pinned: article.pinned,
      createdAt: article.createdAt ?? publishedAt ?? scope.at,
      updatedAt: article.updatedAt ?? publishedAt ?? scope.at,
      publishedAt,
      commenting: article.commentsOpen ? 'OPEN' : 'CLOSED',
    },
    body: { ...article.body, blocks: new WrittenJson(article.body.blocks) },
    analysed: article.analysed,
    authorIds: atMost(MAX_AUTHORS, authorsOf(article, references, scope), 'authors', article, scope),
    categoryIds: atMost(MAX_CATEGORIES, categoriesOf(article, references), 'categories', article, scope),
    topics: topicMarks(article, scope, references),
  };
}

/** The topics that the article is tagged with, then those that its categories stand for. */
export function topicMarks(
  article: PreparedArticle,
  scope: ImportScope,
  { topics, categories, categoryTopics }: References,
): TopicMark[] {
  const tagged = termsOf(article).flatMap((term) => topics.get(topicKey(term))?.localId ?? []);
  const meant = article.categories.flatMap(({ slug }) => {
    const category = categories.get(slug)?.localId;
    return (category === undefined ? undefined : categoryTopics.get(category)) ?? [];
  });
  const ids = [...new Set([...tagged, ...meant])];
  return atMost(MAX_TOPICS, ids, 'topics', article, scope).map((topicId) => ({
    topicId,
    salience: TAG_SALIENCE,
    mentions: 0,
    source: 'IMPORT',
  }));
}

function authorsOf(article: PreparedArticle, { authors }: References, { box }: ImportScope): number[] {
  const written = writersOf(article).flatMap(({ login }) => authors.get(loginKey(box, login))?.localId ?? []);
  return [...new Set(written)];
}

function categoriesOf(article: PreparedArticle, { categories }: References): number[] {
  return [...new Set(article.categories.flatMap(({ slug }) => categories.get(slug)?.localId ?? []))];
}

/** What a plugin remembers as the primary category counts while the article is still in it. */
function primaryCategory(article: PreparedArticle, references: References): number | null {
  const slug = references.index.slugOf(article.primaryCategoryTermId);
  const carried = article.categories.some((category) => category.slug === slug);
  const primary = slug === null || !carried ? undefined : references.categories.get(slug);
  return primary?.localId ?? categoriesOf(article, references)[0] ?? null;
}

function leadImage(
  { leadImageId, title, line }: PreparedArticle,
  { report }: ImportScope,
  { images }: References,
): number | null {
  const image = leadImageId === null ? undefined : images.get(leadImageId);
  if (leadImageId !== null && image === undefined) {
    const message = `"${title}": its lead image (attachment ${leadImageId}) is not in the file`;
    report.note({ line, lost: true, message });
  }
  return image?.localId ?? null;
}

function atMost(
  max: number,
  ids: readonly number[],
  what: string,
  { title, line }: PreparedArticle,
  { report }: ImportScope,
): readonly number[] {
  if (ids.length <= max) return ids;
  const message = `"${title}" has ${ids.length} ${what}; ${max} are kept`;
  report.note({ line, lost: true, message });
  return ids.slice(0, max);
}

/**
 * What the article says of itself; else what its letters say, for a site's language is that of its desk and
 * not of everything that it publishes; else the site's.
 */
function languageOf(article: PreparedArticle, scope: ImportScope): string {
  const told = article.language ?? scope.language;
  const language = isLanguageTag(told) ? canonicalLanguageTag(told) : scope.language;
  const recognised = article.recognisedLanguage;
  if (recognised === null || recognised === language.split('-', 1)[0]) return language;
  scope.report.reason(`language recognised from the text: ${recognised}`);
  return recognised;
}
