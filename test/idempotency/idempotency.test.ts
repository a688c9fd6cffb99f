import { sql } from 'drizzle-orm';
import type { Actor, Role } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { globalId } from '../../src/core/ids';
import { SecretBox } from '../../src/core/sealed';
import type { Database } from '../../src/database';
import { Idempotency, idempotencySweep, LIFETIME, MAX_KEY } from '../../src/idempotency';
import { ACTORS } from '../support/actors';
import { Api } from '../support/api';
import { NOW } from '../support/archive';
import { describeEachEngine } from '../support/engines';

interface Outcome {
  readonly made: { readonly id: string; readonly revision?: number } | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
}

/** Every mutation that makes something: what it answers with, its input, and another input. */
const CREATES = [
  ['Article', { title: 'A title', language: 'en', html: '<p>Text</p>' }, { title: 'Another' }],
  ['Author', { name: 'Zarghuna Wafadar' }, { bio: 'Writes.' }],
  ['Category', { name: 'World' }, { description: 'All of it' }],
  ['Collection', { title: 'Front page' }, { title: 'Front' }],
  [
    'Topic',
    { kind: 'PLACE', names: [{ language: 'en', name: 'Karachi' }] },
    { names: [{ language: 'en', name: 'Karachi', aliases: ['Kurrachee'] }] },
  ],
] as const;

