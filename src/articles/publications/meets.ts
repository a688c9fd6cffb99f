import type { Instant } from '../../core/clock';
import { type ArticleRow, type Standing, statusAt } from '../article';
import { type ArticleCriteria, FACETS, type Selection } from '../article.query';
import type { Carried, Subjects } from './subjects.store';

/**
 * Whether an article would stand in the list with these criteria. Who may see it is not asked here: the listing says
 * the same in SQL (article.conditions.ts), and a property holds the two together.
 */
export function meets(
  { kind, statuses, languages, publishedFrom, publishedBefore, selections }: ArticleCriteria,
  article: Standing & Pick<ArticleRow, 'kind' | 'language'>,
  subjects: Subjects,
  now: Instant,
): boolean {
  const published = article.publishedAt;
  return (
    article.kind === kind &&
    statuses.includes(statusAt(article, now)) &&
    (languages === undefined || languages.includes(article.language)) &&
    (publishedFrom === undefined || (published !== null && published >= publishedFrom)) &&
    (publishedBefore === undefined || (published !== null && published < publishedBefore)) &&
    FACETS.every((facet) => isSelected(selections[facet], subjects[facet]))
  );
}

function isSelected(selection: Selection | undefined, carried: Carried): boolean {
  if (selection === undefined) return true;
  const { all, any, none, includeDescendants } = selection;
  const has = (subject: { readonly id: number } | null) => {
    const direct = subject === null ? undefined : carried.get(subject.id);
    return direct === true || (includeDescendants && direct === false);
  };
  return (all ?? []).every(has) && (any === undefined || any.some(has)) && !(none ?? []).some(has);
}
