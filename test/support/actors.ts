import { type Actor, ANONYMOUS, type Role } from '../../src/core/actor';

/** One actor of each kind that a policy can tell apart. */
export const ACTORS = {
  anonymous: ANONYMOUS,
  reader: { kind: 'READER', name: 'user:reader', roles: new Set<Role>() },
  partner: { kind: 'PARTNER', name: 'key:partner', roles: new Set<Role>() },
  contributor: staff('CONTRIBUTOR'),
  editor: staff('EDITOR'),
  moderator: staff('MODERATOR'),
  admin: staff('ADMIN'),
} as const satisfies Readonly<Record<string, Actor>>;

function staff(role: Role): Actor {
  return { kind: 'STAFF', name: `user:${role.toLowerCase()}`, roles: new Set([role]) };
}
