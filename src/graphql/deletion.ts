/** What mutations take and answer that make an end of something. */
import 'reflect-metadata';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { NodeType } from '../core/ids';
import type { Seen } from '../core/revision';
import { keyIn } from './input';
import { attempt, UserError } from './user-errors';

@InputType({ description: 'Something as it was when it was read.' })
export class SeenInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, {
    description: 'The revision that you have read. Where there is another by now, nothing is done.',
  })
  expectedRevision!: number;
}

@ObjectType({ simpleResolvers: true })
export class DeletePayload {
  @Field(() => ID, { nullable: true, description: 'The id of what is gone; null where there are errors.' })
  deletedId!: string | null;

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

/** @throws Refusal NOT_FOUND */
export function seenIn(type: NodeType, { id, expectedRevision }: SeenInput): Seen {
  return { id: keyIn(type, 'id', id), revision: expectedRevision };
}

/** Deletes something, and answers what came of it. */
export async function deletion(
  context: { forget(): void },
  { id }: Pick<SeenInput, 'id'>,
  remove: () => Promise<void>,
): Promise<DeletePayload> {
  const { userErrors } = await attempt(remove);
  context.forget();
  return { deletedId: userErrors.length === 0 ? id : null, userErrors };
}
