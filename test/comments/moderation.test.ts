import { reportsOfComments } from '../../src/comments/moderation.store';
import { heldClock } from '../../src/core/clock';
import { globalId } from '../../src/core/ids';
import type { CommentStatus, Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { HOUR, NOW } from '../support/archive';
import { plainComment, storeComments } from '../support/discussions';
import { describeEachEngine, recordStatements, type StatementRecorder } from '../support/engines';
import { COMMENT, GENEROUS, GUEST, type ReadComment, Readers, storePublished } from '../support/readers';
import { expectRecounted } from '../support/recount';

const STATUSES: readonly CommentStatus[] = ['PENDING', 'APPROVED', 'REJECTED', 'SPAM', 'DELETED'];
/** As the specification has it, of what a moderator may do. */
const ALLOWED = [
  ...['PENDING APPROVED', 'PENDING REJECTED', 'PENDING SPAM', 'APPROVED REJECTED', 'APPROVED SPAM'],
  ...['REJECTED APPROVED', 'REJECTED PENDING', 'SPAM APPROVED', 'SPAM PENDING'],
];

describeEachEngine('moderation', (store) => {
  let db: Database;
  let sent: StatementRecorder;
  let guests: Readers;
  let moderator: Readers;

  beforeAll(async () => {
    sent = recordStatements();
    db = await store.open(sent);
    await storePublished(db, 6);
    guests = new Readers(db).from('203.0.113.7');
    moderator = guests.as(ACTORS.moderator);
  });

  afterEach(() => expectRecounted(db));

  const stored = async (article: number, ...statuses: CommentStatus[]) => {
    const ids = await storeComments(
      db,
      statuses.map((status) => plainComment(article, { status, createdAt: NOW - HOUR })),
    );
    return ids.map((id) => ({ id: globalId('Comment', id), version: 1 }));
  };
  const changes = async () => (await db.select().from(db.tables.changes)).length;

  test('leads comments on the ways that there are, and on no other', async () => {
    for (const from of STATUSES) {
      for (const to of STATUSES) {
        const comments = await stored(1, from);
        if (to === 'DELETED') {
          await expect(moderator.moderate(to, ...comments)).rejects.toThrow(/VALIDATION/);
          continue;
        }
        const before = await changes();
        const [result] = await moderator.moderate(to, ...comments);
        const way = `${from} ${to}`;
        const done = ALLOWED.includes(way);
        if (from === to)
          expect([way, result]).toMatchObject([way, { comment: { version: 1 }, userErrors: [] }]);
        else if (done)
          expect([way, result]).toMatchObject([way, { comment: { version: 2, moderation: { status: to } } }]);
        else expect([way, result]).toMatchObject([way, { userErrors: [{ code: 'NOT_ALLOWED_IN_STATE' }] }]);
        // The same again, or what is refused, leaves no line in the log.
        expect([way, (await changes()) - before]).toEqual([way, done ? 1 : 0]);
      }
    }
  });

  test('answers for each comment, and one that is refused keeps nobody back', async () => {
    const [first, second, third] = await stored(1, 'PENDING', 'PENDING', 'PENDING');
    if (!first || !second || !third) throw new Error('Three were stored');
    const results = await moderator.moderate(
      'APPROVED',
      first,
      { ...second, version: 7 },
      { id: globalId('Comment', 4711), version: 1 },
      third,
    );
    expect(results).toMatchObject([
      {
        comment: {
          moderation: {
            history: [{ actor: 'user:moderator', from: 'PENDING', to: 'APPROVED', reason: 'as it is' }],
          },
        },
      },
      { comment: null, userErrors: [{ code: 'VERSION_CONFLICT', current: 1 }] },
      { comment: null, userErrors: [{ code: 'NOT_FOUND' }] },
      { comment: { moderation: { status: 'APPROVED' } } },
    ]);
  });

  test('takes 1 to 50 at once, of moderators alone', async () => {
    const [one] = await stored(1, 'PENDING');
    if (!one) throw new Error('One was stored');
    const many = Array.from({ length: 51 }, (_, index) => ({
      id: globalId('Comment', 9_000 + index),
      version: 1,
    }));
    await expect(moderator.moderate('APPROVED', ...many)).rejects.toThrow(/at most 50/);
    await expect(moderator.moderate('APPROVED')).rejects.toThrow(/must not be empty/);
    await expect(moderator.moderate('APPROVED', one, one)).rejects.toThrow(/twice/);
    for (const actor of [ACTORS.reader, ACTORS.partner, ACTORS.contributor, ACTORS.editor])
      await expect(guests.as(actor).moderate('APPROVED', one)).rejects.toThrow(/FORBIDDEN/);
    await expect(guests.moderate('APPROVED', one)).rejects.toThrow(/FORBIDDEN/);
  });

  test('a thread is hidden and shown again from wherever it is decided', async () => {
    const { comment: top } = await guests.written(2, 'Top');
    const { comment: middle } = await guests.written(2, 'Middle', { parentId: top.id });
    const { comment: leaf } = await guests.written(2, 'Leaf', { parentId: middle.id });
    const decide = async (to: string, id: string) => {
      const now = await moderator.read(id);
      await moderator.moderate(to, { id, version: now?.version ?? 0 });
      await expectRecounted(db);
    };
    await decide('REJECTED', top.id);
    expect(await guests.read(top.id)).toMatchObject({ body: null, replyCount: 1 });
    await decide('REJECTED', middle.id);
    expect(await guests.read(leaf.id)).toMatchObject({ body: { text: 'Leaf' } });
    await decide('SPAM', leaf.id);
    for (const { id } of [top, middle, leaf]) expect(await guests.read(id)).toBeNull();
    expect(await guests.count(2)).toBe(0);
    await decide('APPROVED', leaf.id);
    expect(await guests.read(top.id)).toMatchObject({ body: null, replyCount: 1 });
    expect(await guests.count(2)).toBe(1);
  });

  test('enough reports hide a comment, of each reader one, unless a moderator has approved what it says', async () => {
    const { comment, editToken } = await guests.written(3, 'Rude');
    const report = (address: string, more: object = {}) =>
      guests
        .from(address)
        .send('reportComment', { id: comment.id, reason: 'ABUSE', details: 'It is rude', ...more });
    for (const address of ['203.0.113.1', '203.0.113.1', '2001:db8::1', '2001:db8::2'])
      expect(await report(address)).toMatchObject({ comment: { id: comment.id }, userErrors: [] });
    expect(await moderator.read(comment.id)).toMatchObject({
      moderation: {
        status: 'APPROVED',
        reportCount: 2,
        reports: [{ reason: 'ABUSE', details: 'It is rude' }, {}],
      },
    });
    expect(await report('203.0.113.3')).toMatchObject({ comment: null, userErrors: [] });
    const held = await moderator.read(comment.id);
    expect(held).toMatchObject({
      moderation: {
        status: 'PENDING',
        history: [{ actor: 'system:reports', from: 'APPROVED', to: 'PENDING' }],
      },
    });
    await moderator.moderate('APPROVED', { id: comment.id, version: held?.version ?? 0 });
    for (const address of ['203.0.113.4', '203.0.113.5', '203.0.113.6', '203.0.113.8']) await report(address);
    expect(await moderator.read(comment.id)).toMatchObject({
      moderation: { status: 'APPROVED', reportCount: 4 },
    });
    // What was approved is not what it says now.
    const now = await guests.read(comment.id, editToken ?? '');
    await guests.send('editComment', {
      id: comment.id,
      body: 'Ruder',
      expectedVersion: now?.version,
      editToken,
    });
    await report('203.0.113.9');
    expect(await moderator.read(comment.id)).toMatchObject({ moderation: { status: 'PENDING' } });
    expect(await report('203.0.113.10')).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  });

  test('editors and moderators put comments forward; what is hidden is not put forward', async () => {
    const { comment } = await guests.written(3, 'Wise');
    for (const _ of [1, 2])
      expect(
        await guests.as(ACTORS.editor).send('featureComment', { id: comment.id, featured: true }),
      ).toMatchObject({
        comment: { featured: true, version: 2 },
      });
    expect(await guests.send('featureComment', { id: comment.id, featured: false })).toMatchObject({
      userErrors: [{ code: 'FORBIDDEN' }],
    });
    await moderator.moderate('REJECTED', { id: comment.id, version: 2 });
    expect(await moderator.send('featureComment', { id: comment.id, featured: true })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND' }],
    });
    await moderator.moderate('APPROVED', { id: comment.id, version: 3 });
    expect(await guests.read(comment.id)).toMatchObject({ featured: false });
  });

  test('who is banned is not told, and what they write is held', async () => {
    const { comment } = await guests.written(4, 'Before');
    const ban = (input: object) =>
      moderator.call('banCommenter', { commentId: comment.id, ...input }, 'banned');
    expect(await ban({})).toMatchObject({ banned: true, userErrors: [] });
    const during = await guests.written(4, 'During');
    expect(during).toMatchObject({ outcome: 'HELD', comment: { held: true } });
    expect(await moderator.read(during.comment.id)).toMatchObject({
      moderation: { status: 'SPAM', reasons: ['banned'], author: { banned: true, spam: 1 } },
    });
    // By the address, in whatever letters, from wherever; and not who shares the network.
    const guest = { ...GUEST, email: GUEST.email.toUpperCase() };
    expect(await guests.from('198.51.100.1').written(4, 'Elsewhere', { guest })).toMatchObject({
      outcome: 'HELD',
    });
    const neighbour = { name: 'Neighbour', email: 'n@private.example' };
    expect(await guests.written(4, 'Next door', { guest: neighbour })).toMatchObject({
      outcome: 'PUBLISHED',
    });
    await ban({ address: true });
    expect(await guests.written(4, 'Next door again', { guest: neighbour })).toMatchObject({
      outcome: 'HELD',
    });
    expect(await ban({ banned: false, address: true })).toMatchObject({ banned: false });
    expect(await guests.written(4, 'After')).toMatchObject({ outcome: 'PUBLISHED' });
    expect(await guests.call('banCommenter', { commentId: comment.id }, 'banned')).toMatchObject({
      ...{ banned: null, userErrors: [{ code: 'FORBIDDEN' }] },
    });
  });

  test.each([
    ['banCommenter', 'banned'],
    ['exportCommenter', 'next'],
    ['eraseCommenter', 'erasedComments'],
  ])('%s says of what is no address that it is none, and not that it was done', async (mutation, field) => {
    for (const email of ['', ' ', 'gulalai'])
      expect(await moderator.call(mutation, { email }, field)).toMatchObject({
        [field]: null,
        userErrors: [{ code: 'VALIDATION', field: ['input', 'email'] }],
      });
  });

  test('a person is told all that is kept of them, and is forgotten; replies stay, and twice is once', async () => {
    const guest = { name: 'Gulalai Forget', email: 'Gulalai@private.example' };
    const { comment } = await guests.written(5, 'SECRET of Gulalai', { guest });
    const { comment: reply } = await guests.written(5, 'A reply', { parentId: comment.id });
    const [old] = await storeComments(db, [
      plainComment(1, { authorName: 'Gulalai F.', email: 'gulalai@private.example', status: 'SPAM' }),
    ]);
    await guests.send('reportComment', {
      id: comment.id,
      reason: 'OTHER',
      details: 'SECRET of Gulalai, too',
    });
    type Exported = { comments: { id: string; text: string; email: string }[]; next: string | null };
    const export_ = (email: string) =>
      moderator.call<Exported>(
        'exportCommenter',
        { email },
        'comments { id text email authorName articleTitle status } next',
      );
    expect((await export_(guest.email)).comments).toMatchObject([
      {
        id: comment.id,
        text: 'SECRET of Gulalai',
        email: guest.email,
        authorName: guest.name,
        articleTitle: 'article-4',
      },
      { id: globalId('Comment', old ?? 0), status: 'SPAM' },
    ]);
    const erase = () => moderator.call('eraseCommenter', { email: guest.email }, 'erasedComments');
    expect(await erase()).toMatchObject({ erasedComments: 2, userErrors: [] });
    const after = await changes();
    expect(await erase()).toMatchObject({ erasedComments: 0, userErrors: [] });
    expect(await changes()).toBe(after);
    expect(await guests.read(comment.id)).toMatchObject({ authorName: null, body: null, replyCount: 1 });
    expect(await guests.read(reply.id)).toMatchObject({ body: { text: 'A reply' } });
    expect((await export_(guest.email)).comments).toEqual([]);
    const everything = await Promise.all(
      [
        db.tables.comments,
        db.tables.commentPrivate,
        db.tables.commentRevisions,
        db.tables.commentReports,
      ].map((table) => db.select().from(table)),
    );
    expect(JSON.stringify(everything)).not.toMatch(/Gulalai/i);
    const { idempotencyKeys } = db.tables;
    expect(JSON.stringify(await db.select().from(idempotencyKeys))).not.toMatch(/Gulalai/i);
    // A later import of the same does not bring them back, and its threads hold together.
    const [again, below] = await storeComments(db, [
      plainComment(5, { authorName: 'Gulalai F.', text: 'SECRET again', email: 'GULALAI@private.example' }),
      plainComment(5, { text: 'Below', parentInBatch: 0 }),
    ]);
    expect(await guests.read(globalId('Comment', again ?? 0))).toMatchObject({
      authorName: null,
      body: null,
      replyCount: 1,
    });
    expect(await guests.read(globalId('Comment', below ?? 0))).toMatchObject({ body: { text: 'Below' } });
    expect(JSON.stringify(await db.select().from(db.tables.comments))).not.toMatch(/SECRET again|Gulalai/);
  });

  test('an account is erased by any of its comments, with what it said when it reported', async () => {
    const reader = guests.as(ACTORS.reader);
    const { comment } = await reader.written(5, 'Of an account');
    const { comment: other } = await guests.written(5, 'Of another');
    await reader.send('reportComment', { id: other.id, reason: 'OTHER', details: 'By an account' });
    expect(await moderator.call('eraseCommenter', { commentId: comment.id }, 'erasedComments')).toMatchObject(
      {
        erasedComments: 1,
      },
    );
    expect(await guests.read(comment.id)).toBeNull();
    expect(await moderator.read(other.id)).toMatchObject({ moderation: { reports: [{ details: null }] } });
    const reports = await db.select().from(db.tables.commentReports);
    expect(JSON.stringify(reports)).not.toContain(ACTORS.reader.name);
  });

  test('however many readers report comments, no more of each is read than moderators are shown', async () => {
    const ids = await storeComments(
      db,
      Array.from({ length: 2 }, () => plainComment(5)),
    );
    await db.write(async (tx) => {
      const reports = ids.flatMap((commentId) =>
        Array.from({ length: 130 }, (_, at) => ({
          ...{ commentId, at, reporter: `user:${at}`, reason: 'OTHER' as const, details: `${at}` },
        })),
      );
      await tx.insertMany(tx.tables.commentReports, reports);
    });
    const latest = Array.from({ length: 100 }, (_, index) => 129 - index);
    expect((await reportsOfComments(db, { ids })).map(({ commentId, at }) => [commentId, at])).toEqual(
      ids.flatMap((id) => latest.map((at) => [id, at])),
    );
    const { moderation } = (await moderator.read(globalId('Comment', ids[0] ?? 0))) ?? {};
    expect(moderation).toMatchObject({ reports: latest.map((at) => ({ details: `${at}` })) });
  });

  test('the queue has what waits, the longest first, each page behind the other, in few statements', async () => {
    await storeComments(
      db,
      Array.from({ length: 30 }, (_, index) =>
        plainComment(6, {
          ...{
            status: index % 3 === 0 ? 'SPAM' : 'PENDING',
            text: `Waits ${index}`,
            email: `w${index % 4}@private.example`,
          },
          createdAt: NOW - 2 * HOUR + Math.floor(index / 10),
        }),
      ),
    );
    type Queue = {
      moderationQueue: {
        totalCount: number;
        nodes: ReadComment[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    };
    const page = (args: string) =>
      moderator.api.ask<Queue>(
        `{ moderationQueue(${args}) { totalCount nodes { ${COMMENT} article { slug } } pageInfo { hasNextPage endCursor } } }`,
      );
    const seen: string[] = [];
    for (let after = '', more = true; more; ) {
      const { moderationQueue } = await page(`first: 7, status: [SPAM, PENDING]${after}`);
      seen.push(...moderationQueue.nodes.map(({ body }) => body?.text ?? ''));
      more = moderationQueue.pageInfo.hasNextPage;
      after = `, after: "${moderationQueue.pageInfo.endCursor}"`;
    }
    expect(seen.filter((text) => text.startsWith('Waits'))).toEqual(
      Array.from({ length: 30 }, (_, index) => `Waits ${index}`),
    );
    const few = await sent.during(() => page('first: 1'));
    const many = await sent.during(() => page('first: 20'));
    expect([many.length, many.length <= 12]).toEqual([few.length, true]);
    const { moderationQueue } = await page('reportedOnly: true');
    expect(moderationQueue.nodes.length).toBe(moderationQueue.totalCount);
    expect(moderationQueue.nodes.every(({ moderation }) => (moderation?.reportCount ?? 0) > 0)).toBe(true);
    expect(moderationQueue.totalCount).toBeGreaterThan(0);
    for (const actor of [ACTORS.reader, ACTORS.editor]) {
      await expect(guests.as(actor).api.ask('{ moderationQueue { totalCount } }')).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    }
  });
});

describeEachEngine('how readers may comment', (store) => {
  test('the strictest of the article, its categories, the site and the configuration holds', async () => {
    const db = await store.open();
    // Category 2 is below 1.
    await storePublished(db, 1, { categories: [1] }, [null, 0]);
    const guests = new Readers(db, { clock: heldClock(NOW) });
    const editor = guests.as(ACTORS.editor);
    const mode = async (readers = guests) => {
      const { article } = await readers.api.ask<{ article: { commenting: { mode: string; open: boolean } } }>(
        '{ article(slug: "article-0") { commenting { mode open } } }',
      );
      return `${article.commenting.mode} ${article.commenting.open}`;
    };
    expect(await mode()).toBe('OPEN true');
    expect(await mode(guests.with({ comments: { ...GENEROUS, mode: 'PREMODERATED' } }))).toBe(
      'PREMODERATED true',
    );
    const category = { categoryId: globalId('Category', 1) };
    const set = (mutation: string, input: object, selection: string) =>
      editor.call(mutation, input, selection);
    await set('setCategoryCommenting', { ...category, mode: 'PREMODERATED' }, 'category { slug }');
    expect(await mode()).toBe('PREMODERATED true');
    expect(await guests.written(1, 'Waits')).toMatchObject({ outcome: 'HELD' });
    await set('setCategoryCommenting', { ...category, mode: 'OPEN' }, 'category { slug }');
    expect(await mode()).toBe('OPEN true');
    expect(await set('setSiteCommenting', { mode: 'CLOSED' }, 'mode')).toMatchObject({ mode: 'CLOSED' });
    expect(await mode()).toBe('CLOSED false');
    expect(await guests.write(1, 'Closed')).toMatchObject({ userErrors: [{ code: 'COMMENTS_CLOSED' }] });
    await set('setSiteCommenting', { mode: 'OPEN' }, 'mode');
    const articleId = globalId('Article', 1);
    expect(
      await set(
        'setCommenting',
        { articleId, mode: 'PREMODERATED' },
        'article { commenting { mode } revision }',
      ),
    ).toMatchObject({
      article: { commenting: { mode: 'PREMODERATED' }, revision: 2 },
    });
    for (const [mutation, input, selection] of [
      ['setCommenting', { articleId, mode: 'OPEN' }, 'article { id }'],
      ['setCategoryCommenting', { ...category, mode: 'OPEN' }, 'category { id }'],
      ['setSiteCommenting', { mode: 'OPEN' }, 'mode'],
    ] as const)
      expect(await guests.as(ACTORS.contributor).call(mutation, input, selection)).toMatchObject({
        userErrors: [{ code: 'FORBIDDEN' }],
      });
  });
});
