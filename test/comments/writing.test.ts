import { heldClock } from '../../src/core/clock';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { HOUR, NOW } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { GENEROUS, GUEST, Readers, storePublished } from '../support/readers';
import { expectRecounted } from '../support/recount';

const MINUTE = 60_000;

describeEachEngine('writing comments', (store) => {
  let db: Database;
  let clock: ReturnType<typeof heldClock>;
  let guests: Readers;
  let moderator: Readers;

  beforeAll(async () => {
    db = await store.open();
    await storePublished(db, 8);
  });

  beforeEach(() => {
    clock = heldClock(NOW);
    guests = new Readers(db, { clock }).from('203.0.113.7');
    moderator = guests.as(ACTORS.moderator);
  });

  afterEach(() => expectRecounted(db));

  test('a guest writes, and everybody reads it', async () => {
    const { comment, outcome, editToken } = await guests.written(
      1,
      'Well said.\n\nSee https://a.example/x, too',
    );
    expect({ outcome, held: comment.held }).toEqual({ outcome: 'PUBLISHED', held: false });
    expect(editToken).toMatch(/^[\w-]{43}$/);
    expect(comment).toMatchObject({
      ...{ authorName: 'Amina Durrani', authorKind: 'GUEST', depth: 0, moderation: null },
      body: {
        text: 'Well said.\n\nSee https://a.example/x, too',
        html: '<p>Well said.</p>\n<p>See <a href="https://a.example/x" rel="nofollow ugc noopener">https://a.example/x</a>, too</p>',
      },
      viewerCan: { edit: true, delete: true, report: false, reply: true },
    });
    expect(await guests.read(comment.id)).toMatchObject({
      viewerCan: { edit: false, delete: false, report: true, reply: true },
    });
    expect(await moderator.read(comment.id)).toMatchObject({
      moderation: {
        status: 'APPROVED',
        reasons: [],
        email: GUEST.email,
        author: { approved: 1, banned: false },
      },
    });
  });

  test('who has signed in needs no address, and is known by the account', async () => {
    const reader = guests.as(ACTORS.reader);
    const { comment } = await reader.written(1, 'As a reader');
    expect(comment).toMatchObject({ authorName: 'A Reader', authorKind: 'READER' });
    expect(await reader.read(comment.id)).toMatchObject({ viewerCan: { edit: true, report: false } });
    expect(await guests.read(comment.id)).toMatchObject({ viewerCan: { edit: false, report: true } });
  });

  test.each([
    [
      'without a name',
      { guest: { name: ' ', email: 'a@b.example' } },
      'VALIDATION',
      ['input', 'guest', 'name'],
    ],
    [
      'without an address',
      { guest: { name: 'A', email: 'nobody' } },
      'VALIDATION',
      ['input', 'guest', 'email'],
    ],
    ['as nobody', { guest: null }, 'VALIDATION', ['input', 'guest']],
    ['without a word', { body: ' \u200b\u2066 \u2069\n' }, 'VALIDATION', ['input', 'body']],
    ['without an end', { body: 'x'.repeat(5_001) }, 'VALIDATION', ['input', 'body']],
    ['below nothing', { articleId: globalId('Article', 4711) }, 'NOT_FOUND', ['input', 'articleId']],
    [
      'in reply to nothing',
      { parentId: globalId('Comment', 4711) },
      'PARENT_UNAVAILABLE',
      ['input', 'parentId'],
    ],
  ])('nobody writes %s', async (_, fields, code, field) => {
    expect(await guests.write(1, 'Words', fields)).toMatchObject({
      comment: null,
      userErrors: [{ code, field }],
    });
  });

  test('what is held is there for its author, who has the token, and for moderators', async () => {
    const settings = { ...GENEROUS, heldWords: ['wait'], spamWords: ['pills'] };
    const some = guests.with({ comments: settings });
    for (const [body, status] of [
      ['Please WAIT here', 'PENDING'],
      ['Cheap pills', 'SPAM'],
    ] as const) {
      const { comment, outcome, editToken } = await some.written(2, body);
      expect([outcome, comment.held, comment.body?.text]).toEqual(['HELD', true, body]);
      expect(await some.read(comment.id)).toBeNull();
      expect(await some.read(comment.id, 'x'.repeat(43))).toBeNull();
      expect(await some.read(comment.id, editToken)).toMatchObject({ held: true, body: { text: body } });
      expect(await moderator.read(comment.id)).toMatchObject({ held: true, moderation: { status } });
    }
    expect(await guests.count(2)).toBe(0);
  });

  test('replies stand below what they reply to, and no deeper than threads get', async () => {
    let parentId: string | null = null;
    for (let depth = 0; depth <= 6; depth++) {
      const { comment } = await guests.written(3, `At ${depth}`, { parentId });
      expect(comment.depth).toBe(depth);
      parentId = comment.id;
      expect(comment.viewerCan.reply).toBe(depth < 6);
    }
    expect(await guests.write(3, 'Too deep', { parentId })).toMatchObject({
      userErrors: [{ code: 'PARENT_UNAVAILABLE' }],
    });
    expect(await guests.write(4, 'Elsewhere', { parentId })).toMatchObject({
      userErrors: [{ code: 'PARENT_UNAVAILABLE' }],
    });
  });

  test('a retry under the same key gets the first answer, twenty at once too; another body is refused', async () => {
    const key = { idempotencyKey: 'a key that nobody guesses' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => guests.write(4, 'Once', key)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ outcome: 'PUBLISHED', userErrors: [] });
    expect(await guests.count(4)).toBe(1);
    expect(await guests.write(4, 'Twice', key)).toMatchObject({
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }],
    });
    // Whatever has changed since: the discussion was closed.
    await guests
      .as(ACTORS.editor)
      .call('setCommenting', { articleId: globalId('Article', 4), mode: 'CLOSED' }, '');
    expect(await guests.write(4, 'Once', key)).toMatchObject({
      editToken: answers[0]?.editToken,
      outcome: 'PUBLISHED',
    });
    expect(await guests.write(4, 'Late')).toMatchObject({ userErrors: [{ code: 'COMMENTS_CLOSED' }] });
  });

  test('the same again is a mistake', async () => {
    await guests.written(5, 'Again');
    expect(await guests.write(5, 'Again')).toMatchObject({ userErrors: [{ code: 'DUPLICATE' }] });
    expect(await guests.write(6, 'Again')).toMatchObject({ userErrors: [] });
  });

  test('an author edits what is theirs, as long as they may; moderators see what it said', async () => {
    const { comment, editToken } = await guests.written(6, 'Frist');
    const edit = { id: comment.id, body: 'First', expectedVersion: 1, editToken };
    expect(await guests.send('editComment', { ...edit, editToken: null })).toMatchObject({
      userErrors: [{ code: 'FORBIDDEN' }],
    });
    expect(await guests.send('editComment', { ...edit, expectedVersion: 2 })).toMatchObject({
      userErrors: [{ code: 'VERSION_CONFLICT', current: 1 }],
    });
    clock.advance(14 * MINUTE);
    expect(await guests.send('editComment', edit)).toMatchObject({
      comment: { body: { text: 'First' }, version: 2, editedAt: new Date(NOW + 14 * MINUTE).toISOString() },
    });
    const same = await guests.send('editComment', { ...edit, expectedVersion: 2 });
    expect(same).toMatchObject({ comment: { version: 2 } });
    expect(await moderator.read(comment.id)).toMatchObject({ moderation: { versions: [{ text: 'Frist' }] } });
    clock.advance(MINUTE);
    for (const [mutation, input] of [
      ['editComment', { ...edit, expectedVersion: 2, body: 'Late' }],
      ['deleteComment', { id: comment.id, editToken }],
    ] as const)
      expect(await guests.send(mutation, input)).toMatchObject({
        userErrors: [{ code: 'EDIT_WINDOW_EXPIRED' }],
      });
  });

  test('an edit that would have been held waits for a moderator', async () => {
    const settings = { ...GENEROUS, spamWords: ['pills'] };
    const some = guests.with({ comments: settings });
    const { comment, editToken } = await some.written(6, 'Harmless');
    const edit = { id: comment.id, body: 'pills', expectedVersion: 1, editToken };
    expect(await some.send('editComment', edit)).toMatchObject({ comment: { held: true, version: 2 } });
    expect(await some.read(comment.id)).toBeNull();
    const again = { ...edit, body: 'Harmless again', expectedVersion: 2 };
    expect(await some.send('editComment', again)).toMatchObject({ comment: { held: true, version: 3 } });
    expect(await moderator.read(comment.id)).toMatchObject({
      moderation: {
        status: 'PENDING',
        history: [{ actor: 'system:pipeline', from: 'APPROVED', to: 'PENDING' }],
      },
    });
  });

  test('what its author deletes is gone for good, and holds its replies together', async () => {
    const { comment, editToken } = await guests.written(7, 'SECRET regretted');
    const { comment: reply } = await guests.written(7, 'A reply', { parentId: comment.id });
    const input = { id: comment.id, editToken };
    for (const _ of [1, 2])
      expect(await guests.send('deleteComment', input)).toMatchObject({
        comment: { body: null, authorName: null, replyCount: 1 },
        userErrors: [],
      });
    expect(await guests.read(reply.id)).toMatchObject({
      body: { text: 'A reply' },
      parent: { id: comment.id },
    });
    expect(await guests.count(7)).toBe(1);
    expect(await moderator.read(comment.id, editToken)).toMatchObject({ body: null });
    const [decided] = await moderator.moderate('APPROVED', { id: comment.id, version: 2 });
    expect(decided).toMatchObject({ userErrors: [{ code: 'NOT_ALLOWED_IN_STATE' }] });
    const { comments } = db.tables;
    expect(JSON.stringify(await db.select().from(comments))).not.toContain('SECRET regretted');
  });

  test('a discussion closes at its time, or so long after its article was published', async () => {
    const editor = guests.as(ACTORS.editor);
    const articleId = globalId('Article', 8);
    await editor.call(
      'setCommenting',
      { articleId, mode: 'OPEN', closesAt: new Date(NOW + HOUR).toISOString() },
      '',
    );
    await guests.written(8, 'In time');
    clock.advance(HOUR);
    expect(await guests.write(8, 'Too late')).toMatchObject({ userErrors: [{ code: 'COMMENTS_CLOSED' }] });
    const strict = guests.with({ comments: { ...GENEROUS, closeAfter: 2 * HOUR } });
    expect(await strict.write(1, 'Too old')).toMatchObject({ userErrors: [{ code: 'COMMENTS_CLOSED' }] });
  });
});
