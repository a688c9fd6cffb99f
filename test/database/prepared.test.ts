import { sql } from 'drizzle-orm';
import { type Database, prepared } from '../../src/database';
import { describeEachEngine, recordStatements } from '../support/engines';

const AT = 1_700_000_000_123;

const authorsAmong = prepared(({ tables: { authors: a }, portable }) => ({
  select: { id: a.id, slug: a.slug, bio: a.bio },
  from: sql`${a} where ${portable.among(a.id, 'ids')} order by ${a.id}`,
}));

const authorsBySlug = prepared(({ tables: { authors: a }, portable }) => ({
  select: { slug: a.slug },
  from: sql`${a} where ${portable.among(a.slug, 'slugs')} order by ${a.slug}`,
}));

const articles = prepared(({ tables: { articles: a } }) => ({
  select: {
    slug: a.slug,
    pinned: a.pinned,
    mining: a.textAndDataMining,
    territories: a.territories,
    publishedAt: a.publishedAt,
    isDraft: sql<boolean>`${a.status} = 'DRAFT'`.mapWith(Boolean),
    withdrawn: sql<boolean | null>`${a.withdrawnAt} > 0`.mapWith(Boolean),
    latest: sql<number>`max(${a.publishedAt}) over ()`,
    total: sql<number>`sum(${a.publishedAt}) over ()`,
    count: sql<number>`count(*) over ()`,
  },
  from: sql`${a} where ${a.pinned} = ${sql.placeholder('pinned')} order by ${a.id}`,
}));

async function someAuthors(db: Database): Promise<void> {
  await db.write((tx) =>
    tx.insertMany(
      tx.tables.authors,
      Array.from({ length: 1_000 }, (_, n) => ({ slug: `a${n}`, name: `Author ${n}`, sortName: `a${n}` })),
    ),
  );
}

describeEachEngine('a prepared select', (store) => {
  test('answers any number of keys with one statement, whose text does not tell how many they are', async () => {
    const sent = recordStatements();
    const db = await store.open(sent);
    await someAuthors(db);
    const texts = new Set<string>();
    for (const count of [0, 1, 2, 1_000]) {
      const ids = Array.from({ length: count }, (_, n) => n + 1);
      const statements = await sent.during(async () => {
        expect((await authorsAmong(db, { ids })).map(({ id }) => id)).toEqual(ids);
      });
      expect(statements).toHaveLength(1);
      for (const text of statements) texts.add(text);
    }
    // SQLite has a second text for a single key.
    expect(texts.size).toBe(store.engine === 'sqlite' ? 2 : 1);
    const slugs = ['a1', "a'2", 'a7', '{a9}', '"a8"', 'a,3', 'NULL', ''];
    expect(await authorsBySlug(db, { slugs })).toEqual([{ slug: 'a1' }, { slug: 'a7' }]);
    for (const slug of slugs) {
      expect(await authorsBySlug(db, { slugs: [slug] })).toEqual(/^a\d$/.test(slug) ? [{ slug }] : []);
    }
  });

  test('returns the same values on both engines', async () => {
    const db = await store.open();
    const common = { kind: 'ARTICLE', language: 'ur', title: 't', createdAt: AT, updatedAt: AT } as const;
    await db.write(async (tx) => {
      await tx.insert(tx.tables.articles).values([
        { ...common, status: 'DRAFT', slug: 'a', path: '/a', pinned: true, territories: ['PK', 'پاکستان'] },
        {
          ...common,
          status: 'PUBLISHED',
          slug: 'b',
          path: '/b',
          pinned: true,
          publishedAt: AT,
          withdrawnAt: AT,
        },
        { ...common, status: 'PUBLISHED', slug: 'c', path: '/c', textAndDataMining: false, territories: [] },
      ]);
    });
    const draft = {
      slug: 'a',
      pinned: true,
      mining: true,
      publishedAt: null,
      isDraft: true,
      withdrawn: null,
    };
    const published = {
      slug: 'b',
      pinned: true,
      mining: true,
      publishedAt: AT,
      isDraft: false,
      withdrawn: true,
    };
    const sums = { latest: AT, total: AT, count: 2 };
    expect(await articles(db, { pinned: true })).toEqual([
      { ...draft, ...sums, territories: ['PK', 'پاکستان'] },
      { ...published, ...sums, territories: null },
    ]);
    const [unpinned] = await articles(db, { pinned: false });
    expect(unpinned).toMatchObject({ slug: 'c', pinned: false, mining: false, territories: [] });
    // The builder reads the same.
    const { articles: a } = db.tables;
    const rows = await db
      .select({ slug: a.slug, pinned: a.pinned, territories: a.territories })
      .from(a)
      .orderBy(a.id);
    expect(rows).toEqual([
      { slug: 'a', pinned: true, territories: ['PK', 'پاکستان'] },
      { slug: 'b', pinned: true, territories: null },
      { slug: 'c', pinned: false, territories: [] },
    ]);
  });

  test('reads what its transaction has written', async () => {
    const db = await store.open();
    await db.write(async (tx) => {
      await tx.insertMany(tx.tables.authors, [{ slug: 'a', name: 'A', sortName: 'a' }]);
      expect(await authorsBySlug(tx, { slugs: ['a'] })).toEqual([{ slug: 'a' }]);
      expect(await authorsBySlug(db, { slugs: ['a'] })).toEqual([]);
    });
  });

  test('says which parameter is missing', async () => {
    const db = await store.open();
    await expect(authorsAmong(db, {})).rejects.toThrow('Parameter ids is missing');
  });

  test('may be shared with the builder and run at once', async () => {
    const db = await store.open();
    await someAuthors(db);
    const query = sql`select slug from authors order by id limit 1`;
    const { authors } = db.tables;
    const answers = await Promise.all([
      ...Array.from({ length: 20 }, () => db.rows(query)),
      ...Array.from({ length: 20 }, () =>
        db.select({ slug: authors.slug }).from(authors).orderBy(authors.id).limit(1),
      ),
    ]);
    for (const answer of answers) expect(answer).toEqual([{ slug: 'a0' }]);
  });

  test('still answers after the statistics were renewed', async () => {
    const db = await store.open();
    await someAuthors(db);
    await db.analyse();
    expect(await authorsAmong(db, { ids: [3] })).toMatchObject([{ slug: 'a2' }]);
    const [row] = await db.rows<{ n: number }>(
      store.engine === 'sqlite'
        ? sql`select count(*) as n from sqlite_stat1 where tbl = 'authors'`
        : sql`select count(*) as n from pg_stats where tablename = 'authors'`,
    );
    expect(row?.n).toBeGreaterThan(0);
  });

  test('has its values hidden from SQLite, which would compile it anew for each of them', async () => {
    const sent = recordStatements();
    const db = await store.open(sent);
    const statements = await sent.during(async () => {
      await authorsAmong(db, { ids: [1] });
      await authorsAmong(db, { ids: [1, 2] });
      await articles(db, { pinned: true });
      await db.rows(sql`select 1 from authors where id = ${1} and slug = ${'a'} limit ${5}`);
    });
    expect(statements).toHaveLength(4);
    if (store.engine === 'sqlite') for (const text of statements) expect(text).not.toMatch(/(?<!\+)\?/);
  });
});
