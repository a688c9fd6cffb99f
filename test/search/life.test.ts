import { sql } from 'drizzle-orm';
import { ArticleService } from '../../src/articles';
import { heldClock } from '../../src/core/clock';
import type { Seen } from '../../src/core/revision';
import { checkIndex, isSound } from '../../src/indexing';
import { ARCHIVIST, NOW } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { addTopic } from './support';

describeEachEngine('the index of the search in the life of an article', (store) => {
  test('says what an article says after every step of its life, and counts no word again where it says the same', async () => {
    const db = await store.open();
    await addTopic(db, 'kabul', [{ language: 'en', name: 'Kabul' }]);
    const service = new ArticleService(db, heldClock(NOW));
    const text =
      'A ferry has sunk off the harbour of Chittagong, all of its passengers were saved by fishermen.';
    let seen: Seen = await service.create(ARCHIVIST, {
      ...{ title: 'Ferry sunk', language: 'en', html: `<p>${text}</p>` },
    });
    const words = () => db.rows(sql`select * from search_words order by word`);
    const copies = () => db.rows(sql`select * from signature_buckets order by number`);
    const known = { words: await words(), copies: await copies() };
    const steps: readonly ((seen: Seen) => Promise<Seen>)[] = [
      (last) => service.publish(ARCHIVIST, last),
      (last) => service.update(ARCHIVIST, last, { topics: ['kabul'] }),
      (last) => service.withdraw(ARCHIVIST, last, 'It was another ferry'),
      (last) => service.restore(ARCHIVIST, last),
    ];
    for (const step of steps) {
      seen = await step(seen);
      expect(isSound(await checkIndex(db))).toBe(true);
    }
    expect({ words: await words(), copies: await copies() }).toEqual(known);
    await service.update(ARCHIVIST, seen, { title: 'Catamaran sunk' });
    expect(isSound(await checkIndex(db))).toBe(true);
    expect(await db.rows(sql`select word from search_words where word = 'catamaran'`)).toHaveLength(1);
  });
});
