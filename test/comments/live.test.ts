import { type ExecutionResult, parse } from 'graphql';
import { createServices, requestContext } from '../../src/app';
import { ChangeFeed } from '../../src/changes';
import type { Services } from '../../src/context';
import { type Actor, ANONYMOUS } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { globalId } from '../../src/core/ids';
import { silentLog } from '../../src/core/log';
import type { Database } from '../../src/database';
import { runSubscription } from '../../src/graphql/subscriptions';
import { ACTORS } from '../support/actors';
import { schema } from '../support/api';
import { NOW } from '../support/archive';
import { BOX, plainComment, storeComments } from '../support/discussions';
import { describeEachEngine, recordStatements } from '../support/engines';
import { GENEROUS, Readers, storePublished } from '../support/readers';

const DOCUMENT = parse(
  'subscription ($id: ID!) { commentAdded(articleId: $id) { body { text } article { slug } moderation { status } } }',
);

describeEachEngine('commentAdded', (store) => {
  let db: Database;
  let changes: ChangeFeed;
  let services: Services;
  const clock = heldClock(NOW);
  const sent = recordStatements();
  const streams: AsyncIterator<ExecutionResult, unknown, undefined>[] = [];

  const follow = async (article: number, actor: Actor = ANONYMOUS) => {
    const accepted = {
      ...{ schema, document: DOCUMENT, operationName: null },
      variableValues: { id: globalId('Article', article) },
    };
    return runSubscription(accepted, (event) =>
      requestContext({ database: db, clock, services }, { actor, requestId: 'test', event }),
    );
  };
  const listening = async (article: number, actor?: Actor) => {
    const stream = await follow(article, actor);
    if (!('next' in stream)) throw new Error(JSON.stringify(stream.errors));
    streams.push(stream);
    return stream;
  };

  beforeAll(async () => {
    db = await store.open(sent);
    await storePublished(db, 2);
    changes = new ChangeFeed({ database: db, log: silentLog });
    services = createServices({ database: db, clock, box: BOX, changes, log: silentLog });
  });
  afterEach(async () => {
    for (const stream of streams.splice(0)) await stream.return?.();
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
    }
  });

  test('costs no statement more for being many', async () => {
    const guests = new Readers(db).from('203.0.113.8');
    const listeners: AsyncIterator<ExecutionResult, unknown, undefined>[] = [];
    const more = async (count: number) => {
      for (let i = 0; i < count; i++)
        listeners.push(await listening(2, i % 2 === 0 ? ANONYMOUS : ACTORS.reader));
    };
    let told = 0;
    const tell = async () => {
      const text = `To all ${told++}`;
      await guests.written(2, text);
      const heard = await Promise.all(listeners.map((listener) => listener.next()));
      for (const { value } of heard)
        expect(value).toMatchObject({ data: { commentAdded: { body: { text } } } });
    };
    // What asks whether there is anything new, and is asked as often as there is time for.
    const isOwn = (text: string) => !/feed_head|from "?changes|data_version/i.test(text);
    await more(2);
    await tell();
    const few = (await sent.during(tell)).filter(isOwn);
    await more(48);
    const many = (await sent.during(tell)).filter(isOwn);
    expect(many.length).toBe(few.length);
  });

  test('is told to who comes just as the last one leaves', async () => {
    const guests = new Readers(db).from('203.0.113.9');
    for (let round = 0; round < 3; round++) {
      const leaving = await listening(1);
      const left = leaving.return?.();
      const coming = await listening(1);
      await left;
      await guests.written(1, `Round ${round}`);
      expect((await coming.next()).value).toMatchObject({
        data: { commentAdded: { body: { text: `Round ${round}` } } },
      });
      await coming.return?.();
    }
  });

  test('of an article that is not there is refused', async () => {
    expect(await follow(4711)).toMatchObject({ errors: [{ message: 'There is no such article.' }] });
  });
});
