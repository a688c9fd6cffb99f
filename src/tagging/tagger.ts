import { setImmediate as nextTurn } from 'node:timers/promises';
import { ChangesLost, headOfLog, readChanged } from '../changes';
import type { Reader } from '../database';
import { AMBIGUITY, type Gazetteer, type GazetteerEntry, NO_GAZETTEER } from '../gazetteer';
import { formerly } from '../slugs';
import { type Mention, mentionsIn } from './evidence';
import { type FoundWords, findWords, type ReadTexts } from './found-words';
import { namesOf, topicPage, topicsBySlug, topicsByWikidata, topicsWith } from './known.store';
import { Lexicon } from './lexicon';
import type { KnownTopic, TopicRef } from './name';
import { occurrencesIn, passage } from './occurrences';
import { type FoundTopic, topicsOf } from './salience';
import { Words } from './words';

/** What of an article is read. */
export interface Readable extends ReadTexts {
  readonly language: string;
  /** Those of the texts, where they have been found already. */
  readonly words?: FoundWords;
}

/** Topics that are read at once: some five milliseconds' worth. */
const PAGE = 500;
/** Entries of the change log that are looked at at once: a batch of an import has some three thousand. */
const ENTRIES = 5_000;

/**
 * Finds what texts name: the topics of the newsroom by all their names, and what else the gazetteer knows. What
 * topics are called is kept in memory, and follows the change log: `follow` before each use.
 */
export class Tagger {
  private lexicon = new Lexicon(AMBIGUITY);
  /** The number of the last entry of the change log that is in the lexicon; null before it was read. */
  private seq: number | null = null;
  /** By the entries' ids, the topics that stand for them. */
  private standing: ReadonlyMap<string, number> = new Map();
  private turn: Promise<void> = Promise.resolve();

  constructor(readonly gazetteer: Gazetteer = NO_GAZETTEER) {}

  /**
   * Takes over what topics are called as of now: one statement while nothing happens. Before the transaction itself
   * changes topics, or what it takes back would stay.
   */
  follow(reader: Reader): Promise<void> {
    const done = this.turn.then(() => this.advance(reader));
    this.turn = done.catch(() => undefined);
    return done;
  }

  /**
   * The topics that the text names, the most salient first, in a time that grows with the text alone. One that is
   * known by its id only is an entry of the gazetteer that no topic stands for yet.
   * @param carried what people have tied to the article: it decides what an ambiguous name means
   */
  find(readable: Readable, carried: Iterable<TopicRef> = []): FoundTopic[] {
    return topicsOf(this.mentions(readable, carried));
  }

  /** The same, one by one. */
  mentions(readable: Readable, carried: Iterable<TopicRef> = []): Mention[] {
    const { title, standfirst, text, language, words = findWords(readable) } = readable;
    const passages = [
      passage('TITLE', title, new Words(words.title)),
      ...(standfirst === null ? [] : [passage('STANDFIRST', standfirst, new Words(words.standfirst))]),
      passage('BODY', text, new Words(words.text)),
    ];
    const { lexicon } = this;
    const occurrences = passages.flatMap((each) => occurrencesIn(lexicon, each, language));
    if (occurrences.length === 0) return [];
    return mentionsIn(lexicon, passages, occurrences, new Set(carried));
  }

  private async advance(reader: Reader): Promise<void> {
    if (this.seq === null) return this.readAll(reader);
    try {
      await this.followLog(reader, this.seq);
    } catch (error) {
      if (!(error instanceof ChangesLost)) throw error;
      await this.readAll(reader);
    }
  }

  private async followLog(reader: Reader, from: number): Promise<void> {
    const changed = new Set<number>();
    let seq = from;
    for (;;) {
      const { changed: news, last } = await readChanged(reader, { each: ['TOPIC'] }, seq, ENTRIES);
      for (const { id } of news) changed.add(id);
      const isAll = last - seq < ENTRIES;
      seq = last;
      if (isAll) break;
    }
    if (changed.size > 0) {
      await this.readStanding(reader);
      const ids = [...changed];
      for (let start = 0; start < ids.length; start += PAGE)
        await this.take(reader, ids.slice(start, start + PAGE));
    }
    this.seq = seq;
  }

  private async readAll(reader: Reader): Promise<void> {
    this.lexicon = new Lexicon(AMBIGUITY);
    this.standing = new Map();
    // Before the topics: what changes meanwhile is read once more.
    const seq = await headOfLog(reader);
    for (const [index, { id }] of this.gazetteer.entries.entries()) {
      if (index % PAGE === PAGE - 1) await nextTurn();
      this.addEntry(id);
    }
    await this.readStanding(reader);
    for (let after: number | undefined = 0; after !== undefined; ) {
      const page: { id: number }[] = await topicPage(reader, { after, limit: PAGE });
      const ids = page.map(({ id }) => id);
      await this.take(reader, ids);
      await nextTurn();
      after = ids.at(-1);
    }
    this.seq = seq;
  }

  /** Reads the topics with these keys; those that are gone are forgotten. */
  private async take(reader: Reader, ids: readonly number[]): Promise<void> {
    const rows = await topicsWith(reader, { ids });
    const names = new Map<number, KnownTopic['names'][number][]>(ids.map((id) => [id, []]));
    for (const { topicId, ...name } of await namesOf(reader, { topics: [...ids] }))
      names.get(topicId)?.push(name);
    const there = new Set(rows.map(({ id }) => id));
    for (const id of ids) if (!there.has(id)) this.lexicon.remove(id);
    for (const { id, kind, parentId } of rows)
      this.lexicon.add({ ref: id, kind, parent: parentId, names: names.get(id) ?? [] });
  }

  /** An entry is looked for under its own names as long as no topic stands for it. */
  private async readStanding(reader: Reader): Promise<void> {
    const { entries } = this.gazetteer;
    if (entries.length === 0) return;
    const slugs = entries.map(({ id }) => id);
    const numbers = entries.flatMap(({ wikidataId }) => wikidataId ?? []);
    const bySlug = named(await topicsBySlug(reader, { names: slugs }));
    const byNumber = named(await topicsByWikidata(reader, { names: numbers }));
    const handedOver = await formerly(reader, 'topic', slugs);
    const before = this.standing;
    this.standing = new Map(
      entries.flatMap(({ id, wikidataId }) => {
        const topic = bySlug.get(id) ?? byNumber.get(wikidataId ?? '') ?? handedOver.get(id);
        return topic === undefined ? [] : [[id, topic]];
      }),
    );
    for (const { id, parentId } of entries) {
      const isMoved = this.standing.get(parentId ?? '') !== before.get(parentId ?? '');
      if (this.standing.has(id)) this.lexicon.remove(id);
      else if (before.has(id) || isMoved) this.addEntry(id);
    }
  }

  private addEntry(id: string): void {
    const entry = this.gazetteer.get(id);
    if (entry) this.lexicon.add(knownAs(entry, this.standing));
  }
}

function knownAs(
  { id, kind, parentId, names }: GazetteerEntry,
  standing: ReadonlyMap<string, number>,
): KnownTopic {
  return {
    ref: id,
    kind,
    parent: parentId === null ? null : (standing.get(parentId) ?? parentId),
    names: names.flatMap(({ language, name, aliases }) =>
      [name, ...aliases].map((each, position) => ({ language, name: each, position })),
    ),
  };
}

function named(rows: readonly { readonly id: number; readonly name: string }[]): Map<string, number> {
  return new Map(rows.map(({ id, name }) => [name, id]));
}