describeEachEngine('what is sent again under an idempotency key', (store) => {
  let db: Database;
  let clock: ReturnType<typeof heldClock>;
  let keys = 0;
  beforeAll(async () => {
    db = await store.open();
  });
  beforeEach(() => {
    clock = heldClock(NOW);
  });
  const newKey = () => `key ${++keys}`;

  const create = async (type: string, input: object, actor: Actor = ACTORS.editor) => {
    const field = type.toLowerCase();
    const source = `mutation ($input: Create${type}Input!) {
      answer: create${type}(input: $input) { made: ${field} { id } userErrors { code field } }
    }`;
    return (await new Api(db, { actor, clock }).ask<{ answer: Outcome }>(source, { input })).answer;
  };
  const entries = async () => (await db.select().from(db.tables.changes)).length;

  describe.each(CREATES)('create%s', (type, input, other) => {
    test('makes one thing of twenty that come at once, and all are answered with it', async () => {
      const before = await entries();
      const idempotencyKey = newKey();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => create(type, { ...input, idempotencyKey })),
      );
      expect(new Set(answers.map(({ made }) => made?.id)).size).toBe(1);
      expect(answers[0]).toEqual({ made: { id: expect.any(String) }, userErrors: [] });
      expect(await entries()).toBe(before + 1);
      // In another order, and with nothing said by null.
      const again = { idempotencyKey, slug: null, ...Object.fromEntries(Object.entries(input).reverse()) };
      expect(await create(type, again)).toEqual(answers[0]);
    });

    test('refuses the key with another input, and makes nothing', async () => {
      const idempotencyKey = newKey();
      await create(type, { ...input, idempotencyKey });
      const before = await entries();
      expect(await create(type, { ...input, ...other, idempotencyKey })).toEqual({
        made: null,
        userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['input', 'idempotencyKey'] }],
      });
      expect(await entries()).toBe(before);
    });

    test('without a key makes another each time', async () => {
      const [first, second] = [await create(type, input), await create(type, input)];
      expect(first.made?.id).not.toBe(second.made?.id);
    });
  });

  test('is answered as it is by now', async () => {
    const input = { title: 'As it was', language: 'en', html: '', idempotencyKey: newKey() };
    const ask = async (source: string, variables: object) =>
      new Api(db, { actor: ACTORS.editor, clock }).ask<{ answer: { article: object } }>(source, {
        input: variables,
      });
    const answered = 'article { id title revision } userErrors { code }';
    const source = `mutation ($input: CreateArticleInput!) { answer: createArticle(input: $input) { ${answered} } }`;
    const { made } = await create('Article', input);
    await ask(
      `mutation ($input: UpdateArticleInput!) { answer: updateArticle(input: $input) { ${answered} } }`,
      { id: made?.id, expectedRevision: 1, title: 'As it is' },
    );
    expect(await ask(source, input)).toEqual({
      answer: { article: { id: made?.id, title: 'As it is', revision: 2 }, userErrors: [] },
    });
  });

  test('and is gone by now is refused, and not made anew', async () => {
    const input = { name: 'For a day', idempotencyKey: newKey() };
    const { made } = await create('Category', input);
    await db.write((tx) => tx.execute(sql`delete from categories where slug = 'for-a-day'`));
    expect(made?.id).toEqual(expect.any(String));
    expect(await create('Category', input)).toEqual({
      made: null,
      userErrors: [{ code: 'NOT_FOUND', field: null }],
    });
  });

  test('is another thing for another actor, and under another mutation', async () => {
    const idempotencyKey = newKey();
    const input = { title: 'Mine', idempotencyKey };
    const mine = await create('Collection', input);
    const theirs = await create('Collection', input, ACTORS.admin);
    const article = await create('Article', { ...input, language: 'en', html: '' });
    expect(mine.userErrors.concat(theirs.userErrors, article.userErrors)).toEqual([]);
    expect(mine.made?.id).not.toBe(theirs.made?.id);
  });

  test('after a refusal is a new attempt', async () => {
    const input = { title: 'Sooner or later', slug: 'sooner', idempotencyKey: newKey() };
    const articles = [globalId('Article', 999_999)];
    expect(await create('Collection', { ...input, articles })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND' }],
    });
    expect((await create('Collection', input)).userErrors).toEqual([]);
  });

  test('by somebody who may not any more is refused', async () => {
    const input = { title: 'Once', idempotencyKey: newKey() };
    await create('Collection', input);
    const demoted = { ...ACTORS.editor, roles: new Set<Role>(['MODERATOR']) };
    expect(await create('Collection', input, demoted)).toMatchObject({
      made: null,
      userErrors: [{ code: 'FORBIDDEN' }],
    });
  });

  test.each([
    ['empty', ''],
    ['too long', 'k'.repeat(MAX_KEY + 1)],
  ])('refuses a key that is %s', async (_what, idempotencyKey) => {
    expect(await create('Collection', { title: 'No', idempotencyKey })).toEqual({
      made: null,
      userErrors: [{ code: 'VALIDATION', field: ['input', 'idempotencyKey'] }],
    });
  });

  test('is done anew when the key has expired, also where nobody has swept it', async () => {
    const input = { title: 'Daily', idempotencyKey: newKey() };
    const first = await create('Collection', input);
    clock.advance(LIFETIME - 1);
    expect((await create('Collection', input)).made).toEqual(first.made);
    clock.advance(1);
    const second = await create('Collection', { ...input, title: 'Another day' });
    expect(second.userErrors).toEqual([]);
    expect(second.made?.id).not.toBe(first.made?.id);
    expect((await create('Collection', { ...input, title: 'Another day' })).made).toEqual(second.made);
  });

  test('keys that have expired are swept, and nobody reads what they were', async () => {
    const { idempotencyKeys: k } = db.tables;
    await db.write(async (tx) => {
      await tx.delete(k);
      await tx.insert(k).values(
        Array.from({ length: 1_200 }, (_, n) => ({
          ...{ hash: `old ${n}`, fingerprint: '', answer: '' },
          expiresAt: NOW - (n % 7),
        })),
      );
    });
    await create('Collection', { title: 'Kept', idempotencyKey: 'a key that can be guessed' });
    let writes = 0;
    await idempotencySweep().run({
      now: NOW,
      signal: new AbortController().signal,
      write: (work) => {
        writes += 1;
        return db.write(work);
      },
    });
    expect(writes).toBe(3);
    const [left, ...others] = await db.select().from(k);
    expect(others).toEqual([]);
    expect(left?.expiresAt).toBe(NOW + LIFETIME);
    expect(JSON.stringify(left)).not.toMatch(/guessed|Kept|user:editor|"id"/);
  });

  test('of guests is told apart by more than the actor that they share', async () => {
    const idempotency = new Idempotency(new SecretBox('a secret of at least 32 characters'));
    const comment = (asker: string, made: number) =>
      db.write((tx) =>
        idempotency.once({ operation: 'createComment', asker, input: { idempotencyKey: '1' } })(
          { tx, actor: ACTORS.anonymous, at: NOW },
          async () => ({ made }),
        ),
      );
    expect(await comment('a@example.org', 1)).toEqual({ made: 1 });
    expect(await comment('b@example.org', 2)).toEqual({ made: 2 });
    expect(await comment('a@example.org', 3)).toEqual({ made: 1 });
  });
});
