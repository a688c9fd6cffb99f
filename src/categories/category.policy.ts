import { guard, type Policy } from '../core/policy';

/** What can be done to a category. EDIT is all that it says of itself, and its place; MERGE makes one of two. */
export type CategoryAction = 'CREATE' | 'EDIT' | 'MERGE' | 'DELETE';

const ALLOWED: Policy<CategoryAction> = {
  CREATE: ['EDITOR', 'ADMIN'],
  EDIT: ['EDITOR', 'ADMIN'],
  MERGE: ['EDITOR', 'ADMIN'],
  DELETE: ['EDITOR', 'ADMIN'],
};

/** @throws DatelineError FORBIDDEN */
export const assertMayActOnCategories = guard('categories', ALLOWED);
