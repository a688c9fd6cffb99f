/** Articles whose texts were analysed elsewhere before a transaction stores them: they need not be read again. */
import type { Tx } from '../database';
import type { SearchedArticle } from './document';
import type { AnalysedTexts } from './texts';

export interface HandedOver {
  readonly article: SearchedArticle;
  readonly texts: AnalysedTexts;
}

const handed = new WeakMap<Tx, Map<number, HandedOver>>();

/** Of new articles, before the entries of the change log that tell of them. */
export function handOver(tx: Tx, articles: readonly HandedOver[]): void {
  if (articles.length === 0) return;
  const known = handed.get(tx) ?? new Map<number, HandedOver>();
  handed.set(tx, known);
  for (const each of articles) known.set(each.article.id, each);
}

export function handedOver(tx: Tx): ReadonlyMap<number, HandedOver> {
  return handed.get(tx) ?? new Map();
}
