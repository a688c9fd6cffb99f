import fc from 'fast-check';
import { ArticleService } from '../../src/articles';
import { heldClock } from '../../src/core/clock';
import { areCopies } from '../../src/core/text';
import type { Database } from '../../src/database';
import { rebuildIndex } from '../../src/indexing';
import { Api } from '../support/api';
import { ARCHIVIST, HOUR, NOW, storeArchive, storyHtml } from '../support/archive';
import { bounded } from '../support/bounded';
import { describeEachEngine } from '../support/engines';

const PLAN = { authors: 1, categories: [], topics: [null, null], articles: [] };

/** Words of which nobody else has three in a row. */
const words = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, place) => `w${from + place}`).join(' ');

async function copiesIn(db: Database): Promise<string[]> {
  const rows = await db.select().from(db.tables.articleCopies);
  return rows.map(({ articleId, copyId }) => `${articleId} ${copyId}`).sort();
}

/** Every two signatures that are stored, compared. */
async function copiesByComparison(db: Database): Promise<string[]> {
  const rows = await db.select().from(db.tables.articleSignatures);
  const signed = rows.filter(({ signature }) => signature.length > 0);
  return signed
    .flatMap((a) =>
      signed
        .filter((b) => b.articleId !== a.articleId && areCopies(a.signature, b.signature))
        .map((b) => `${a.articleId} ${b.articleId}`),
    )
    .sort();
}

class Desk {
  readonly clock = heldClock(NOW);
  readonly articles: ArticleService;
  readonly keys: number[] = [];

  constructor(readonly db: Database) {
    this.articles = new ArticleService(db, this.clock);
  }

  async create(html: string): Promise<number> {
    const topics = ['topic-0', 'topic-1'];
    const { id } = await this.articles.create(ARCHIVIST, { title: 'A title', language: 'en', html, topics });
    this.keys.push(id);
    return id;
  }

  async publish(key: number, at: number): Promise<void> {
    await this.articles.publish(ARCHIVIST, { id: key, revision: await this.revision(key) }, { at });
  }

  async rewrite(key: number, html: string): Promise<void> {
    await this.articles.update(ARCHIVIST, { id: key, revision: await this.revision(key) }, { html });
  }

  async revision(key: number): Promise<number> {
    const { articles } = this.db.tables;
    const rows = await this.db.select({ id: articles.id, revision: articles.revision }).from(articles);
    return rows.find(({ id }) => id === key)?.revision ?? 0;
  }

  async counts() {
    const source = '{ relation(topics: ["topic-0", "topic-1"]) { articleCount storyCount } }';
    const api = new Api(this.db, { clock: this.clock });
    return (await api.ask<{ relation: { articleCount: number; storyCount: number } }>(source)).relation;
  }
}

describeEachEngine('copies of a text', (store) => {
  test('are those that a comparison of all texts finds, whatever was written in which order', async () => {
    const story = fc.nat({ max: 2 });
    const steps = fc.array(fc.record({ rewrite: fc.boolean(), pick: fc.nat(), story, short: fc.boolean() }), {
      minLength: 10,
      maxLength: 16,
    });
    await fc.assert(
      fc.asyncProperty(steps, (all) =>
        store.using(async (db) => {
          await storeArchive(db, PLAN);
          const desk = new Desk(db);
          for (const [index, step] of all.entries()) {
            const html = step.short ? '<p>Too short.</p>' : storyHtml(step.story, `Opening${index}`);
            const key = desk.keys[step.pick % Math.max(1, desk.keys.length)];
            if (step.rewrite && key !== undefined) await desk.rewrite(key, html);
            else await desk.create(html);
          }
          const copies = await copiesIn(db);
          expect(copies).toEqual(await copiesByComparison(db));
          await rebuildIndex({ write: (work) => db.write(work), step: 3 });
          expect(await copiesIn(db)).toEqual(copies);
        }),
      ),
      bounded(3),
    );
  }, 60_000);

  test('two that are stored at the same time are found', async () => {
    const db = await store.open();
    await storeArchive(db, PLAN);
    const desks = [new Desk(db), new Desk(await store.openAnother())];
    await Promise.all(desks.flatMap((desk) => [1, 2, 3].map((n) => desk.create(storyHtml(1, `Desk${n}`)))));
    expect(await copiesIn(db)).toHaveLength(6 * 5);
  });

  test('what readers do not see holds no story together', async () => {
    const db = await store.open();
    await storeArchive(db, PLAN);
    const desk = new Desk(db);
    const whole = await desk.create(`<p>${words(0, 120)}</p>`);
    const beginning = await desk.create(`<p>${words(0, 80)}</p>`);
    const end = await desk.create(`<p>${words(40, 120)}</p>`);
    expect(await copiesIn(db)).toEqual(
      [`${whole} ${beginning}`, `${beginning} ${whole}`, `${whole} ${end}`, `${end} ${whole}`].sort(),
    );
    await desk.publish(beginning, NOW - 2 * HOUR);
    await desk.publish(end, NOW - HOUR);
    expect(await desk.counts()).toEqual({ articleCount: 2, storyCount: 2 });
    await desk.publish(whole, NOW - 3 * HOUR);
    expect(await desk.counts()).toEqual({ articleCount: 3, storyCount: 1 });
    await desk.rewrite(whole, `<p>${words(200, 320)}</p>`);
    expect(await desk.counts()).toEqual({ articleCount: 3, storyCount: 3 });
  });
});
