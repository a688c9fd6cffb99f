/** What a mutation says of a change that it did not make: data, for clients are expected to handle it. */
import 'reflect-metadata';
import { Field, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import { datelineErrorIn } from '../core/errors';
import {
  VersionConflict as Conflict,
  RateLimited as RateLimit,
  Refusal,
  type RefusalReason,
  refusalOf,
} from '../core/refusal';
import type { Seen } from '../core/revision';

export const UserErrorCodes: { readonly [R in RefusalReason]: R } = {
  VALIDATION: 'VALIDATION',
  NOT_FOUND: 'NOT_FOUND',
  DUPLICATE: 'DUPLICATE',
  SLUG_TAKEN: 'SLUG_TAKEN',
  VERSION_CONFLICT: 'VERSION_CONFLICT',
  IDEMPOTENCY_KEY_REUSED: 'IDEMPOTENCY_KEY_REUSED',
  RATE_LIMITED: 'RATE_LIMITED',
  FORBIDDEN: 'FORBIDDEN',
  COMMENTS_CLOSED: 'COMMENTS_CLOSED',
  PARENT_UNAVAILABLE: 'PARENT_UNAVAILABLE',
  EDIT_WINDOW_EXPIRED: 'EDIT_WINDOW_EXPIRED',
  NOT_ALLOWED_IN_STATE: 'NOT_ALLOWED_IN_STATE',
};
registerEnumType(UserErrorCodes, { name: 'UserErrorCode' });

@InterfaceType({ description: 'Why a change was not made. Nothing was written.' })
export abstract class UserError {
  abstract readonly __typename: string;

  @Field(() => UserErrorCodes)
  code: RefusalReason;

  @Field(() => String)
  message: string;

  @Field(() => [String], {
    nullable: true,
    description: 'The way to the argument that is to blame, e.g. ["input", "title"].',
  })
  field: readonly string[] | null;

  constructor({ reason, message, field }: Refusal) {
    this.code = reason;
    this.message = message;
    this.field = field === null ? null : ['input', ...field.split('.')];
  }
}

@ObjectType({ implements: UserError, simpleResolvers: true })
export class InvalidInput extends UserError {
  readonly __typename = 'InvalidInput';
}

@ObjectType({ implements: UserError, simpleResolvers: true })
export class RateLimited extends UserError {
  readonly __typename = 'RateLimited';

  @Field(() => Int)
  retryAfterSeconds: number;

  constructor(limit: RateLimit) {
    super(limit);
    this.retryAfterSeconds = limit.retryAfterSeconds;
  }
}

@ObjectType({ implements: UserError, simpleResolvers: true })
export class VersionConflict extends UserError {
  readonly __typename = 'VersionConflict';

  @Field(() => Int, { description: 'What it is now. Read it again before you decide what to send.' })
  current: number;

  constructor(conflict: Conflict) {
    super(conflict);
    this.current = conflict.current;
  }
}

/** Types that only the interface leads to. */
export const USER_ERROR_TYPES = [InvalidInput, RateLimited, VersionConflict] as const;

/** What came of a change that was asked for: `done` is null exactly where there are errors. */
export interface Outcome<T> {
  readonly done: T | null;
  readonly userErrors: readonly UserError[];
}

/**
 * Makes a change, and turns what its service refuses into data.
 * @throws what is no refusal: a fault, an outage, a missing credential
 */
export async function attempt<T>(change: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { done: await change(), userErrors: [] };
  } catch (error) {
    const refusal = refusalOf(datelineErrorIn(error));
    if (refusal === null) throw error;
    return { done: null, userErrors: [refusedAs(refusal)] };
  }
}

/**
 * Makes a change to something, and reads what it is then: what was read of it before, in the same request, is
 * forgotten. What was made by an earlier attempt may be gone by now, and is refused as NOT_FOUND.
 */
export function attemptOn<R>(
  context: { forget(): void },
  change: () => Promise<Seen>,
  read: (id: number) => Promise<R | null>,
): Promise<Outcome<R>> {
  return attempt(async () => {
    const { id } = await change().finally(() => context.forget());
    const row = await read(id);
    if (row === null) throw new Refusal('NOT_FOUND', 'It is not there any more.');
    return row;
  });
}

/** What a client is told of a refusal. */
export function refusedAs(refusal: Refusal): UserError {
  if (refusal instanceof Conflict) return new VersionConflict(refusal);
  return refusal instanceof RateLimit ? new RateLimited(refusal) : new InvalidInput(refusal);
}
