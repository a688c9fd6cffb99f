import type { Instant } from '../../core/clock';
import { badInput } from '../../core/errors';
import { canonicalLanguageTag } from '../../core/text';
import type { StoredEntitlement } from '../../database';

/** What a partner was entitled to from an instant on. */
export interface EntitlementVersion {
  /** Counts from 1. */
  readonly version: number;
  readonly at: Instant;
  /** Null for nothing at all. */
  readonly content: StoredEntitlement | null;
}

/** What somebody wants a partner to be entitled to: all that is given must hold. Subjects are named by their slugs. */
export interface EntitlementWish {
  /** Any of them, or what stands below one. */
  readonly categories?: readonly string[];
  readonly topics?: readonly string[];
  readonly languages?: readonly string[];
  /** Where the partner is, with what stands around that, as ISO 3166-1 or UN M49 call it. */
  readonly territories?: readonly string[];
  /** Whether machines of the partner's learn from what it gets. Default false. */
  readonly textAndDataMining?: boolean;
  /** Days after its publication for which the partner may keep an article. */
  readonly hostingDays?: number;
}

/** Most values that one list of an entitlement may have: as many as a filter of articles. */
const MAX_VALUES = 50;
const MAX_HOSTING_DAYS = 36_500;
const TERRITORY = /^([A-Z]{2}|\d{3})$/;

/** @throws DatelineError BAD_USER_INPUT */
export function checkWish(wish: EntitlementWish): Omit<StoredEntitlement, 'categories' | 'topics'> {
  for (const name of ['categories', 'topics', 'languages', 'territories'] as const)
    checkCount(name, wish[name]);
  const { hostingDays = null } = wish;
  if (
    hostingDays !== null &&
    !(Number.isInteger(hostingDays) && hostingDays >= 1 && hostingDays <= MAX_HOSTING_DAYS)
  ) {
    throw badInput('hostingDays', `A hosting period is from 1 to ${MAX_HOSTING_DAYS} days.`);
  }
  const territories = wish.territories?.map((territory) => territory.toUpperCase());
  const wrong = territories?.find((territory) => !TERRITORY.test(territory));
  if (wrong !== undefined) {
    throw badInput(
      'territories',
      `"${wrong}" is no territory: write two letters as of ISO 3166-1, or three digits.`,
    );
  }
  return {
    languages: wish.languages ? [...new Set(wish.languages.map(canonicalLanguageTag))] : null,
    territories: territories ? [...new Set(territories)] : null,
    textAndDataMining: wish.textAndDataMining ?? false,
    hostingDays,
  };
}

function checkCount(name: string, values: readonly string[] | undefined): void {
  if (values === undefined || (values.length >= 1 && values.length <= MAX_VALUES)) return;
  throw badInput(
    name,
    values.length === 0
      ? `Name at least one of the "${name}", or leave them out.`
      : `"${name}" has ${values.length} values; at most ${MAX_VALUES} are allowed.`,
  );
}
