/** Which topic an occurrence means: names that may mean something else need a second cue. */
import { normalise } from '../core/text';
import { kindsOf, LETTER, NUMBER } from '../core/text/letters';
import type { Lexicon } from './lexicon';
import type { NamedTopic, TopicRef } from './name';
import type { Occurrence, Passage } from './occurrences';

export interface Mention {
  readonly occurrence: Occurrence;
  readonly ref: TopicRef;
}

/**
 * What the occurrences mean. A name that one topic bears, and that means nothing else, counts by itself. A weak one
 * (an alias of up to three letters, a surname, a name with other meanings) and one that several topics bear count
 * where the article has another cue for one of them, and for one only: another name of it; a topic above or below
 * it, or one that it is named after; one of the name's own cue words; or that the article was given it by a person.
 * A common word counts in title and standfirst, or where it comes twice.
 * @param carried what people have tied to the article
 */
export function mentionsIn(
  lexicon: Lexicon,
  passages: readonly Passage[],
  occurrences: readonly Occurrence[],
  carried: ReadonlySet<TopicRef>,
): Mention[] {
  const certain = new Set(carried);
  const named = occurrences.map((occurrence) => ({ occurrence, candidates: candidatesOf(occurrence) }));
  for (const { candidates } of named) {
    const [only, another] = candidates;
    if (only && !another && !only.isWeak) certain.add(only.topic.ref);
  }
  const evidence = new Evidence(lexicon, passages, certain);
  const mentions = named.flatMap(({ occurrence, candidates }) => {
    const ref = evidence.meantBy(candidates);
    return ref === null ? [] : [{ occurrence, ref }];
  });
  return withoutPassingWords(mentions, carried);
}

interface Candidate {
  readonly topic: NamedTopic;
  readonly isWeak: boolean;
  readonly cues: readonly string[];
}

/** The topics that bear the name. */
function candidatesOf({ names, isShouted }: Occurrence): Candidate[] {
  const byTopic = new Map<TopicRef, Candidate>();
  for (const { topic, isWeak: weak, letters, cues } of names) {
    if (topic === null) continue;
    const isWeak = weak || (isShouted && letters === 'CAPITALS');
    // Most names are one topic's, and of one spelling.
    if (names.length === 1) return [{ topic, isWeak, cues }];
    const before = byTopic.get(topic.ref);
    byTopic.set(topic.ref, {
      topic,
      isWeak: isWeak && (before?.isWeak ?? true),
      cues: [...(before?.cues ?? []), ...cues],
    });
  }
  return [...byTopic.values()];
}

class Evidence {
  /** All of it, normalised; made when it is first needed. */
  private text: string | null = null;

  constructor(
    private readonly lexicon: Lexicon,
    private readonly passages: readonly Passage[],
    private readonly certain: ReadonlySet<TopicRef>,
  ) {}

  meantBy(candidates: readonly Candidate[]): TopicRef | null {
    const [first, another] = candidates;
    if (first === undefined) return null;
    if (another === undefined && !first.isWeak) return first.topic.ref;
    const backed = candidates.filter((candidate) => this.backs(candidate));
    return backed.length === 1 ? (backed[0]?.topic.ref ?? null) : null;
  }

  private backs({ topic, cues }: Candidate): boolean {
    const { certain, lexicon } = this;
    if (certain.has(topic.ref)) return true;
    if (lexicon.above(topic.ref).some((ref) => certain.has(ref))) return true;
    for (const ref of certain) if (lexicon.above(ref).includes(topic.ref)) return true;
    for (const ref of lexicon.namesakes(topic)) if (certain.has(ref)) return true;
    return cues.some((cue) => beginsWordIn(this.words(), cue));
  }

  private words(): string {
    this.text ??= this.passages.map(({ text }) => normalise(text)).join('\n');
    return this.text;
  }
}

function beginsWordIn(text: string, cue: string): boolean {
  for (let at = text.indexOf(cue); at !== -1; at = text.indexOf(cue, at + 1)) {
    if (at === 0 || !(kindsOf(text.charCodeAt(at - 1)) & (LETTER | NUMBER))) return true;
  }
  return false;
}

function withoutPassingWords(mentions: readonly Mention[], carried: ReadonlySet<TopicRef>): Mention[] {
  const times = new Map<TopicRef, number>();
  for (const { ref } of mentions) times.set(ref, (times.get(ref) ?? 0) + 1);
  const prominent = new Set(
    mentions.flatMap(({ ref, occurrence }) => (occurrence.section === 'BODY' ? [] : [ref])),
  );
  return mentions.filter(({ ref, occurrence }) => {
    const isCommon = occurrence.names.some(({ topic, isCommon: common }) => topic?.ref === ref && common);
    return !isCommon || carried.has(ref) || prominent.has(ref) || (times.get(ref) ?? 0) > 1;
  });
}
