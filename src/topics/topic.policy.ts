import { guard, type Policy } from '../core/policy';

/** What can be done to a topic. EDIT is all that it says of itself, its names and its place; MERGE makes one of two. */
export type TopicAction = 'CREATE' | 'EDIT' | 'MERGE' | 'DELETE';

const ALLOWED: Policy<TopicAction> = {
  CREATE: ['EDITOR', 'ADMIN'],
  EDIT: ['EDITOR', 'ADMIN'],
  MERGE: ['EDITOR', 'ADMIN'],
  DELETE: ['EDITOR', 'ADMIN'],
};

/** @throws DatelineError FORBIDDEN */
export const assertMayActOnTopics = guard('topics', ALLOWED);
