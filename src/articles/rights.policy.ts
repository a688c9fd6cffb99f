import type { Instant } from '../core/clock';
import { type ArticleRow, isPublicAt } from './article';

/** Whom articles are handed to for use elsewhere. */
export interface Recipient {
  /** The territories that the recipient stays within, with those around them; null for one who may be anywhere. */
  readonly territories: readonly string[] | null;
}

/** Whoever fetches a public feed. */
export const ANYBODY: Recipient = { territories: null };

/** What UN M49 calls the world. */
const WORLD = '001';

/**
 * Whether an article may be handed out for use elsewhere, with its text: it is published, no embargo is running, its
 * rights have not run out, and the recipient stays where it may be used. One policy for all that leaves the house.
 */
export function mayBeGivenTo(
  recipient: Recipient,
  article: Parameters<typeof isPublicAt>[0] & Pick<ArticleRow, 'territories'>,
  now: Instant,
): boolean {
  return isPublicAt(article, now) && isWithin(recipient, article);
}

/** Whether the recipient stays where the article may be used. */
export function isWithin(recipient: Recipient, { territories }: Pick<ArticleRow, 'territories'>): boolean {
  if (territories === null || territories.includes(WORLD)) return true;
  return recipient.territories?.some((territory) => territories.includes(territory)) ?? false;
}
