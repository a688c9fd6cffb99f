import { type Actor, type Grantee, isAmong, mayChange } from '../core/actor';
import { DatelineError } from '../core/errors';
import type { ArticleStatus } from '../database';

/** What can be done to an article. */
export type ArticleAction = 'CREATE' | 'EDIT' | 'PUBLISH' | 'WITHDRAW';

interface Grant {
  readonly any: readonly Grantee[];
  /** Only as long as they are drafts, and to who has made them. */
  readonly ownDrafts: readonly Grantee[];
}

/**
 * Who may do what. Who is not named may not. SYSTEM, that is Dateline itself, may do everything.
 * EDIT is also to roll back, to link translations and to give out previews; PUBLISH also to schedule, to correct
 * and to take back into drafts; WITHDRAW also to restore.
 */
const ALLOWED: Readonly<Record<ArticleAction, Grant>> = {
  CREATE: { any: ['CONTRIBUTOR', 'EDITOR', 'ADMIN'], ownDrafts: [] },
  EDIT: { any: ['EDITOR', 'ADMIN'], ownDrafts: ['CONTRIBUTOR'] },
  PUBLISH: { any: ['EDITOR', 'ADMIN'], ownDrafts: [] },
  WITHDRAW: { any: ['EDITOR', 'ADMIN'], ownDrafts: [] },
};

/** Who may read what an article was before, and who made it what it is. */
const READERS_OF_REVISIONS: readonly Grantee[] = ['CONTRIBUTOR', 'EDITOR', 'MODERATOR', 'ADMIN'];

export function mayReadRevisions(actor: Actor): boolean {
  return isAmong(actor, READERS_OF_REVISIONS);
}

/** What a policy looks at. */
export interface Owned {
  readonly createdBy: string;
  /** At the instant of the question. */
  readonly status: ArticleStatus;
}

/** @param article the one that is meant; null for whether there can be any */
export function mayActOnArticle(actor: Actor, action: ArticleAction, article: Owned | null): boolean {
  const { any, ownDrafts } = ALLOWED[action];
  if (mayChange(actor, 'articles', any)) return true;
  const isOwnDraft = article === null || (article.status === 'DRAFT' && article.createdBy === actor.name);
  return isOwnDraft && mayChange(actor, 'articles', ownDrafts);
}

/** What a client may offer its user to do to an article. */
export interface Permissions {
  readonly edit: boolean;
  readonly publish: boolean;
  readonly withdraw: boolean;
}

export function permissionsOn(actor: Actor, article: Owned): Permissions {
  return {
    edit: mayActOnArticle(actor, 'EDIT', article),
    publish: mayActOnArticle(actor, 'PUBLISH', article),
    withdraw: mayActOnArticle(actor, 'WITHDRAW', article),
  };
}

/** @throws DatelineError FORBIDDEN */
export function assertMayActOnArticle(actor: Actor, action: ArticleAction, article: Owned | null): void {
  if (mayActOnArticle(actor, action, article)) return;
  const which = mayActOnArticle(actor, action, null) ? 'this article' : 'articles';
  throw new DatelineError('FORBIDDEN', `You may not ${action.toLowerCase()} ${which}.`);
}
