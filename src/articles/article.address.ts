import type { ArticleRow } from './article';

/** Where an article stands on the web: where it says so itself, else its path on the site; null where that is not known. */
export function articleAddress(
  { canonicalUrl, path }: Pick<ArticleRow, 'canonicalUrl' | 'path'>,
  site: string | null,
): string | null {
  if (canonicalUrl !== null && /^https?:\/\//i.test(canonicalUrl) && URL.canParse(canonicalUrl))
    return new URL(canonicalUrl).href;
  const onSite = site === null ? null : site + path;
  return onSite !== null && URL.canParse(onSite) ? new URL(onSite).href : null;
}
