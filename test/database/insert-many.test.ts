import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import type { Database, Tx } from '../../src/database';
import { describeEachEngine, recordStatements } from '../support/engines';

const text = fc.string({ unit: 'binary', maxLength: 12 });
const instant = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

/** As a row of articles, with keys that may be absent or undefined where the column has a default or null. */
const article = fc.record(
  {
    kind: fc.constantFrom('ARTICLE', 'PAGE'),
    status: fc.constantFrom('DRAFT', 'PUBLISHED'),
    language: fc.constantFrom('en', 'fa-AF'),
    title: text,
    createdAt: instant,
    updatedAt: instant,
    standfirst: fc.option(text, { nil: undefined }),
    byline: maybe(text),
    publishedAt: maybe(instant),
    pinned: fc.boolean(),
    textAndDataMining: fc.option(fc.boolean(), { nil: undefined }),
    territories: maybe(fc.array(text, { maxLength: 3 })),
    revision: fc.integer({ min: 1, max: 2_147_483_647 }),
  },
  { requiredKeys: ['kind', 'status', 'language', 'title', 'createdAt', 'updatedAt'] },
);

type Article = Tx['tables']['articles']['$inferInsert'];

/** Absent is what Drizzle takes undefined for; its types do not. */
function rowsOf(values: readonly object[], name: string): Article[] {
  return values.map((value, n) => ({ ...(value as Article), slug: `${name}${n}`, path: `/${name}${n}` }));
}

async function stored(db: Database, name: string) {
  const { articles } = db.tables;
  const rows = await db.select().from(articles).orderBy(articles.id);
  return rows
    .filter(({ slug }) => slug.startsWith(name))
    .map(({ id: _id, slug: _slug, path: _path, ...row }) => row);
}

