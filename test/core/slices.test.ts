import { setImmediate as eachTurn } from 'node:timers';
import fc from 'fast-check';
import { eachInSlices, inSlices } from '../../src/core/slices';

/** Keeps the processor busy. */
function work(milliseconds: number): void {
  for (const began = performance.now(); performance.now() - began < milliseconds; );
}

/** Turns of the event loop that others had until it was done. */
async function turnsDuring(done: () => Promise<void>): Promise<number> {
  let [turns, over] = [0, false];
  const count = () => {
    turns++;
    if (!over) eachTurn(count);
  };
  eachTurn(count);
  await done();
  over = true;
  return turns;
}

describe('work in slices', () => {
  test('does everything once and in its order, in pieces no longer than asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 50 }),
        fc.nat({ max: 50 }),
        fc.integer({ min: 1, max: 9 }),
        async (from, length, step) => {
          const done: number[] = [];
          await inSlices(from, from + length, step, (start, end) => {
            expect(end - start).toBeLessThanOrEqual(step);
            for (let at = start; at < end; at++) done.push(at);
          });
          expect(done).toEqual(Array.from({ length }, (_, at) => from + at));
        },
      ),
    );
  });

  test('lets others have their turn, be it one long piece of work or many short ones after each other', async () => {
    const long = await turnsDuring(() => inSlices(0, 40, 1, () => work(3)));
    const short = await turnsDuring(async () => {
      for (let each = 0; each < 40; each++) await eachInSlices([each], () => work(3));
    });
    // 120 milliseconds of work: one turn at least for every 15 of them.
    expect(long).toBeGreaterThanOrEqual(8);
    expect(short).toBeGreaterThanOrEqual(8);
  });
});
