export interface CollectionRow {
  readonly id: number;
  readonly slug: string;
  readonly title: string;
  readonly revision: number;
}

/** Most articles that a collection holds, those included that readers do not see at present. */
export const MAX_ARTICLES_OF_A_COLLECTION = 50;
/** A site has tens; what is beyond this is refused when it is written. */
export const MAX_COLLECTIONS_OF_A_SITE = 500;

/** The articles with one of them at a place: 0 is the top, a place beyond the end is the end. */
export function placed(articles: readonly number[], article: number, place: number): number[] {
  const others = articles.filter((each) => each !== article);
  return [...others.slice(0, place), article, ...others.slice(place)];
}
