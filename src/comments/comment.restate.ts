import { sql } from 'drizzle-orm';
import { recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import { type CommentStatus, prepared, type Tx, toJson } from '../database';
import { replaceThreads } from './comment.import';
import { type CommentWords, wordsToStore } from './comment.words';

/** What a comment is elsewhere by now. */
export interface RestatedComment {
  readonly id: number;
  /** The version that the import left here; null: whichever it is. */
  readonly expectedVersion: number | null;
  readonly status: Exclude<CommentStatus, 'DELETED'>;
  /** What absent stays as it is. */
  readonly words?: CommentWords;
}

/** A comment that is now as it is elsewhere; its version has risen where it was not. */
export interface Restated {
  readonly id: number;
  readonly version: number;
  readonly changed: boolean;
}

/**
 * Makes imported comments what they are elsewhere by now, with the counts of their articles and threads. What was
 * changed here since, or erased, stays as it is, and is not among those that are returned.
 */
export async function restateComments(
  tx: Tx,
  actor: Actor,
  at: Instant,
  comments: readonly RestatedComment[],
): Promise<Restated[]> {
  if (comments.length === 0) return [];
  const rows = await commentsNow(tx, { ids: comments.map(({ id }) => id) });
  const current = new Map(rows.map((row) => [row.id, row]));
  const settled: Restated[] = [];
  const wanted: Row[] = [];
  for (const { id, expectedVersion, status, words } of comments) {
    const now = current.get(id);
    if (!now || now.status === 'DELETED' || (expectedVersion ?? now.version) !== now.version) continue;
    const { authorName, text, html } = words ? wordsToStore(words) : now;
    const same =
      status === now.status && authorName === now.authorName && text === now.text && html === now.html;
    if (same) settled.push({ id, version: now.version, changed: false });
    else wanted.push({ id, version: now.version, status, author_name: authorName, text, html });
  }
  const written = await write(tx, wanted);
  await replaceThreads(tx, [...new Set(written.map(({ article }) => article))]);
  recordChanges(
    tx,
    actor,
    at,
    written.map(({ id, version }) => ({ entity: 'COMMENT', entityId: id, op: 'UPDATE', revision: version })),
  );
  return [...settled, ...written.map(({ id, version }) => ({ id, version, changed: true }))];
}

interface Row {
  readonly id: number;
  readonly version: number;
  readonly status: CommentStatus;
  readonly author_name: string;
  readonly text: string;
  readonly html: string;
}

const ROW = {
  id: 'int',
  version: 'int',
  status: 'text',
  author_name: 'text',
  text: 'text',
  html: 'text',
} as const;

/** Those that somebody has changed in the meantime are left out. */
async function write(
  tx: Tx,
  rows: readonly Row[],
): Promise<{ id: number; version: number; article: number }[]> {
  if (rows.length === 0) return [];
  return tx.rows(
    sql`update comments set status = r.status, author_name = r.author_name, text = r.text, html = r.html, version = r.version + 1 from ${tx.portable.rows('rows', 'r', ROW)} where comments.id = r.id and comments.version = r.version returning comments.id, comments.version, comments.article_id as article`,
    { rows: toJson(rows) },
  );
}

const commentsNow = prepared<{ ids: readonly number[] }, ReturnType<typeof columns>>(
  ({ tables, portable }) => ({
    select: columns(tables),
    from: sql`${tables.comments} where ${portable.among(tables.comments.id, 'ids')}`,
  }),
);

function columns({ comments: c }: Tx['tables']) {
  return {
    ...{ id: c.id, status: c.status, version: c.version },
    ...{ authorName: c.authorName, text: c.text, html: c.html },
  };
}
