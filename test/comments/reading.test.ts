import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import type { BatchedComment } from '../../src/comments';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { Api } from '../support/api';
import { at, HOUR, NOW, type PlannedArticle, storeArchive } from '../support/archive';
import { plainComment, storeComments } from '../support/discussions';
import { describeEachEngine, recordStatements, type StatementRecorder } from '../support/engines';
import { operation } from '../support/operations';

const article = (fields: Partial<PlannedArticle> = {}): PlannedArticle => ({
  ...{ kind: 'ARTICLE', status: 'PUBLISHED', language: 'en', publishedAt: NOW - HOUR, updatedAt: NOW },
  ...{ embargoUntil: null, expiresAt: null, authors: [], categories: [], topics: [] },
  ...fields,
});

interface Read {
  readonly id: string;
  readonly authorName: string | null;
  readonly body: { readonly text: string } | null;
  readonly depth: number;
  readonly replyCount: number;
  readonly replies: { readonly nodes: readonly Read[] };
}

interface RepliesPage {
  readonly comment: {
    readonly replies: {
      readonly nodes: readonly { readonly id: string }[];
      readonly pageInfo: {
        readonly hasNextPage: boolean;
        readonly hasPreviousPage: boolean;
        readonly startCursor: string;
        readonly endCursor: string;
      };
    };
  };
}

interface ThreadsPage {
  readonly article: {
    readonly comments: {
      readonly nodes: readonly Read[];
      readonly pageInfo: RepliesPage['comment']['replies']['pageInfo'];
    };
  };
}

/** What a reader finds of a discussion, the oldest first: the keys of its threads, and those of the replies to each. */
function discussionOf(batch: readonly BatchedComment[], ids: readonly number[]) {
  const below = (parent: number | null): number[] =>
    [...batch.keys()]
      .filter((index) => (batch[index]?.parentInBatch ?? null) === parent && isShown(index))
      .sort((a, b) => (batch[a]?.createdAt ?? 0) - (batch[b]?.createdAt ?? 0) || at(ids, a) - at(ids, b));
  // What is hidden and has replies that are not is shown as a tombstone.
  const isShown = (index: number): boolean => batch[index]?.status === 'APPROVED' || below(index).length > 0;
  const keys = (indexes: readonly number[]) => indexes.map((index) => at(ids, index));
  return { threads: keys(below(null)), repliesTo: (id: number) => keys(below(ids.indexOf(id))) };
}

/** Which of the ways to read comments a statement is. */
function wayOf(text: string): string {
  if (!text.includes('"comments".')) return 'others';
  if (text.includes('comments as o')) return 'some replies';
  if (text.includes('"parent_id" in') || text.includes('"parent_id" = any')) return 'all replies';
  return text.includes(' as "comments" where') || text.includes(' as "x" where') ? 'threads' : 'whole';
}

const FIELDS = 'id authorName body { text html } depth direction held replyCount featured version';

