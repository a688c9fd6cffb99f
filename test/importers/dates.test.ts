import fc from 'fast-check';
import { parseRssDate, parseWordPressDate, SiteClock } from '../../src/importers/wordpress';

const HOUR = 3_600_000;

describe('a WordPress date', () => {
  it('is taken as UTC', () => {
    expect(parseWordPressDate('2024-06-05 16:04:48')).toBe(Date.UTC(2024, 5, 5, 16, 4, 48));
  });

  it.each([
    '0000-00-00 00:00:00',
    '-0001-11-30 00:00:00',
    '',
    '2024-02-30 00:00:00',
    '2024-13-01 00:00:00',
    '2024-01-01',
    'now',
  ])('%p is unset', (text) => expect(parseWordPressDate(text)).toBeNull());

  it('is read back as it was written', () => {
    const date = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, (written) => {
        const seconds = Math.floor(written.getTime() / 1000) * 1000;
        const text = new Date(seconds).toISOString().slice(0, 19).replace('T', ' ');
        expect(parseWordPressDate(text)).toBe(seconds);
      }),
    );
  });
});

describe('an RSS date', () => {
  it('counts its zone', () => {
    expect(parseRssDate('Wed, 05 Jun 2024 16:04:48 +0000')).toBe(Date.UTC(2024, 5, 5, 16, 4, 48));
    expect(parseRssDate('Wed, 05 Jun 2024 16:04:48 +0330')).toBe(Date.UTC(2024, 5, 5, 12, 34, 48));
  });

  it.each(['Mon, 30 Nov -0001 00:00:00 +0000', 'Tue, 30 Nov 1999 00:00:00 +0000', 'yesterday', ''])(
    '%p is unset',
    (text) => expect(parseRssDate(text)).toBeNull(),
  );
});

describe("a site's clock", () => {
  it('prefers the GMT date', () => {
    expect(new SiteClock().resolve('2024-06-05 10:00:00', '2024-06-05 14:30:00')).toEqual({
      at: Date.UTC(2024, 5, 5, 10),
      assumed: false,
    });
  });

  it('takes the local time for UTC and says so, while nothing tells better', () => {
    const clock = new SiteClock();
    expect(clock.resolve('0000-00-00 00:00:00', '2024-06-05 14:30:00')).toEqual({
      at: Date.UTC(2024, 5, 5, 14, 30),
      assumed: true,
    });
    expect(clock.resolve('0000-00-00 00:00:00', '0000-00-00 00:00:00')).toEqual({ at: null, assumed: false });
  });

  it('follows summer time by the nearest month that is known', () => {
    const clock = new SiteClock();
    clock.learn('2023-07-01 12:00:00', '2023-07-01 10:00:00');
    clock.learn('2023-12-01 12:00:00', '2023-12-01 11:00:00');
    expect(clock.resolve('', '2023-08-01 12:00:00').at).toBe(Date.UTC(2023, 7, 1, 10));
    expect(clock.resolve('', '2024-01-01 12:00:00').at).toBe(Date.UTC(2024, 0, 1, 11));
  });

  it('learns nothing from what no time zone explains', () => {
    const clock = new SiteClock();
    clock.learn('2023-07-05 12:00:00', '2023-07-01 10:00:00');
    clock.learn('2023-07-01 12:07:00', '2023-07-01 12:00:00');
    clock.learn('2023-07-01 12:00:00', '0000-00-00 00:00:00');
    expect(clock.resolve('', '2023-07-01 12:00:00').assumed).toBe(true);
  });

  it('knows quarters of an hour', () => {
    const clock = new SiteClock();
    clock.learn('2023-07-01 12:00:00', '2023-07-01 07:30:00');
    expect(clock.resolve('', '2023-07-01 12:00:00').at).toBe(Date.UTC(2023, 6, 1, 12) - 4.5 * HOUR);
  });
});
