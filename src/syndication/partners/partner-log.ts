/** The change log as a partner may read it: what each entry means to them, from any position on. */
import { type SQL, sql } from 'drizzle-orm';
import { type ArticleCriteria, type ArticleOrder, ArticleReads, articleSort, pastsOf } from '../../articles';
import { type ChangeEntry, ChangesLost, headOfLog, readChanges } from '../../changes';
import { ANONYMOUS } from '../../core/actor';
import type { Clock, Instant } from '../../core/clock';
import { DatelineError } from '../../core/errors';
import type { Position } from '../../core/paging';
import { prepared, type Reader } from '../../database';
import { type Case, type Meaning, meaningOf, meaningOfHosting, meaningOfSweep } from './meaning';
import type { Partner } from './partner';
import type { FeedPosition } from './position';
import { isNews, maySweep, type SweptList, sweepsOf } from './sweeps';
import { loadTrees } from './trees.store';

/** What a partner is told, and the position after it. */
export interface Told extends Meaning {
  readonly position: FeedPosition;
}

export interface FeedPage {
  readonly told: readonly Told[];
  /** Past all that was looked at, also what the partner may not see. */
  readonly position: FeedPosition;
  /** Whether there is more to look at already. */
  readonly hasMore: boolean;
}

/** Milliseconds for which a position can be gone on from. */
export const FEED_WINDOW = 30 * 86_400_000;
/** Entries, or articles of a sweep, that are looked at together. */
const BATCH = { least: 50, most: 500 } as const;
/** Entries that are looked at for one page: a partner who may see little gets an early answer rather than a late one. */
const MAX_LOOKED = 5_000;
const DAY = 86_400_000;

export interface PageRequest {
  readonly partner: Partner;
  readonly from: FeedPosition;
  /** Most that is told; 1 or more. */
  readonly limit: number;
  readonly clock: Clock;
  /** Milliseconds for which entries can be gone on from, at most FEED_WINDOW. */
  readonly window: number;
}

/** Entries at the end of the log that are looked at for what a clock ahead of ours has written. */
const LATEST = 200;

/** The first of the latest entries that is dated later than now: what it tells of is not there yet for who reads now. */
const aheadOf = prepared<{ after: number; now: number }, { seq: SQL<number | null> }>(
  ({ tables: { changes: c }, portable }) => ({
    select: { seq: sql<number | null>`min(${c.seq})` },
    from: sql`${c} where ${c.seq} > ${sql.placeholder('after')} and ${portable.unindexed(c.at)} > ${sql.placeholder('now')}`,
  }),
);

/**
 * The position from which somebody goes on who reads, from now on, everything that is so: what is read has to be looked
 * up after it, and as of an instant after it.
 */
export async function presentPosition(reader: Reader, clock: Clock): Promise<FeedPosition> {
  const hostedUntil = clock.now();
  const head = await headOfLog(reader);
  const [ahead] = await aheadOf(reader, { after: head - LATEST, now: clock.now() });
  return { seq: ahead?.seq == null ? head : Math.min(ahead.seq - 1, head), hostedUntil, sweep: null };
}

/**
 * What comes after a position, in the order of commits. Reads a constant number of statements for each batch.
 * @throws DatelineError CURSOR_EXPIRED where the log does not reach back to it
 */
export async function readPartnerLog(reader: Reader, request: PageRequest): Promise<FeedPage> {
  const page = new Page(reader, request);
  try {
    await page.fill();
  } catch (error) {
    if (error instanceof ChangesLost) throw expired();
    throw error;
  }
  return page;
}

class Page implements FeedPage {
  readonly told: Told[] = [];
  position: FeedPosition;
  hasMore = false;
  private looked = 0;
  /** Never before what has been read was written: who publishes something just now is not passed over. */
  private now: Instant;

  constructor(
    private readonly reader: Reader,
    private readonly request: PageRequest,
  ) {
    this.position = request.from;
    this.now = request.clock.now();
  }

  async fill(): Promise<void> {
    while (this.room > 0 && this.looked < MAX_LOOKED) {
      if (this.position.sweep?.stage === 'HOSTING') {
        if (!(await this.sweepHosting())) break;
        continue;
      }
      const entries = await readChanges(this.reader, this.position.seq, this.batch);
      this.now = this.request.clock.now();
      const [next] = entries;
      if (next === undefined) {
        if (!(await this.sweepHosting())) return;
        continue;
      }
      if (next.at < this.now - this.request.window) throw expired();
      // The next page is for who they are by then.
      if (isNews(next, this.request.partner)) break;
      await this.look(entries);
    }
    this.hasMore = this.position.sweep !== null || (await headOfLog(this.reader)) > this.position.seq;
  }

  private get room(): number {
    return this.request.limit - this.told.length;
  }

  private get batch(): number {
    return Math.min(Math.max(this.room, BATCH.least), BATCH.most);
  }

