/** What can be done to topics, and by whom. */
import { type GuardedWrite, guardedWrite } from '../changes';
import type { Actor } from '../core/actor';
import type { Clock } from '../core/clock';
import { badInput } from '../core/errors';
import { chosenSlug, optionalText } from '../core/fields';
import type { Seen } from '../core/revision';
import { slugify } from '../core/text';
import type { Database } from '../database';
import { EVERY_TIME, type Once } from '../idempotency';
import type { LocalName } from './topic';
import { insertTopic, renameTopic, type TopicDraft, type TopicEdit, updateTopic } from './topic.edit';
import { deleteTopic, mergeTopics } from './topic.merge';
import { checkedNames, renamed, withAlias, withoutAlias } from './topic.names';
import { assertMayActOnTopics, type TopicAction } from './topic.policy';
import { calledBy } from './topic.writer';

/** Characters. */
const MAX_DESCRIPTION = 2_000;
const WIKIDATA_ID = /^Q[1-9]\d{0,17}$/;

/** What somebody proposes as a topic. */
export type TopicProposal = Pick<TopicDraft, 'kind' | 'names'> & Partial<TopicDraft>;

/** Every method throws Refusal, or DatelineError FORBIDDEN, BAD_USER_INPUT; then nothing was written. */
export class TopicService {
  private readonly write: GuardedWrite<TopicAction>;

  constructor(database: Database, clock: Clock) {
    this.write = guardedWrite(database, clock, assertMayActOnTopics);
  }

  /** The slug is made of the name where there is none. */
  create(actor: Actor, proposal: TopicProposal, once: Once = EVERY_TIME): Promise<Seen> {
    return this.write(actor, 'CREATE', () => {
      const draft = draftOf(proposal);
      const derived = slugify(calledBy(draft.names, '').name);
      return (scope) =>
        once(scope, async () => ({ id: await insertTopic(scope, draft, derived), revision: 1 }));
    });
  }

  update(actor: Actor, seen: Seen, edit: TopicEdit): Promise<Seen> {
    return this.write(actor, 'EDIT', () => {
      const fields = checked(edit);
      return async (scope) => ({ id: seen.id, revision: await updateTopic(scope, seen, fields) });
    });
  }

  /** Calls the topic something else in a language; the former name stays as an alias. */
  rename(actor: Actor, id: number, language: string, name: string): Promise<Seen> {
    return this.rewrite(actor, id, (names) => renamed(names, language, name));
  }

  addAlias(actor: Actor, id: number, language: string, alias: string): Promise<Seen> {
    return this.rewrite(actor, id, (names) => withAlias(names, language, alias));
  }

  removeAlias(actor: Actor, id: number, language: string, alias: string): Promise<Seen> {
    return this.rewrite(actor, id, (names) => withoutAlias(names, language, alias));
  }

  /** Makes a topic part of another. @returns the other */
  merge(actor: Actor, seen: Seen, into: number): Promise<Seen> {
    return this.write(actor, 'MERGE', () => (scope) => mergeTopics(scope, seen, into));
  }

  delete(actor: Actor, seen: Seen): Promise<void> {
    return this.write(actor, 'DELETE', () => (scope) => deleteTopic(scope, seen));
  }

  private rewrite(
    actor: Actor,
    id: number,
    change: (names: readonly LocalName[]) => LocalName[],
  ): Promise<Seen> {
    return this.write(actor, 'EDIT', () => (scope) => renameTopic(scope, id, change));
  }
}

/** @throws DatelineError BAD_USER_INPUT */
function draftOf({ kind, names, slug, ...rest }: TopicProposal): TopicDraft {
  return {
    ...{ description: null, wikidataId: null, parent: null, ...checked(rest) },
    ...{ kind, names: checkedNames(names), slug: slug == null ? null : chosenSlug(slug) },
  };
}

/** @throws DatelineError BAD_USER_INPUT */
function checked({ names, slug, description, wikidataId, ...rest }: TopicEdit): TopicEdit {
  if (wikidataId != null && !WIKIDATA_ID.test(wikidataId))
    throw badInput('wikidataId', '"wikidataId" is written like "Q889".');
  return {
    ...rest,
    ...(names === undefined ? {} : { names: checkedNames(names) }),
    ...(slug === undefined ? {} : { slug: chosenSlug(slug) }),
    ...(description === undefined
      ? {}
      : { description: optionalText('description', description, MAX_DESCRIPTION) }),
    ...(wikidataId === undefined ? {} : { wikidataId }),
  };
}
