/** A partner who applies the change feed ends with exactly what they are entitled to, whatever is done meanwhile. */
import fc from 'fast-check';
import { bounded } from '../support/bounded';
import { describeEachEngine } from '../support/engines';
import { deeds, PartnerDesk } from './partner-desk';

const RUNS = Number(process.env.RUNS ?? 8);

const stories = fc.array(fc.tuple(deeds, fc.nat({ max: 5 })), { minLength: 10, maxLength: 40 });

describeEachEngine('the copy of a partner', (store) => {
  test('is what they are entitled to, and has let go of everything else', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        await store.using(async (database) => {
          const desk = new PartnerDesk(database);
          await desk.open({ categories: ['world'], languages: ['en'] });
          for (const [deed, pick] of story) await desk.perform(deed, pick);
          desk.clock.advance(1);
          await desk.keepDates();
          await desk.readAll();
          expect(desk.copy).toEqual((await desk.snapshot()).copy);
          const kills = desk.heard.filter(({ op }) => op === 'KILL').map(({ articleId }) => articleId);
          expect([...desk.killed].filter((id) => !kills.includes(id))).toEqual([]);
        });
      }),
      bounded(RUNS),
    );
  });
});
