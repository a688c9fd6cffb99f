import fc from 'fast-check';
import { reparentCategories, saveCategories } from '../../src/categories';
import { type CategoryFacts, CategoryTree, MAX_CATEGORIES_OF_A_SITE } from '../../src/categories/category';
import { Api } from '../support/api';
import { ARCHIVIST, archivePlans, at, NOW, storeArchive } from '../support/archive';
import { bounded } from '../support/bounded';
import { describeEachEngine } from '../support/engines';
import { expectedTies, givenBy, storedTies } from '../support/ties';

const row = (id: number, parentId: number | null): CategoryFacts => ({
  ...{ id, parentId, slug: `c-${id}`, name: `C ${id}`, description: null, topicId: null },
  ...{ position: id, revision: 1 },
});

/** Any parents at all: missing ones, itself, circles. */
const tangles = fc.array(fc.option(fc.integer({ min: 1, max: 12 })), { maxLength: 10 });

describe('CategoryTree', () => {
  const tree = new CategoryTree([row(1, null), row(2, 1), row(3, 2), row(4, 1), row(5, 99)]);
  const idsOf = (rows: readonly CategoryFacts[]) => rows.map(({ id }) => id);

  test('leads from the root down to the parent', () => {
    expect(idsOf(tree.ancestors(row(3, 2)))).toEqual([1, 2]);
    expect(tree.ancestors(row(1, null))).toEqual([]);
  });

  test('has siblings in their order, and at the top what lost its parent', () => {
    expect(idsOf(tree.children(1))).toEqual([2, 4]);
    expect(idsOf(tree.roots)).toEqual([1, 5]);
    expect(tree.children(3)).toEqual([]);
    expect(tree.parent(row(5, 99))).toBeNull();
  });

  test('comes to an end however its rows are tangled', () => {
    fc.assert(
      fc.property(tangles, (parents) => {
        const rows = parents.map((parent, index) => row(index + 1, parent));
        const tangled = new CategoryTree(rows);
        for (const each of rows) {
          const line = idsOf(tangled.ancestors(each));
          expect(new Set(line).size).toBe(line.length);
        }
        const below = rows.flatMap(({ id }) => idsOf(tangled.children(id)));
        expect([...below, ...idsOf(tangled.roots)].sort()).toEqual(idsOf(rows).sort());
      }),
    );
  });
});

describeEachEngine('categories', (store) => {
  const plan = at(fc.sample(archivePlans({ min: 30, max: 30 }), { numRuns: 1, seed: 5 }), 0);

  test('answer their parents, ancestors and children', async () => {
    const db = await store.open();
    await storeArchive(db, { ...plan, categories: [null, 0, 1, 0, null, 2] });
    const source = `{
      categories { slug parent { slug } ancestors { slug } children { slug } }
      roots: categories(roots: true) { slug }
    }`;
    const slug = (place: number) => ({ slug: `category-${place}` });
    expect(await new Api(db).ask(source)).toEqual({
      categories: [
        { ...slug(0), parent: null, ancestors: [], children: [slug(1), slug(3)] },
        { ...slug(1), parent: slug(0), ancestors: [slug(0)], children: [slug(2)] },
        { ...slug(2), parent: slug(1), ancestors: [slug(0), slug(1)], children: [slug(5)] },
        { ...slug(3), parent: slug(0), ancestors: [slug(0)], children: [] },
        { ...slug(4), parent: null, ancestors: [], children: [] },
        { ...slug(5), parent: slug(2), ancestors: [slug(0), slug(1), slug(2)], children: [] },
      ],
      roots: [slug(0), slug(4)],
    });
  });

  test('hung elsewhere take their articles along, whatever hangs where', async () => {
    const moves = fc.array(
      fc.uniqueArray(fc.tuple(fc.nat({ max: 5 }), fc.option(fc.nat({ max: 5 }))), {
        selector: ([place]) => place,
        minLength: 1,
        maxLength: 4,
      }),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(archivePlans({ min: 5, max: 15 }), moves, async (anyPlan, all) => {
        const db = await store.open();
        const { keys } = await storeArchive(db, anyPlan);
        const key = (place: number) => at(keys.category, place);
        const given = givenBy(await storedTies(db, 'category'));
        for (const move of all) {
          const parents = new Map(
            move.map(([place, parent]) => [key(place), parent === null ? null : key(parent)]),
          );
          await db.write((tx) => reparentCategories(tx, ARCHIVIST, NOW, parents));
          expect(await storedTies(db, 'category')).toEqual(await expectedTies(db, 'category', given));
        }
        const { categories } = await new Api(db).ask<{
          categories: { articleCount: number; articles: { totalCount: number; nodes: object[] } }[];
        }>('{ categories { articleCount articles(first: 100) { totalCount nodes { id } } } }');
        for (const { articleCount, articles } of categories) {
          expect([articleCount, articles.totalCount]).toEqual([articles.nodes.length, articles.nodes.length]);
        }
      }),
      bounded(6),
    );
  }, 60_000);

  test('are no more than a site can have', async () => {
    const db = await store.open();
    const categories = Array.from({ length: MAX_CATEGORIES_OF_A_SITE + 1 }, (_, position) => ({
      ...{ slug: `c-${position}`, name: 'C', description: null, parentId: null, topicId: null },
      position,
    }));
    const save = db.write((tx) => saveCategories(tx, ARCHIVIST, NOW, categories));
    await expect(save).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  }, 60_000);
});
