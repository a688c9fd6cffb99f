import { sql } from 'drizzle-orm';
import { type ArticleStatus, prepared, type Tx } from '../database';
import { isUnchanged, subjectsIn } from './article-fingerprint';
import type { ImportKey } from './import-keys';
import type { ReportKind } from './import-report';
import type { ImportScope } from './import-scope';
import type { PreparedArticle } from './prepare-article';

/** An article that was brought earlier and is to be written again. */
export interface KnownArticle {
  readonly article: PreparedArticle;
  readonly key: ImportKey;
  readonly now: ArticleNow;
}

/** An article as it is here. */
export interface ArticleNow {
  readonly id: number;
  readonly revision: number;
  readonly status: ArticleStatus;
  readonly language: string;
}

export interface SortedArticles {
  readonly created: PreparedArticle[];
  readonly changed: KnownArticle[];
  /** The same over there; but the gazetteer has other words for what they are about. */
  readonly retagged: KnownArticle[];
  /** Nothing is to be written but that they were seen as they are now. */
  readonly seen: ImportKey[];
}

/**
 * What is to be written. The rest is counted here, with the reason why it is not.
 * @param fingerprintOf of the article, and of what the gazetteer says of it
 */
export async function sortArticles(
  tx: Tx,
  { report, edited }: ImportScope,
  batch: readonly PreparedArticle[],
  known: ReadonlyMap<string, ImportKey>,
  fingerprintOf: (article: PreparedArticle) => string,
): Promise<SortedArticles> {
  const rows = await articlesNow(tx, { ids: [...known.values()].map(({ localId }) => localId) });
  const current = new Map(rows.map((row) => [row.id, row]));
  const sorted: SortedArticles = { created: [], changed: [], retagged: [], seen: [] };
  for (const article of batch) {
    const kind = kindOf(article);
    const key = known.get(article.externalId);
    const now = key && current.get(key.localId);
    if (key === undefined) {
      if (article.status === 'WITHDRAWN') {
        report.skip(kind, 'in the bin');
      } else sorted.created.push(article);
      continue;
    }
    const fingerprint = fingerprintOf(article);
    const seen = { ...key, fingerprint };
    const untouched = now !== undefined && isUntouched(now, key);
    if (isUnchanged(key.fingerprint, fingerprint)) {
      if (now && untouched && subjectsIn(key.fingerprint) !== subjectsIn(fingerprint)) {
        sorted.retagged.push({ article, key, now });
        continue;
      }
      report.count(kind, 'unchanged');
      // The same by another medium: from now on this one's whole text can be compared.
      if (untouched && key.fingerprint !== fingerprint) sorted.seen.push(seen);
    } else if (now && article.status === 'WITHDRAWN' && now.status === 'WITHDRAWN') {
      report.count(kind, 'unchanged');
      sorted.seen.push(seen);
    } else if (now && (untouched || edited === 'THEIRS')) {
      sorted.changed.push({ article, key, now });
    } else if (edited === 'OURS') {
      report.count(kind, 'unchanged');
      report.reason(`${kind}: edited here, and kept so`);
      // The revision stays: what changes over there next is a question again.
      sorted.seen.push(seen);
    } else {
      report.count(kind, 'failed');
      const done = article.status === 'WITHDRAWN' ? 'although it lies in the bin there' : '';
      const message = `"${article.title}" was edited here since it was imported, and is left as it is ${done}`;
      report.note({ line: article.line, lost: true, message: message.trimEnd() });
    }
  }
  return sorted;
}

/** Nobody has edited it since. */
export function isUntouched({ revision }: { readonly revision: number }, key: ImportKey): boolean {
  return revision === key.revision;
}

export function kindOf({ articleKind }: PreparedArticle): ReportKind {
  return articleKind === 'PAGE' ? 'pages' : 'articles';
}

const articlesNow = prepared<{ ids: readonly number[] }, ReturnType<typeof columns>>(
  ({ tables, portable }) => ({
    select: columns(tables),
    from: sql`${tables.articles} where ${portable.among(tables.articles.id, 'ids')}`,
  }),
);

function columns({ articles: a }: Tx['tables']) {
  return { id: a.id, revision: a.revision, status: a.status, language: a.language };
}
