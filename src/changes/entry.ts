import type { Seen } from '../core/revision';
import type { ChangeEntity, ChangeOp } from '../database';
import type { Change } from './change-log';

/** One thing that happened to something, under the revision that it has since. */
export function entry(
  entity: ChangeEntity,
  { id, revision }: Seen,
  op: ChangeOp,
  payload?: Change['payload'],
): Change {
  return { entity, entityId: id, op, revision, ...(payload ? { payload } : {}) };
}
