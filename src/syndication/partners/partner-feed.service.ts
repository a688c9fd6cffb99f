import {
  type ArticleColumn,
  ArticleReads,
  type ArticleRow,
  articleSort,
  mayBeGivenTo,
  PUBLISHED_ARTICLES,
} from '../../articles';
import type { ChangeFeed } from '../../changes';
import { type Actor, ANONYMOUS } from '../../core/actor';
import type { Clock } from '../../core/clock';
import { badInput, DatelineError } from '../../core/errors';
import { pageSize } from '../../core/paging';
import type { SecretBox } from '../../core/sealed';
import type { Database } from '../../database';
import { publicIdOf } from './holder';
import type { Partner } from './partner';
import { partnerOf } from './partner.store';
import { FEED_WINDOW, presentPosition, readPartnerLog, type Told } from './partner-log';
import { type FeedPosition, FeedTokens } from './position';
import { waitForChange } from './waiting';

export interface PartnerFeedParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly box: SecretBox;
  readonly changes: ChangeFeed;
  /** Milliseconds for which entries of the change log are kept with their details. Default: for long enough. */
  readonly kept?: number;
}

export interface ChangesRequest {
  readonly after: string;
  readonly first: number;
  readonly waitSeconds: number;
  /** Whether nobody waits for the answer any more. */
  readonly ended: () => boolean;
}

/** A change with the token that goes on after it. */
export interface ToldChange extends Told {
  readonly token: string;
}

export interface ChangesPage {
  readonly changes: readonly ToldChange[];
  readonly nextToken: string;
  readonly hasMore: boolean;
}

export interface SnapshotRequest {
  readonly after: string | null;
  readonly first: number;
  readonly columns: readonly ArticleColumn[];
}

export interface SnapshotSlice {
  readonly articles: readonly ArticleRow[];
  /** Null on the last page. */
  readonly nextToken: string | null;
  readonly hasMore: boolean;
  readonly changesToken: string;
}

/** Seconds. */
export const MAX_WAIT = 15;

/** What a page and its rights are read from, whatever a client asks for. */
const NEEDED: readonly ArticleColumn[] = [
  'id',
  'publishedAt',
  'status',
  'embargoUntil',
  'expiresAt',
  'territories',
  'textAndDataMining',
];

/** What partners are given: everything that they are entitled to, and whatever becomes of it. */
export class PartnerFeedService {
  private readonly tokens: FeedTokens;
  private readonly window: number;
  private stopping = false;

  constructor(private readonly parts: PartnerFeedParts) {
    this.tokens = new FeedTokens(parts.box);
    this.window = Math.min(FEED_WINDOW, parts.kept ?? FEED_WINDOW);
  }

  /**
   * What has happened since, in the order of commits; where there is nothing, what happens within `waitSeconds`.
   * @throws DatelineError FORBIDDEN, BAD_CURSOR, CURSOR_EXPIRED, BAD_PAGE_SIZE, BAD_USER_INPUT
   */
  async changes(actor: Actor, request: ChangesRequest): Promise<ChangesPage> {
    const { after, waitSeconds } = request;
    const limit = pageSize('first', request.first);
    if (!(waitSeconds >= 0 && waitSeconds <= MAX_WAIT)) {
      throw badInput('waitSeconds', `"waitSeconds" must be from 0 to ${MAX_WAIT}; it is ${waitSeconds}.`);
    }
    const { clock, changes, database } = this.parts;
    const began = clock.now();
    const ended = () => this.stopping || request.ended();
    let from: FeedPosition | null = null;
    for (;;) {
      // Who was entitled to something else meanwhile is told of that.
      const partner = await this.partner(actor);
      from ??= this.tokens.feed(partner.keyId, after);
      const page = await readPartnerLog(database, { partner, from, limit, clock, window: this.window });
      const milliseconds = waitSeconds * 1_000 - Math.abs(clock.now() - began);
      if (page.told.length > 0 || page.hasMore || milliseconds <= 0 || ended()) {
        return {
          changes: page.told.map((told) => ({
            ...told,
            token: this.tokens.ofFeed(partner.keyId, told.position),
          })),
          nextToken: this.tokens.ofFeed(partner.keyId, page.position),
          hasMore: page.hasMore,
        };
      }
      from = page.position;
      await waitForChange(changes, from.seq, { milliseconds, ended });
    }
  }

  /**
   * Everything that the partner is entitled to, page by page, the newest first. Of what changes meanwhile some is in it
   * and some is not; all of it comes after `changesToken`, which is the same on every page.
   * @throws DatelineError FORBIDDEN, BAD_CURSOR, BAD_PAGE_SIZE
   */
  async snapshot(actor: Actor, { after, first, columns }: SnapshotRequest): Promise<SnapshotSlice> {
    const { clock, database } = this.parts;
    const size = pageSize('first', first);
    // Before anything else is looked up: what changes from here on comes after it.
    const opened = after === null ? { start: await presentPosition(database, clock), after: null } : null;
    const partner = await this.partner(actor);
    const now = clock.now();
    const { start, after: from } = opened ?? this.tokens.snapshot(partner.keyId, after ?? '');
    const changesToken = this.tokens.ofFeed(partner.keyId, start);
    const terms = partner.present;
    if (terms === null) return { articles: [], nextToken: null, hasMore: false, changesToken };
    const reads = new ArticleReads(database, ANONYMOUS, now);
    const slice = await reads.page(
      { ...PUBLISHED_ARTICLES, ...terms.criteria },
      'NEWEST',
      { direction: 'FORWARD', size, from },
      undefined,
      [...new Set([...columns, ...NEEDED])],
    );
    const last = slice.rows.at(-1);
    const position = last && { sort: articleSort('NEWEST', last), key: last.id };
    return {
      articles: slice.rows.filter((row) => mayBeGivenTo(terms.recipient, row, now)),
      nextToken:
        slice.hasNextPage && position
          ? this.tokens.ofSnapshot(partner.keyId, { start, after: position })
          : null,
      hasMore: slice.hasNextPage,
      changesToken,
    };
  }

  /** Answers those who wait, and lets nobody wait from now on: the server is about to stop. */
  stop(): void {
    this.stopping = true;
  }

  /** @throws DatelineError FORBIDDEN for who is no partner, or was never entitled to anything */
  private async partner(actor: Actor): Promise<Partner> {
    const publicId = publicIdOf(actor);
    if (publicId === null) {
      throw new DatelineError(
        'FORBIDDEN',
        'This is for partners: send an API key with the role PARTNER. "dateline keys create --role partner" makes one.',
      );
    }
    const partner = await partnerOf(this.parts.database, publicId);
    if (partner && partner.versions.length > 0) return partner;
    throw new DatelineError(
      'FORBIDDEN',
      `Nobody has said yet what your key is entitled to. Ask the newsroom for it: "dateline keys entitle ${publicId}".`,
    );
  }
}
