import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { ArticleService, articleScheduler } from '../../src/articles';
import { heldClock } from '../../src/core/clock';
import { silentLog } from '../../src/core/log';
import type { ArticleState, Database } from '../../src/database';
import { archivePlans, at, NOW, storeArchive } from '../support/archive';
import { bounded } from '../support/bounded';
import { describeEachEngine } from '../support/engines';
import { FACETS, type Facet, steps, type Told } from '../support/life';
import { LifeDesk } from '../support/life-desk';
import { expectedTies, storedTies } from '../support/ties';

const plans = archivePlans({ min: 2, max: 5 });
const scripts = fc.array(fc.tuple(steps, fc.nat()), { minLength: 15, maxLength: 40, size: 'max' });

describeEachEngine('whatever is done to articles', (store) => {
  test('articles, ties, coverage, addresses, revisions and log are what a simple model says', async () => {
    await fc.assert(
      fc.asyncProperty(plans, scripts, async (plan, script) => {
        await store.using(async (db) => {
          const clock = heldClock(NOW);
          const archive = await storeArchive(db, plan);
          const { changes } = db.tables;
          const before = await db.select().from(changes);
          const scheduler = articleScheduler({ database: db, log: silentLog });
          const { signal } = new AbortController();
          const desk = new LifeDesk(new ArticleService(db, clock), clock, archive, () =>
            scheduler.run({ now: clock.now(), signal, write: (work) => db.write(work) }),
          );
          for (const [index, [step, pick]] of script.entries()) {
            await desk.perform(step, pick);
            if (index % 10 === 9) await expectTies(db, desk);
          }
          await expectTies(db, desk);
          await expectArticles(db, desk);
          await expectRevisions(db, desk);
          await expectTraces(db, desk);
          const log = await db.select().from(changes).orderBy(changes.seq);
          expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
          const entries = log.slice(before.length);
          expect(entries.map(({ entityId, op, revision }) => ({ entityId, op, revision }))).toEqual(desk.log);
        });
      }),
      bounded(12),
    );
  }, 120_000);
});

async function expectTies(db: Database, desk: LifeDesk): Promise<void> {
  for (const facet of FACETS) {
    const keys = await keysOf(db, facet);
    const given = new Map(
      [...desk.lives].map(([id, { now }]) => [id, now[facet].map((slug) => keys.get(slug) ?? 0)]),
    );
    expect(await storedTies(db, facet)).toEqual(await expectedTies(db, facet, given));
  }
}

async function keysOf(db: Database, facet: Facet): Promise<Map<string, number>> {
  const { authors, categories, topics } = db.tables;
  const table = { author: authors, category: categories, topic: topics }[facet];
  const rows = await db.select({ id: table.id, slug: table.slug }).from(table);
  return new Map(rows.map(({ id, slug }) => [slug, id]));
}

/** What the model keeps of an article, but what it is tied to. */
type Said = Omit<Told, Facet | 'html'>;

function said({ author, category, topic, html, ...rest }: Told): Said {
  return rest;
}

function saidIn({ article }: Pick<ArticleState, 'article'>): Said {
  const { title, kind, slug, path, status, publishedAt, withdrawnAt, withdrawalNote } = article;
  const { embargoUntil, expiresAt } = article;
  return {
    ...{ title, kind, slug, path, status, publishedAt, withdrawnAt, withdrawalNote },
    ...{ embargoUntil, expiresAt },
  };
}

async function expectArticles(db: Database, desk: LifeDesk): Promise<void> {
  const { articles, articleBodies, articleCorrections } = db.tables;
  const bodies = await db
    .select({ id: articleBodies.articleId, html: articleBodies.html })
    .from(articleBodies);
  const html = new Map(bodies.map((body) => [body.id, body.html]));
  const rows = await db.select().from(articles);
  expect(rows.map(({ id }) => id).sort()).toEqual([...desk.lives.keys()].sort());
  for (const row of rows) {
    const life = desk.lives.get(row.id);
    expect({ ...saidIn({ article: row }), revision: row.revision, html: html.get(row.id) }).toEqual(
      life && { ...said(life.now), revision: life.revision, html: life.now.html },
    );
    const corrections = await db
      .select({ text: articleCorrections.text })
      .from(articleCorrections)
      .where(sql`${articleCorrections.articleId} = ${row.id}`)
      .orderBy(articleCorrections.id);
    expect(corrections.map(({ text }) => text)).toEqual(life?.corrections);
  }
}

/** Every revision that was superseded is there once, and tells what the article was. */
async function expectRevisions(db: Database, desk: LifeDesk): Promise<void> {
  const { articleRevisions } = db.tables;
  const rows = await db
    .select()
    .from(articleRevisions)
    .orderBy(articleRevisions.articleId, articleRevisions.revision);
  for (const { id, revision, before, now } of desk.lives.values()) {
    const mine = rows.filter(({ articleId }) => articleId === id);
    expect(mine.map((row) => row.revision)).toEqual(Array.from({ length: revision - 1 }, (_, i) => i + 1));
    for (const [index, { revision: number, content, title, op }] of mine.entries()) {
      const made = desk.log.find(
        (entry) => !desk.dates.has(entry) && entry.entityId === id && entry.revision === number,
      );
      expect(['CREATE', 'PUBLISH', made?.op]).toContain(op);
      if (made) expect(op).toBe(made.op);
      const then = before.get(number);
      expect(then).toBeDefined();
      if (!then) continue;
      expect(saidIn(content)).toEqual(said(then));
      expect(title).toBe(then.title);
      expect(content.authors.map(({ slug }) => slug)).toEqual(then.author);
      expect(content.categories.map(({ slug }) => slug)).toEqual(then.category);
      expect(content.topics.map(({ slug }) => slug).sort()).toEqual(then.topic);
      const kept = mine.slice(index).find(({ html }) => html !== null);
      expect(kept?.html ?? now.html).toBe(then.html);
    }
  }
}

/** Old addresses lead where they must. */
async function expectTraces(db: Database, desk: LifeDesk): Promise<void> {
  const { redirects, formerSlugs } = db.tables;
  const paths = await db.select({ from: redirects.path, to: redirects.articleId }).from(redirects);
  const slugs = await db.select({ from: formerSlugs.slug, to: formerSlugs.localId }).from(formerSlugs);
  const sorted = (rows: readonly (readonly [string, number | null])[]) =>
    [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  expect(sorted(paths.map(({ from, to }) => [from, to]))).toEqual(sorted([...desk.redirects]));
  expect(sorted(slugs.map(({ from, to }) => [from, to]))).toEqual(sorted([...desk.formerSlugs]));
}

test('the scripts of this file do everything that can be done', () => {
  const done = fc
    .sample(scripts, { numRuns: 20, seed: 1 })
    .flat()
    .map(([step]) => step.do);
  expect(new Set(done).size).toBe(10);
  expect(at(done, 0)).toBeDefined();
});
