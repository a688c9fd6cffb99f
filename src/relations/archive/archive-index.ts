import { setImmediate as nextTurn } from 'node:timers/promises';
import { ChangesLost, headOfLog, readChanges, tellSeen } from '../../changes';
import type { Instant } from '../../core/clock';
import type { Database, Reader } from '../../database';
import type { ArticleFacts } from './facts';
import { articlesWith, countArticles, everyArticle, everyTopic, topicsWith } from './facts.store';
import { mergeLayers } from './merge';
import type { Moment } from './moment';
import type { Segment } from './segment';
import { SegmentBuilder } from './segment-builder';
import { ArchiveState } from './state';
import { TopicNumbers } from './topic-numbers';
import { TopicTree } from './topic-tree';

/** Entries of the change log that are read at once. */
const ENTRIES = 500;
/** Articles that may be changed before they are merged into the large segment. */
const MERGE_FROM = 2_000;
/** Beyond this share of all articles it is faster to read everything anew. */
const ANEW_FROM = 1 / 8;

type Prepare = (state: ArchiveState, isLatest: () => boolean) => Promise<void>;

/** Told how many articles have been read, and of how many. */
export type OnRead = (done: number, all: number) => void;

/**
 * What all articles carry, in memory: what relations are worked out from. It is read from the database when it is
 * first asked for, and then follows the change log. Who asks gets an answer that knows every change that was
 * committed before, by whatever process.
 */
export class ArchiveIndex {
  private state: ArchiveState | null = null;
  private advancing: Promise<void> | null = null;
  private merging: Promise<void> | null = null;
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database) {}

  /** The number of the last entry of the change log that was taken over; null before the archive was read. */
  get position(): number | null {
    return this.state?.seq ?? null;
  }

  /** The archive as readers see it now. */
  async at(now: Instant): Promise<Moment> {
    return (await this.current()).at(now);
  }

  /**
   * The archive where it is at hand and exactly as far as what the reader sees; else null, and nothing is read for it: what
   * has been written a moment ago is told by whoever follows the log.
   */
  async ifCurrent(reader: Reader): Promise<ArchiveState | null> {
    if (this.state === null) return null;
    const head = await headOfLog(reader);
    return this.state.seq === head ? this.state : null;
  }

  /** Everything that was committed until now. */
  async current(): Promise<ArchiveState> {
    const head = await headOfLog(this.database);
    if (this.state?.seq === head) return this.state;
    for (;;) {
      await this.advance();
      // It is further than this head where others have asked meanwhile.
      if (this.state !== null && this.state.seq >= head) return this.state;
    }
  }

  /** Reads everything anew. */
  async rebuild(onRead?: OnRead): Promise<ArchiveState> {
    const state = await readArchive(this.database, onRead);
    this.state = state;
    return state;
  }

  /**
   * Reads the archive, and keeps up with what is committed, before anybody asks. Returns what ends it.
   * @param prepare called with the state that was reached where its articles are others, one at a time, and with whether they are
   * the latest
   * @param onFault told when either fails; whoever asks then tries again
   */
  follow(prepare: Prepare, onFault: (error: unknown) => void): () => void {
    let [ended, preparing] = [false, false];
    let last: ArchiveState | null = null;
    const prepareAll = async () => {
      while (this.state !== null && this.state !== last && !ended) {
        const state: ArchiveState = this.state;
        // Comments and the like change nothing of what was prepared.
        const isPrepared: boolean = last?.isLike(state) === true;
        if (!isPrepared) await prepare(state, () => this.state?.isLike(state) === true && !ended);
        last = state;
      }
    };
    const look = async () => {
      await this.current();
      if (preparing) return;
      preparing = true;
      await prepareAll().finally(() => {
        preparing = false;
      });
    };
    const lookAfter = () => {
      look().catch((error: unknown) => {
        if (!ended) onFault(error);
      });
    };
    lookAfter();
    const unwatch = this.database.watch(lookAfter);
    return () => {
      ended = true;
      unwatch();
    };
  }

  /** Resolves when what was changed has been merged, where there was enough of it. */
  async settled(): Promise<void> {
    await this.merging;
  }

  private advance(): Promise<void> {
    this.advancing ??= this.inTurn(() => this.next()).finally(() => {
      this.advancing = null;
    });
    return this.advancing;
  }

  private async next(): Promise<void> {
    const next = this.state && (await followed(this.database, this.state));
    if (next === null) await this.rebuild();
    else this.state = next;
    if (this.state && this.state.changed.size > MERGE_FROM) this.merge(this.state);
  }

  /** Makes one segment of both; whoever asks meanwhile is answered from what there is. */
  private merge(state: ArchiveState): void {
    this.merging ??= mergeLayers(state.base, { segment: state.fresh, gone: NONE }, state.numbers)
      .then((base) => this.inTurn(() => this.putUnder(base, state)))
      // Nothing is wrong without it, only slower; the next change tries again.
      .catch(() => undefined)
      .finally(() => {
        this.merging = null;
      });
  }

  private async putUnder(base: Segment, merged: ArchiveState): Promise<void> {
    if (this.state?.base.segment === merged.base.segment) {
      this.state = await overBase(this.state, base, merged.changed);
    }
  }

  /** One change of the state after the other. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}

const NONE = new Uint32Array(0);

async function readArchive(database: Database, onRead?: OnRead): Promise<ArchiveState> {
  return database.snapshot(async (reader) => {
    const seq = await headOfLog(reader);
    const topics = new TopicTree(new Map((await everyTopic(reader)).map((place) => [place.id, place])));
    const numbers = new TopicNumbers();
    const builder = new SegmentBuilder(numbers);
    const all = onRead ? await countArticles(reader) : 0;
    for await (const page of everyArticle(reader)) {
      for (const facts of page) builder.add(facts);
      onRead?.(builder.size, all);
      await nextTurn();
    }
    const base = { segment: await builder.done(), gone: NONE };
    return new ArchiveState(seq, topics, numbers, base, new Map(), await segmentOf([], numbers));
  });
}

/** The state with all that the log tells after it; null where the archive is to be read anew. */
async function followed(database: Database, state: ArchiveState): Promise<ArchiveState | null> {
  try {
    return await followLog(database, state);
  } catch (error) {
    if (error instanceof ChangesLost) return null;
    throw error;
  }
}

