import type { Instant } from '../../core/clock';
import type { Terms } from './terms';

/** What a partner had from an instant on, until its next version. */
export interface PartnerVersion {
  readonly version: number;
  readonly at: Instant;
  /** Null for nothing at all. */
  readonly terms: Terms | null;
}

/** Somebody who is given articles, with all that they were ever entitled to. */
export class Partner {
  constructor(
    /** The first of its keys. */
    readonly keyId: number,
    /** The earliest first. */
    readonly versions: readonly PartnerVersion[],
  ) {}

  get present(): Terms | null {
    return this.versions.at(-1)?.terms ?? null;
  }

  termsAt(at: Instant): Terms | null {
    return this.versions.findLast((each) => each.at <= at)?.terms ?? null;
  }

  termsOf(version: number): Terms | null {
    return this.versions.find((each) => each.version === version)?.terms ?? null;
  }
}
