import { getTableColumns, sql } from 'drizzle-orm';
import { type ArticleState, prepared, type Reader } from '../../database';
import { bodiesOfArticles } from '../article.store';
import { type CurrentArticle, statesOf } from './current';
import type { RevisionRow } from './history.store';
import { bodyAt } from './revision.store';

/** Everything that an article is, or was at an earlier revision. */
export interface Version {
  readonly row: RevisionRow;
  readonly state: ArticleState;
  readonly html: string;
}

/** The article as it is. */
export async function presentVersion(reader: Reader, id: number): Promise<Version | null> {
  const [article] = await articleById(reader, { id });
  if (article === undefined) return null;
  const state = (await statesOf(reader, [article])).get(id);
  const [body] = await bodiesOfArticles(reader, { articles: [id] });
  return state ? { row: rowOf(article), state, html: body?.html ?? '' } : null;
}

/** The article as it was; null for a revision that is not known. */
export async function versionAt(reader: Reader, present: Version, revision: number): Promise<Version | null> {
  if (revision === present.row.revision) return present;
  const id = present.row.parent;
  const [found] = await superseded(reader, { id, revision });
  if (found === undefined) return null;
  const { state, ...row } = found;
  return { row, state, html: (await bodyAt(reader, id, revision)) ?? present.html };
}

function rowOf({ id, revision, revisedAt, revisedOp, revisedBy, title }: CurrentArticle): RevisionRow {
  return { parent: id, revision, at: revisedAt, op: revisedOp, actor: revisedBy, title };
}

const articleById = prepared(({ tables: { articles: a } }) => ({
  select: getTableColumns(a),
  from: sql`${a} where ${a.id} = ${sql.placeholder('id')}`,
}));

const superseded = prepared(({ tables: { articleRevisions: r } }) => ({
  select: {
    ...{ parent: r.articleId, revision: r.revision, at: r.at, op: r.op, actor: r.actor, title: r.title },
    state: r.content,
  },
  from: sql`${r} where ${r.articleId} = ${sql.placeholder('id')} and ${r.revision} = ${sql.placeholder('revision')}`,
}));