/** Null where so much has changed that reading everything is faster. */
async function followLog(database: Database, state: ArchiveState): Promise<ArchiveState | null> {
  const news = await readNews(database, state.seq);
  const topics = await topicsAfter(database, state.topics, news.topics);
  for (const topic of topics.moved) for (const key of carriersOf(state, topic)) news.articles.add(key);
  // Of each pair of copies both know.
  for (const key of [...news.articles]) for (const copy of copiesIn(state, key)) news.articles.add(copy);
  if (news.articles.size > MERGE_FROM && news.articles.size > state.size * ANEW_FROM) return null;
  if (news.articles.size === 0) return state.after(news.seq, topics.tree);
  const changed = new Map(state.changed);
  for (const key of news.articles) changed.set(key, null);
  const facts = await articlesWith(database, [...news.articles]);
  const copies = new Set(facts.flatMap((each) => each.copies).filter((key) => !news.articles.has(key)));
  for (const each of [...facts, ...(await articlesWith(database, [...copies]))]) changed.set(each.id, each);
  return withChanges({ ...state, seq: news.seq, topics: topics.tree }, changed);
}

async function readNews(database: Database, after: number) {
  const articles = new Set<number>();
  const topics = new Set<number>();
  for (let seq = after; ; ) {
    const entries = await readChanges(database, seq, ENTRIES);
    tellSeen('relations', entries);
    for (const { entity, entityId } of entries) {
      if (entity === 'ARTICLE') articles.add(entityId);
      if (entity === 'TOPIC') topics.add(entityId);
    }
    const last = entries.at(-1);
    if (last === undefined) return { seq, articles, topics };
    seq = last.seq;
  }
}

/** An article that stands below something else carries other ancestors: those of a topic that has moved. */
async function topicsAfter(database: Database, tree: TopicTree, ids: ReadonlySet<number>) {
  if (ids.size === 0) return { tree, moved: [] };
  const places = await topicsWith(database, [...ids]);
  const there = new Set(places.map(({ id }) => id));
  const gone = [...ids].filter((id) => !there.has(id));
  const moved = places.flatMap(({ id, parentId }) => {
    const before = tree.get(id);
    return before !== undefined && before.parentId !== parentId ? [id] : [];
  });
  return { tree: tree.with(places, gone), moved };
}

function carriersOf({ numbers, base, fresh }: ArchiveState, topic: number): Set<number> {
  const number = numbers.find(topic);
  const keys = new Set<number>();
  if (number === null) return keys;
  for (const segment of [base.segment, fresh]) {
    for (const posting of segment.postings(number).all()) keys.add(segment.keys[posting >>> 1] ?? 0);
  }
  return keys;
}

/** Keys of the copies of an article, as far as the state knows. */
function copiesIn({ base, fresh }: ArchiveState, key: number): number[] {
  return [base.segment, fresh].flatMap((segment) => {
    const row = segment.find(key);
    return row === null ? [] : [...segment.copiesOf(row)];
  });
}

type Changes = ReadonlyMap<number, ArticleFacts | null>;
type Rest = Pick<ArchiveState, 'seq' | 'topics' | 'numbers' | 'base'>;

/** The state of a base and what was changed since. */
async function withChanges({ seq, topics, numbers, base }: Rest, changed: Changes): Promise<ArchiveState> {
  const { segment } = base;
  const rows = [...changed.keys()].flatMap((key) => segment.find(key) ?? []);
  const needed = new Map([...changed].filter(([key, facts]) => facts !== null || segment.find(key) !== null));
  const gone = Uint32Array.from(rows).sort();
  const fresh = await segmentOf(
    [...needed.values()].flatMap((facts) => facts ?? []),
    numbers,
  );
  return new ArchiveState(seq, topics, numbers, { segment, gone }, needed, fresh);
}

async function segmentOf(articles: readonly ArticleFacts[], numbers: TopicNumbers): Promise<Segment> {
  const builder = new SegmentBuilder(numbers);
  for (const facts of [...articles].sort((a, b) => a.listedAt - b.listedAt || a.id - b.id))
    builder.add(facts);
  return builder.done();
}

/** The state over a larger base, in which everything has been merged that is still as it was then. */
function overBase(state: ArchiveState, segment: Segment, merged: Changes): Promise<ArchiveState> {
  const changed = new Map(
    [...state.changed].filter(([key, facts]) => merged.get(key) !== facts || !merged.has(key)),
  );
  return withChanges({ ...state, base: { segment, gone: NONE } }, changed);
}
