import { sql } from 'drizzle-orm';
import { recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import { DatelineError } from '../core/errors';
import { optionalText } from '../core/fields';
import { networkOf } from '../core/network';
import { withoutUnseen } from '../core/text';
import type { ReportReason, Tx } from '../database';
import { holdComments } from './comment.held';
import type { CommentParts } from './comment.parts';
import { assertMay } from './comment.policy';
import { changeStatus } from './comment.status';
import type { Origin } from './commenter';
import { discussedArticle } from './discussed.store';
import { reporterRate, takeRates } from './rates';

export interface CommentReport {
  readonly id: number;
  readonly reason: ReportReason;
  readonly details: string | null;
}

/** Characters. */
const MAX_DETAILS = 1_000;

/**
 * Tells moderators of a comment: of each reader it counts once. Enough of them hide it until a moderator has looked,
 * unless one has approved this very version.
 * @throws Refusal, DatelineError; then nothing was written
 */
export async function reportComment(
  { database, clock, box, settings }: CommentParts,
  actor: Actor,
  { address }: Origin,
  { id, reason, details }: CommentReport,
): Promise<number> {
  assertMay(actor, 'WRITE');
  const said = optionalText('details', details === null ? null : withoutUnseen(details), MAX_DETAILS);
  const reporter = actor.kind === 'ANONYMOUS' ? box.hash(networkOf(address ?? '')) : actor.name;
  return database.write(async (tx) => {
    const at = clock.now();
    const comment = (await holdComments(tx, [id])).get(id);
    const article = comment && (await discussedArticle(tx, settings, comment.articleId, at));
    if (comment?.status !== 'APPROVED' || !article?.isPublic)
      throw new DatelineError('NOT_FOUND', 'There is no such comment.', { argument: 'id' });
    if (!(await isFirst(tx, { commentId: id, reporter, at, reason, details: said }))) return id;
    await takeRates(tx, reporterRate(reporter), settings.rates, at);
    const reportCount = comment.reportCount + 1;
    await tx.execute(sql`update comments set report_count = ${reportCount} where id = ${id}`);
    const { version: revision } = comment;
    recordChanges(tx, actor, at, [{ entity: 'COMMENT', entityId: id, op: 'REPORT', revision }]);
    const isApproved = comment.approvedVersion === comment.version;
    if (reportCount < settings.reportsToHold || isApproved) return id;
    const change = { to: 'PENDING', by: 'system:reports', reason: `${reportCount} reports` } as const;
    await changeStatus({ tx, actor, at }, comment, change);
    return id;
  });
}

async function isFirst(tx: Tx, report: Tx['tables']['commentReports']['$inferInsert']): Promise<boolean> {
  const { commentReports: r } = tx.tables;
  const added = await tx.insert(r).values(report).onConflictDoNothing().returning({ id: r.commentId });
  return added.length > 0;
}
