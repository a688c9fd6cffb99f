import type { Database } from '../../src/database';
import { addTopics, type LocalName, type TopicFields } from '../../src/topics';
import { Api } from '../support/api';
import { ARCHIVIST, NOW } from '../support/archive';
import { describeEachEngine, recordStatements } from '../support/engines';

const name = (language: string, text: string, ...aliases: string[]): LocalName => ({
  language,
  name: text,
  aliases,
});

const topic = (slug: string, names: LocalName[], fields: Partial<TopicFields> = {}): TopicFields => ({
  ...{ slug, kind: 'PLACE', parentId: null, description: null, wikidataId: null, names },
  ...fields,
});

const KARACHI = topic('karachi', [name('en', 'Karachi'), name('ur', 'کراچی'), name('fa-AF', 'کراچی')]);
const TTP = topic(
  'ttp',
  [
    name('en', 'Tehrik-i-Taliban Pakistan', 'TTP', 'Pakistani Taliban'),
    name('ps', 'د پاکستان د طالبانو غورځنګ'),
  ],
  { kind: 'ORGANISATION' },
);
const KABUL = topic('kabul', [name('fa-AF', 'کابل'), name('ps', 'کابل')]);
const ALIAS = topic('keamari', [name('ur', 'کیماڑی', 'کيماڑي')]);

describeEachEngine('topics', (store) => {
  let db: Database;
  const sent = recordStatements();
  let api: Api;

  beforeAll(async () => {
    db = await store.open(sent);
    await db.write((tx) => addTopics(tx, ARCHIVIST, NOW, [KARACHI, TTP, KABUL, ALIAS]));
    api = new Api(db);
  });

  const nameOf = async (slug: string, language?: string) => {
    const source =
      'query ($slug: String!, $language: LanguageTag) { topic(slug: $slug) { name(language: $language) } }';
    return (await api.ask<{ topic: { name: string } }>(source, { slug, language })).topic.name;
  };

  const matching = async (text: string, kind?: string) => {
    const source = `query ($text: String, $kind: TopicKind) {
      topics(matching: $text, kind: $kind) { totalCount nodes { slug } }
    }`;
    const variables = { text, kind };
    const { topics } = await api.ask<{ topics: { totalCount: number; nodes: { slug: string }[] } }>(
      source,
      variables,
    );
    expect(topics.totalCount).toBe(topics.nodes.length);
    return topics.nodes.map(({ slug }) => slug);
  };

  test.each([
    ['karachi', 'ur', 'کراچی'],
    ['karachi', undefined, 'Karachi'],
    ['karachi', 'de', 'Karachi'],
    ['karachi', 'fa', 'کراچی'],
    ['ttp', 'en-GB', 'Tehrik-i-Taliban Pakistan'],
    ['ttp', 'ur', 'Tehrik-i-Taliban Pakistan'],
    ['kabul', 'en', 'کابل'],
    ['kabul', undefined, 'کابل'],
    ['kabul', 'prs', 'کابل'],
  ])('%s is called in %s: %s', async (slug, language, expected) => {
    expect(await nameOf(slug, language)).toBe(expected);
  });

  test('have all their names, each language with its aliases', async () => {
    const source = '{ topic(slug: "ttp") { names { language name aliases } } }';
    expect(await api.ask(source)).toEqual({ topic: { names: TTP.names } });
  });

  test.each([
    ['kara', ['karachi']],
    ['KARACHI', ['karachi']],
    ['کراچ', ['karachi']],
    ['كراچي', ['karachi']],
    ['ttp', ['ttp']],
    ['pakistani tal', ['ttp']],
    ['taliban', []],
    ['kea', []],
    ['%', []],
    ["' or 1=1 --", []],
    ['_', []],
    ['\0', ['kabul', 'karachi', 'keamari', 'ttp']],
    ['', ['kabul', 'karachi', 'keamari', 'ttp']],
  ])('are found by the beginning of a name or alias: %j', async (text, expected) => {
    expect((await matching(text)).sort()).toEqual(expected);
  });

  test('are found once, however many of their names match', async () => {
    expect(await matching('ک')).toEqual(expect.arrayContaining(['karachi', 'kabul', 'keamari']));
    expect(await matching('ک')).toHaveLength(3);
    expect(await matching('t', 'PLACE')).toEqual([]);
    expect(await matching('t', 'ORGANISATION')).toEqual(['ttp']);
  });

  test('keep what they have when they are added again, and come back in the order asked', async () => {
    const { changes, topics } = db.tables;
    const before = await db.select().from(changes);
    const renamed = topic('karachi', [name('en', 'Kurrachee')]);
    const fresh = topic('lahore', [name('en', 'Lahore')]);
    const added = await db.write((tx) => addTopics(tx, ARCHIVIST, NOW, [fresh, renamed, fresh, KABUL]));
    const keys = new Map((await db.select().from(topics)).map((row) => [row.slug, row.id]));
    expect(added).toEqual(['lahore', 'karachi', 'lahore', 'kabul'].map((slug) => keys.get(slug)));
    expect(await nameOf('karachi')).toBe('Karachi');
    expect(await db.select().from(changes)).toHaveLength(before.length + 1);
  });

  test('of thousands are added in few statements', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) =>
      topic(`many-${index}`, [name('en', `Many ${index}`)]),
    );
    const texts = await sent.during(() => db.write((tx) => addTopics(tx, ARCHIVIST, NOW, many)));
    expect(texts.length).toBeLessThan(many.length / 10);
    expect(await matching('many 4999')).toEqual(['many-4999']);
  }, 30_000);
});
