/** What is kept in memory of what articles have to do with is never anything else than what the database has. */
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { AuthorReads } from '../../src/authors';
import { type Kept, Memory, Recall, Recalled, recordChanges } from '../../src/changes';
import { heldClock } from '../../src/core/clock';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { deeds, Hand } from '../answers/deeds';
import { Api } from '../support/api';
import { ARCHIVIST, archivePlans, NOW, type PlannedArticle, storeArchive } from '../support/archive';
import { describeEachEngine } from '../support/engines';

const TIED = `{
  articles(first: 50) { nodes { slug authors { slug name bio revision avatar { url } }
    primaryCategory { slug name } categories { slug name revision parent { slug } ancestors { slug } children { slug name } }
    leadImage { url alt revision } commenting { mode open closesAt }
    topics { salience mentions source topic { slug kind name revision parent { slug } } } } }
  first: category(slug: "category-1") { slug name } second: category(slug: "one") { slug name }
  categories { slug name description }
}`;

const PLAIN: PlannedArticle = {
  ...{ kind: 'ARTICLE', status: 'PUBLISHED', language: 'en', updatedAt: NOW, publishedAt: NOW },
  ...{ embargoUntil: null, expiresAt: null, authors: [], categories: [], topics: [] },
};
const IMAGE = 'https://news.example/bridge.jpg';

const CASES = fc.tuple(archivePlans({ min: 3, max: 6 }), fc.array(deeds, { minLength: 15, maxLength: 15 }));

/** Asked of a server that has been asked before, and of one that is new. */
async function compare(known: Api, db: Database, clock: ReturnType<typeof heldClock>): Promise<void> {
  expect(await known.ask(TIED)).toEqual(await new Api(db, { clock }).ask(TIED));
}

