import { type Actor, type Grantee, mayChange } from '../core/actor';
import { DatelineError } from '../core/errors';

/** What can be done to an article. */
export type ArticleAction = 'CREATE' | 'EDIT' | 'PUBLISH' | 'WITHDRAW';

/** Who may do what. Who is not named may not. SYSTEM, that is Dateline itself, may do everything. */
const ALLOWED: Readonly<Record<ArticleAction, readonly Grantee[]>> = {
  CREATE: ['CONTRIBUTOR', 'EDITOR', 'ADMIN'],
  EDIT: ['EDITOR', 'ADMIN'],
  PUBLISH: ['EDITOR', 'ADMIN'],
  WITHDRAW: ['EDITOR', 'ADMIN'],
};

export function mayActOnArticles(actor: Actor, action: ArticleAction): boolean {
  return mayChange(actor, 'articles', ALLOWED[action]);
}

/** What a client may offer its user to do to an article. */
export interface Permissions {
  readonly edit: boolean;
  readonly publish: boolean;
  readonly withdraw: boolean;
}

export function permissionsOnArticles(actor: Actor): Permissions {
  return {
    edit: mayActOnArticles(actor, 'EDIT'),
    publish: mayActOnArticles(actor, 'PUBLISH'),
    withdraw: mayActOnArticles(actor, 'WITHDRAW'),
  };
}

/** @throws DatelineError FORBIDDEN */
export function assertMayActOnArticles(actor: Actor, action: ArticleAction): void {
  if (!mayActOnArticles(actor, action)) {
    throw new DatelineError('FORBIDDEN', `You may not ${action.toLowerCase()} articles.`);
  }
}
