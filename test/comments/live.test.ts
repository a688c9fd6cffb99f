import { type ExecutionResult, parse, subscribe } from 'graphql';
import { createServices, requestContext } from '../../src/app';
import { ChangeFeed } from '../../src/changes';
import { type Actor, ANONYMOUS } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { globalId } from '../../src/core/ids';
import { silentLog } from '../../src/core/log';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { schema } from '../support/api';
import { NOW } from '../support/archive';
import { BOX, plainComment, storeComments } from '../support/discussions';
import { describeEachEngine } from '../support/engines';
import { GENEROUS, Readers, storePublished } from '../support/readers';

describeEachEngine('commentAdded', (store) => {
  let db: Database;
  let changes: ChangeFeed;

  const follow = async (article: number, actor: Actor = ANONYMOUS) => {
    const clock = heldClock(NOW);
    const services = createServices({ database: db, clock, box: BOX, changes, log: silentLog });
    const stream = await subscribe({
      schema,
      document: parse(
        'subscription ($id: ID!) { commentAdded(articleId: $id) { body { text } article { slug } moderation { status } } }',
      ),
      variableValues: { id: globalId('Article', article) },
      contextValue: requestContext({ database: db, clock, services }, { actor, requestId: 'test' }),
    });
    return stream as AsyncGenerator<ExecutionResult> | ExecutionResult;
  };
  const listening = async (article: number, actor?: Actor) => {
    const stream = await follow(article, actor);
    if (!('next' in stream)) throw new Error(JSON.stringify(stream.errors));
    return stream;
  };

  beforeAll(async () => {
    db = await store.open();
    await storePublished(db, 2);
    changes = new ChangeFeed({ database: db, log: silentLog });
  });
  afterAll(() => changes.close());

  test('tells of what everybody can read from now on, below the article that is meant, and of nothing else', async () => {
    const guests = new Readers(db).from('203.0.113.7');
    const moderator = guests.as(ACTORS.moderator);
    await guests.written(1, 'Before');
    const [readers, moderators] = [await listening(1), await listening(1, ACTORS.moderator)];
    const careful = guests.with({ comments: { ...GENEROUS, mode: 'PREMODERATED' } });
    const { comment: held } = await careful.written(1, 'Held');
    const { comment: refused } = await careful.written(1, 'Refused');
    await guests.written(2, 'Elsewhere');
    await storeComments(db, [plainComment(1, { text: 'Imported' })]);
    const { comment: gone } = await guests.written(1, 'Gone');
    await moderator.moderate('REJECTED', gone);
    await moderator.moderate('REJECTED', refused);
    await guests.written(1, 'Published');
    await moderator.moderate('APPROVED', held);
    for (const [stream, moderation] of [
      [readers, null],
      [moderators, { status: 'APPROVED' }],
    ] as const) {
      for (const text of ['Published', 'Held']) {
        const { value } = await stream.next();
        expect(value).toEqual({
          data: { commentAdded: { body: { text }, article: { slug: 'article-0' }, moderation } },
        });
      }
      await stream.return(undefined);
    }
  });

  test('of an article that is not there is refused', async () => {
    expect(await follow(4711)).toMatchObject({ errors: [{ message: 'There is no such article.' }] });
  });
});
