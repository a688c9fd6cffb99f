import type { Actor } from '../../src/core/actor';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { Api } from '../support/api';
import { type Archive, at, NOW, type PlannedArticle, storeArchive } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { changesOf } from '../support/log';

const FIELDS = `topic {
  id slug kind name description wikidataId revision parent { slug } names { language name aliases }
} userErrors { code message field }`;
const mutation = (name: string, input: string) =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { ${FIELDS} } }`;

const CREATE = mutation('createTopic', 'CreateTopicInput');
const UPDATE = mutation('updateTopic', 'UpdateTopicInput');
const RENAME = mutation('renameTopic', 'RenameTopicInput');
const ADD_ALIAS = mutation('addTopicAlias', 'TopicAliasInput');
const REMOVE_ALIAS = mutation('removeTopicAlias', 'TopicAliasInput');
const DELETE = `mutation ($input: SeenInput!) {
  deleteTopic(input: $input) { deletedId userErrors { code message field } }
}`;

interface Topic {
  readonly id: string;
  readonly slug: string;
  readonly revision: number;
  readonly names: readonly { language: string; name: string; aliases: readonly string[] }[];
}

interface Payload {
  readonly topic: Topic | null;
  readonly userErrors: readonly { readonly code: string; readonly field: string[] | null }[];
}

const en = (name: string, aliases: string[] = []) => ({ language: 'en', name, aliases });

describeEachEngine('topics', (store) => {
  let db: Database;
  let archive: Archive;

  beforeEach(async () => {
    db = await store.open();
    const article: PlannedArticle = {
      ...{ kind: 'ARTICLE', status: 'DRAFT', language: 'en', publishedAt: null, updatedAt: NOW },
      ...{ embargoUntil: null, expiresAt: null, authors: [], categories: [], topics: [1] },
    };
    // 1 below 0, 2 below 1.
    archive = await storeArchive(db, {
      ...{ authors: 0, categories: [], topics: [null, 0, 1], articles: [article] },
    });
  });

  const run = async (source: string, input: object, actor: Actor = ACTORS.editor): Promise<Payload> => {
    const answer = await new Api(db, { actor }).ask<Record<string, Payload>>(source, { input });
    return at(Object.values(answer), 0);
  };
  const done = async (source: string, input: object): Promise<Topic> => {
    const { topic, userErrors } = await run(source, input);
    expect(userErrors).toEqual([]);
    if (topic === null) throw new Error('No topic');
    return topic;
  };
  const id = (place: number) => globalId('Topic', at(archive.keys.topic, place));
  const ttp = () =>
    done(CREATE, {
      ...{ kind: 'ORGANISATION', parent: 'topic-0', description: ' A group. ', wikidataId: 'Q1' },
      names: [en(' Tehrik-i-Taliban Pakistan ', ['TTP', 'ttp', 'Pakistani Taliban'])],
    });
  const slugOf = async (slug: string) =>
    (
      await new Api(db).ask<{ topic: { slug: string } | null }>(
        'query ($slug: String!) { topic(slug: $slug) { slug } }',
        { slug },
      )
    ).topic?.slug ?? null;

  test('are made with their names, and a slug of the name', async () => {
    expect(await ttp()).toMatchObject({
      ...{ slug: 'tehrik-i-taliban-pakistan', kind: 'ORGANISATION', name: 'Tehrik-i-Taliban Pakistan' },
      ...{ description: 'A group.', wikidataId: 'Q1', revision: 1, parent: { slug: 'topic-0' } },
      names: [en('Tehrik-i-Taliban Pakistan', ['TTP', 'Pakistani Taliban'])],
    });
    const [entry] = (await changesOf(db, 'TOPIC')).slice(-1);
    expect(entry).toMatchObject({ op: 'CREATE', revision: 1, actor: ACTORS.editor.name });
  });

  test('of one name have slugs of their own, and never one that leads elsewhere', async () => {
    await done(UPDATE, { id: id(2), expectedRevision: 1, slug: 'karachi' });
    await done(UPDATE, { id: id(2), expectedRevision: 2, slug: 'keamari' });
    const made = await done(CREATE, { kind: 'PLACE', names: [en('Karachi')] });
    expect(made.slug).toBe('karachi-2');
    expect((await done(CREATE, { kind: 'PLACE', names: [en('Karachi')] })).slug).toBe('karachi-3');
    // Who asks for it by name may have it.
    expect((await done(CREATE, { kind: 'PLACE', names: [en('K')], slug: 'karachi' })).slug).toBe('karachi');
  });

  test('change what is given, and keep the rest; null clears', async () => {
    const { id: key } = await ttp();
    const changed = await done(UPDATE, { id: key, expectedRevision: 1, kind: 'SUBJECT', description: null });
    expect(changed).toMatchObject({
      ...{ kind: 'SUBJECT', description: null, wikidataId: 'Q1', revision: 2 },
      names: [en('Tehrik-i-Taliban Pakistan', ['TTP', 'Pakistani Taliban'])],
    });
    const lifted = await done(UPDATE, { id: key, expectedRevision: 2, parent: null, wikidataId: null });
    expect(lifted).toMatchObject({ parent: null, wikidataId: null });
    const [first, second] = (await changesOf(db, 'TOPIC')).slice(-2);
    expect(first?.payload).toEqual({ before: { kind: 'ORGANISATION', description: 'A group.' } });
    expect(second?.payload).toMatchObject({ before: { wikidataId: 'Q1', parent: archive.keys.topic[0] } });
  });

  test('tell the second of two editors', async () => {
    await done(UPDATE, { id: id(0), expectedRevision: 1, description: 'Mine' });
    const source = `mutation ($input: UpdateTopicInput!) {
      updateTopic(input: $input) { topic { id } userErrors { code ... on VersionConflict { current } } }
    }`;
    expect(await run(source, { id: id(0), expectedRevision: 1, description: 'Theirs' })).toEqual({
      topic: null,
      userErrors: [{ code: 'VERSION_CONFLICT', current: 2 }],
    });
  });

  test('are found under a slug that they had', async () => {
    await done(UPDATE, { id: id(0), expectedRevision: 1, slug: 'پاکستان' });
    expect(await slugOf('topic-0')).toBe('پاکستان');
    expect(await slugOf(encodeURIComponent('پاکستان'))).toBe('پاکستان');
    const route = '{ route(path: "/tag/topic-0") { ... on Redirect { to permanent } } }';
    expect(await new Api(db).ask(route)).toEqual({ route: { to: '/tag/پاکستان', permanent: true } });
    await done(UPDATE, { id: id(0), expectedRevision: 2, slug: 'topic-0' });
    expect([await slugOf('topic-0'), await slugOf('پاکستان')]).toEqual(['topic-0', 'topic-0']);
  });

  test('keep a former name as an alias, and take aliases in and out, as often as it is asked', async () => {
    const { id: key } = await ttp();
    for (const revision of [2, 2]) {
      const renamed = await done(RENAME, { id: key, language: 'en', name: 'Pakistani Taliban' });
      expect(renamed).toMatchObject({
        revision,
        names: [en('Pakistani Taliban', ['Tehrik-i-Taliban Pakistan', 'TTP'])],
      });
    }
    await done(RENAME, { id: key, language: 'ur', name: 'تحریک طالبان' });
    for (const revision of [4, 4]) {
      const input = { id: key, language: 'ur', alias: 'ٹی ٹی پی' };
      expect((await done(ADD_ALIAS, input)).revision).toBe(revision);
    }
    for (const revision of [5, 5]) {
      const input = { id: key, language: 'EN', alias: 'ttp' };
      expect(await done(REMOVE_ALIAS, input)).toMatchObject({
        revision,
        names: [
          en('Pakistani Taliban', ['Tehrik-i-Taliban Pakistan']),
          { language: 'ur', name: 'تحریک طالبان', aliases: ['ٹی ٹی پی'] },
        ],
      });
    }
    const matching = '{ topics(matching: "ٹی ٹی") { nodes { slug } } }';
    expect(await new Api(db).ask(matching)).toEqual({
      topics: { nodes: [{ slug: 'tehrik-i-taliban-pakistan' }] },
    });
  });

  test('that are not named in English keep the name that was given first', async () => {
    const names = ['ps', 'fa', 'ar'].map((language) => ({ language, name: `in ${language}`, aliases: [] }));
    const { id: key } = await done(CREATE, { kind: 'PLACE', names, slug: 'somewhere' });
    const renamed = await done(RENAME, { id: key, language: 'ar', name: 'other' });
    expect(renamed).toMatchObject({ name: 'in ps' });
  });

  test('are deleted when nothing refers to them, and say otherwise what does', async () => {
    const remove = (place: number) =>
      run(DELETE, { id: id(place), expectedRevision: 1 }).then(({ userErrors }) => userErrors);
    expect(await remove(0)).toMatchObject([
      {
        code: 'NOT_ALLOWED_IN_STATE',
        field: ['input', 'id'],
        message: expect.stringMatching('1 articles, 1 topics'),
      },
    ]);
    expect(await remove(1)).toMatchObject([{ code: 'NOT_ALLOWED_IN_STATE' }]);
    await done(UPDATE, { id: id(2), expectedRevision: 1, slug: 'renamed' });
    const gone = await run(DELETE, { id: id(2), expectedRevision: 2 });
    expect(gone).toEqual({ deletedId: id(2), userErrors: [] });
    expect([await slugOf('renamed'), await slugOf('topic-2')]).toEqual([null, null]);
  });

  test.each([
    ['no name', { names: [] }, 'VALIDATION', 'names'],
    ['an empty name', { names: [en(' ')] }, 'VALIDATION', 'names.0.name'],
    [
      'an endless alias',
      { names: [en('A'), { ...en('B', ['x'.repeat(201)]), language: 'ur' }] },
      'VALIDATION',
      'names.1.aliases.0',
    ],
    [
      'a language twice',
      { names: [en('A'), { ...en('B'), language: 'EN' }] },
      'VALIDATION',
      'names.1.language',
    ],
    [
      'too many aliases',
      {
        names: [
          en(
            'A',
            Array.from({ length: 51 }, (_, n) => `alias ${n}`),
          ),
        ],
      },
      'VALIDATION',
      'names.0.aliases',
    ],
    ['a slug of nothing', { slug: '؟!' }, 'VALIDATION', 'slug'],
    ['a slug that another has', { slug: 'Topic 0' }, 'SLUG_TAKEN', 'slug'],
    ['a parent that is not there', { parent: 'nowhere' }, 'NOT_FOUND', 'parent'],
    ['what is no id of Wikidata', { wikidataId: '889' }, 'VALIDATION', 'wikidataId'],
    ['a thing of the world that is there', { wikidataId: 'Q1' }, 'DUPLICATE', 'wikidataId'],
    ['a description without end', { description: 'x'.repeat(2_001) }, 'VALIDATION', 'description'],
  ])('refuse %s', async (_what, input, code, field) => {
    await ttp();
    const before = await changesOf(db, 'TOPIC');
    const { topic, userErrors } = await run(CREATE, { kind: 'PLACE', names: [en('New')], ...input });
    expect(topic).toBeNull();
    expect(userErrors).toMatchObject([{ code, field: ['input', ...field.split('.')] }]);
    expect(await changesOf(db, 'TOPIC')).toEqual(before);
  });

  test.each([
    ['below itself', 'topic-0'],
    ['below what is below it', 'topic-2'],
  ])('do not hang %s', async (_what, parent) => {
    const { userErrors } = await run(UPDATE, { id: id(0), expectedRevision: 1, parent });
    expect(userErrors).toMatchObject([{ code: 'VALIDATION', field: ['input', 'parent'] }]);
    expect(await new Api(db).ask('{ topic(slug: "topic-0") { revision } }')).toEqual({
      topic: { revision: 1 },
    });
  });

  test('do not hang deeper than anybody looks', async () => {
    let parent = 'topic-2';
    const depths: string[] = [];
    for (let depth = 0; depth < 25; depth++) {
      const { topic, userErrors } = await run(CREATE, { kind: 'PLACE', names: [en(`D${depth}`)], parent });
      if (topic === null) {
        expect(userErrors).toMatchObject([{ code: 'VALIDATION', field: ['input', 'parent'] }]);
        break;
      }
      parent = topic.slug;
      depths.push(parent);
    }
    expect(depths).toHaveLength(17);
  });

  test.each(['kind', 'names', 'slug'])('keep their %s: null does not clear it', async (field) => {
    const { userErrors } = await run(UPDATE, { id: id(0), expectedRevision: 1, [field]: null });
    expect(userErrors).toMatchObject([{ code: 'VALIDATION', field: ['input', field] }]);
  });

  test('have no alias in a language in which they have no name', async () => {
    const { userErrors } = await run(ADD_ALIAS, { id: id(0), language: 'ps', alias: 'A' });
    expect(userErrors).toMatchObject([{ code: 'VALIDATION', field: ['input', 'language'] }]);
  });

  test.each(['anonymous', 'reader', 'partner', 'contributor', 'moderator'] as const)(
    'are not for %s to change',
    async (name) => {
      const alias = { id: id(0), language: 'en', alias: 'Mine' };
      for (const [source, input] of [
        [CREATE, { kind: 'PLACE', names: [en('Mine')] }],
        [UPDATE, { id: id(0), expectedRevision: 1, kind: 'PLACE' }],
        [RENAME, { id: id(0), language: 'en', name: 'Mine' }],
        [ADD_ALIAS, alias],
        [REMOVE_ALIAS, alias],
        [mutation('mergeTopic', 'MergeTopicInput'), { id: id(0), expectedRevision: 1, into: id(1) }],
        [DELETE, { id: id(2), expectedRevision: 1 }],
      ] as const) {
        expect(await run(source, input, ACTORS[name])).toMatchObject({
          userErrors: [{ code: 'FORBIDDEN', field: null }],
        });
      }
      expect(await changesOf(db, 'TOPIC')).toHaveLength(3);
    },
  );
});
