/** Copies that are broken off anywhere and gone on with hold what their publisher gives, and nothing else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { DirectoryTarget, type MirrorTarget, NewsroomTarget, runMirror } from '../../src/mirror';
import { bounded } from '../support/bounded';
import { describeEachEngine, tempDirectory } from '../support/engines';
import { deeds, PartnerDesk } from '../syndication/partner-desk';
import { allOf, contentOf, NearPublisher, partnerOfAll, published } from './copies';

const RUNS = Number(process.env.RUNS ?? 3);
const FROM = 'https://publisher.example/';

const stories = fc.record({
  before: fc.array(fc.tuple(deeds, fc.nat({ max: 5 })), { minLength: 5, maxLength: 12 }),
  parts: fc.array(
    fc.record({
      crashes: fc.nat({ max: 3 }),
      deeds: fc.array(fc.tuple(deeds, fc.nat({ max: 5 })), { minLength: 1, maxLength: 8 }),
    }),
    { minLength: 2, maxLength: 4 },
  ),
});

class Crash extends Error {}

/** Crashes before or after it has done its work a number of times. */
function crashing(target: MirrorTarget, times: number): MirrorTarget {
  let left = times;
  return {
    state: () => target.state(),
    apply: async (orders, state) => {
      if (left-- === 0) throw new Crash();
      await target.apply(orders, state);
      if (left === 0) throw new Crash();
    },
    takeOthers: (round) => target.takeOthers(round),
    count: () => target.count(),
    close: () => target.close(),
  };
}

describeEachEngine('a mirror', (store) => {
  test('holds what its publisher gives, however often it is broken off', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async ({ before, parts }) => {
        await store.using(async (database) => {
          await store.using(async (other) => {
            const desk = new PartnerDesk(database);
            await desk.open({ categories: ['world'], territories: ['DE', 'PK'] });
            const publisher = new NearPublisher(database, desk.actor, desk.clock);
            const folder = tempDirectory();
            const targets = [new NewsroomTarget(other, desk.clock, FROM), new DirectoryTarget(folder, null)];
            const follow = async (crashes: number | null) => {
              for (const target of targets) {
                await runMirror({
                  ...{ publisher, from: FROM, mode: 'UNTIL_EVEN' },
                  signal: new AbortController().signal,
                  target: crashes === null ? target : crashing(target, crashes),
                }).catch((error: unknown) => {
                  if (!(error instanceof Crash)) throw error;
                });
              }
            };
            for (const [deed, pick] of before) await desk.perform(deed, pick);
            for (const part of parts) {
              await follow(part.crashes);
              for (const [deed, pick] of part.deeds) await desk.perform(deed, pick);
            }
            desk.clock.advance(1);
            await desk.keepDates();
            await follow(null);
            const given = contentOf(await allOf(publisher));
            const copied = new NearPublisher(other, await partnerOfAll(other, desk.clock), desk.clock);
            expect(contentOf(await allOf(copied))).toEqual(given);
            expect(await published(other)).toBe(Object.keys(given).length);
            const files = readdirSync(join(folder, 'articles')).map((name) =>
              JSON.parse(readFileSync(join(folder, 'articles', name), 'utf8')),
            );
            expect(contentOf(files.map(({ article }) => article))).toEqual(given);
          });
        });
      }),
      bounded(RUNS),
    );
  });
});
