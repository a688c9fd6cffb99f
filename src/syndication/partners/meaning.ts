/** What an entry of the change log means to a partner: what they have to do, and with what. Pure. */
import { type ArticlePast, hostedUntil, isAllowed, type PastState, SCHEDULER } from '../../articles';
import type { ChangeEntry } from '../../changes';
import type { Instant } from '../../core/clock';
import type { ChangeOp } from '../../database';
import type { Partner } from './partner';
import { isGiven, type Terms } from './terms';
import type { Trees } from './trees';

/** What has happened, in the words of the contract. */
export type SyndicatedOp =
  | 'PUBLISH'
  | 'UPDATE'
  | 'CORRECT'
  | 'KILL'
  | 'WITHHOLD'
  | 'RELEASE'
  | 'EXPIRE'
  | 'REVOKE';

/**
 * What the partner has to do. USE: show it, it is new to them. REPLACE: what they have by what comes. HOLD: show it no
 * longer until it comes again. REMOVE: delete it.
 */
export type Action = 'USE' | 'REPLACE' | 'HOLD' | 'REMOVE';

export interface Meaning {
  readonly op: SyndicatedOp;
  readonly action: Action;
  readonly articleId: number;
  /** Of the entry; what is given may have a later one. */
  readonly revision: number;
  readonly at: Instant;
  /** As it is now; null where it has to go. */
  readonly article: ArticlePast['present'] | null;
  /** Why it was withdrawn, or what was corrected. */
  readonly note: string | null;
}

/** Of one article, with what its past is read by. */
export interface Case {
  readonly past: ArticlePast;
  readonly partner: Partner;
  readonly trees: Trees;
  /** Not before what is looked at was written, whatever the clocks of who wrote it and of who reads it say. */
  readonly now: Instant;
}

/** Milliseconds by which the clocks of those who write may differ: who may have been given something counts as given. */
const SKEW = 5_000;

/** Of what an entry tells that readers of the feed are not told. */
const SILENT: ReadonlySet<ChangeOp> = new Set(['PREVIEW']);

type ArticleEntry = Pick<ChangeEntry, 'seq' | 'at' | 'op' | 'revision' | 'actor' | 'payload'>;

/**
 * What the entry about an article means to the partner; null for nothing. Whether they had it before and have it after
 * follows from what it was at these two revisions, from what they were entitled to, and from the trees, all as of the
 * entry. What they are given is what it is now, and where they may not have that any more they are given nothing: a later
 * entry says so.
 */
export function meaningOf(entry: ArticleEntry, of: Case): Meaning | null {
  if (SILENT.has(entry.op)) return null;
  const { past, partner, trees } = of;
  const after = stateAt(past, entry.revision) ?? presentState(past);
  const terms = partner.termsAt(entry);
  const isAfter = terms !== null && isGiven(terms, after, trees.subjectsOf(after, entry.seq + 1), entry.at);
  const before = stateBefore(entry, past, after);
  const wasBefore = terms !== null && before !== null && isGivenBefore(terms, before, entry, trees);
  if (isAfter) return isGivenNow(of) ? given(entry, of, wasBefore) : null;
  const takes =
    wasBefore ||
    entry.op === 'WITHDRAW' ||
    entry.op === 'EXPIRE' ||
    (isOut(after) ? before === null || !isOut(before) : before === null || isOther(before, after));
  if (!takes || (entry.op !== 'WITHDRAW' && isGivenNow(of))) return null;
  if (!wasBefore && !wasEverGiven(of, entry)) return null;
  return { ...taken(after, terms, entry.at), ...about(entry, of), article: null, note: noteOf(entry, of) };
}

/**
 * What it means to the partner that they are entitled to something else, or that something has moved in a tree: to
 * an article that has not changed itself.
 * @param had the terms until then, where these have changed
 */
export function meaningOfSweep(
  entry: Pick<ArticleEntry, 'seq' | 'at'>,
  of: Case,
  had: Terms | null,
): Meaning | null {
  const { past, trees, now } = of;
  const state = presentState(past);
  const told = { ...entry, revision: state.revision };
  const wasGiven = had !== null && isGiven(had, state, trees.subjectsOf(state, entry.seq), now);
  if (isGivenNow(of)) {
    if (wasGiven) return null;
    return { op: 'RELEASE', action: 'USE', ...about(told, of), article: past.present, note: null };
  }
  if (!wasGiven && !wasEverGiven(of, entry)) return null;
  return { op: 'REVOKE', action: 'REMOVE', ...about(told, of), article: null, note: null };
}

/** That the time is over for which the partner may keep an article. */
export function meaningOfHosting(of: Case): Meaning | null {
  const { past, partner, trees, now } = of;
  const terms = partner.present;
  const state = presentState(past);
  if (terms === null) return null;
  const until = hostedUntil(terms.recipient, state.article);
  if (until > now || !isGiven(terms, state, trees.subjectsOf(state, Number.POSITIVE_INFINITY), until - 1))
    return null;
  const told = { at: until, revision: state.revision };
  return { op: 'EXPIRE', action: 'REMOVE', ...about(told, of), article: null, note: null };
}

export function isGivenNow({ past, partner, trees, now }: Case): boolean {
  const state = presentState(past);
  const terms = partner.present;
  return terms !== null && isGiven(terms, state, trees.subjectsOf(state, Number.POSITIVE_INFINITY), now);
}

/**
 * Whether there was an instant until the entry at which the partner could have been given the article: by each of its
 * revisions, each version of what they were entitled to, and the trees of then. A second too much does not matter, for
 * who never had an article has nothing to remove.
 */
