/** How values are written in the documents and messages that leave the house. */
import type { Instant } from '../core/clock';

/** As ISO 8601 has it, of UTC. */
export function dated(at: Instant): string {
  return new Date(at).toISOString();
}

/** What stands in a list; a list with nothing in it is left out. */
export function some<T>(values: readonly T[]): readonly T[] | undefined {
  return values.length === 0 ? undefined : values;
}
