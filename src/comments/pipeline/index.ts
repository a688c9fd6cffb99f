/** What is done with a comment before it is taken: a list of phases, of whose verdicts the most severe counts. */
import { banned } from './banned.phase';
import { duplicate } from './duplicate.phase';
import { history } from './history.phase';
import { honeypot } from './honeypot.phase';
import { markup } from './markup.phase';
import { mode } from './mode.phase';
import { normalise } from './normalise.phase';
import { open } from './open.phase';
import { outside } from './outside.phase';
import type { Desk, Finding, Judged, Phase, Submission } from './phase';
import { rate } from './rate.phase';
import { words } from './words.phase';

export { type CheckedAs, type CheckedComment, type CommentChecker, NO_CHECKER } from './checker';
export type { Desk, Judged, Phase, Submission, SubmittedTo } from './phase';

/** Of a new comment, in their order. */
export const PHASES: readonly Phase[] = [
  open,
  banned,
  normalise,
  honeypot,
  rate,
  duplicate,
  markup,
  words,
  history,
  outside,
  mode,
];

/** Of an edit: who could write may correct what was written, also where the discussion has closed since. */
export const EDIT_PHASES: readonly Phase[] = [
  banned,
  normalise,
  rate,
  duplicate,
  markup,
  words,
  history,
  outside,
  mode,
];

/** What may have changed while the slow phases ran, and is looked at again in the transaction that stores. */
export const RECHECKED: readonly Phase[] = [open, banned, duplicate, mode];

export const RECHECKED_OF_EDITS: readonly Phase[] = [banned, duplicate, mode];

const SEVERITY = { APPROVED: 0, PENDING: 1, SPAM: 2 } as const;

/** @throws what a phase throws, of the first that does */
export async function judge(phases: readonly Phase[], submitted: Submission, desk: Desk): Promise<Judged> {
  let submission = submitted;
  const findings: Finding[] = [];
  for (const phase of phases) {
    const { made, finding } = await phase.run(submission, desk);
    if (made) submission = { ...submission, ...made };
    if (finding) findings.push(finding);
  }
  return { submission, status: worstOf(findings), reasons: findings.map(({ reason }) => reason) };
}

/** What both say together. */
export function bothOf(first: Judged, second: Judged): Judged {
  const status = SEVERITY[first.status] >= SEVERITY[second.status] ? first.status : second.status;
  return {
    submission: second.submission,
    status,
    reasons: [...new Set([...first.reasons, ...second.reasons])],
  };
}

function worstOf(findings: readonly Finding[]): Judged['status'] {
  let worst: Judged['status'] = 'APPROVED';
  for (const { verdict } of findings) if (SEVERITY[verdict] > SEVERITY[worst]) worst = verdict;
  return worst;
}