function wasEverGiven({ past, partner, trees }: Case, entry: Pick<ArticleEntry, 'seq' | 'at'>): boolean {
  const { states } = past;
  return states.some((state, index) => {
    if (state.at > entry.at + SKEW) return false;
    const { status, publishedAt, embargoUntil, expiresAt } = state.article;
    if (publishedAt === null || (status !== 'PUBLISHED' && status !== 'SCHEDULED')) return false;
    return partner.versions.some(({ at, terms }, place) => {
      if (terms === null || !isAllowed(terms.recipient, state.article)) return false;
      const from = Math.max(state.at, at, publishedAt, embargoUntil ?? 0);
      const until = Math.min(
        states[index + 1]?.at ?? entry.at,
        partner.versions[place + 1]?.at ?? entry.at,
        entry.at,
        expiresAt ?? entry.at,
        hostedUntil(terms.recipient, state.article),
      );
      if (from > until + SKEW) return false;
      // Whatever its rights were at that instant is asked above.
      const open = { article: { ...state.article, embargoUntil: null, expiresAt: null } };
      const always = { ...terms, recipient: { ...terms.recipient, hostingDays: null } };
      return treesBefore(trees, entry.seq).some((seq) =>
        isGiven(always, open, trees.subjectsOf(state, seq), from),
      );
    });
  });
}

/** The numbers of entries just before which the trees were as they were at any time until an entry. */
function treesBefore({ moves }: Trees, seq: number): number[] {
  return [seq, ...new Set(moves.map((move) => move.seq).filter((moved) => moved < seq))];
}

function presentState({ states }: ArticlePast): PastState {
  const state = states.at(-1);
  if (!state) throw new Error('An article that is there has a state');
  return state;
}

function stateAt({ states }: ArticlePast, revision: number): PastState | null {
  return states.find((state) => state.revision === revision) ?? null;
}

/** What the article was before the entry; null where it was not, or nobody knows. */
function stateBefore(
  { op, actor, revision }: ArticleEntry,
  past: ArticlePast,
  after: PastState,
): PastState | null {
  // A date that comes changes nothing of the article.
  if (op === 'RELEASE' || op === 'EXPIRE' || actor === SCHEDULER.name) return after;
  return stateAt(past, revision - 1);
}

/** Whether the partner had the article just before the entry. */
function isGivenBefore(terms: Terms, before: PastState, entry: ArticleEntry, trees: Trees): boolean {
  const { seq, at, op, actor } = entry;
  // Until then a date had not come yet.
  if (op === 'RELEASE' || (op === 'PUBLISH' && actor === SCHEDULER.name)) return false;
  const instant = op === 'EXPIRE' ? (before.article.expiresAt ?? at) - 1 : at;
  return isGiven(terms, before, trees.subjectsOf(before, seq), instant);
}

function isOut({ article: { status } }: PastState): boolean {
  return status !== 'PUBLISHED' && status !== 'SCHEDULED';
}

/** Whether two states differ in anything that decides who gets the article. */
function isOther(before: PastState, after: PastState): boolean {
  return decisive(before) !== decisive(after);
}

function decisive({ article: a, categories, topics }: PastState): string {
  const dates = [a.publishedAt, a.embargoUntil, a.expiresAt];
  const subjects = [[...categories].sort(), [...topics].sort()];
  return JSON.stringify([a.status, a.kind, a.language, a.territories, a.textAndDataMining, dates, subjects]);
}

function given(entry: ArticleEntry, of: Case, wasBefore: boolean): Meaning {
  return {
    op: givenOp(entry.op, wasBefore),
    action: wasBefore ? 'REPLACE' : 'USE',
    ...about(entry, of),
    article: of.past.present,
    note: noteOf(entry, of),
  };
}

function givenOp(op: ChangeOp, wasBefore: boolean): SyndicatedOp {
  if (op === 'CORRECT' || op === 'RELEASE') return op;
  if (wasBefore) return 'UPDATE';
  // What is not published by it has been retagged, or its rights have changed.
  return op === 'PUBLISH' || op === 'CREATE' ? 'PUBLISH' : 'RELEASE';
}

/** Why the partner has the article no longer. */
function taken({ article }: PastState, terms: Terms | null, at: Instant): Pick<Meaning, 'op' | 'action'> {
  const { status, publishedAt, embargoUntil, expiresAt } = article;
  if (status === 'WITHDRAWN') return { op: 'KILL', action: 'REMOVE' };
  const isHeld = isOutOf(status) || publishedAt === null || publishedAt > at || (embargoUntil ?? 0) > at;
  if (isHeld) return { op: 'WITHHOLD', action: 'HOLD' };
  const ends = Math.min(
    expiresAt ?? Number.POSITIVE_INFINITY,
    terms ? hostedUntil(terms.recipient, article) : Number.POSITIVE_INFINITY,
  );
  return { op: ends <= at ? 'EXPIRE' : 'REVOKE', action: 'REMOVE' };
}

function isOutOf(status: PastState['article']['status']): boolean {
  return status === 'DRAFT';
}

function about({ at, revision }: Pick<ArticleEntry, 'at' | 'revision'>, { past }: Case) {
  return { articleId: past.present.id, revision, at };
}

/** For the one who has to act on it: of an old entry the details are gone, and only a withdrawal is known still. */
function noteOf({ op, payload }: ArticleEntry, { past: { present } }: Case): string | null {
  if (op === 'WITHDRAW') return textOf(payload?.note) ?? present.withdrawalNote;
  return op === 'CORRECT' ? textOf(payload?.text) : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
