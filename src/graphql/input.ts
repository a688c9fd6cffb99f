import { keyOf, type NodeType } from '../core/ids';
import { Refusal } from '../core/refusal';

type Given<T> = { [K in keyof T]: Exclude<T[K], null | undefined> };

/** What is given of an input object: GraphQL has two ways to leave something out, services have one. */
export function given<T extends object>(input: T): Given<T>;
export function given(input: object): object {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value != null));
}

/**
 * The key behind the global id in an input field.
 * @throws Refusal NOT_FOUND for an id of another type, or of none: for its client there is no such thing
 */
export function keyIn(type: NodeType, field: string, id: string): number {
  const key = keyOf(type, id);
  if (key !== null) return key;
  throw new Refusal('NOT_FOUND', `There is no such ${type.toLowerCase()}.`, field);
}
