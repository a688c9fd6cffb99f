import { type LogFollower, signals } from '../core/signals';
import type { ChangeEntry } from './change';

/** Tells whoever watches the process that somebody has read entries that are new, the oldest first. */
export function tellSeen(reader: LogFollower, [first]: readonly ChangeEntry[]): void {
  if (first && signals.changesSeen.isHeard) signals.changesSeen.send({ reader, since: first.at });
}
