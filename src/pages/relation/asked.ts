import type { TimeBucket } from '../../core/calendar';
import type { Instant } from '../../core/clock';
import type { PageRequest } from '../../core/web-page';
import type { Message } from '../vocabulary';
import { Wording } from '../wording';

/** What the address of a page asks for. */
export interface Asked {
  /** As they are written. */
  readonly slugs: readonly string[];
  readonly isPicture: boolean;
  readonly wording: Wording;
  /** Midnight at the beginning of the first day. */
  readonly from: Instant | null;
  /** Midnight at the end of the last day, which the address names. */
  readonly to: Instant | null;
  /** Null for one that fits. */
  readonly interval: TimeBucket | null;
  /** What the address carries besides, for those that lead on from it. */
  readonly kept: Kept;
}

export type Kept = Readonly<Partial<Record<KeptName, string>>>;
export type KeptName = 'from' | 'to' | 'interval' | 'language';
const KEPT: readonly KeptName[] = ['from', 'to', 'interval', 'language'];

/** What is wrong with an address, in the words of the vocabulary. */
export interface Wrong {
  readonly message: Message;
  readonly values: Readonly<Record<string, string | number>>;
}

export const PICTURE = '.svg';
const DAY = 86_400_000;
const INTERVALS: Readonly<Record<string, TimeBucket>> = {
  day: 'DAY',
  week: 'WEEK',
  month: 'MONTH',
  year: 'YEAR',
};
const ENGLISH = 'en';

/** @returns what is wrong with it besides, in a page that can be shown all the same */
export function readAddress({ path, query }: PageRequest): { asked: Asked; wrong: Wrong | null } {
  const written = path ?? '';
  const isPicture = written.endsWith(PICTURE);
  const topics = isPicture ? written.slice(0, -PICTURE.length) : written;
  const kept = keptOf(query);
  const wording = Wording.of(kept.language ?? ENGLISH);
  const from = dayOf(kept.from);
  const to = dayOf(kept.to);
  const interval = kept.interval === undefined ? null : INTERVALS[kept.interval];
  return {
    asked: {
      slugs: topics === '' ? [] : topics.split('+'),
      isPicture,
      wording: wording ?? english(),
      from: from ?? null,
      to: to == null ? null : to + DAY,
      interval: interval ?? null,
      kept,
    },
    wrong:
      (wording === null && wrong('badLanguage', kept.language)) ||
      (from === undefined && wrong('badDay', kept.from)) ||
      (to === undefined && wrong('badDay', kept.to)) ||
      (interval === undefined && wrong('badInterval', kept.interval)) ||
      (from != null && to != null && to < from && wrong('endsBefore')) ||
      null,
  };
}

/** An address that leads on from this one. */
export function addressOf(slugs: readonly string[], kept: Kept, suffix = ''): string {
  return slugs.map(encodeURIComponent).join('+') + suffix + queryOf(kept);
}

/** With its question mark; empty where there is nothing to say. */
export function queryOf(kept: Kept): string {
  const query = new URLSearchParams();
  for (const name of KEPT) if (kept[name]) query.set(name, kept[name]);
  return query.size === 0 ? '' : `?${query}`;
}

/** A form sends what was left empty, too. */
function keptOf(query: URLSearchParams): Kept {
  return Object.fromEntries(
    KEPT.flatMap((name) => {
      const value = query.get(name)?.trim().slice(0, LONGEST);
      return value ? [[name, value]] : [];
    }),
  );
}

/** Characters of a value that are looked at. */
const LONGEST = 50;

/** Null for none, undefined for what is none. */
function dayOf(text: string | undefined): Instant | null | undefined {
  if (text === undefined) return null;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = Date.parse(`${text}T00:00:00Z`);
  // 2026-02-30 would be taken for the second of March.
  return Number.isNaN(day) || !new Date(day).toISOString().startsWith(text) ? undefined : day;
}

function wrong(message: Message, value = ''): Wrong {
  return { message, values: { value } };
}

function english(): Wording {
  const wording = Wording.of(ENGLISH);
  if (wording === null) throw new Error('The vocabulary has no English');
  return wording;
}
