import type { Instant } from '../core/clock';
import { type ArticleRow, isPublicAt } from './article';

/** Whom articles are handed to for use elsewhere. */
export interface Recipient {
  /** The territories that the recipient stays within, with those around them; null for one who may be anywhere. */
  readonly territories: readonly string[] | null;
  /** Whether machines of the recipient's learn from what it gets. */
  readonly textAndDataMining: boolean;
  /** Days after its publication for which the recipient may keep an article; null for as long as it is published. */
  readonly hostingDays: number | null;
}

/** What of an article its rights are read from. */
export type RightsOf = Parameters<typeof isPublicAt>[0] &
  Pick<ArticleRow, 'publishedAt' | 'territories' | 'textAndDataMining'>;

/** Whoever fetches a public feed. */
export const ANYBODY: Recipient = { territories: null, textAndDataMining: false, hostingDays: null };

/** What UN M49 calls the world. */
const WORLD = '001';

const DAY = 86_400_000;

/**
 * Whether an article may be handed out for use elsewhere, with its text: it is published, no embargo is running, its
 * rights have not run out, and the recipient stays where it may be used, and does with it what may be done. One policy
 * for all that leaves the house.
 */
export function mayBeGivenTo(recipient: Recipient, article: RightsOf, now: Instant): boolean {
  return isPublicAt(article, now) && now < hostedUntil(recipient, article) && isAllowed(recipient, article);
}

/** The instant from which on the recipient may keep the article no longer; infinite for never. */
export function hostedUntil(
  { hostingDays }: Recipient,
  { publishedAt }: Pick<ArticleRow, 'publishedAt'>,
): number {
  return hostingDays === null || publishedAt === null
    ? Number.POSITIVE_INFINITY
    : publishedAt + hostingDays * DAY;
}

/** What does not depend on the clock: where the recipient is, and what it does. */
export function isAllowed(
  recipient: Recipient,
  article: Pick<ArticleRow, 'territories' | 'textAndDataMining'>,
): boolean {
  return isWithin(recipient, article) && (article.textAndDataMining || !recipient.textAndDataMining);
}

/** Whether the recipient stays where the article may be used. */
export function isWithin(recipient: Recipient, { territories }: Pick<ArticleRow, 'territories'>): boolean {
  if (territories === null || territories.includes(WORLD)) return true;
  return recipient.territories?.some((territory) => territories.includes(territory)) ?? false;
}
