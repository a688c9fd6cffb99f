const WORDPRESS_DATE = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const RSS_DATE =
  /^(?:[A-Za-z]{3},\s*)?(\d{1,2})\s+([A-Za-z]{3})\s+(\d{4})\s+(\d{2}):(\d{2})(?::(\d{2}))?\s*(GMT|UTC?|Z|[+-]\d{4})?$/;
/** What 0000-00-00 becomes in PHP: 30 November of the year -1, or of 1999 where the year had two digits. */
const PHP_ZERO = Date.UTC(1999, 10, 30);
/** Of "2024-06", in characters. */
const MONTH_LENGTH = 7;
const MINUTE = 60_000;
/** Time zones reach from -12 to +14 hours, in steps of 15 minutes. */
const MAX_OFFSET = 14 * 60;
const OFFSET_STEP = 15;

/**
 * Milliseconds since 1970 of a date as WordPress writes it (`2024-06-05 16:04:48`), taken as UTC. Null for the many
 * ways in which WordPress says that a date is unset, and for what is no date.
 */
export function parseWordPressDate(text: string): number | null {
  const match = WORDPRESS_DATE.exec(text.trim());
  if (match === null) return null;
  const [, year, month, day, hour, minute, second] = match.map(Number);
  return toTime(year, month, day, hour, minute, match[6] === undefined ? 0 : second);
}

/** Milliseconds since 1970 of an RSS date (`Wed, 05 Jun 2024 16:04:48 +0000`), null like above. */
export function parseRssDate(text: string): number | null {
  const match = RSS_DATE.exec(text.trim());
  if (match === null) return null;
  const month = MONTHS.indexOf((match[2] ?? '').toLowerCase()) + 1;
  const time = toTime(
    Number(match[3]),
    month,
    Number(match[1]),
    Number(match[4]),
    Number(match[5]),
    Number(match[6] ?? 0),
  );
  if (time === null || time === PHP_ZERO) return null;
  const zone = match[7] ?? '';
  if (!/^[+-]\d{4}$/.test(zone)) return time;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3));
  return time - (zone.startsWith('-') ? -minutes : minutes) * MINUTE;
}

/** `assumed`: nothing told the site's offset, so the local time was taken for UTC. */
export interface ResolvedDate {
  readonly at: number | null;
  readonly assumed: boolean;
}

/** Month since the year 0 -> minutes ahead of UTC. */
export type ClockState = ReadonlyMap<number, number>;

/**
 * The offset of a site's clock from UTC, learned from items that tell both times. It keeps one offset per month, so that
 * summer time is followed; the month that is nearest counts. An export tells the site's time zone nowhere.
 */
export class SiteClock {
  private readonly offsets = new Map<number, number>();
  /** The months that it has learned of, as WordPress writes them: of each the first item tells. */
  private readonly known = new Set<string>();

  state(): ClockState {
    return new Map(this.offsets);
  }

  /** Adds what another clock of the same site has learned. */
  restore(state: ClockState): void {
    for (const [month, minutes] of state) this.offsets.set(month, minutes);
  }

  /** Both as WordPress writes them. What is unset, or no time zone could explain, teaches nothing. */
  learn(local: string, gmt: string): void {
    const month = local.slice(0, MONTH_LENGTH);
    if (this.known.has(month)) return;
    const here = parseWordPressDate(local);
    const there = parseWordPressDate(gmt);
    if (here === null || there === null) return;
    const minutes = Math.round((here - there) / MINUTE);
    if (Math.abs(minutes) > MAX_OFFSET || minutes % OFFSET_STEP !== 0) return;
    this.offsets.set(monthOf(here), minutes);
    this.known.add(month);
  }

  /** Prefers the GMT date; else the local one less the site's offset. */
  resolve(gmt: string, local: string): ResolvedDate {
    const exact = parseWordPressDate(gmt);
    if (exact !== null) return { at: exact, assumed: false };
    const here = parseWordPressDate(local);
    if (here === null) return { at: null, assumed: false };
    const offset = this.offsetNear(monthOf(here));
    return { at: here - (offset ?? 0) * MINUTE, assumed: offset === null };
  }

  private offsetNear(month: number): number | null {
    const exact = this.offsets.get(month);
    if (exact !== undefined) return exact;
    let nearest: number | null = null;
    let distance = Number.POSITIVE_INFINITY;
    for (const [known, offset] of this.offsets) {
      const away = Math.abs(known - month);
      if (away >= distance) continue;
      distance = away;
      nearest = offset;
    }
    return nearest;
  }
}

function monthOf(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function toTime(year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0): number | null {
  if (year < 1 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return date.getUTCDate() === day ? date.getTime() : null;
}
