import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../context';
import type { Seen } from '../core/revision';
import { DeletePayload, deletion, SeenInput, seenIn } from '../graphql/deletion';
import { given, keyIn, mustHaveValue } from '../graphql/input';
import { attemptOn } from '../graphql/user-errors';
import {
  CreateTopicInput,
  MergeTopicInput,
  RenameTopicInput,
  TopicAliasInput,
  TopicPayload,
  UpdateTopicInput,
} from './topic.payload';
import { Topic } from './topic.type';

@Resolver()
export class TopicMutations {
  @Mutation(() => TopicPayload)
  createTopic(
    @Arg('input', () => CreateTopicInput) input: CreateTopicInput,
    @Ctx() context: RequestContext,
  ): Promise<TopicPayload> {
    return answer(context, () => {
      const { idempotencyKey, ...draft } = given(input);
      const once = context.services.idempotency.once({ operation: 'createTopic', input });
      return context.services.topics.create(context.actor, draft, once);
    });
  }

  @Mutation(() => TopicPayload)
  updateTopic(
    @Arg('input', () => UpdateTopicInput) input: UpdateTopicInput,
    @Ctx() context: RequestContext,
  ): Promise<TopicPayload> {
    return answer(context, () => {
      const { id, expectedRevision, ...edit } = mustHaveValue(input, ['kind', 'names', 'slug']);
      const seen = seenIn('Topic', { id, expectedRevision });
      return context.services.topics.update(context.actor, seen, edit);
    });
  }

  @Mutation(() => TopicPayload, {
    description:
      'Calls it something else in one language. What it was called there stays as an alias. To do it twice is to do it once.',
  })
  renameTopic(
    @Arg('input', () => RenameTopicInput) { id, language, name }: RenameTopicInput,
    @Ctx() context: RequestContext,
  ): Promise<TopicPayload> {
    return answer(context, () =>
      context.services.topics.rename(context.actor, keyIn('Topic', 'id', id), language, name),
    );
  }

  @Mutation(() => TopicPayload, { description: 'To do it twice is to do it once.' })
  addTopicAlias(
    @Arg('input', () => TopicAliasInput) { id, language, alias }: TopicAliasInput,
    @Ctx() context: RequestContext,
  ): Promise<TopicPayload> {
    return answer(context, () =>
      context.services.topics.addAlias(context.actor, keyIn('Topic', 'id', id), language, alias),
    );
  }

  @Mutation(() => TopicPayload, {
    description: 'In whatever spelling; the name itself stays. To do it twice is to do it once.',
  })
  removeTopicAlias(
    @Arg('input', () => TopicAliasInput) { id, language, alias }: TopicAliasInput,
    @Ctx() context: RequestContext,
  ): Promise<TopicPayload> {
    return answer(context, () =>
      context.services.topics.removeAlias(context.actor, keyIn('Topic', 'id', id), language, alias),
    );
  }

  @Mutation(() => TopicPayload, {
    description:
      'Makes one topic part of another, and answers the other. Its articles, names, children and categories go over, and its slug leads there. To do it twice is to do it once.',
  })
  mergeTopic(
    @Arg('input', () => MergeTopicInput) { into, ...input }: MergeTopicInput,
    @Ctx() context: RequestContext,
  ): Promise<TopicPayload> {
    return answer(context, () =>
      context.services.topics.merge(context.actor, seenIn('Topic', input), keyIn('Topic', 'into', into)),
    );
  }

  @Mutation(() => DeletePayload, { description: 'Only a topic that nothing refers to.' })
  deleteTopic(
    @Arg('input', () => SeenInput) input: SeenInput,
    @Ctx() context: RequestContext,
  ): Promise<DeletePayload> {
    return deletion(context, input, () =>
      context.services.topics.delete(context.actor, seenIn('Topic', input)),
    );
  }
}

/** The topic as it is after the change. */
async function answer(context: RequestContext, change: () => Promise<Seen>): Promise<TopicPayload> {
  const { done, userErrors } = await attemptOn(context, change, (id) => context.topics.byId.load(id));
  return { topic: done && new Topic(done), userErrors };
}
