import type { Instant } from '../../core/clock';
import { DatelineError } from '../../core/errors';
import type { Position } from '../../core/paging';
import type { SecretBox } from '../../core/sealed';

/** How far a partner has followed the change log. */
export interface FeedPosition {
  /** The last entry that is done with. */
  readonly seq: number;
  /** The instant until which the partner has heard what it may keep no longer. */
  readonly hostedUntil: Instant;
  /** Of something that is about many articles: how far it has been gone through. Null between entries. */
  readonly sweep: Sweep | null;
}

/** LOSSES, GAINS and CARRIERS are about the entry after `seq`; HOSTING is about none. */
export interface Sweep {
  readonly stage: 'LOSSES' | 'GAINS' | 'CARRIERS' | 'HOSTING';
  /** The last article in the order of the list; null for none yet. */
  readonly after: Position | null;
}

/** How far a partner has gone through a snapshot. */
export interface SnapshotPosition {
  /** Where the change log is to be followed from when it is over. */
  readonly start: FeedPosition;
  readonly after: Position;
}

const STAGES: readonly Sweep['stage'][] = ['LOSSES', 'GAINS', 'CARRIERS', 'HOSTING'];
/** Characters; what is longer is no token of ours. */
const MAX_TOKEN = 400;

/** Positions as clients have them: sealed, so that they tell nothing and nobody makes up one of another's. */
export class FeedTokens {
  constructor(private readonly box: SecretBox) {}

  ofFeed(partner: number, position: FeedPosition): string {
    return this.box.seal(JSON.stringify(['feed', partner, ...listed(position)]));
  }

  ofSnapshot(partner: number, { start, after }: SnapshotPosition): string {
    return this.box.seal(JSON.stringify(['snapshot', partner, ...listed(start), after.sort, after.key]));
  }

  /** @throws DatelineError BAD_CURSOR */
  feed(partner: number, token: string): FeedPosition {
    const [kind, owner, seq, hostedUntil, stage, sort, key] = this.open(token);
    const position =
      kind === 'feed' && owner === partner ? positionOf(seq, hostedUntil, stage, sort, key) : null;
    if (position) return position;
    throw foreign('a page of "changes", or "changesToken" of "snapshot"');
  }

  /** @throws DatelineError BAD_CURSOR */
  snapshot(partner: number, token: string): SnapshotPosition {
    const [kind, owner, seq, hostedUntil, , , , sort, key] = this.open(token);
    const start =
      kind === 'snapshot' && owner === partner ? positionOf(seq, hostedUntil, null, null, null) : null;
    if (start && isNumber(sort) && isNumber(key)) return { start, after: { sort, key } };
    throw foreign('"nextToken" of a page of "snapshot"');
  }

  private open(token: string): unknown[] {
    const content = token.length > MAX_TOKEN ? null : this.box.open(token);
    const value: unknown = content === null ? null : parsed(content);
    return Array.isArray(value) ? value : [];
  }
}

function listed({ seq, hostedUntil, sweep }: FeedPosition): unknown[] {
  return [seq, hostedUntil, sweep?.stage ?? null, sweep?.after?.sort ?? null, sweep?.after?.key ?? null];
}

function positionOf(
  seq: unknown,
  hostedUntil: unknown,
  stage: unknown,
  sort: unknown,
  key: unknown,
): FeedPosition | null {
  if (!isNumber(seq) || !isNumber(hostedUntil)) return null;
  const known = STAGES.find((each) => each === stage);
  const after = isNumber(sort) && isNumber(key) ? { sort, key } : null;
  return { seq, hostedUntil, sweep: known === undefined ? null : { stage: known, after } };
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** What is sealed may be anything: previews are sealed too. */
function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}

function foreign(origin: string): DatelineError {
  return new DatelineError(
    'BAD_CURSOR',
    `"after" is no token that this server has given to you in ${origin}. If you have none, take a "snapshot".`,
    { argument: 'after' },
  );
}
