import type { Instant } from '../../core/clock';
import type { ToldRights } from '../rights';

/** One page of a feed, whatever it is written as. All addresses are absolute. */
export interface Feed {
  readonly title: string;
  readonly siteName: string;
  /** The site's front page. */
  readonly home: string;
  /** This page, the feed's first one, and the next; null for the last. */
  readonly self: string;
  readonly first: string;
  readonly next: string | null;
  /** When anything in it changed last. */
  readonly updated: Instant;
  /** Of all entries; null where they differ. */
  readonly language: string | null;
  /** The newest first. */
  readonly entries: readonly Entry[];
  /** The latest first; on the first page only. */
  readonly withdrawn: readonly Withdrawn[];
}

export interface Entry {
  /** A tag URI. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string | null;
  /** Sanitised, in an element that says its language and direction. */
  readonly html: string;
  readonly authors: readonly string[];
  readonly categories: readonly { readonly slug: string; readonly name: string }[];
  readonly language: string;
  readonly published: Instant;
  readonly updated: Instant;
  readonly image: EntryImage | null;
  readonly rights: ToldRights | null;
}

export interface EntryImage {
  readonly url: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly alt: string | null;
  readonly credit: string | null;
}

export interface Withdrawn {
  readonly id: string;
  readonly at: Instant;
}

/** What one format makes of a feed. */
export interface FeedFormat {
  readonly type: string;
  write(feed: Feed): string;
}
