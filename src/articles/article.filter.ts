import type { Instant } from '../core/clock';
import { badInput } from '../core/errors';
import { canonicalLanguageTag, decodeSlug } from '../core/text';
import type { ArticleKind, ArticleStatus } from '../database';
import {
  type ArticleCriteria,
  type Facet,
  PUBLISHED_ARTICLES,
  type Selection,
  type Subject,
} from './article.query';
import type { Audience } from './article.visibility';

/** `ArticleFilter` of the contract, as a client sends it. Subjects are named by their slugs. */
export interface ArticleFilter {
  topics?: SlugSelection | null;
  categories?: SlugSelection | null;
  authors?: string[] | null;
  languages?: string[] | null;
  publishedFrom?: Instant | null;
  publishedBefore?: Instant | null;
  status?: ArticleStatus[] | null;
  kind?: ArticleKind | null;
}

export interface SlugSelection {
  all?: string[] | null;
  any?: string[] | null;
  none?: string[] | null;
  includeDescendants: boolean;
}

/** Finds subjects by slug, batched; null for a slug that nobody has. */
export type FindSubjects = (facet: Facet, slugs: readonly string[]) => Promise<readonly (Subject | null)[]>;

/** Most values that one list of a filter may have. */
export const MAX_FILTER_VALUES = 50;

/**
 * Turns a client's filter into criteria. A slug that nobody has is no error, for subjects come and go while
 * apps are in use: no article carries it.
 * @throws DatelineError BAD_USER_INPUT for too many values or a malformed language
 */
export async function toCriteria(
  filter: ArticleFilter | null | undefined,
  audience: Audience,
  find: FindSubjects,
): Promise<ArticleCriteria> {
  if (!filter) return PUBLISHED_ARTICLES;
  const [author, category, topic] = await Promise.all([
    filter.authors
      ? select('author', 'authors', { any: filter.authors, includeDescendants: true }, find)
      : null,
    filter.categories ? select('category', 'categories', filter.categories, find) : null,
    filter.topics ? select('topic', 'topics', filter.topics, find) : null,
  ]);
  const languages = filter.languages
    ? [...new Set(bounded('languages', filter.languages).map(canonicalLanguageTag))]
    : null;
  return {
    kind: filter.kind ?? 'ARTICLE',
    statuses: statusesFor(audience, filter.status),
    ...(languages ? { languages } : {}),
    ...(filter.publishedFrom == null ? {} : { publishedFrom: filter.publishedFrom }),
    ...(filter.publishedBefore == null ? {} : { publishedBefore: filter.publishedBefore }),
    selections: {
      ...(author ? { author } : {}),
      ...(category ? { category } : {}),
      ...(topic ? { topic } : {}),
    },
  };
}

/** The newsroom may ask for any status; for others there is nothing but what is published. */
function statusesFor(audience: Audience, asked: ArticleStatus[] | null | undefined): ArticleStatus[] {
  if (!asked) return ['PUBLISHED'];
  return audience === 'NEWSROOM'
    ? [...new Set(asked)]
    : asked.filter((status) => status === 'PUBLISHED').slice(0, 1);
}

async function select(
  facet: Facet,
  argument: string,
  selection: SlugSelection,
  find: FindSubjects,
): Promise<Selection> {
  const resolve = async (quantifier: 'all' | 'any' | 'none') => {
    const slugs = selection[quantifier];
    return slugs ? find(facet, bounded(`${argument}.${quantifier}`, slugs).map(decodeSlug)) : null;
  };
  const [all, any, none] = await Promise.all([resolve('all'), resolve('any'), resolve('none')]);
  return {
    includeDescendants: selection.includeDescendants,
    // An empty `all` or `none` asks for nothing; an empty `any` cannot be met.
    ...(all && all.length > 0 ? { all } : {}),
    ...(any ? { any: known(any) } : {}),
    ...(none && known(none).length > 0 ? { none: known(none) } : {}),
  };
}

function known(subjects: readonly (Subject | null)[]): Subject[] {
  return subjects.flatMap((subject) => (subject ? [subject] : []));
}

function bounded<T>(argument: string, values: readonly T[]): readonly T[] {
  if (values.length <= MAX_FILTER_VALUES) return values;
  throw badInput(
    `filter.${argument}`,
    `"filter.${argument}" has ${values.length} values; at most ${MAX_FILTER_VALUES} are allowed.`,
  );
}
