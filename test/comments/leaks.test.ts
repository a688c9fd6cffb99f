/** That what is private, or was taken out, is in no answer, error or line of the log, whoever asks for whatever. */
import { getNamedType, isLeafType } from 'graphql';
import { networkOf } from '../../src/core/network';
import { SecretBox } from '../../src/core/sealed';
import { SECRET, SEEDED } from '../access/permissions/fixture';
import { Newsroom } from '../access/permissions/newsroom';
import { fieldsOf, glimpse, requestFor, waysFrom } from '../access/permissions/walk';
import { describeEachEngine } from '../support/engines';
import { TestProvider } from '../support/identity-provider';

const STRANGERS = ['anonymous', 'reader', 'partner'] as const;
/** The secret of the newsroom: what is derived with it must not get out either. */
const BOX = new SecretBox(SECRET);

const HASHES = [BOX.hash(SEEDED.email), BOX.hash(networkOf(SEEDED.ip))];
const PRIVATE = [SEEDED.email, 'seeded.person', 'private.example', SEEDED.ip, SEEDED.words].map((text) =>
  text.toLowerCase(),
);
const ENCODED = [SEEDED.email, SEEDED.ip, SEEDED.words].flatMap((text) => [
  Buffer.from(text).toString('base64url'),
  Buffer.from(text).toString('hex'),
]);

function leaksIn(text: string): string[] {
  const lower = text.toLowerCase();
  return [
    ...PRIVATE.filter((secret) => lower.includes(secret)),
    ...[...HASHES, ...ENCODED].filter((each) => text.includes(each)),
  ];
}

describeEachEngine('what is private', (store) => {
  let newsroom: Newsroom;
  let provider: TestProvider;

  beforeAll(async () => {
    await store.openEmpty();
    provider = await TestProvider.start();
    newsroom = await Newsroom.open(store.url(), provider);
  }, 60_000);

  afterAll(async () => {
    await newsroom.close();
    await provider.stop();
    expect(newsroom.logged().length).toBeGreaterThan(100);
    expect(leaksIn(newsroom.logged().join(''))).toEqual([]);
  });

  test.each(STRANGERS)(
    'is nowhere in the schema for %s',
    async (column) => {
      const { schema } = newsroom.app;
      const query = schema.getQueryType();
      if (!query) throw new Error('The schema has no queries');
      let asked = 0;
      for (const [owner, way] of waysFrom(schema, query)) {
        // All leaves at once, and by itself what leads on.
        const leaves = fieldsOf(owner).filter(
          (field) => isLeafType(getNamedType(field.type)) && field.args.length === 0,
        );
        const selections = [
          `{ __typename ${leaves.map(({ name }) => name).join(' ')} }`,
          ...fieldsOf(owner)
            .filter((field) => !leaves.includes(field))
            .map((field) => field),
        ];
        for (const selection of selections) {
          const { fixture } = newsroom;
          const request =
            typeof selection === 'string'
              ? requestFor(way, selection, { fixture, aims: [] })
              : requestFor(
                  [...way, { owner: owner.name, field: selection, found: null }],
                  glimpse(selection),
                  { fixture, aims: [] },
                );
          const answer = await newsroom.ask(column, request);
          asked += 1;
          expect([request.query, leaksIn(JSON.stringify(answer))]).toEqual([request.query, []]);
        }
      }
      expect(asked).toBeGreaterThan(100);
    },
    60_000,
  );

  test('is not told by errors, and no order, filter or cursor goes by it', async () => {
    const { published, comment } = newsroom.fixture;
    const guest = { name: SEEDED.words, email: SEEDED.email };
    const create =
      'mutation ($input: CreateCommentInput!) { createComment(input: $input) { comment { id } userErrors { code message field } } }';
    const inputs = [
      { articleId: published, body: '', guest },
      { articleId: SEEDED.words, body: 'x', guest },
      { articleId: published, body: 'x', guest: { ...guest, email: `${SEEDED.email} x` } },
      { articleId: published, body: 'x'.repeat(9_000), guest },
      { articleId: published, body: 'x', guest: { email: SEEDED.email } },
    ];
    for (const input of inputs) {
      const { errors, data } = await newsroom.ask('anonymous', { query: create, variables: { input } });
      // What graphql-js says of a variable quotes it to who has sent it, and to nobody else.
      if (!errors) expect(leaksIn(JSON.stringify(data))).toEqual([]);
    }
    const cursors = await newsroom.ask('anonymous', {
      query:
        'query ($id: ID!) { article(id: $id) { comments { edges { cursor } } } comment(id: $comment, editToken: "no") { id } }'.replace(
          '$id: ID!',
          '$id: ID!, $comment: ID!',
        ),
      variables: { id: published, comment },
    });
    expect(leaksIn(JSON.stringify(cursors))).toEqual([]);
    const decoded = JSON.stringify(cursors.data).matchAll(/"cursor":"([^"]+)"/g);
    for (const [, cursor = ''] of decoded)
      expect(leaksIn(Buffer.from(cursor, 'base64url').toString())).toEqual([]);
  });

  test('is seen by moderators, so that there is something to leak', async () => {
    const answer = await newsroom.ask('moderator', {
      query: '{ moderationQueue { nodes { body { text } moderation { email history { reason } } } } }',
      variables: {},
    });
    expect(leaksIn(JSON.stringify(answer))).toEqual(
      expect.arrayContaining([SEEDED.email.toLowerCase(), SEEDED.words.toLowerCase()]),
    );
  });
});