describeEachEngine('what is kept in memory', (store) => {
  test('is as it is in the database, at once, whoever has changed it: this process or another', async () => {
    const done = new Set<string>();
    await fc.assert(
      fc.asyncProperty(CASES, ([plan, steps]) =>
        store.using(async (db) => {
          await storeArchive(db, plan);
          const clock = heldClock(NOW);
          const other = await store.openAnother();
          const [own, elsewhere] = [new Api(db, { clock }), new Api(other, { clock })];
          const hand = new Hand(db, clock);
          for (const step of [null, ...steps]) {
            if (step) await hand.do(step);
            await compare(own, db, clock);
            await compare(elsewhere, other, clock);
          }
          for (const name of hand.done) done.add(name);
        }),
      ),
      { numRuns: store.engine === 'sqlite' ? 12 : 4 },
    );
    // And not because nothing was done.
    expect(done.size).toBeGreaterThan(8);
  });

  test.each([
    ['how all readers may comment', 'setSiteCommenting', {}, { mode: 'PREMODERATED' }, 'commenting { mode }'],
    [
      'how they may comment below a category',
      ...['setCategoryCommenting', {}, { categoryId: globalId('Category', 1), mode: 'CLOSED' }],
      'commenting { open }',
    ],
    [
      'what a lead image shows',
      ...['updateImage', { leadImage: { url: IMAGE } }],
      ...[{ id: globalId('Image', 1), expectedRevision: 1, alt: 'A bridge' }, 'leadImage { alt }'],
    ],
  ] as const)('learns %s', async (_what, mutation, article, input, field) => {
    const own = await store.open();
    await storeArchive(own, {
      authors: 0,
      categories: [null],
      topics: [],
      articles: [{ ...PLAIN, categories: [0] }],
    });
    const [clock, hand] = [heldClock(NOW), new Hand(own, heldClock(NOW))];
    expect(
      await hand.send('updateArticle', { id: globalId('Article', 1), expectedRevision: 1, ...article }),
    ).toBe(true);
    const servers = [new Api(own, { clock }), new Api(await store.openAnother(), { clock })];
    const ask = () => Promise.all(servers.map((each) => each.ask(`{ articles { nodes { ${field} } } }`)));
    const [before, elsewhere] = await ask();
    expect(elsewhere).toEqual(before);
    expect(await hand.send(mutation, input)).toBe(true);
    const [after, alsoElsewhere] = await ask();
    expect(after).not.toEqual(before);
    expect(alsoElsewhere).toEqual(after);
    expect(after).toEqual(await new Api(own, { clock }).ask(`{ articles { nodes { ${field} } } }`));
  });

  interface Row {
    readonly id: number;
    readonly name: string;
  }

  let db: Database;
  let memory: Memory;
  let kept: Kept<Row>;
  let read: number[][];

  beforeEach(async () => {
    db = await store.open();
    await db.write((tx) =>
      tx.insertMany(
        tx.tables.authors,
        ['a', 'b', 'c'].map((name) => ({ slug: name, name, sortName: name })),
      ),
    );
    memory = new Memory();
    kept = memory.keep('AUTHOR', 2);
    read = [];
  });

  const authors = (ids: readonly number[]) =>
    db.rows<Row>(sql`select id, name from authors where ${db.portable.among(sql`id`, 'ids')}`, {
      ids: [...ids],
    });

  /** What one request has of it. */
  const recalled = (before: () => Promise<void> = async () => {}) =>
    new Recalled<Row>(new Recall(memory, db), kept, async (_reader, { ids }) => {
      read.push(ids);
      const rows = await authors(ids);
      await before();
      return rows;
    });

  const rename = (id: number, name: string, entity = id) =>
    db.write(async (tx) => {
      await tx.execute(sql`update authors set name = ${name} where id = ${id}`);
      recordChanges(tx, ARCHIVIST, NOW, [{ entity: 'AUTHOR', entityId: entity, op: 'UPDATE', revision: 2 }]);
    });

  const nameOf = async (id: number) => (await recalled().one(id))?.name;

  test('is read once, until the log tells that it has changed', async () => {
    expect([await nameOf(1), await nameOf(1), await nameOf(9)]).toEqual(['a', 'a', undefined]);
    expect(read).toEqual([[1], [9]]);
    await rename(1, 'z');
    expect([await nameOf(1), await nameOf(1)]).toEqual(['z', 'z']);
    expect(read).toEqual([[1], [9], [1]]);
  });

  test('is told at once, but not before the log was looked at', async () => {
    await nameOf(1);
    await nameOf(2);
    const recall = new Recall(memory, db);
    const request = new Recalled<Row>(recall, kept, async () => []);
    expect(request.atHand([1])).toBeNull();
    await recall.makeSure();
    expect(request.atHand([2, 1])?.map(({ name }) => name)).toEqual(['b', 'a']);
    expect(request.atHand([1, 3])).toBeNull();
  });

  test('has no more than it may: what came first goes first', async () => {
    for (const id of [1, 2, 3]) await nameOf(id);
    expect([kept.get(1), kept.get(2)?.name, kept.get(3)?.name]).toEqual([undefined, 'b', 'c']);
  });

  test('is not what was read before others learned that it is another by now', async () => {
    const changedMeanwhile = recalled(async () => {
      await rename(1, 'z');
      await memory.catchUp(db);
    });
    expect((await changedMeanwhile.one(1))?.name).toBe('a');
    expect(kept.get(1)).toBeUndefined();
    expect(await nameOf(1)).toBe('z');
  });

  test('is forgotten where many have changed, where the log is behind, and where it does not go on', async () => {
    for (const change of [
      () => rename(1, 'many', 0),
      () =>
        db.write(async (tx) => {
          await tx.execute(sql`delete from changes where seq > 1`);
          await tx.execute(sql`update feed_head set seq = 1`);
        }),
      async () => {
        await rename(2, 'lost');
        await rename(2, 'lost again');
        await db.write((tx) => tx.execute(sql`delete from changes`));
      },
    ]) {
      await rename(2, 'b');
      await nameOf(1);
      expect(kept.get(1)).toBeDefined();
      await change();
      await memory.catchUp(db);
      expect(kept.get(1)).toBeUndefined();
    }
  });

  test('follows an author that became part of another after the article was read', async () => {
    const clock = heldClock(NOW);
    const { articles } = await storeArchive(db, {
      ...{ authors: 2, categories: [], topics: [] },
      articles: [{ ...PLAIN, authors: [0] }],
    });
    const { id = 0 } = articles[0] ?? {};
    const { articleAuthors } = db.tables;
    const [tie] = await db.select().from(articleAuthors);
    const from = tie?.authorId ?? 0;
    const [row] = await authors([from]);
    await new Hand(db, clock).send('mergeAuthor', {
      ...{ id: globalId('Author', from), expectedRevision: 1 },
      into: globalId('Author', from + 1),
    });
    const all = new Memory();
    const reads = new AuthorReads(db, new Recall(all, db), all.keep('AUTHOR', 5));
    const told = await reads.ofArticle({ id, authorIds: [from] });
    expect(told.map((author) => author.id)).toEqual([from + 1]);
    expect(row?.id).toBe(from);
  });
});
