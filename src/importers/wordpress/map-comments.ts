import { plainParagraphs } from './content';
import type { SiteClock } from './dates';
import { htmlToText } from './html-text';
import type { ImportComment, ImportCommentStatus } from './records';
import type { WxrComment } from './wxr-record';

export interface MappedComments {
  readonly comments: readonly ImportComment[];
  /** Type -> how many. Pingbacks and trackbacks are no readers' words, notes are the editors' own. */
  readonly skipped: ReadonlyMap<string, number>;
  /** How many dates rest on an assumed time zone. */
  readonly assumedDates: number;
}

const STATUS = new Map<string, ImportCommentStatus>([
  ['1', 'APPROVED'],
  ['approve', 'APPROVED'],
  ['0', 'PENDING'],
  ['hold', 'PENDING'],
  ['spam', 'SPAM'],
  ['trash', 'REJECTED'],
  ['post-trashed', 'REJECTED'],
]);

export function mapComments(source: readonly WxrComment[], clock: SiteClock): MappedComments {
  const comments: ImportComment[] = [];
  const skipped = new Map<string, number>();
  let assumedDates = 0;
  for (const comment of source) {
    const reason = reasonToSkip(comment);
    if (reason !== null) {
      skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
      continue;
    }
    const date = clock.resolve(comment.dateGmt, comment.date);
    if (date.assumed) assumedDates += 1;
    comments.push(mapComment(comment, date.at));
  }
  return { comments, skipped, assumedDates };
}

function reasonToSkip(comment: WxrComment): string | null {
  if (comment.commentType !== '' && comment.commentType !== 'comment') return comment.commentType;
  if (comment.id === '') return 'without an id';
  return comment.content.trim() === '' ? 'empty' : null;
}

function mapComment(comment: WxrComment, at: number | null): ImportComment {
  return {
    line: comment.line,
    externalId: comment.id,
    parentExternalId: comment.parentId,
    authorName: comment.author || null,
    email: comment.authorEmail || null,
    ip: comment.authorIp || null,
    at,
    // An unknown status was never approved by anybody.
    status: STATUS.get(comment.approved) ?? 'PENDING',
    html: plainParagraphs(comment.content),
    text: htmlToText(comment.content),
  };
}
