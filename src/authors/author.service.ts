/** What can be done to authors, and by whom. */
import { type GuardedWrite, guardedWrite } from '../changes';
import type { Actor } from '../core/actor';
import type { Clock } from '../core/clock';
import { chosenSlug, optionalText, requiredText } from '../core/fields';
import type { Seen } from '../core/revision';
import { slugify } from '../core/text';
import type { Database } from '../database';
import { EVERY_TIME, type Once } from '../idempotency';
import { checkImage } from '../images';
import { type AuthorDraft, type AuthorEdit, insertAuthor, updateAuthor } from './author.edit';
import { deleteAuthor, mergeAuthors } from './author.merge';
import { type AuthorAction, assertMayActOnAuthors } from './author.policy';

/** Characters. */
const MAX_NAME = 200;
const MAX_BIO = 5_000;

/** What somebody proposes as an author. */
export type AuthorProposal = Pick<AuthorDraft, 'name'> & Partial<AuthorDraft>;

/** Every method throws Refusal, or DatelineError FORBIDDEN, BAD_USER_INPUT; then nothing was written. */
export class AuthorService {
  private readonly write: GuardedWrite<AuthorAction>;

  constructor(database: Database, clock: Clock) {
    this.write = guardedWrite(database, clock, assertMayActOnAuthors);
  }

  /** The slug is made of the name where there is none. */
  create(actor: Actor, { name, slug, ...rest }: AuthorProposal, once: Once = EVERY_TIME): Promise<Seen> {
    return this.write(actor, 'CREATE', () => {
      const draft: AuthorDraft = {
        ...{ bio: null, avatar: null, ...checked(rest) },
        name: requiredText('name', name, MAX_NAME),
        slug: slug == null ? null : chosenSlug(slug),
      };
      const derived = slugify(draft.name);
      return (scope) =>
        once(scope, async () => ({ id: await insertAuthor(scope, draft, derived), revision: 1 }));
    });
  }

  update(actor: Actor, seen: Seen, edit: AuthorEdit): Promise<Seen> {
    return this.write(actor, 'EDIT', () => {
      const fields = checked(edit);
      return async (scope) => ({ id: seen.id, revision: await updateAuthor(scope, seen, fields) });
    });
  }

  /** Makes an author part of another. @returns the other */
  merge(actor: Actor, seen: Seen, into: number): Promise<Seen> {
    return this.write(actor, 'MERGE', () => (scope) => mergeAuthors(scope, seen, into));
  }

  delete(actor: Actor, seen: Seen): Promise<void> {
    return this.write(actor, 'DELETE', () => (scope) => deleteAuthor(scope, seen));
  }
}

/** @throws DatelineError BAD_USER_INPUT */
function checked({ name, slug, bio, avatar, ...rest }: AuthorEdit): AuthorEdit {
  if (avatar != null) checkImage(avatar, 'avatar.');
  return {
    ...rest,
    ...(name === undefined ? {} : { name: requiredText('name', name, MAX_NAME) }),
    ...(slug === undefined ? {} : { slug: chosenSlug(slug) }),
    ...(bio === undefined ? {} : { bio: optionalText('bio', bio, MAX_BIO) }),
    ...(avatar === undefined ? {} : { avatar }),
  };
}
