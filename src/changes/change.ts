import type { Instant } from '../core/clock';
import type { ChangeEntity, ChangeOp } from '../database';

/** One entry of the change log: what happened to one entity, by whom and when. */
export interface ChangeEntry {
  /** Rises by one from entry to entry, in the order of commits. */
  readonly seq: number;
  readonly at: Instant;
  readonly entity: ChangeEntity;
  readonly entityId: number;
  readonly op: ChangeOp;
  /** The entity's revision after the change; 0 for an entity that has none. */
  readonly revision: number;
  readonly actor: string;
  /** What a reader cannot find out otherwise; null too once the entry is old. */
  readonly payload: Readonly<Record<string, unknown>> | null;
}

/**
 * The log does not go on where a reader left off: what came next has been removed, or the database was put back
 * to an earlier state. The reader has to look at everything anew, and go on from `head`.
 */
export class ChangesLost extends Error {
  override readonly name = 'ChangesLost';

  constructor(
    readonly after: number,
    /** The number of the last entry that there is. */
    readonly head: number,
  ) {
    super(`The change log does not go on after ${after}; its last entry is ${head}`);
  }
}
