/** What happens when several do something at the same instant: with connections of their own, on both engines. */
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { describeEachEngine } from '../support/engines';
import { type Answered, GENEROUS, Readers, storePublished } from '../support/readers';
import { expectRecounted } from '../support/recount';

const ROUNDS = 6;

describeEachEngine('at the same instant', (store) => {
  let db: Database;
  let here: Readers;
  let there: Readers;

  beforeAll(async () => {
    db = await store.open();
    const other = await store.openAnother();
    await storePublished(db, 40);
    here = new Readers(db).from('203.0.113.7');
    there = new Readers(other).from('203.0.113.7');
  });

  afterEach(() => expectRecounted(db));

  const codes = (answers: readonly (Answered | undefined)[]) =>
    answers.map((answer) => answer?.userErrors[0]?.code ?? 'done').sort();

  test('twenty retries in two processes write one comment and get one answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? here : there).write(1, 'Once', { idempotencyKey: 'b3d1b1f6-one' }),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await here.count(1)).toBe(1);
  });

  test('one is approved or rejected, and not both', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { comment } = await here
        .with({ comments: { ...GENEROUS, mode: 'PREMODERATED' } })
        .written(2, `Wait ${round}`);
      const [[approved], [rejected]] = await Promise.all([
        here.as(ACTORS.moderator).moderate('APPROVED', comment),
        there.as(ACTORS.admin).moderate('REJECTED', comment),
      ]);
      expect(codes([approved, rejected])).toEqual(['VERSION_CONFLICT', 'done']);
      const { moderation } = (await here.as(ACTORS.moderator).read(comment.id)) ?? {};
      expect(moderation?.history).toHaveLength(1);
      expect(moderation?.status).toBe(codes([approved])[0] === 'done' ? 'APPROVED' : 'REJECTED');
    }
  });

  test('what is approved is what the moderator has read', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const waiting = here.with({ comments: { ...GENEROUS, mode: 'PREMODERATED' } });
      const { comment, editToken } = await waiting.written(3, `Read ${round}`);
      const edit = { id: comment.id, body: `Unread ${round}`, expectedVersion: 1, editToken };
      const [[approved], edited] = await Promise.all([
        there.as(ACTORS.moderator).moderate('APPROVED', comment),
        waiting.send('editComment', edit),
      ]);
      expect(codes([approved, edited])).toEqual(['VERSION_CONFLICT', 'done']);
      const now = await here.read(comment.id);
      expect(now?.body?.text ?? 'held').toBe(codes([approved])[0] === 'done' ? `Read ${round}` : 'held');
    }
  });

  test('after a discussion was closed no comment comes in', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const article = 10 + round;
      const closing = there
        .as(ACTORS.editor)
        .call('setCommenting', { articleId: globalId('Article', article), mode: 'CLOSED' }, '')
        .then(() => here.count(article));
      const writing = Array.from({ length: 5 }, (_, index) => here.write(article, `Word ${index}`));
      const [whenClosed, ...answers] = await Promise.all([closing, ...writing]);
      const taken = codes(answers).filter((code) => code === 'done').length;
      expect(codes(answers).filter((code) => code === 'COMMENTS_CLOSED')).toHaveLength(5 - taken);
      expect([taken, await here.count(article)]).toEqual([whenClosed, whenClosed]);
    }
  });

  test('a reply to what is rejected is refused, or holds its place', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const article = 20 + round;
      const { comment } = await here.written(article, `Parent ${round}`);
      const [[rejected], reply] = await Promise.all([
        there.as(ACTORS.moderator).moderate('REJECTED', comment),
        here.write(article, `Reply ${round}`, { parentId: comment.id }),
      ]);
      expect(rejected?.userErrors).toEqual([]);
      const came = reply.comment !== null;
      expect(came ? [] : codes([reply])).toEqual(came ? [] : ['PARENT_UNAVAILABLE']);
      const parent = await here.read(comment.id);
      expect(parent && { body: parent.body, replyCount: parent.replyCount }).toEqual(
        came ? { body: null, replyCount: 1 } : null,
      );
      expect(await here.count(article)).toBe(came ? 1 : 0);
    }
  });

  test('siblings are hidden and shown, and their thread counts right', async () => {
    const { comment: top } = await here.written(30, 'Top');
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        (index % 2 ? here : there).written(30, `Sibling ${index}`, { parentId: top.id }),
      ),
    );
    await Promise.all(
      [top, ...replies.map(({ comment }) => comment)].map((comment, index) =>
        (index % 2 ? here : there).as(ACTORS.moderator).moderate('SPAM', comment),
      ),
    );
    expect(await here.count(30)).toBe(0);
    expect(await here.read(top.id)).toBeNull();
  });

  test('no more come in than the rate lets in', async () => {
    const strict = { comments: { ...GENEROUS, rates: [{ count: 3, period: 60_000 }] } };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? here : there).with(strict).from('198.51.100.44').write(31, `Fast ${index}`),
      ),
    );
    expect(codes(answers).filter((code) => code === 'done')).toHaveLength(3);
    expect(codes(answers).filter((code) => code === 'RATE_LIMITED')).toHaveLength(17);
  });
});
