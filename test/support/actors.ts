import { type Actor, ANONYMOUS, type Role } from '../../src/core/actor';

/** One actor of each kind that a policy can tell apart. */
export const ACTORS = {
  anonymous: ANONYMOUS,
  reader: { ...ANONYMOUS, kind: 'READER', name: 'user:reader', displayName: 'A Reader' },
  partner: { ...ANONYMOUS, kind: 'PARTNER', name: 'key:partner', displayName: 'A Partner' },
  contributor: staff('CONTRIBUTOR'),
  editor: staff('EDITOR'),
  moderator: staff('MODERATOR'),
  admin: staff('ADMIN'),
} as const satisfies Readonly<Record<string, Actor>>;

function staff(role: Role): Actor {
  const name = `user:${role.toLowerCase()}`;
  return { kind: 'STAFF', name, displayName: null, roles: new Set([role]), scopes: null };
}
