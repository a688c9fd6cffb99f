import type { Mention } from './evidence';
import type { TopicRef } from './name';
import type { Occurrence } from './occurrences';

/** A topic that a text names. */
export interface FoundTopic {
  readonly ref: TopicRef;
  /** How often. */
  readonly mentions: number;
  /** Above 0, at most .99, in ten-thousandths. */
  readonly salience: number;
}

/** Words of the body that stand for its lead. */
const LEAD = 60;
/** What one mention alone says of how much the article is about the topic. */
const WEIGHTS = { TITLE: 0.5, STANDFIRST: 0.35, LEAD: 0.25, BODY: 0.1 } as const;
/** 1 is for what people say. */
const MOST = 0.99;

/**
 * By topic, the most salient first. The salience is 1 - (1 - w1)(1 - w2)…, where each mention has the weight of its
 * place: .5 in the title, .35 in the standfirst, .25 in the first 60 words of the body, .1 below. So it grows with
 * every mention, and one in the title says as much as seven far below. That place and frequency tell salience best
 * among what is cheap to know: Dunietz and Gillick, "A New Entity Salience Task with Millions of Training Examples"
 * (EACL 2014); the weights are ours.
 */
export function topicsOf(mentions: readonly Mention[]): FoundTopic[] {
  const found = new Map<TopicRef, { mentions: number; rest: number }>();
  for (const { ref, occurrence } of mentions) {
    const before = found.get(ref) ?? { mentions: 0, rest: 1 };
    found.set(ref, { mentions: before.mentions + 1, rest: before.rest * (1 - weightOf(occurrence)) });
  }
  return [...found]
    .map(([ref, { mentions: times, rest }]) => ({ ref, mentions: times, salience: rounded(1 - rest) }))
    .sort((a, b) => b.salience - a.salience || b.mentions - a.mentions);
}

function weightOf({ section, position }: Occurrence): number {
  return WEIGHTS[section === 'BODY' && position < LEAD ? 'LEAD' : section];
}

/** The archive in memory keeps as many digits. */
function rounded(salience: number): number {
  return Math.min(Math.round(salience * 10_000) / 10_000, MOST);
}
