import { heldClock } from '../../src/core/clock';
import { globalId } from '../../src/core/ids';
import { ACTORS } from '../support/actors';
import { HOUR, NOW } from '../support/archive';
import { plainComment, storeComments } from '../support/discussions';
import { describeEachEngine, recordStatements } from '../support/engines';
import { Readers, storePublished } from '../support/readers';

const DAY = 24 * HOUR;

describeEachEngine('stats of discussions', (store) => {
  test('count comments by day and status, the most discussed articles, and how long decisions take', async () => {
    const sent = recordStatements();
    const db = await store.open(sent);
    await storePublished(db, 3, { publishedAt: NOW - 30 * DAY });
    const at = (days: number) => ({ createdAt: NOW - days * DAY });
    const ids = await storeComments(db, [
      plainComment(1, at(9)),
      plainComment(1, at(2)),
      plainComment(2, at(2)),
      plainComment(2, at(1)),
      plainComment(3, { ...at(1), status: 'SPAM' }),
      ...[1, 1, 2, 2].map((days) => plainComment(3, { ...at(days), status: 'PENDING' })),
    ]);
    // Decided after 1, 2 and 2 days; one still waits.
    const moderator = new Readers(db, { actor: ACTORS.moderator, clock: heldClock(NOW) });
    const waiting = ids.slice(5).map((id) => ({ id: globalId('Comment', id), version: 1 }));
    await moderator.moderate('REJECTED', ...waiting.slice(1));
    const query = `query ($from: DateTime!, $to: DateTime!) { newsroomStats(window: { from: $from, to: $to }) {
      buckets { comments pending } comments { status commentCount } mostDiscussed { slug } medianModerationSeconds
    } }`;
    const variables = { from: new Date(NOW - 3 * DAY).toISOString(), to: new Date(NOW + HOUR).toISOString() };
    const editor = moderator.as(ACTORS.editor);
    let answer: unknown;
    const statements = await sent.during(async () => {
      answer = await editor.api.ask(query, variables);
    });
    expect(statements.length).toBeLessThanOrEqual(5);
    // Days begin at midnight, NOW is noon: the first and the last are cut.
    expect(answer).toEqual({
      newsroomStats: {
        buckets: [
          { comments: 0, pending: 0 },
          { comments: 4, pending: 0 },
          { comments: 4, pending: 1 },
          { comments: 0, pending: 0 },
        ],
        comments: [
          { status: 'APPROVED', commentCount: 3 },
          { status: 'PENDING', commentCount: 1 },
          { status: 'REJECTED', commentCount: 3 },
          { status: 'SPAM', commentCount: 1 },
          { status: 'DELETED', commentCount: 0 },
        ],
        mostDiscussed: [{ slug: 'article-1' }, { slug: 'article-0' }],
        medianModerationSeconds: (2 * DAY) / 1_000,
      },
    });
    const none = { from: new Date(NOW - 20 * DAY).toISOString(), to: new Date(NOW - 19 * DAY).toISOString() };
    expect(await editor.api.ask(query, none)).toMatchObject({
      newsroomStats: {
        buckets: [{ comments: 0 }, { comments: 0 }],
        mostDiscussed: [],
        medianModerationSeconds: null,
      },
    });
  });
});
