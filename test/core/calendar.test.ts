import fc from 'fast-check';
import { dividedBy, isTimeZone, type TimeBucket } from '../../src/core/calendar';
import { bucketAt } from '../support/local-time';

const HOUR = 3_600_000;
const ZONES = [
  ...['UTC', 'Asia/Kabul', 'Asia/Karachi', 'Asia/Tehran', 'Asia/Kathmandu', 'Europe/London'],
  ...['America/New_York', 'America/Havana', 'America/Sao_Paulo', 'Africa/Cairo', 'Australia/Lord_Howe'],
  ...['Pacific/Apia', 'Pacific/Chatham', 'Antarctica/Troll'],
];

const divided = (bucket: TimeBucket, from: string, to: string, timeZone: string) =>
  [...dividedBy(bucket, { from: Date.parse(from), to: Date.parse(to) }, timeZone)].map((period) => ({
    start: new Date(period.from).toISOString(),
    hours: (period.to - period.from) / HOUR,
  }));
const hours = (...args: Parameters<typeof divided>) => divided(...args).map((each) => each.hours);

test.each([
  ['Europe/London', '2026-03-28T00:00Z', '2026-03-30T23:00Z', [24, 23, 24]],
  ['Europe/London', '2026-10-23T23:00Z', '2026-10-27T00:00Z', [24, 25, 24]],
  ['Australia/Lord_Howe', '2026-04-03T13:00Z', '2026-04-06T13:30Z', [24, 24.5, 24]],
  ['Australia/Lord_Howe', '2026-10-02T13:30Z', '2026-10-05T13:00Z', [24, 23.5, 24]],
  ['Asia/Kabul', '2026-03-27T19:30Z', '2026-03-30T19:30Z', [24, 24, 24]],
  ['Asia/Karachi', '2008-05-30T19:00Z', '2008-06-02T18:00Z', [24, 23, 24]],
  // Clocks are put forward at midnight, and back over it.
  ['America/Havana', '2026-03-07T05:00Z', '2026-03-10T04:00Z', [24, 23, 24]],
  ['America/Havana', '2026-10-31T04:00Z', '2026-11-03T05:00Z', [24, 25, 24]],
  ['America/Sao_Paulo', '2018-11-03T03:00Z', '2018-11-06T02:00Z', [24, 23, 24]],
  // The 30th of December 2011 was skipped in Samoa.
  ['Pacific/Apia', '2011-12-29T10:00Z', '2012-01-01T10:00Z', [24, 24, 24]],
])('the days of %s from %s to %s', (timeZone, from, to, expected) => {
  expect(hours('DAY', from, to, timeZone)).toEqual(expected);
});

test('weeks begin on Monday, months and years with their first day; the first and the last are cut', () => {
  const [from, to] = ['2025-12-10T12:00:00.000Z', '2026-01-13T00:00:00.000Z'];
  const starts = (bucket: TimeBucket) => divided(bucket, from, to, 'Asia/Kabul').map(({ start }) => start);
  expect(starts('WEEK')).toEqual([
    ...[from, '2025-12-14T19:30:00.000Z', '2025-12-21T19:30:00.000Z', '2025-12-28T19:30:00.000Z'],
    ...['2026-01-04T19:30:00.000Z', '2026-01-11T19:30:00.000Z'],
  ]);
  expect(starts('MONTH')).toEqual([from, '2025-12-31T19:30:00.000Z']);
  expect(starts('YEAR')).toEqual([from, '2025-12-31T19:30:00.000Z']);
  expect(hours('YEAR', from, to, 'Asia/Kabul').reduce((sum, each) => sum + each, 0)).toBe(
    (Date.parse(to) - Date.parse(from)) / HOUR,
  );
});

test('is what clocks on the wall show, in every zone and across every change', () => {
  const from = fc.integer({ min: Date.parse('1948-01-01'), max: Date.parse('2037-01-01') });
  const days = fc.integer({ min: 1, max: 40 * 24 * 4 }).map((quarters) => quarters * (HOUR / 4));
  const bucket = fc.constantFrom<TimeBucket[]>('DAY', 'WEEK', 'MONTH', 'YEAR');
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), bucket, from, days, (timeZone, each, start, length) => {
      const window = { from: start, to: start + length };
      const periods = [...dividedBy(each, window, timeZone)];
      expect(periods[0]?.from).toBe(window.from);
      expect(periods.at(-1)?.to).toBe(window.to);
      for (const [place, period] of periods.entries()) {
        const name = bucketAt(each, period.from, timeZone);
        expect(bucketAt(each, period.to - 1, timeZone)).toBe(name);
        const next = periods[place + 1];
        if (!next) continue;
        expect(next.from).toBe(period.to);
        expect(bucketAt(each, next.from, timeZone)).not.toBe(name);
      }
    }),
    { numRuns: 300 },
  );
});

test.each(['UTC', 'Asia/Kabul', 'asia/kabul', 'Asia/Calcutta', 'America/Argentina/Buenos_Aires'])(
  '%s is a time zone',
  (name) => {
    expect(isTimeZone(name)).toBe(true);
    expect([...dividedBy('DAY', { from: 0, to: 1 }, name)]).toHaveLength(1);
  },
);

test.each(['', 'Kabul', 'Asia/Nowhere', '+04:30', '-05', 'Asia/Kabul[u-ca=hebrew]'])(
  '"%s" is no time zone',
  (name) => {
    expect(isTimeZone(name)).toBe(false);
  },
);
