import { PassThrough } from 'node:stream';
import { Pace } from '../../src/cli/pace';
import { type ProgressOutput, progressBar, progressText } from '../../src/cli/progress';

const SECOND = 1_000;

/** A stream that remembers what is written to it, and time that goes when it is told to. */
function output(
  kind: 'terminal' | 'file',
): ProgressOutput & { text(): string; pass(milliseconds: number): void } {
  let [text, now] = ['', 0];
  const stream = Object.assign(new PassThrough(), {
    isTTY: kind === 'terminal',
    columns: 120,
    cursorTo: () => true,
    moveCursor: () => true,
    clearLine: () => true,
  });
  stream.on('data', (chunk) => {
    text += String(chunk);
  });
  return {
    // Everything that cli-progress asks of a terminal.
    stream: stream as unknown as NodeJS.WriteStream,
    now: () => now,
    text: () => text,
    pass: (milliseconds) => {
      now += milliseconds;
    },
  };
}

describe('the pace', () => {
  test('is told from what was done in the time that has passed', () => {
    const pace = new Pace(0);
    pace.note(10 * SECOND, 0.25, 5_000);
    expect(pace.rate).toBe(500);
    expect(pace.remaining).toBe(30 * SECOND);
  });

  test('forgets how it went half a minute ago', () => {
    const pace = new Pace(0);
    for (let second = 1; second <= 10; second++) pace.note(second * SECOND, second / 100, second * 1_000);
    for (let second = 11; second <= 60; second++) {
      pace.note(second * SECOND, 0.1 + (second - 10) / 1_000, 10_000 + (second - 10) * 100);
    }
    expect(pace.rate).toBeCloseTo(100);
    expect(pace.remaining).toBeCloseTo(850 * SECOND);
  });

  test('is not told before there is anything to tell it from', () => {
    const pace = new Pace(0);
    expect([pace.rate, pace.remaining]).toEqual([null, null]);
    pace.note(1, 0.5, 10);
    expect([pace.rate, pace.remaining]).toEqual([null, null]);
    pace.note(5 * SECOND, null, 10);
    expect([pace.rate, pace.remaining]).toEqual([2, null]);
  });
});

test.each([
  [
    0.125,
    { count: 4_100, unit: 'articles' },
    { rate: 1_020.4, remaining: 80_000 },
    '12% | 4,100 articles | 1,020/s | 1:20 left',
  ],
  [0.5, null, { rate: 7, remaining: 3_725_000 }, '50% | 1:02:05 left'],
  [null, { count: 120, unit: 'MB' }, { rate: 12, remaining: null }, '120 MB | 12/s'],
  [0, { count: 0, unit: 'articles' }, { rate: 0, remaining: null }, '0%'],
])('what is known of it is said: %j %j %j', (share, counted, pace, text) => {
  expect(progressText(share, counted, pace)).toBe(text);
});

test('a file gets a line every few seconds, and none for what is done before', () => {
  const file = output('file');
  const bar = progressBar('Importing', 'articles', file);
  for (let second = 1; second <= 12; second++) {
    file.pass(SECOND);
    bar.show(second / 20, second * 100);
  }
  bar.end();
  expect(file.text()).toBe(
    'Importing: 25% | 500 articles | 100/s | 0:15 left\nImporting: 50% | 1,000 articles | 100/s | 0:10 left\n',
  );
});

test('a terminal gets a bar with rate and remaining time', async () => {
  const terminal = output('terminal');
  const bar = progressBar('Importing', 'articles', terminal);
  terminal.pass(10 * SECOND);
  bar.show(0.5, 1_000);
  await new Promise((resolve) => setTimeout(resolve, 300));
  bar.end();
  expect(terminal.text()).toMatch(
    /Importing .*\u2588\u2588\u2591\u2591.* 50% \| 1,000 articles \| 100\/s \| 0:10 left/,
  );
});
