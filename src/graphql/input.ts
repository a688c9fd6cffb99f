import 'reflect-metadata';
import { Field } from 'type-graphql';
import { keyOf, type NodeType } from '../core/ids';
import { Refusal } from '../core/refusal';

/** The field of an input that may be sent again, e.g. after the answer was lost. */
export function IdempotencyKeyField(): PropertyDecorator {
  return Field(() => String, {
    nullable: true,
    description:
      'Make one up for each thing to be made, e.g. a UUID. Sent again with the same input within 24 hours it makes nothing new, and answers what was made.',
  });
}

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

/** The keys behind the global ids in a list. @throws Refusal NOT_FOUND that names the first which is none */
export function keysIn(type: NodeType, field: string, ids: readonly string[]): number[] {
  return ids.map((id, index) => keyIn(type, `${field}.${index}`, id));
}

/**
 * An update's input, in which null clears a field: not one of these.
 * @throws Refusal VALIDATION that names the field
 */
export function mustHaveValue<T extends object, F extends keyof T & string>(
  input: T,
  fields: readonly F[],
): { [K in keyof T]: K extends F ? Exclude<T[K], null | undefined> : T[K] };
export function mustHaveValue(
  input: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): Readonly<Record<string, unknown>> {
  for (const field of fields) {
    if (input[field] !== null) continue;
    throw new Refusal('VALIDATION', `"${field}" cannot be cleared: leave it out, and it stays.`, field);
  }
  return input;
}
