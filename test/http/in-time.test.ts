import { setTimeout as delay } from 'node:timers/promises';
import { inTime, LATE } from '../../src/http/in-time';

test('an answer in time is the answer, and so is what it fails with', async () => {
  expect(await inTime(Promise.resolve('here'), 50)).toBe('here');
  await expect(inTime(Promise.reject(new Error('fault')), 50)).rejects.toThrow('fault');
});

test('each is late by its own time, though they share a timer', async () => {
  const start = performance.now();
  const after = async (answer: Promise<unknown>) => [await answer, performance.now() - start] as const;
  const never = new Promise(() => undefined);
  const first = after(inTime(never, 100));
  await delay(60);
  const second = after(inTime(never, 100));
  const quick = after(inTime(delay(10, 'quick'), 100));
  expect((await quick)[0]).toBe('quick');
  const [[one, oneAfter], [other, otherAfter]] = await Promise.all([first, second]);
  expect([one, other]).toEqual([LATE, LATE]);
  expect(oneAfter).toBeGreaterThanOrEqual(99);
  expect(otherAfter).toBeGreaterThanOrEqual(159);
});

test('one that comes late changes nothing any more, whether it fails or not', async () => {
  const fails = delay(30).then(() => Promise.reject(new Error('too late')));
  expect(await inTime(fails, 10)).toBe(LATE);
  await delay(40);
});
