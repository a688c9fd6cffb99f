/** What a member of staff may be; one person can be several. */
export type Role = 'CONTRIBUTOR' | 'EDITOR' | 'MODERATOR' | 'ADMIN';

/**
 * Who asks. The first argument of every service, and the only thing that a policy may look at.
 * SYSTEM is Dateline itself: imports, the sample newsroom, jobs.
 */
export interface Actor {
  readonly kind: 'ANONYMOUS' | 'READER' | 'PARTNER' | 'STAFF' | 'SYSTEM';
  /** Stable name for the change log: never an e-mail address. */
  readonly name: string;
  readonly roles: ReadonlySet<Role>;
}

const NO_ROLES: ReadonlySet<Role> = new Set();

export const ANONYMOUS: Actor = { kind: 'ANONYMOUS', name: 'anonymous', roles: NO_ROLES };

/** Dateline acting on its own behalf; `name` says which part of it, e.g. "import" or "sample". */
export function systemActor(name: string): Actor {
  return { kind: 'SYSTEM', name: `system:${name}`, roles: NO_ROLES };
}

/** Whether the actor belongs to the newsroom, and so may see what is not public. */
export function isNewsroom(actor: Actor): boolean {
  return actor.kind === 'SYSTEM' || actor.kind === 'STAFF';
}
