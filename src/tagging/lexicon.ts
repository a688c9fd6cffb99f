import type { Ambiguity } from '../gazetteer';
import {
  type KnownTopic,
  type Name,
  type NamedTopic,
  phraseSpellings,
  type Spelling,
  spellingsOf,
  type TopicRef,
} from './name';
import { keyOf } from './words';

/** What may follow, word by word, and the names that end here. */
export interface Step {
  readonly next: Map<string, Step>;
  names: readonly Name[];
}

/** All names that are looked for, as a tree of words: a text is walked through it once, however many there are. */
export class Lexicon {
  private readonly root: Step = step();
  /** By a part of their keys, the words that names begin with. */
  private readonly firstWords = new Uint8Array(KEYS);
  private readonly topics = new Map<TopicRef, { topic: NamedTopic; ends: readonly Step[] }>();

  constructor(private readonly ambiguity: Ambiguity) {
    for (const phrase of ambiguity.phrases)
      for (const spelling of phraseSpellings(phrase)) this.put(spelling);
  }

  /** In the place of what was known of it before. */
  add(known: KnownTopic): void {
    this.remove(known.ref);
    const spellings = spellingsOf(known, this.ambiguity);
    const topic = spellings[0]?.name.topic;
    if (!topic) return;
    this.topics.set(known.ref, { topic, ends: spellings.map((spelling) => this.put(spelling)) });
  }

  remove(ref: TopicRef): void {
    for (const end of this.topics.get(ref)?.ends ?? [])
      end.names = end.names.filter((name) => name.topic?.ref !== ref);
    this.topics.delete(ref);
  }

  /** Whether a name may begin with a word of this key. */
  mayBegin(key: number): boolean {
    return this.firstWords[key & (KEYS - 1)] === 1;
  }

  /** What follows the word at the beginning of names. */
  begin(form: string): Step | undefined {
    return this.root.next.get(form);
  }

  /** What the topic is part of, from the nearest up. */
  above(ref: TopicRef): TopicRef[] {
    const line: TopicRef[] = [];
    for (let at = this.parent(ref); at !== null && !line.includes(at); at = this.parent(at)) line.push(at);
    return line;
  }

  /** Topics a name of which is part of a name of this one: Pakistan, of "Pakistan Peoples Party". */
  namesakes({ ref, spellings }: NamedTopic): Set<TopicRef> {
    const found = new Set<TopicRef>();
    for (const words of spellings) {
      for (let first = 0; first < words.length; first++) {
        let at: Step | undefined = this.root;
        for (let last = first; at !== undefined && last < words.length; last++) {
          at = at.next.get(words[last] ?? '');
          for (const { topic, isWeak } of at?.names ?? []) if (topic && !isWeak) found.add(topic.ref);
        }
      }
    }
    found.delete(ref);
    return found;
  }

  private parent(ref: TopicRef): TopicRef | null {
    return this.topics.get(ref)?.topic.parent ?? null;
  }

  private put({ name, words }: Spelling): Step {
    this.firstWords[keyOf(words[0] ?? '') & (KEYS - 1)] = 1;
    let at = this.root;
    for (const word of words) {
      const next = at.next.get(word) ?? step();
      at.next.set(word, next);
      at = next;
    }
    at.names = [...at.names, name];
    return at;
  }
}

/** A power of two, far more than there are words that names begin with. */
const KEYS = 0x4_0000;

function step(): Step {
  return { next: new Map(), names: NONE };
}

const NONE: readonly Name[] = [];