describeEachEngine('reading comments', (store) => {
  let db: Database;
  let sent: StatementRecorder;
  let reader: Api;

  beforeAll(async () => {
    sent = recordStatements();
    db = await store.open(sent);
    reader = new Api(db);
    await storeArchive(db, {
      ...{ authors: 0, categories: [], topics: [] },
      articles: [
        article(),
        article({ status: 'DRAFT', publishedAt: null }),
        article({ embargoUntil: NOW + HOUR }),
        ...Array.from({ length: 4 }, () => article()),
      ],
    });
  });

  const threads = async (id: number, args = '') => {
    const { article: found } = await reader.ask<{ article: { comments: { nodes: Read[] } } }>(
      `query ($id: ID!) { article(id: $id) { comments${args} { nodes {
        ${FIELDS} replies { nodes { ${FIELDS} replies { nodes { ${FIELDS} } } } }
      } } } }`,
      { id: globalId('Article', id) },
    );
    return found.comments.nodes;
  };

  const one = async (id: number, api = reader) => {
    const query = `query ($id: ID!) { comment(id: $id) { ${FIELDS} parent { id } article { slug } } node(id: $id) { id } }`;
    const answer = await api.ask<{ comment: Read | null; node: { id: string } | null }>(query, {
      id: globalId('Comment', id),
    });
    expect(answer.node?.id).toBe(answer.comment?.id);
    return answer.comment;
  };

  test('shows threads in their shape, tombstones without a word, and nothing that is hidden', async () => {
    const ids = await storeComments(db, [
      plainComment(1, { text: 'first', createdAt: NOW - 5 }),
      plainComment(1, {
        text: 'SECRET of the rejected',
        status: 'REJECTED',
        authorName: 'Hidden',
        createdAt: NOW - 4,
      }),
      plainComment(1, { text: 'reply to it', parentInBatch: 1, createdAt: NOW - 3 }),
      plainComment(1, { text: 'SECRET of the held', status: 'PENDING', createdAt: NOW - 2 }),
      plainComment(1, { text: 'SECRET spam below the held', status: 'SPAM', parentInBatch: 3 }),
      plainComment(1, { text: 'سلام دنیا', parentInBatch: 2, createdAt: NOW - 1 }),
    ]);
    const read = await threads(1);
    expect(JSON.stringify(read)).not.toMatch(/SECRET|Hidden/);
    expect(read).toMatchObject([
      { body: { text: 'first' }, depth: 0, replyCount: 0, held: false, direction: 'LTR', version: 1 },
      {
        ...{ body: null, authorName: null, replyCount: 1 },
        replies: {
          nodes: [
            {
              ...{ body: { text: 'reply to it' }, depth: 1 },
              replies: { nodes: [{ depth: 2, direction: 'RTL', body: { text: 'سلام دنیا' } }] },
            },
          ],
        },
      },
    ]);
    expect(await one(at(ids, 3))).toBeNull();
    expect(await one(at(ids, 4))).toBeNull();
    expect(await one(at(ids, 1))).toMatchObject({ body: null, parent: null });
    expect(await one(at(ids, 2))).toMatchObject({
      ...{ body: { text: 'reply to it' }, article: { slug: 'article-0' } },
      parent: { id: globalId('Comment', at(ids, 1)) },
    });
    const moderator = new Api(db, { actor: ACTORS.moderator });
    expect(await one(at(ids, 3), moderator)).toMatchObject({
      held: true,
      body: { text: 'SECRET of the held' },
    });
    for (const actor of [ACTORS.reader, ACTORS.partner, ACTORS.contributor, ACTORS.editor]) {
      expect(await one(at(ids, 3), new Api(db, { actor }))).toBeNull();
    }
  });

  test('counts what can be reached, and pages count as their lists do', async () => {
    const { article: found } = await reader.ask<{ article: object }>(
      'query { article(slug: "article-0") { commentCount comments { totalCount nodes { replies { totalCount } } } } }',
    );
    expect(found).toEqual({
      commentCount: 3,
      comments: { totalCount: 2, nodes: [{ replies: { totalCount: 0 } }, { replies: { totalCount: 1 } }] },
    });
  });

  test('where no comment has replies nobody looks for any, but what is asked amiss is refused', async () => {
    await storeComments(db, [plainComment(4), plainComment(4)]);
    const asked = (first: number) =>
      reader.ask<{ article: { comments: { nodes: object[] } } }>(
        'query ($slug: String!, $first: Int!) { article(slug: $slug) { comments { nodes { replies(first: $first) { totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor } } } } } }',
        { slug: 'article-3', first },
      );
    const none = {
      ...{ totalCount: 0, nodes: [] },
      pageInfo: { hasNextPage: false, hasPreviousPage: false, endCursor: null },
    };
    const statements = await sent.during(async () => {
      const { article } = await asked(3);
      expect(article.comments.nodes).toEqual([{ replies: none }, { replies: none }]);
    });
    expect(statements.filter((text) => text.includes('comments'))).toHaveLength(1);
    await expect(asked(0)).rejects.toThrow(/"first" must be from 1/);
    await removeComments();
  });

  test('below an article that a viewer may not see there is nothing', async () => {
    const [draft, embargoed] = await storeComments(db, [plainComment(2), plainComment(3)]);
    expect(await one(draft ?? 0)).toBeNull();
    expect(await one(embargoed ?? 0)).toBeNull();
    expect(await one(embargoed ?? 0, new Api(db, { actor: ACTORS.editor }))).not.toBeNull();
  });

  test.each([
    ['OLDEST', 'first', 'after'],
    ['NEWEST', 'first', 'after'],
    ['OLDEST', 'last', 'before'],
    ['NEWEST', 'last', 'before'],
  ])('of one instant page without a gap or a repeat: %s, %s', async (order, size, cursor) => {
    const [top] = await storeComments(db, [plainComment(4, { createdAt: NOW - HOUR })]);
    const ids = await storeComments(
      db,
      Array.from({ length: 30 }, () => plainComment(4, { parentId: top ?? 0 })),
    );
    const page = async (start: string | null) => {
      const { comment } = await reader.ask<RepliesPage>(
        `query ($id: ID!, $start: String) { comment(id: $id) { replies(orderBy: ${order}, ${size}: 7, ${cursor}: $start) {
          nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
        { id: globalId('Comment', top ?? 0), start },
      );
      return comment.replies;
    };
    const found: string[] = [];
    let from: string | null = null;
    for (let pages = 0; pages < 20; pages++) {
      const { nodes, pageInfo } = await page(from);
      const keys = nodes.map(({ id }) => id);
      if (size === 'first') found.push(...keys);
      else found.unshift(...keys);
      from = size === 'first' ? pageInfo.endCursor : pageInfo.startCursor;
      if (!(size === 'first' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) break;
    }
    const expected = ids.map((id) => globalId('Comment', id));
    expect(found).toEqual(order === 'OLDEST' ? expected : expected.reverse());
    await removeComments();
  });

  test('pages of threads and of replies are the same whether much is read ahead or nothing', async () => {
    const discussions = fc.array(
      fc.record({
        answers: fc.option(fc.nat({ max: 20 }), { freq: 2 }),
        status: fc.constantFrom('APPROVED', 'APPROVED', 'PENDING'),
        createdAt: fc.integer({ min: NOW - HOUR, max: NOW - HOUR + 3 }),
      }),
      { minLength: 1, maxLength: 24 },
    );
    const way = fc.record({
      order: fc.constantFrom('OLDEST', 'NEWEST'),
      isForward: fc.boolean(),
      size: fc.constantFrom(1, 2, 3, 5, 13),
    });
    const ways = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(discussions, way, way, async (planned, top, below) => {
        const batch = planned.map(({ answers, status, createdAt }, index) =>
          plainComment(4, {
            ...{ status, createdAt },
            ...(answers === null || index === 0 ? {} : { parentInBatch: answers % index }),
          }),
        );
        const ids = await storeComments(db, batch);
        const { threads: all, repliesTo } = discussionOf(batch, ids);
        const pageOf = ({ order, isForward, size }: typeof top) =>
          `orderBy: ${order}, ${isForward ? 'first' : 'last'}: ${size}`;
        const replies = `replies(${pageOf(below)})`;
        const query = `query ($from: String) { article(slug: "article-3") { comments(${pageOf(top)}, ${top.isForward ? 'after' : 'before'}: $from) {
          nodes { id ${replies} { nodes { id ${replies} { nodes { id } } } } }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;
        const found: Read[] = [];
        let from: string | null = null;
        do {
          let page: Read[] = [];
          const statements = await sent.during(async () => {
            const { article } = await reader.ask<ThreadsPage>(query, { from });
            const { nodes, pageInfo } = article.comments;
            page = [...nodes];
            const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo;
            if (top.isForward) from = hasNextPage ? endCursor : null;
            else from = hasPreviousPage ? startCursor : null;
          });
          for (const each of statements) ways.set(wayOf(each), (ways.get(wayOf(each)) ?? 0) + 1);
          if (top.isForward) found.push(...page);
          else found.unshift(...page);
        } while (from !== null);
        const shown = (keys: readonly number[], by: typeof below) => {
          const inOrder = by.order === 'OLDEST' ? keys : keys.toReversed();
          return by.isForward ? inOrder.slice(0, by.size) : inOrder.slice(-by.size);
        };
        const expected = (top.order === 'OLDEST' ? all : all.toReversed()).map((id) => ({
          id: globalId('Comment', id),
          replies: {
            nodes: shown(repliesTo(id), below).map((reply) => ({
              id: globalId('Comment', reply),
              replies: {
                nodes: shown(repliesTo(reply), below).map((key) => ({ id: globalId('Comment', key) })),
              },
            })),
          },
        }));
        expect(found).toEqual(expected);
        await removeComments();
      }),
      { numRuns: 120 },
    );
    const all = ['whole', 'threads', 'all replies', 'some replies'];
    expect(all.filter((each) => (ways.get(each) ?? 0) > 0)).toEqual(all);
  }, 60_000);

  const removeComments = () =>
    db.write(async (tx) => {
      await tx.execute(sql`delete from comments where article_id = 4`);
      await tx.execute(sql`update articles set comment_count = 0 where id = 4`);
    });

  // Up to four replies to each are read with their threads; of more only the first.
  test.each([
    [4, 5],
    [5, 6],
  ])(
    '20 threads with %i replies each in a discussion of 10,000 are few statements',
    async (replies, on) => {
      const of = replies + 1;
      const all = Array.from({ length: 10_000 }, (_, index) =>
        plainComment(on, {
          createdAt: NOW - 20_000 + index,
          ...(index % of === 0 ? {} : { parentInBatch: index - (index % of) }),
        }),
      );
      await storeComments(db, all);
      await db.analyse();
      type Page = { article: { comments: { nodes: { replies: { nodes: object[] } }[] } } };
      let page: Page | undefined;
      // How all may comment is known by then, and the log of all these comments read.
      await reader.ask('{ article(slug: "article-3") { commenting { mode } } }');
      const statements = await sent.during(async () => {
        page = await reader.ask<Page>(operation('CommentsPage'), { slug: `article-${on - 1}` });
      });
      const nodes = page?.article.comments.nodes ?? [];
      expect(nodes).toHaveLength(20);
      expect(nodes.map((node) => node.replies.nodes.length)).toEqual(Array(20).fill(3));
      expect(statements).toHaveLength(3);
      const limited = statements.filter((text) => / as "(x|comments)" where/.test(text));
      expect(limited).toHaveLength(replies > 4 ? 2 : 1);
      if (db.engine === 'postgres') await expectNoSort(limited);
    },
    60_000,
  );

  /** Pages are cut where the index is read: what is sorted is no more than their rows. */
  const expectNoSort = async (statements: readonly string[]) => {
    for (const text of statements) {
      const literal = text.replaceAll(/\$\d+::int\[\]/g, "'{1,2,3}'::int[]").replaceAll(/\$\d+/g, '4');
      const plan = await db.rows<{ 'QUERY PLAN': string }>(sql.raw(`explain (costs off) ${literal}`));
      const lines = plan.map((row) => row['QUERY PLAN']);
      const inside = lines.slice(lines.findIndex((line) => line.includes('Limit')));
      expect({ text, sorts: inside.filter((line) => line.includes('Sort')) }).toEqual({ text, sorts: [] });
    }
  };
});
