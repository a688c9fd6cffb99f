import { guard, type Policy } from '../core/policy';

/** What can be done to a collection. EDIT is its title, its slug, and which articles stand in it where. */
export type CollectionAction = 'CREATE' | 'EDIT' | 'DELETE';

const ALLOWED: Policy<CollectionAction> = {
  CREATE: ['EDITOR', 'ADMIN'],
  EDIT: ['EDITOR', 'ADMIN'],
  DELETE: ['EDITOR', 'ADMIN'],
};

/** @throws DatelineError FORBIDDEN */
export const assertMayActOnCollections = guard('collections', ALLOWED);
