import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import type { Database } from '../../src/database';
import { describeEachEngine } from '../support/engines';
import { wholeState } from '../support/whole-state';
import { bring, category, comment, post } from './import-support';

interface Piece {
  readonly id: number;
  readonly title: string;
  readonly status: string;
  readonly type: string;
  readonly tags: readonly string[];
  readonly categories: readonly string[];
  readonly comments: readonly number[];
  /** Where it stands among the others when they are mixed. */
  readonly place: number;
}

const pieces: fc.Arbitrary<Piece[]> = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 30 }),
    title: fc.constantFrom('A', 'B', 'پاکستان', 'Q & A'),
    status: fc.constantFrom('publish', 'publish', 'draft', 'future', 'private'),
    type: fc.constantFrom('post', 'page'),
    tags: fc.subarray(['Kabul', 'کابل', 'Chess', 'NATO']),
    categories: fc.subarray(['pk', 'crime', 'news']),
    comments: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { maxLength: 4 }),
    place: fc.nat(),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 8 },
);

const CATEGORIES =
  category(2, 'crime', 'Crime', 'pk') + category(1, 'pk', 'Pakistan') + category(3, 'news', 'News');

function exportOf(articles: readonly Piece[]): string {
  return CATEGORIES + articles.map(itemOf).join('');
}

function itemOf({ id, title, status, type, tags, categories, comments }: Piece): string {
  const thread = comments.map((n) =>
    comment(id * 10 + n, { parent: n % 2 ? 0 : id * 10 + n - 1, approved: n === 3 ? '0' : '1' }),
  );
  return post(id, {
    ...{ title, status, type, comments: thread.join('') },
    terms: [
      ...categories.map((slug) => ['category', slug, slug] as const),
      ...tags.map((name) => ['post_tag', encodeURIComponent(name), name] as const),
    ],
  });
}

/** What readers and editors see, by names that do not depend on keys. What nothing carries any more is left out. */
async function contentOf(database: Database): Promise<unknown> {
  const rows = (query: ReturnType<typeof sql>) => database.rows(query);
  return {
    articles: await rows(
      sql`select a.slug, a.path, a.kind, a.status, a.title, a.published_at, a.comment_count, a.language, b.html from articles a join article_bodies b on b.article_id = a.id order by a.path`,
    ),
    topics: await rows(
      sql`select a.path, t.slug, x.direct, x.listed_at from article_topics x join articles a on a.id = x.article_id join topics t on t.id = x.topic_id order by a.path, t.slug`,
    ),
    categories: await rows(
      sql`select a.path, c.slug, x.direct, x.position from article_categories x join articles a on a.id = x.article_id join categories c on c.id = x.category_id order by a.path, c.slug`,
    ),
    comments: await rows(
      sql`select a.path, c.author_name, c.text, c.status, c.visible, c.reply_count from comments c join articles a on a.id = c.article_id where c.visible order by a.path, c.author_name`,
    ),
    covered: await rows(sql`select slug, kind, name, coverage from topics where coverage > 0 order by slug`),
    tree: await rows(sql`select slug, name, coverage from categories order by slug`),
  };
}

describeEachEngine('an export', (store) => {
  const options = {
    numRuns: store.engine === 'sqlite' ? 12 : 4,
    interruptAfterTimeLimit: 90_000,
    endOnFailure: true,
  };

  test('leads to the same content in whatever order its items stand, and a second run changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, async (articles) => {
        const straight = await store.using(async (database) => {
          await bring(database, exportOf(articles));
          const state = await wholeState(database);
          expect((await bring(database, exportOf(articles))).changed).toBe(false);
          expect(await wholeState(database)).toEqual(state);
          return contentOf(database);
        });
        const mixed = await store.using(async (database) => {
          await bring(database, exportOf([...articles].sort((a, b) => a.place - b.place || a.id - b.id)));
          return contentOf(database);
        });
        expect(mixed).toEqual(straight);
      }),
      options,
    );
  }, 150_000);

  test('that is newer leads to what it would have led to at once', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, pieces, async (before, now) => {
        const newer = new Map(now.map((piece) => [piece.id, piece]));
        // A comment that is gone over there leaves a tombstone above its replies: that is no content of the newer one.
        const older = before.flatMap((piece) => {
          const kept = newer.get(piece.id)?.comments;
          return kept ? [{ ...piece, comments: piece.comments.filter((n) => kept.includes(n)) }] : [];
        });
        const afterBoth = await store.using(async (database) => {
          await bring(database, exportOf(older));
          expect((await bring(database, exportOf(now))).lost).toBe(false);
          return contentOf(database);
        });
        const atOnce = await store.using(async (database) => {
          await bring(database, exportOf(now));
          return contentOf(database);
        });
        expect(afterBoth).toEqual(atOnce);
      }),
      options,
    );
  }, 150_000);
});
