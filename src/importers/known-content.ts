import { sql } from 'drizzle-orm';
import { type ArticleStatus, type CommentStatus, prepared, type Reader, type Tx } from '../database';
import { type ArticleMark, markOf } from './article-fingerprint';

/** What earlier imports from a source have left here. Ids are those over there. */
export interface KnownArticle extends ArticleMark {
  readonly localId: number;
  readonly status: ArticleStatus;
}

export interface KnownComment {
  /** Of its article, here. */
  readonly articleId: number;
  readonly status: CommentStatus;
  /** Whether it was hidden here because it was gone over there. */
  readonly gone: boolean;
}

/** Rows that are read at once. */
const PAGE = 5_000;

export async function knownArticles(reader: Reader, source: string): Promise<Map<string, KnownArticle>> {
  const known = new Map<string, KnownArticle>();
  for await (const { externalId, fingerprint, ...row } of allOf(reader, source, articlesFrom)) {
    known.set(externalId, { ...markOf(fingerprint), ...row });
  }
  return known;
}

export async function knownComments(reader: Reader, source: string): Promise<Map<string, KnownComment>> {
  const known = new Map<string, KnownComment>();
  for await (const { externalId, fingerprint, ...row } of allOf(reader, source, commentsFrom)) {
    known.set(externalId, { ...row, gone: fingerprint === 'GONE' });
  }
  return known;
}

type From = {
  readonly source: string;
  readonly after: string;
  readonly limit: number;
};

async function* allOf<R extends { readonly externalId: string }>(
  reader: Reader,
  source: string,
  read: (reader: Reader, from: From) => Promise<R[]>,
): AsyncGenerator<R, void, undefined> {
  let after = '';
  for (;;) {
    const rows = await read(reader, { source, after, limit: PAGE });
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.externalId;
  }
}

const articlesFrom = prepared<From, ReturnType<typeof articleColumns>>(({ tables }) => ({
  select: articleColumns(tables),
  from: sql`${tables.importKeys} join ${tables.articles} on ${tables.articles.id} = ${tables.importKeys.localId} where ${following(tables, 'article')}`,
}));

const commentsFrom = prepared<From, ReturnType<typeof commentColumns>>(({ tables }) => ({
  select: commentColumns(tables),
  from: sql`${tables.importKeys} join ${tables.comments} on ${tables.comments.id} = ${tables.importKeys.localId} where ${following(tables, 'comment')}`,
}));

function following({ importKeys: k }: Tx['tables'], kind: 'article' | 'comment') {
  return sql`${k.source} = ${sql.placeholder('source')} and ${k.kind} = ${kind} and ${k.externalId} > ${sql.placeholder('after')} order by ${k.externalId} limit ${sql.placeholder('limit')}`;
}

function articleColumns({ importKeys: k, articles: a }: Tx['tables']) {
  return { externalId: k.externalId, fingerprint: k.fingerprint, localId: a.id, status: a.status };
}

function commentColumns({ importKeys: k, comments: c }: Tx['tables']) {
  return { externalId: k.externalId, fingerprint: k.fingerprint, articleId: c.articleId, status: c.status };
}