describeEachEngine('insertMany', (store) => {
  let db: Database;
  const sent = recordStatements();
  let run = 0;

  beforeAll(async () => {
    db = await store.open(sent);
  });

  test('stores what inserts row by row store', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(article, { minLength: 1, maxLength: 8 }), async (values) => {
        const [many, single] = [`many${++run}-`, `single${run}-`];
        await db.write((tx) => tx.insertMany(tx.tables.articles, rowsOf(values, many)));
        await db.write(async (tx) => {
          for (const row of rowsOf(values, single)) await tx.insert(tx.tables.articles).values(row);
        });
        const rows = await stored(db, many);
        expect(rows).toEqual(await stored(db, single));
        expect(rows.map(({ publishedAt, pinned }) => ({ publishedAt, pinned }))).toEqual(
          values.map((value) => ({ publishedAt: value.publishedAt ?? null, pinned: value.pinned ?? false })),
        );
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test('keeps doubles, instants, JSON and any script exactly', async () => {
    const { authors, changes, articleTopics, topics, articles } = db.tables;
    const name = 'د پاکستان \u200cمی‌روم 👩‍👩‍👧 “\\u0000” \\ \' " \n\t $1 {}';
    const payload = {
      'a "b"': [1.5, -0.1, 1e-7, Number.MAX_SAFE_INTEGER, null, true, 'x\\u0000y', { ا: 'ب' }],
    };
    const at = 253_402_300_799_999;
    await db.write(async (tx) => {
      await tx.insertMany(authors, [{ slug: 'script', name, sortName: 's' }]);
      const change = {
        seq: 9_007_199_254_740_991,
        at,
        entity: 'ARTICLE',
        entityId: 1,
        op: 'CREATE',
      } as const;
      await tx.insertMany(changes, [{ ...change, revision: 1, actor: 'a', payload }]);
      await tx.insertMany(topics, [{ slug: 't', kind: 'PLACE', name: 'T', sortName: 't' }]);
      const [row] = rowsOf(
        [{ kind: 'PAGE', status: 'DRAFT', language: 'en', title: '', createdAt: 0, updatedAt: 0 }],
        'd',
      );
      if (row) await tx.insertMany(articles, [row]);
      const [found] = await tx.select({ id: articles.id }).from(articles).where(eq(articles.slug, 'd0'));
      const tie = {
        articleId: found?.id ?? 0,
        topicId: 1,
        direct: true,
        mentions: 2,
        source: 'EDITOR',
      } as const;
      await tx.insertMany(articleTopics, [{ ...tie, salience: 0.1 + 0.2 }]);
    });
    expect(await db.select({ name: authors.name }).from(authors)).toEqual([{ name }]);
    expect(
      await db.select({ at: changes.at, seq: changes.seq, payload: changes.payload }).from(changes),
    ).toEqual([{ at, seq: 9_007_199_254_740_991, payload }]);
    expect(await db.select({ salience: articleTopics.salience }).from(articleTopics)).toEqual([
      { salience: 0.30000000000000004 },
    ]);
  });

  test('sends thousands of rows with few statements, in their order', async () => {
    const { images } = db.tables;
    const rows = Array.from({ length: 2_500 }, (_, n) => ({ url: `https://example.org/${n}`, width: n }));
    const statements = await sent.during(() => db.write((tx) => tx.insertMany(images, rows)));
    expect(statements.length).toBeLessThan(10);
    const found = await db.select({ width: images.width }).from(images).orderBy(images.id);
    expect(found.map(({ width }) => width)).toEqual(rows.map(({ width }) => width));
  });

  test('does nothing for no rows', async () => {
    expect(await sent.during(() => db.write((tx) => tx.insertMany(tx.tables.images, [])))).toEqual([]);
  });

  test('refuses keys for some rows only', async () => {
    const attempt = db.write((tx) =>
      tx.insertMany(tx.tables.images, [{ id: 9_000, url: 'x' }, { url: 'y' }]),
    );
    await expect(attempt).rejects.toThrow('all rows their key');
  });
});

describeEachEngine('a character that PostgreSQL cannot hold', (store) => {
  const bad = 'a\u0000b\ud800c\udfffd';
  const block = (text: string) => ({ type: 'x', html: text, [text]: text });
  const held = 'a\ufffdb\ufffdc\ufffdd';

  test('becomes the replacement character in text, in JSON and in searches, on both engines', async () => {
    const db = await store.open();
    const { articles, articleBodies, settings } = db.tables;
    const row = { kind: 'PAGE', status: 'DRAFT', language: 'en', createdAt: 0, updatedAt: 0 } as const;
    const literal = '\\u0000 \\ud800';
    await db.write(async (tx) => {
      await tx.insertMany(articles, [
        { ...row, slug: 'a', path: '/a', title: bad, territories: [bad, literal] },
      ]);
      await tx
        .insert(articles)
        .values({ ...row, slug: 'b', path: '/b', title: bad, territories: [bad, literal] });
      await tx.insert(articleBodies).values({
        articleId: 1,
        html: bad,
        text: literal,
        blocks: [block(bad)],
        wordCount: 1,
      });
      await tx.update(articles).set({ byline: bad });
      await tx.insert(settings).values({ name: bad, value: '' });
    });
    const columns = { title: articles.title, byline: articles.byline, territories: articles.territories };
    const expected = { title: held, byline: held, territories: [held, literal] };
    expect(await db.select(columns).from(articles)).toEqual([expected, expected]);
    expect(await db.select().from(articleBodies)).toEqual([
      {
        articleId: 1,
        html: held,
        text: literal,
        blocks: [block(held)],
        wordCount: 1,
      },
    ]);
    for (const name of [bad, held]) {
      expect(await db.select().from(settings).where(eq(settings.name, name))).toHaveLength(1);
    }
  });

  test('leaves whole surrogate pairs alone', async () => {
    const db = await store.open();
    await db.write((tx) =>
      tx
        .insert(tx.tables.settings)
        .values({ name: '👩‍👩‍👧', value: '𐍈' })
        .then(() => undefined),
    );
    expect(await db.select().from(db.tables.settings)).toEqual([{ name: '👩‍👩‍👧', value: '𐍈' }]);
  });
});
