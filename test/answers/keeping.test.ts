/** What becomes of answers while they are made, kept and asked for. */
import { sql } from 'drizzle-orm';
import { AnswerCache, KeptAnswer, type Making } from '../../src/answers';
import { heldClock } from '../../src/core/clock';
import type { Database } from '../../src/database';
import { NOW } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { type Answered, Newsroom } from '../support/newsroom';
import { CachedApi } from './cached-api';

const clock = heldClock(NOW);
const answer = (text: string) => ({ text, contentType: 'application/json', operationName: null });

describeEachEngine('a cache of answers', (store) => {
  let db: Database;
  let cache: AnswerCache;
  let newsroom: Newsroom;
  let article: Answered;
  beforeEach(async () => {
    db = await store.open();
    newsroom = new Newsroom(db, { clock });
    article = await newsroom.to(await newsroom.draft({ slug: 'news' }), 'publishArticle');
    cache = new AnswerCache({ database: db, clock, maxBytes: 200_000 });
  });
  afterEach(() => cache.close());

  /** The right to make the answer. */
  const making = async (key = 'key'): Promise<Making> => {
    const found = await cache.find(key);
    if (found === null || found instanceof KeptAnswer) throw new Error('There is an answer');
    return found;
  };
  const edit = async () => {
    article = await newsroom.to(article, 'updateArticle', { title: `Edition ${article.revision}` });
  };

  test('does not keep what was read from something that was changed meanwhile', async () => {
    const made = await making();
    made.footprint.node('article', 1);
    await edit();
    expect(await made.keep(answer('old'))).toBeNull();
    expect(await cache.find('key')).not.toBeInstanceOf(KeptAnswer);
  });

  test('keeps it where something else was changed', async () => {
    const made = await making();
    made.footprint.node('article', 2);
    made.footprint.room('topic');
    await edit();
    expect(await made.keep(answer('same'))).toBeInstanceOf(KeptAnswer);
    expect((await cache.find('key')) as KeptAnswer).toMatchObject({ tags: ['topics', 'article-2'] });
  });

  test('nobody is told an answer that began to be made before they could see a change', async () => {
    const before = await making();
    before.footprint.room('article');
    await edit();
    const after = await making();
    expect(after).not.toBe(before);
    const waiting = cache.find('key');
    await new Promise(setImmediate);
    await before.keep(answer('old'));
    await after.keep(answer('new'));
    expect(String(((await waiting) as KeptAnswer).bytes)).toBe('new');
  });

  test('whoever waits for an answer that cannot be kept makes one alone, at once', async () => {
    const first = await making();
    const waiting = Array.from({ length: 5 }, () => cache.find('key'));
    await new Promise(setImmediate);
    first.footprint.refuse();
    expect(await Promise.all(waiting)).toEqual([null, null, null, null, null]);
  });

  test('when a client goes away, one of those who wait makes the answer for the others', async () => {
    const first = await making();
    const waiting = Array.from({ length: 5 }, () => cache.find('key'));
    await new Promise(setImmediate);
    first.end('GONE');
    const second = (await Promise.race(waiting)) as Making;
    await second.keep(answer('made'));
    const found = await Promise.all(waiting);
    expect(found.filter((each) => each instanceof KeptAnswer)).toHaveLength(4);
  });

  test('holds no more than it may, the latest first, and nothing that is too large', async () => {
    const text = 'x'.repeat(10_000);
    for (let key = 0; key < 50; key++) await (await making(String(key))).keep(answer(text));
    expect(cache.size).toBeLessThanOrEqual(200_000);
    expect(cache.get('49')).toBeInstanceOf(KeptAnswer);
    expect(cache.get('0')).toBeNull();
    expect(await (await making('large')).keep(answer('x'.repeat(50_000)))).toBeNull();
  });

  test('holds no answer beyond its date, and none from the future of a clock that was put back', async () => {
    const moving = heldClock(NOW);
    const dated = new AnswerCache({ database: db, clock: moving, maxBytes: 200_000 });
    const made = (await dated.find('key')) as Making;
    made.footprint.until(NOW + 10, NOW);
    made.footprint.until(NOW - 10, NOW);
    await made.keep(answer('dated'));
    expect(dated.get('key')).not.toBeNull();
    moving.advance(9);
    expect(dated.get('key')).not.toBeNull();
    moving.advance(-10);
    expect(dated.get('key')).toBeNull();
    dated.close();
  });

  test('starts anew where the log was put back, or more has happened than is worth reading', async () => {
    await (await making()).keep(answer('kept'));
    expect(await cache.find('key')).toBeInstanceOf(KeptAnswer);
    await db.write(async (tx) => {
      await tx.execute(sql`update feed_head set seq = seq + 10000`);
      tx.announce();
    });
    await making();
  });

  test('a commit of this process costs the next reader one look at the log, and others none', async () => {
    const api = new CachedApi(db, clock);
    const query = 'query ($slug: String!) { topic(slug: $slug) { slug } }';
    for (let time = 1; time <= 3; time++) await api.ask(query, { slug: 'none' });
    expect(api.tally).toEqual({ hits: 2, kept: 1, unkept: 0 });
    await edit();
    expect(api.cache.get('anything')).toBeNull();
    await api.ask(query, { slug: 'none' });
    expect(api.tally).toEqual({ hits: 3, kept: 1, unkept: 0 });
    api.cache.close();
  });
});
