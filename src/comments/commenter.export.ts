/**
 * All that is kept of a person, one kind of thing after the other, page by page: what they wrote, what that said
 * before, what was decided about it, and what they have reported.
 */
import { type SQL, sql } from 'drizzle-orm';
import { DatelineError } from '../core/errors';
import { prepared, type Reader, type RowOf, type Tables } from '../database';
import { keysOf, type Person, personIn } from './commenter.store';

export interface ExportPage {
  readonly comments: readonly ExportedRow[];
  readonly earlierVersions: readonly RowsOf<typeof versions>[];
  readonly decisions: readonly RowsOf<typeof decisions>[];
  readonly reports: readonly RowsOf<typeof reports>[];
  /** Where the next page begins; null at the end. */
  readonly next: ExportPosition | null;
}

const KINDS = ['comments', 'earlierVersions', 'decisions', 'reports'] as const;

/** Behind which thing of which kind a page begins: a comment, and what of it. */
export interface ExportPosition {
  readonly kind: (typeof KINDS)[number];
  readonly comment: number;
  readonly part: number;
}

export const START: ExportPosition = { kind: 'comments', comment: 0, part: 0 };

/** A page of things, at most `size` of all kinds together. */
export async function exportPage(
  reader: Reader,
  person: Person,
  from: ExportPosition,
  size: number,
): Promise<ExportPage> {
  const page: Omit<ExportPage, 'next'> = { comments: [], earlierVersions: [], decisions: [], reports: [] };
  let [left, at]: [number, ExportPosition] = [size, from];
  for (const kind of KINDS.slice(KINDS.indexOf(from.kind))) {
    if (kind !== at.kind) at = { ...START, kind };
    const { comment: after, part } = at;
    const rows = await READS[kind](reader, { ...personIn(person), after, part, limit: left + 1 });
    const taken = rows.slice(0, left);
    Object.assign(page, { [kind]: taken });
    const last = taken.at(-1);
    if (last) at = { kind, comment: last.comment, part: last.part };
    if (rows.length > left) return { ...page, next: at };
    left -= taken.length;
  }
  return { ...page, next: null };
}

export function toExportCursor({ kind, comment, part }: ExportPosition): string {
  return Buffer.from([kind, comment, part].join(' ')).toString('base64url');
}

/** @throws DatelineError BAD_CURSOR */
export function fromExportCursor(cursor: string): ExportPosition {
  const [name, ...numbers] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const kind = KINDS.find((each) => each === name);
  const [comment = -1, part = -1] = numbers.map(Number);
  const isKey = (key: number) => Number.isInteger(key) && key >= 0 && key < 2 ** 31;
  if (kind !== undefined && numbers.length === 2 && isKey(comment) && isKey(part))
    return { kind, comment, part };
  throw new DatelineError('BAD_CURSOR', '"after" is not what "next" was in the page before.', {
    argument: 'after',
  });
}

type RowsOf<P> = P extends (...args: never[]) => Promise<(infer R)[]> ? R : never;
export type ExportedRow = RowOf<ReturnType<typeof commentColumns>>;

function commentColumns({ articles: a, comments: c, commentPrivate: p }: Tables) {
  return {
    ...{ comment: c.id, part: sql<number>`0`, articleTitle: a.title, articlePath: a.path },
    ...{ authorName: c.authorName, authorKind: c.authorKind, status: c.status, text: c.text },
    ...{ createdAt: c.createdAt, editedAt: c.editedAt },
    emailSealed: sql<string | null>`${p.emailSealed}`,
    account: sql<string | null>`${p.account}`,
    ipHash: sql<string | null>`${p.ipHash}`,
    reasons: p.reasons,
  };
}

const limit = sql.placeholder('limit');
const after = sql.placeholder('after');
const part = sql.placeholder('part');

/** The comments of the person as `k`. */
const mine = (tables: Tables): SQL => sql`(${keysOf(tables)}) as k`;

const comments = prepared((tools) => {
  const { articles: a, comments: c, commentPrivate: p } = tools.tables;
  return {
    select: commentColumns(tools.tables),
    from: sql`${mine(tools.tables)} join ${c} on ${c.id} = k.id join ${a} on ${a.id} = ${c.articleId} left join ${p} on ${p.commentId} = ${c.id}
      where k.id > ${after} order by k.id limit ${limit}`,
  };
});

const versions = prepared(({ tables }) => {
  const { commentRevisions: r } = tables;
  return {
    select: { comment: r.commentId, part: r.version, text: r.text, until: r.until },
    from: sql`${mine(tables)} join ${r} on ${r.commentId} = k.id
      where (${r.commentId}, ${r.version}) > (${after}, ${part}) order by ${r.commentId}, ${r.version} limit ${limit}`,
  };
});

/** Not by whom: moderators are persons, too. */
const decisions = prepared(({ tables }) => {
  const { commentEvents: e } = tables;
  return {
    select: { comment: e.commentId, part: e.id, at: e.at, from: e.from, to: e.to, reason: e.reason },
    from: sql`${mine(tables)} join ${e} on ${e.commentId} = k.id
      where (${e.commentId}, ${e.id}) > (${after}, ${part}) order by ${e.commentId}, ${e.id} limit ${limit}`,
  };
});

/** Of accounts: behind the network address of a guest there may be others, who are told nothing of one another. */
const reports = prepared(({ tables: { commentReports: r } }) => ({
  select: { comment: r.commentId, part: sql<number>`0`, at: r.at, reason: r.reason, details: r.details },
  from: sql`${r} where ${r.reporter} = ${sql.placeholder('account')} and ${r.commentId} > ${after} order by ${r.commentId} limit ${limit}`,
}));

const READS = { comments, earlierVersions: versions, decisions, reports };
