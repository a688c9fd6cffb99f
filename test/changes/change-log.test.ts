import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { ArticleService } from '../../src/articles';
import { recordChanges } from '../../src/changes';
import { heldClock } from '../../src/core/clock';
import { VersionConflict } from '../../src/core/refusal';
import type { Database } from '../../src/database';
import { ARCHIVIST, archivePlans, at, NOW, storeArchive } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { expectedTies, givenBy, storedTies } from '../support/ties';

const WRITERS = 8;

class GivenUp extends Error {}

/** Every entry after `last`, as a reader of the log asks for them. */
async function entriesAfter(db: Database, last: number): Promise<{ seq: number; entityId: number }[]> {
  const { changes } = db.tables;
  return db
    .select({ seq: changes.seq, entityId: changes.entityId })
    .from(changes)
    .where(sql`${changes.seq} > ${last}`)
    .orderBy(changes.seq);
}

const change = (entityId: number) => ({ entity: 'ARTICLE', entityId, op: 'UPDATE', revision: 1 }) as const;

describeEachEngine('the change log', (store) => {
  test('has the name of the actor and no gap after changes that were given up', async () => {
    const db = await store.open();
    for (const givesUp of [false, true, false]) {
      const writing = db.write(async (tx) => {
        recordChanges(tx, ARCHIVIST, NOW, [change(1)]);
        if (givesUp) throw new GivenUp();
      });
      if (givesUp) await expect(writing).rejects.toThrow(GivenUp);
      else await writing;
    }
    const { changes } = db.tables;
    const log = await db.select({ seq: changes.seq, actor: changes.actor, at: changes.at }).from(changes);
    expect(log).toEqual([1, 2].map((seq) => ({ seq, actor: 'system:archive', at: NOW })));
  });

  test('stays in step with the articles when eight edit the same few at once', async () => {
    const db = await store.open();
    const plan = at(fc.sample(archivePlans({ min: 6, max: 6 }), { numRuns: 1, seed: 7 }), 0);
    // What is withdrawn cannot be edited.
    const articles = plan.articles.map((article) => ({ ...article, status: 'PUBLISHED' as const }));
    await storeArchive(db, { ...plan, articles });
    const service = new ArticleService(db, heldClock(NOW));
    const before = await entriesAfter(db, 0);
    const outcomes = await Promise.all(
      Array.from({ length: WRITERS }, (_, writer) => edits(db, service, writer)),
    );
    const done = outcomes.flat().filter((outcome) => outcome === 'done').length;
    expect(done).toBeGreaterThan(0);
    expect(await entriesAfter(db, 0)).toHaveLength(before.length + done);
    const { articles: table } = db.tables;
    const revisions = await db.select({ revision: table.revision }).from(table);
    expect(revisions.reduce((sum, { revision }) => sum + revision - 1, 0)).toBe(done);
    for (const facet of ['author', 'category', 'topic'] as const) {
      const stored = await storedTies(db, facet);
      expect(stored).toEqual(await expectedTies(db, facet, givenBy(stored)));
    }
  }, 60_000);
});

/** One writer's edits of whatever revisions it finds; those that come too late are refused. */
async function edits(db: Database, service: ArticleService, writer: number) {
  const { articles } = db.tables;
  const outcomes: ('done' | 'late')[] = [];
  for (let round = 0; round < 6; round++) {
    const id = 1 + ((writer + round) % 3);
    const [seen] = await db
      .select({ id: articles.id, revision: articles.revision })
      .from(articles)
      .where(sql`${articles.id} = ${id}`);
    if (!seen) throw new Error('An article is gone');
    const edit = {
      title: `By ${writer} in round ${round}`,
      kind: round % 2 === 0 ? ('PAGE' as const) : ('ARTICLE' as const),
      topics: [`topic-${(writer * 3 + round) % 7}`],
    };
    outcomes.push(
      await service.update(ARCHIVIST, seen, edit).then(
        () => 'done' as const,
        (error: unknown) => {
          if (error instanceof VersionConflict) return 'late' as const;
          throw error;
        },
      ),
    );
  }
  return outcomes;
}

describeEachEngine('of two who edit the same revision', (store) => {
  test('one is done and the other is told the revision that there is now', async () => {
    const db = await store.open();
    const service = new ArticleService(db, heldClock(NOW));
    for (let round = 0; round < 10; round++) {
      const seen = await service.create(ARCHIVIST, { title: `${round}`, language: 'en', html: '' });
      const titles = ['One', 'Another'];
      const outcomes = await Promise.allSettled(
        titles.map((title) => service.update(ARCHIVIST, seen, { title })),
      );
      const [refused, ...others] = outcomes.filter(({ status }) => status === 'rejected');
      expect(others).toEqual([]);
      const reason = refused?.status === 'rejected' ? refused.reason : null;
      expect(reason).toBeInstanceOf(VersionConflict);
      expect(reason).toMatchObject({ code: 'CONFLICT', current: 2, details: { current: 2 } });
    }
  });

  test('an article that is not there is not found', async () => {
    const service = new ArticleService(await store.open(), heldClock(NOW));
    const missing = { id: 4711, revision: 1 };
    await expect(service.update(ARCHIVIST, missing, {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(service.publish(ARCHIVIST, missing)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('eight new articles of one title at once get eight addresses', async () => {
    const db = await store.open();
    const service = new ArticleService(db, heldClock(NOW));
    await Promise.all(
      Array.from({ length: WRITERS }, () =>
        service.create(ARCHIVIST, { title: 'Floods', language: 'en', html: '' }),
      ),
    );
    const { articles } = db.tables;
    const slugs = (await db.select({ slug: articles.slug }).from(articles)).map(({ slug }) => slug).sort();
    expect(slugs).toEqual(['floods', ...[2, 3, 4, 5, 6, 7, 8].map((suffix) => `floods-${suffix}`)]);
  });
});
