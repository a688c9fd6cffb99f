/** What a member of staff may be; one person can be several. */
export const ROLES = ['CONTRIBUTOR', 'EDITOR', 'MODERATOR', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** What a credential can be narrowed to: the rooms in which it may change something, or none ("read"). */
export const SCOPES = [
  'read',
  'articles',
  'authors',
  'categories',
  'collections',
  'comments',
  'images',
  'topics',
] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * Who asks. The first argument of every service, and the only thing that a policy may look at.
 * SYSTEM is Dateline itself: imports, the sample newsroom, jobs.
 */
export interface Actor {
  readonly kind: 'ANONYMOUS' | 'READER' | 'PARTNER' | 'STAFF' | 'SYSTEM';
  /** Stable name for the change log: never an e-mail address. */
  readonly name: string;
  /** What people call it; null where nobody has said. */
  readonly displayName: string | null;
  readonly roles: ReadonlySet<Role>;
  /** What its credential was narrowed to; null for all that its roles allow. */
  readonly scopes: ReadonlySet<Scope> | null;
}

/** Whom a policy can name: a role of the staff, or everybody of another kind. */
export type Grantee = Role | 'ANONYMOUS' | 'READER' | 'PARTNER';

const NO_ROLES: ReadonlySet<Role> = new Set();

export const ANONYMOUS: Actor = {
  kind: 'ANONYMOUS',
  name: 'anonymous',
  displayName: null,
  roles: NO_ROLES,
  scopes: null,
};

/** Dateline acting on its own behalf; `name` says which part of it, e.g. "import" or "sample". */
export function systemActor(name: string): Actor {
  return { kind: 'SYSTEM', name: `system:${name}`, displayName: null, roles: NO_ROLES, scopes: null };
}

/** Whether the actor belongs to the newsroom, and so may see what is not public. */
export function isNewsroom(actor: Actor): boolean {
  return actor.kind === 'SYSTEM' || actor.kind === 'STAFF';
}

/** Whether a policy that names these lets the actor read. Who is not named may not, except SYSTEM. */
export function isAmong({ kind, roles }: Actor, allowed: readonly Grantee[]): boolean {
  if (kind === 'SYSTEM') return true;
  return kind === 'STAFF'
    ? ROLES.some((role) => roles.has(role) && allowed.includes(role))
    : allowed.includes(kind);
}

/** Whether a policy that names these lets the actor change something in the room. */
export function mayChange(actor: Actor, room: Exclude<Scope, 'read'>, allowed: readonly Grantee[]): boolean {
  return isAmong(actor, allowed) && (actor.scopes === null || actor.scopes.has(room));
}
