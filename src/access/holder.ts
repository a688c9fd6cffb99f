import type { Actor, Scope } from '../core/actor';
import type { KeyRole } from '../database';

/** What a credential says of its holder. */
export interface Holder {
  readonly name: string;
  readonly displayName: string | null;
  readonly roles: readonly KeyRole[];
  readonly scopes: readonly Scope[] | null;
}

/** Staff by a role of the staff, else a partner by that role, else a reader. */
export function actorOf({ name, displayName, roles, scopes }: Holder): Actor {
  const staff = roles.flatMap((role) => (role === 'PARTNER' ? [] : [role]));
  const other = roles.includes('PARTNER') ? 'PARTNER' : 'READER';
  return {
    kind: staff.length > 0 ? 'STAFF' : other,
    name,
    displayName,
    roles: new Set(staff),
    scopes: scopes && new Set(scopes),
  };
}
