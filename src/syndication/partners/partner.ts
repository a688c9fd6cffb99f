import type { Instant } from '../../core/clock';
import type { Terms } from './terms';

/** What a partner had from an instant on, until its next version. */
export interface PartnerVersion {
  readonly version: number;
  readonly at: Instant;
  /** Of the entry of the change log that tells of it; null where there is none: it was imported, or is older than the log. */
  readonly seq: number | null;
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

  /** When an entry of the change log was written. By its place there: what two write at once is dated in any order. */
  termsAt({ seq, at }: { readonly seq: number; readonly at: Instant }): Terms | null {
    const version = this.versions.findLast((each) => (each.seq === null ? each.at <= at : each.seq <= seq));
    return version?.terms ?? null;
  }

  knows(version: number): boolean {
    return version <= (this.versions.at(-1)?.version ?? 0);
  }

  termsOf(version: number): Terms | null {
    return this.versions.find((each) => each.version === version)?.terms ?? null;
  }
}
