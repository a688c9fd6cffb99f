import { eq, inArray } from 'drizzle-orm';
import { COMMENT_DEFAULTS, type CommentSettings } from '../../../src/comments';
import { accountIn, type Commenter } from '../../../src/comments/commenter';
import { markBanned } from '../../../src/comments/commenter.marks';
import {
  bothOf,
  type CheckedAs,
  type Desk,
  judge,
  NO_CHECKER,
  PHASES,
  type Submission,
} from '../../../src/comments/pipeline';
import { banned } from '../../../src/comments/pipeline/banned.phase';
import { duplicate } from '../../../src/comments/pipeline/duplicate.phase';
import { history } from '../../../src/comments/pipeline/history.phase';
import { honeypot } from '../../../src/comments/pipeline/honeypot.phase';
import { markup } from '../../../src/comments/pipeline/markup.phase';
import { mode } from '../../../src/comments/pipeline/mode.phase';
import { normalise } from '../../../src/comments/pipeline/normalise.phase';
import { open } from '../../../src/comments/pipeline/open.phase';
import { outside } from '../../../src/comments/pipeline/outside.phase';
import { rate } from '../../../src/comments/pipeline/rate.phase';
import { words } from '../../../src/comments/pipeline/words.phase';
import { takeRates } from '../../../src/comments/rates';
import { RateLimited, Refusal } from '../../../src/core/refusal';
import type { Database } from '../../../src/database';
import { NOW } from '../../support/archive';
import { BOX, plainComment, storeComments } from '../../support/discussions';
import { describeEachEngine } from '../../support/engines';
import { storePublished } from '../../support/readers';

const author: Commenter = {
  ...{
    kind: 'GUEST',
    name: 'Amina',
    ...accountIn(BOX, null),
    email: 'a@b.example',
    emailHash: BOX.hash('a@b.example'),
  },
  ...{ address: '203.0.113.7', ipHash: BOX.hash('203.0.113.7'), userAgent: null, trusted: false },
};
const reader: Commenter = {
  ...author,
  kind: 'READER',
  ...accountIn(BOX, 'user:r'),
  email: null,
  emailHash: null,
};
const moderator: Commenter = { ...reader, kind: 'STAFF', trusted: true };

const submission = (fields: Partial<Submission> = {}): Submission => ({
  ...{ now: NOW, edited: null, isReply: false, author, body: 'Well said.', website: null },
  ...{ text: 'Well said.', html: '', links: 0 },
  article: {
    ...{ id: 1, path: '/a', language: 'en', isPublic: true },
    commenting: { mode: 'OPEN', open: true, closesAt: null },
  },
  ...fields,
});

