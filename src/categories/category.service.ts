/** What can be done to categories, and by whom. */
import { type GuardedWrite, guardedWrite } from '../changes';
import type { Actor } from '../core/actor';
import type { Clock } from '../core/clock';
import { badInput } from '../core/errors';
import { chosenSlug, optionalText, requiredText } from '../core/fields';
import type { Seen } from '../core/revision';
import { slugify } from '../core/text';
import type { Database } from '../database';
import { EVERY_TIME, type Once } from '../idempotency';
import { type CategoryDraft, type CategoryEdit, insertCategory, updateCategory } from './category.edit';
import { deleteCategory, mergeCategories } from './category.merge';
import { assertMayActOnCategories, type CategoryAction } from './category.policy';

/** Characters. */
const MAX_NAME = 200;
const MAX_DESCRIPTION = 2_000;
const MAX_POSITION = 1_000_000;

/** What somebody proposes as a category. */
export type CategoryProposal = Pick<CategoryDraft, 'name'> & Partial<CategoryDraft>;

/** Every method throws Refusal, or DatelineError FORBIDDEN, BAD_USER_INPUT; then nothing was written. */
export class CategoryService {
  private readonly write: GuardedWrite<CategoryAction>;

  constructor(database: Database, clock: Clock) {
    this.write = guardedWrite(database, clock, assertMayActOnCategories);
  }

  /** The slug is made of the name where there is none. It comes last among its siblings where it has no position. */
  create(
    actor: Actor,
    { name, slug, position, ...rest }: CategoryProposal,
    once: Once = EVERY_TIME,
  ): Promise<Seen> {
    return this.write(actor, 'CREATE', () => {
      const draft: CategoryDraft = {
        ...{ description: null, parent: null, topic: null, ...checked(rest) },
        ...checkedPlace(position),
        name: requiredText('name', name, MAX_NAME),
        slug: slug == null ? null : chosenSlug(slug),
      };
      return (scope) =>
        once(scope, async () => ({
          id: await insertCategory(scope, draft, slugify(draft.name)),
          revision: 1,
        }));
    });
  }

  update(actor: Actor, seen: Seen, edit: CategoryEdit): Promise<Seen> {
    return this.write(actor, 'EDIT', () => {
      const fields = checked(edit);
      return async (scope) => ({ id: seen.id, revision: await updateCategory(scope, seen, fields) });
    });
  }

  /** Makes a category part of another. @returns the other */
  merge(actor: Actor, seen: Seen, into: number): Promise<Seen> {
    return this.write(actor, 'MERGE', () => (scope) => mergeCategories(scope, seen, into));
  }

  delete(actor: Actor, seen: Seen): Promise<void> {
    return this.write(actor, 'DELETE', () => (scope) => deleteCategory(scope, seen));
  }
}

/** @throws DatelineError BAD_USER_INPUT */
function checked({ name, slug, description, position, ...rest }: CategoryEdit): CategoryEdit {
  return {
    ...rest,
    ...(name === undefined ? {} : { name: requiredText('name', name, MAX_NAME) }),
    ...(slug === undefined ? {} : { slug: chosenSlug(slug) }),
    ...(description === undefined
      ? {}
      : { description: optionalText('description', description, MAX_DESCRIPTION) }),
    ...(position === undefined ? {} : checkedPosition(position)),
  };
}

function checkedPlace(position: number | null | undefined): { position: number | null } {
  return position == null ? { position: null } : checkedPosition(position);
}

function checkedPosition(position: number): { position: number } {
  if (position >= 0 && position <= MAX_POSITION) return { position };
  throw badInput('position', `"position" is from 0 to ${MAX_POSITION}.`);
}
