import type { ListOrder } from '../core/paging';
import type { TopicKind, TopicSource } from '../database';

export interface TopicRow {
  readonly id: number;
  readonly slug: string;
  readonly kind: TopicKind;
  readonly parentId: number | null;
  readonly description: string | null;
  readonly wikidataId: string | null;
  /** What it is called where no language is asked for. */
  readonly name: string;
  readonly sortName: string;
  readonly coverage: number;
  readonly revision: number;
}

/** One name of a topic: at position 0 the name in that language, after it its aliases. */
export interface TopicNameRow {
  readonly topicId: number;
  readonly language: string;
  readonly name: string;
  readonly position: number;
}

/** What a topic says: without what others do to it, of which the change log does not tell. */
export type TopicFacts = Omit<TopicRow, 'coverage'>;

/** Topics that are kept in memory, at most: less than a kilobyte each. */
export const TOPICS_KEPT = 10_000;

/** A topic as an article carries it. */
export interface CarriedTopic {
  readonly topic: TopicFacts;
  readonly salience: number;
  readonly mentions: number;
  readonly source: TopicSource;
}

export const TOPIC_ORDERS = {
  NAME: { name: 'NAME', sort: 'string' },
  MOST_COVERED: { name: 'MOST_COVERED', sort: 'integer' },
} as const satisfies Record<string, ListOrder>;

export type TopicOrder = keyof typeof TOPIC_ORDERS;

/** The names of a topic in one language. */
export interface LocalName {
  readonly language: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

/** Gathers rows (ordered by language and position) by language. */
export function localNames(rows: readonly TopicNameRow[]): LocalName[] {
  const names = new Map<string, { language: string; name: string; aliases: string[] }>();
  for (const { language, name, position } of rows) {
    const known = names.get(language);
    if (known && position > 0) known.aliases.push(name);
    else if (!known) names.set(language, { language, name, aliases: [] });
  }
  return [...names.values()];
}

/** The language that a newsroom's topics are named in where nothing closer to the asked one is known. */
const FALLBACK = 'en';

/**
 * The topic's name in the asked language; else in another form of that language (fa for fa-AF, fa-AF for fa),
 * else in English, else in whatever language there is one.
 */
export function nameIn(rows: readonly TopicNameRow[], language: string | null): string | null {
  const names = rows.filter(({ position }) => position === 0);
  const wanted = language ?? FALLBACK;
  const found =
    names.find((name) => name.language === wanted) ??
    names.find((name) => primary(name.language) === primary(wanted)) ??
    names.find((name) => primary(name.language) === FALLBACK) ??
    names[0];
  return found?.name ?? null;
}

function primary(language: string): string {
  return language.split('-', 1)[0] ?? language;
}