describeEachEngine('the pipeline', (store) => {
  let db: Database;

  beforeAll(async () => {
    db = await store.open();
    await storePublished(db, 2);
  });

  const desk = (settings: Partial<CommentSettings> = {}, checked: CheckedAs = 'FINE'): Desk => ({
    reader: db,
    settings: { ...COMMENT_DEFAULTS, ...settings },
    checker: { check: async () => checked },
  });
  const refusal = async (work: () => unknown) => {
    try {
      await work();
    } catch (error) {
      return error instanceof Refusal ? error.reason : (error as { code: string }).code;
    }
    return null;
  };

  test('open: an article that nobody may read is not there, and one that is closed says so', async () => {
    const { article } = submission();
    const closed = { ...article, commenting: { ...article.commenting, open: false } };
    expect(await refusal(() => open.run(submission(), desk()))).toBeNull();
    expect(await refusal(() => open.run(submission({ article: closed }), desk()))).toBe('COMMENTS_CLOSED');
    const hidden = submission({ article: { ...article, isPublic: false } });
    expect(await refusal(() => open.run(hidden, desk()))).toBe('NOT_FOUND');
  });

  test('banned: by address, account or network, until the ban is over', async () => {
    await db.write((tx) =>
      markBanned(tx, [accountIn(BOX, 'user:b').accountHash ?? '', BOX.hash('bad@b.example')], {
        at: NOW,
        until: NOW + 10,
        by: 'm',
      }),
    );
    const spam = { finding: { verdict: 'SPAM', reason: 'banned' } };
    expect(await banned.run(submission(), desk())).toEqual({});
    expect(
      await banned.run(submission({ author: { ...reader, ...accountIn(BOX, 'user:b') } }), desk()),
    ).toEqual(spam);
    const bad = submission({ author: { ...author, emailHash: BOX.hash('BAD@b.example ') } });
    expect(await banned.run(bad, desk())).toEqual(spam);
    expect(await banned.run({ ...bad, now: NOW + 10 }, desk())).toEqual({});
  });

  test.each([
    ['  two \r\n\r\n\r\n\r\n paragraphs ', 'two\n\n paragraphs'],
    ['zero\u200bwidth, \u202eturned\u202c and \u2067isolated\u2069', 'zerowidth, turned and isolated'],
    ['می\u200cشود و 👩\u200d👧', 'می\u200cشود و 👩\u200d👧'],
    ['e\u0301 10\u00b2', '\u00e9 10\u00b2'],
  ])('normalise: %j', async (body, text) => {
    expect(await normalise.run(submission({ body }), desk())).toEqual({ made: { text } });
  });

  test('normalise: nothing to see is nothing, and length is what can be seen', async () => {
    for (const body of ['', ' \n', '\u200c\u200d\u200e', '\u3164\u2800', 'x'.repeat(11), '\ufdfa'])
      expect(await refusal(() => normalise.run(submission({ body }), desk({ maxLength: 10 })))).toBe(
        'BAD_USER_INPUT',
      );
    for (const body of ['x'.repeat(10), '👩'.repeat(10), `${'\u200c'.repeat(5)}0123456789`])
      expect(await refusal(() => normalise.run(submission({ body }), desk({ maxLength: 10 })))).toBeNull();
  });

  test('honeypot: people leave it empty', async () => {
    expect(await honeypot.run(submission({ website: ' ' }), desk())).toEqual({});
    expect(await honeypot.run(submission({ website: 'x' }), desk())).toMatchObject({
      finding: { verdict: 'SPAM' },
    });
  });

  test('rate: so many in so long, evenly, and how long to wait', async () => {
    const rates = [{ count: 2, period: 60_000 }];
    const who = { ...author, ipHash: 'rated' };
    const run = (now: number) => rate.run(submission({ author: who, now }), desk({ rates }));
    for (const _ of [1, 2]) {
      expect(await run(NOW)).toEqual({});
      await db.write((tx) => takeRates(tx, 'rated', rates, NOW));
    }
    const limited = await Promise.resolve(run(NOW)).catch((error: unknown) => error);
    expect(limited).toBeInstanceOf(RateLimited);
    expect(limited).toMatchObject({
      retryAfterSeconds: 30,
      message: expect.stringContaining('Try again in 30 seconds.'),
    });
    await expect(db.write((tx) => takeRates(tx, 'rated', rates, NOW))).rejects.toMatchObject({
      retryAfterSeconds: 30,
    });
    expect(await run(NOW + 30_000)).toEqual({});
    expect(await rate.run(submission({ author: moderator }), desk({ rates }))).toEqual({});
  });

  test('duplicate: the same of the same below the same article', async () => {
    const text = 'Said before';
    await storeComments(db, [plainComment(2, { text, email: 'a@b.example', createdAt: NOW - 1 })]);
    const at = (id: number) => ({ ...submission().article, id });
    expect(await refusal(() => duplicate.run(submission({ text, article: at(2) }), desk()))).toBe(
      'DUPLICATE',
    );
    const another = { ...author, emailHash: 'another', ipHash: null };
    for (const fields of [
      { article: at(1) },
      { author: another },
      { text: 'Not said' },
      { now: NOW + 24 * 3_600_000 },
    ])
      expect(
        await refusal(() => duplicate.run(submission({ text, article: at(2), ...fields }), desk())),
      ).toBeNull();
  });

  test('markup: HTML is text, links are counted, and too many are held', async () => {
    const text = '<b onclick="x">Hi</b> & \'bye\' http://a.example/?a=1&b="c www.b.example';
    const result = await markup.run(submission({ text }), desk({ maxLinks: 1 }));
    expect(result).toEqual({
      made: {
        html: '<p>&lt;b onclick=&quot;x&quot;&gt;Hi&lt;/b&gt; &amp; &#39;bye&#39; <a href="http://a.example/?a=1&amp;b=" rel="nofollow ugc noopener">http://a.example/?a=1&amp;b=</a>&quot;c www.b.example</p>',
        links: 2,
      },
      finding: { verdict: 'PENDING', reason: '2 links' },
    });
    expect(
      await markup.run(submission({ text, author: moderator }), desk({ maxLinks: 0 })),
    ).not.toHaveProperty('finding');
  });

  test.each([
    ['A Dreadful day', 'PENDING'],
    ['dread', undefined],
    ['dreadfully', undefined],
    ['It is a FREE  money offer', 'SPAM'],
    ['free as money', undefined],
    ['casinos', 'SPAM'],
    ['این کلمه می\u200cشود بد', 'PENDING'],
    ['این کلمه ميشود بد', 'PENDING'],
    ['d\u200breadful', 'PENDING'],
    ['ｄｒｅａｄｆｕｌ', 'PENDING'],
  ])('words: %s', async (text, verdict) => {
    const settings = { heldWords: ['dreadful', 'میشود'], spamWords: ['free money', 'casino*'] };
    const result = await words.run(submission({ text }), desk(settings));
    expect(result.finding?.verdict).toBe(verdict);
  });

  test('words: also in names, and not of moderators', async () => {
    const settings = { heldWords: ['bad'] };
    const named = submission({ author: { ...author, name: 'Bad Actor' } });
    expect((await words.run(named, desk(settings))).finding?.verdict).toBe('PENDING');
    expect(await words.run(submission({ author: moderator, text: 'bad' }), desk(settings))).toEqual({});
  });

  test('history: accounts earn trust and lose it; a claimed address does neither', async () => {
    const run = async (who: Commenter, trustAfter: number) =>
      (await history.run(submission({ author: who }), desk({ trustAfter }))).finding?.verdict ?? null;
    const ids = await storeComments(
      db,
      Array.from({ length: 4 }, (_, index) =>
        plainComment(1, {
          text: `${index}`,
          email: 'known@b.example',
          status: index < 3 ? 'REJECTED' : 'APPROVED',
        }),
      ),
    );
    const known = { ...author, emailHash: BOX.hash('known@b.example') };
    expect([await run(known, 0), await run(known, 1), await run(author, 1)]).toEqual([
      null,
      'PENDING',
      'PENDING',
    ]);
    expect([await run(reader, 0), await run(reader, 1)]).toEqual([null, 'PENDING']);
    await db.write(async (tx) => {
      const { commentPrivate: p } = tx.tables;
      await tx.update(p).set({ account: 'user:r' }).where(inArray(p.commentId, ids));
    });
    expect(await run(reader, 0)).toBe('PENDING');
    const { comments: c } = db.tables;
    await db.write(
      async (tx) => void (await tx.update(c).set({ status: 'APPROVED' }).where(eq(c.status, 'REJECTED'))),
    );
    expect([await run(reader, 4), await run(reader, 5), await run(moderator, 5)]).toEqual([
      null,
      'PENDING',
      null,
    ]);
  });

  test.each([
    ['FINE', undefined],
    ['SPAM', 'SPAM'],
    ['UNSURE', 'PENDING'],
  ] as const)('outside: %s', async (checked, verdict) => {
    expect((await outside.run(submission(), desk({}, checked))).finding?.verdict).toBe(verdict);
    expect(await outside.run(submission({ author: moderator }), desk({}, checked))).toEqual({});
  });

  test('mode: what is premoderated waits, but not of moderators', async () => {
    const { article } = submission();
    const careful = { ...article, commenting: { ...article.commenting, mode: 'PREMODERATED' as const } };
    expect((await mode.run(submission({ article: careful }), desk())).finding?.verdict).toBe('PENDING');
    expect(await mode.run(submission({ article: careful, author: moderator }), desk())).toEqual({});
    expect(await mode.run(submission(), desk())).toEqual({});
  });

  test('runs its phases in their order, and the most severe verdict wins', async () => {
    expect(PHASES.map(({ name }) => name)).toEqual([
      ...[
        'open',
        'banned',
        'normalise',
        'honeypot',
        'rate',
        'duplicate',
        'markup',
        'words',
        'history',
        'outside',
      ],
      'mode',
    ]);
    const settings = { heldWords: ['said'], maxLinks: 0 };
    const sent = submission({ body: 'Well said: https://a.example' });
    const judged = await judge(PHASES, sent, desk(settings));
    expect(judged).toMatchObject({
      status: 'PENDING',
      reasons: ['1 links', 'word: said'],
      submission: { links: 1 },
    });
    const trapped = await judge(PHASES, { ...sent, website: 'x' }, desk(settings));
    expect(trapped).toMatchObject({ status: 'SPAM', reasons: ['honeypot', '1 links', 'word: said'] });
    expect((await judge(PHASES, sent, { ...desk(), checker: NO_CHECKER })).status).toBe('APPROVED');
    expect(bothOf(judged, { ...trapped, reasons: ['honeypot'] })).toMatchObject({
      status: 'SPAM',
      reasons: ['1 links', 'word: said', 'honeypot'],
    });
  });
});
