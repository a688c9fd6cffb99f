/** What a clock on the wall of a time zone shows. It shares no code with the server. */

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', era: 'short' } as const;
  const made = new Intl.DateTimeFormat('en', { timeZone, calendar: 'gregory', ...parts });
  clocks.set(timeZone, made);
  return made;
}

export type Bucket = 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';

/** The name of the day, week, month or year that it is there at an instant of our era. */
export function bucketAt(bucket: Bucket, instant: number, timeZone: string): string {
  const parts = clockOf(timeZone).formatToParts(instant);
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const [year, month, day] = [value('year'), value('month'), value('day')];
  if (bucket === 'YEAR') return `${year}`;
  if (bucket === 'MONTH') return `${year}-${month}`;
  if (bucket === 'DAY') return `${year}-${month}-${day}`;
  // Days since a Monday.
  const days = Math.floor(Date.UTC(year, month - 1, day) / 86_400_000) + 3;
  return `week ${Math.floor(days / 7)}`;
}
