import { sql } from 'drizzle-orm';
import { heldClock } from '../../src/core/clock';
import type { Database } from '../../src/database';
import { Gazetteer } from '../../src/gazetteer';
import { Tagger } from '../../src/tagging';
import { TopicService, tagArchive } from '../../src/topics';
import { ARCHIVIST, NOW } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { changesOf } from '../support/log';
import { type Answered, Newsroom } from '../support/newsroom';
import { wholeState } from '../support/whole-state';

const clock = heldClock(NOW);

/** The gazetteer of a test knows one place that is no topic yet. */
const HERAT = new Gazetteer([
  {
    ...{ id: 'herat', kind: 'PLACE', parentId: null, wikidataId: null, countryCode: null },
    names: [{ language: 'en', name: 'Herat', aliases: [] }],
  },
]);

describeEachEngine('what articles are tagged with by their texts', (store) => {
  let db: Database;
  let desk: Newsroom;
  let topics: TopicService;
  const keys: Record<string, number> = {};

  beforeEach(async () => {
    db = await store.open();
    desk = new Newsroom(db, { clock });
    topics = new TopicService(db, clock);
    for (const name of ['Kabul', 'Kunduz', 'Quetta']) {
      const names = [{ language: 'en', name, aliases: [] }];
      keys[name] = (await topics.create(ARCHIVIST, { kind: 'PLACE', names })).id;
    }
  });

  const draft = (html: string, input: object = {}) => desk.draft({ title: 'A title', html, ...input });

  test('a new article carries what it names, beside what its editor has given it', async () => {
    const article = await draft('<p>From Kabul, Kabul says.</p>', { topics: ['quetta'] });
    expect(article.topics).toEqual([
      { topic: { slug: 'quetta' }, source: 'EDITOR', salience: 1 },
      { topic: { slug: 'kabul' }, source: 'MACHINE', salience: 0.4375 },
    ]);
  });

  test('follows the text, in the same revision', async () => {
    const article = await draft('<p>From Kabul.</p>');
    const later = await desk.to(article, 'updateArticle', { html: '<p>From Kunduz.</p>' });
    expect(sources(later)).toEqual({ kunduz: 'MACHINE' });
    expect(later.revision).toBe(article.revision + 1);
    const titled = await desk.to(later, 'updateArticle', { title: 'Quetta' });
    expect(sources(titled)).toEqual({ kunduz: 'MACHINE', quetta: 'MACHINE' });
  });

  test('what an editor has taken away is not put back, until an editor gives it again', async () => {
    const article = await draft('<p>Kabul and Kunduz.</p>');
    const taken = await desk.to(article, 'updateArticle', { topics: ['kunduz'] });
    expect(sources(taken)).toEqual({ kunduz: 'MACHINE' });
    const edited = await desk.to(taken, 'updateArticle', { html: '<p>Kabul, Kabul and Kunduz.</p>' });
    const published = await desk.to(edited, 'publishArticle');
    expect(sources(published)).toEqual({ kunduz: 'MACHINE' });
    expect(await tag()).toMatchObject({ changed: 0 });
    const given = await desk.to(published, 'updateArticle', { topics: ['kabul', 'kunduz'] });
    expect(sources(given)).toEqual({ kabul: 'EDITOR', kunduz: 'MACHINE' });
    expect(await removed()).toEqual([]);
  });

  test('what a person lists stays when the text does not name it any more', async () => {
    const article = await draft('<p>Kabul.</p>');
    const edit = { topics: ['kabul'], html: '<p>Kunduz.</p>' };
    expect(sources(await desk.to(article, 'updateArticle', edit))).toEqual({
      kabul: 'EDITOR',
      kunduz: 'MACHINE',
    });
  });

  test('a merger takes along what was taken away', async () => {
    const article = await draft('<p>Kabul and Kunduz.</p>');
    await desk.to(article, 'updateArticle', { topics: [] });
    const [kabul = 0, quetta = 0] = [keys.Kabul, keys.Quetta];
    await topics.merge(ARCHIVIST, { id: kabul, revision: 1 }, quetta);
    expect(new Set(await removed())).toEqual(new Set([quetta, keys.Kunduz]));
    expect(await tag()).toMatchObject({ changed: 0 });
  });

  test('an article that is rolled back has the topics that it had then', async () => {
    const article = await draft('<p>Kabul.</p>');
    const changed = await desk.to(article, 'updateArticle', { html: '<p>Kunduz.</p>' });
    const back = await desk.to(changed, 'rollbackArticle', { revision: 1 });
    expect(sources(back)).toEqual({ kabul: 'MACHINE' });
    expect(await removed()).toEqual([]);
  });

  test('another name finds nothing in articles that are there, until the archive is tagged', async () => {
    const article = await draft('<p>Cabool.</p>');
    await draft('<p>Nothing.</p>');
    await topics.addAlias(ARCHIVIST, keys.Kabul ?? 0, 'en', 'Cabool');
    expect(await reread(article)).toEqual({});
    const before = await wholeState(db);
    expect(await tag({ dryRun: true })).toMatchObject({ read: 2, changed: 1, given: 1, taken: 0 });
    expect(await wholeState(db)).toEqual(before);
    const entries = (await changesOf(db, 'ARTICLE')).length;
    expect(await tag()).toMatchObject({ read: 2, changed: 1, given: 1, taken: 0, made: 0 });
    expect(await reread(article)).toEqual({ kabul: 'MACHINE' });
    const added = (await changesOf(db, 'ARTICLE')).slice(entries);
    expect(added).toMatchObject([{ entity: 'ARTICLE', op: 'RETAG', actor: 'system:tagger', revision: 2 }]);
    const after = await wholeState(db);
    expect(await tag()).toMatchObject({ read: 2, changed: 0 });
    expect(await wholeState(db)).toEqual(after);
  });

  test('a topic that lost a name loses the articles that had it by that name', async () => {
    await topics.addAlias(ARCHIVIST, keys.Kabul ?? 0, 'en', 'Cabool');
    const article = await draft('<p>Cabool.</p>', { topics: ['quetta'] });
    await topics.removeAlias(ARCHIVIST, keys.Kabul ?? 0, 'en', 'Cabool');
    expect(await tag()).toMatchObject({ changed: 1, given: 0, taken: 1 });
    expect(await reread(article)).toEqual({ quetta: 'EDITOR' });
  });

  test('what the gazetteer alone knows becomes a topic when the archive is tagged', async () => {
    const article = await draft('<p>Herat.</p>');
    expect(await tag({ dryRun: true, gazetteer: HERAT })).toMatchObject({ changed: 1, given: 1, made: 1 });
    expect(await tag({ gazetteer: HERAT })).toMatchObject({ changed: 1, given: 1, made: 1 });
    expect(await reread(article)).toEqual({ herat: 'MACHINE' });
    expect(await tag({ gazetteer: HERAT })).toMatchObject({ changed: 0, made: 0 });
  });

  test('a run that is broken off goes on where it was', async () => {
    for (let count = 0; count < 120; count++) await draft('<p>Cabool.</p>');
    await topics.addAlias(ARCHIVIST, keys.Kabul ?? 0, 'en', 'Cabool');
    const broken = tag({
      onProgress: () => {
        throw new Error('broken off');
      },
    });
    await expect(broken).rejects.toThrow('broken off');
    expect(await tag()).toMatchObject({ from: expect.any(Number), read: 20, changed: 20 });
    expect(await tag()).toMatchObject({ from: 0, read: 120, changed: 0 });
  });

  test('what is withdrawn stays as it is, and nobody is told that an article is newer', async () => {
    const [article, other] = [await draft('<p>Cabool.</p>'), await draft('<p>Cabool.</p>')];
    await desk.to(other, 'withdrawArticle', { note: 'No' });
    const before = await updatedAt();
    await topics.addAlias(ARCHIVIST, keys.Kabul ?? 0, 'en', 'Cabool');
    clock.advance(1_000);
    expect(await tag()).toMatchObject({ read: 2, changed: 1 });
    expect(await updatedAt()).toEqual(before);
    expect(await reread(article)).toEqual({ kabul: 'MACHINE' });
  });

  const tag = ({
    gazetteer = new Gazetteer([]),
    ...options
  }: {
    gazetteer?: Gazetteer;
    dryRun?: boolean;
    onProgress?: () => void;
  } = {}) => tagArchive({ database: db, clock, tagger: new Tagger(gazetteer), ...options });

  const removed = async () => (await db.select().from(db.tables.removedTopics)).map(({ topicId }) => topicId);

  const updatedAt = () => db.rows(sql`select id, updated_at from articles order by id`);

  async function reread({ slug }: Answered): Promise<object> {
    const source = 'query($slug: String!) { article(slug: $slug) { topics { topic { slug } source } } }';
    return sources((await desk.api.ask<{ article: Pick<Answered, 'topics'> }>(source, { slug })).article);
  }
});

/** Where each topic comes from, by its slug. */
function sources({ topics }: Record<string, unknown>): Record<string, string> {
  const carried = topics as { topic: { slug: string }; source: string }[];
  return Object.fromEntries(carried.map(({ topic, source }) => [topic.slug, source]));
}
