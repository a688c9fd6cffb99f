import { guard, type Policy } from '../core/policy';

/** What can be done to an author. EDIT is all that one says of itself; MERGE makes one of two. */
export type AuthorAction = 'CREATE' | 'EDIT' | 'MERGE' | 'DELETE';

const ALLOWED: Policy<AuthorAction> = {
  CREATE: ['EDITOR', 'ADMIN'],
  EDIT: ['EDITOR', 'ADMIN'],
  MERGE: ['EDITOR', 'ADMIN'],
  DELETE: ['EDITOR', 'ADMIN'],
};

/** @throws DatelineError FORBIDDEN */
export const assertMayActOnAuthors = guard('authors', ALLOWED);