  /** Goes through entries until the page is full, or one of them is about many articles. */
  private async look(entries: readonly ChangeEntry[]): Promise<void> {
    const { partner } = this.request;
    const until = entries.findIndex((entry) => maySweep(entry, partner));
    const single = until === -1 ? entries : entries.slice(0, until);
    const articles = single.flatMap((entry) => (entry.entity === 'ARTICLE' ? [entry.entityId] : []));
    const [first] = entries;
    if (first === undefined) return;
    const cases = await this.casesOf(articles, first);
    for (const entry of single) {
      if (this.room === 0) return;
      this.looked++;
      this.position = { ...this.position, seq: entry.seq };
      const of = entry.entity === 'ARTICLE' ? cases.get(entry.entityId) : undefined;
      const meaning = of ? meaningOf(entry, { ...of, now: Math.max(of.now, entry.at) }) : null;
      if (meaning) this.tell(meaning, this.position);
    }
    const sweeping = entries[single.length];
    if (sweeping && this.room > 0 && !isNews(sweeping, partner)) await this.sweep(sweeping);
  }

  private async casesOf(
    articles: readonly number[],
    from: Pick<ChangeEntry, 'seq' | 'at'>,
  ): Promise<ReadonlyMap<number, Case>> {
    const { partner } = this.request;
    if (articles.length === 0) return new Map();
    const pasts = await pastsOf(this.reader, articles);
    const trees = await loadTrees(this.reader, pasts.values(), from);
    const now = Math.max(this.now, from.at);
    return new Map([...pasts].map(([id, past]) => [id, { past, partner, trees, now }]));
  }

  /** Goes through the articles that an entry is about, from where the position is in them. */
  private async sweep(entry: ChangeEntry): Promise<void> {
    const { partner } = this.request;
    this.looked++;
    const lists = sweepsOf(entry, partner, await loadTrees(this.reader, [], entry));
    const begun = lists.findIndex(({ stage }) => stage === this.position.sweep?.stage);
    for (const list of lists.slice(Math.max(begun, 0))) {
      if (!(await this.sweepList(entry, list))) return;
    }
    this.position = { ...this.position, seq: entry.seq, sweep: null };
  }

  /** False where the page is full before the list is over. */
  private async sweepList(entry: ChangeEntry, { stage, criteria, had }: SweptList): Promise<boolean> {
    const from = this.position.sweep?.stage === stage ? this.position.sweep.after : null;
    this.position = { ...this.position, sweep: { stage, after: from } };
    return this.walk(criteria, 'NEWEST', entry, (of) => meaningOfSweep(entry, of, had));
  }

  /**
   * Tells what the partner may keep no longer since it was told last. False where there is nothing to tell, and
   * nothing was left to be told.
   */
  private async sweepHosting(): Promise<boolean> {
    const { now } = this;
    const { partner } = this.request;
    const { hostedUntil, sweep } = this.position;
    const days = partner.present?.recipient.hostingDays ?? null;
    const before = this.told.length;
    if (days !== null && partner.present && now > hostedUntil) {
      const criteria = {
        ...partner.present.criteria,
        publishedFrom: hostedUntil - days * DAY + 1,
        publishedBefore: now - days * DAY + 1,
      };
      this.position = { ...this.position, sweep: { stage: 'HOSTING', after: sweep?.after ?? null } };
      const isOver = await this.walk(
        criteria,
        'OLDEST',
        { seq: this.position.seq, at: now },
        meaningOfHosting,
      );
      if (!isOver) return true;
    }
    this.position = { ...this.position, hostedUntil: Math.max(now, hostedUntil), sweep: null };
    return sweep !== null || this.told.length > before;
  }

  /** Goes through a list from where the position is in it. False where the page is full before it is over. */
  private async walk(
    criteria: ArticleCriteria,
    order: ArticleOrder,
    from: Pick<ChangeEntry, 'seq' | 'at'>,
    mean: (of: Case) => Meaning | null,
  ): Promise<boolean> {
    const reads = new ArticleReads(this.reader, ANONYMOUS, Math.max(this.now, from.at));
    for (;;) {
      const last: Position | null = this.position.sweep?.after ?? null;
      const page = { direction: 'FORWARD', size: this.batch, from: last } as const;
      const slice = await reads.page(criteria, order, page);
      const cases = await this.casesOf(
        slice.rows.map(({ id }) => id),
        from,
      );
      for (const row of slice.rows) {
        if (this.room === 0 || this.looked >= MAX_LOOKED) return false;
        this.looked++;
        const after = { sort: articleSort(order, row), key: row.id };
        const stage = this.position.sweep?.stage ?? 'CARRIERS';
        this.position = { ...this.position, sweep: { stage, after } };
        const of = cases.get(row.id);
        const meaning = of ? mean(of) : null;
        if (meaning) this.tell(meaning, this.position);
      }
      if (!slice.hasNextPage) return true;
    }
  }

  private tell(meaning: Meaning, position: FeedPosition): void {
    this.told.push({ ...meaning, position });
  }
}

function expired(): DatelineError {
  return new DatelineError(
    'CURSOR_EXPIRED',
    'What came after this token is kept no longer. Take a "snapshot", remove what you have and is not in it, and go on from its "changesToken".',
    { argument: 'after' },
  );
}
