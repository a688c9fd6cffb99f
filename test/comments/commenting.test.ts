/** Who may comment below which articles, while that changes. */
import { setTimeout as delay } from 'node:timers/promises';
import { createServices } from '../../src/app';
import { ChangeFeed } from '../../src/changes';
import type { CommentChecker } from '../../src/comments';
import { ANONYMOUS } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { globalId } from '../../src/core/ids';
import { silentLog } from '../../src/core/log';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { NOW } from '../support/archive';
import { BOX } from '../support/discussions';
import { describeEachEngine } from '../support/engines';
import { GENEROUS, GUEST, Readers, storePublished } from '../support/readers';

/** Something that is waited for until it is let go. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

/** Asked about a comment, it says that it was, and takes its time. */
function slowChecker() {
  const [asked, answers] = [gate(), gate()];
  const checker: CommentChecker = {
    check: async () => {
      asked.open();
      await answers.opened;
      return 'FINE' as const;
    },
  };
  return { checker, asked: asked.opened, answer: answers.open };
}

describeEachEngine('discussions that close', (store) => {
  let db: Database;
  let other: Database;
  let guests: Readers;
  let editor: Readers;

  // Category 2 stands below 1; all articles are in 2, and 3 has none.
  beforeEach(async () => {
    db = await store.open();
    other = await store.openAnother();
    await storePublished(db, 4, { categories: [1] }, [null, 0, null]);
    guests = new Readers(db).from('203.0.113.7');
    editor = new Readers(other, { actor: ACTORS.editor });
  });

  const category = (id: number) => globalId('Category', id);
  const setCategory = (id: number, mode: string) =>
    editor.call('setCategoryCommenting', { categoryId: category(id), mode }, 'category { id }');
  const WAYS: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['the site', () => editor.call('setSiteCommenting', { mode: 'CLOSED' }, 'mode')],
    ['a category', () => setCategory(2, 'CLOSED')],
    ['a category above', () => setCategory(1, 'CLOSED')],
    [
      'the article',
      () =>
        editor.call('setCommenting', { articleId: globalId('Article', 1), mode: 'CLOSED' }, 'article { id }'),
    ],
    [
      'a move below what is closed',
      async () => {
        const input = { id: category(2), expectedRevision: 1, parent: 'category-2' };
        return editor.call('updateCategory', input, 'category { id }');
      },
    ],
    [
      'a merger into what is closed',
      async () => {
        const input = { id: category(2), expectedRevision: 1, into: category(3) };
        return editor.call('mergeCategory', input, 'category { id }');
      },
    ],
  ];

  test.each(WAYS)('by %s: whoever is storing a comment is waited for', async (_, close) => {
    await setCategory(3, 'CLOSED');
    const [storing, stored] = [gate(), gate()];
    const services = createServices({
      ...{ database: db, clock: heldClock(NOW), box: BOX, log: silentLog, comments: GENEROUS },
      changes: new ChangeFeed({ database: db, log: silentLog }),
    });
    const draft = { articleId: 1, parentId: null, body: 'In time', guest: GUEST, website: null };
    const origin = { address: '203.0.113.7', userAgent: null };
    const happened: string[] = [];
    const writing = services.comments
      .create(ANONYMOUS, origin, draft, async (_scope, work) => {
        const made = await work();
        storing.open();
        await stored.opened;
        return made;
      })
      .then(() => happened.push('taken'));
    await storing.opened;
    const closing = close().then((answer) => {
      expect(answer).toMatchObject({ userErrors: [] });
      happened.push('closed');
    });
    // Long enough for one that does not wait.
    await Promise.race([closing, delay(150)]);
    stored.open();
    await Promise.all([writing, closing]);
    expect(happened).toEqual(['taken', 'closed']);
    expect(await guests.write(1, 'Too late')).toMatchObject({ userErrors: [{ code: 'COMMENTS_CLOSED' }] });
  });

  test.each(WAYS)('by %s: what is still being checked comes too late', async (_, close) => {
    await setCategory(3, 'CLOSED');
    const { checker, asked, answer } = slowChecker();
    const writing = guests.with({ commentChecker: checker }).write(1, 'On its way');
    await asked;
    expect(await close()).toMatchObject({ userErrors: [] });
    answer();
    expect(await writing).toMatchObject({ comment: null, userErrors: [{ code: 'COMMENTS_CLOSED' }] });
    expect(await guests.count(1)).toBe(0);
  });

  test('an edit that is being checked while its article is withdrawn changes nothing', async () => {
    const { comment, editToken } = await guests.written(1, 'As it was');
    const { checker, asked, answer } = slowChecker();
    const edit = { id: comment.id, body: 'As it is not', expectedVersion: 1, editToken };
    const editing = guests.with({ commentChecker: checker }).send('editComment', edit);
    await asked;
    const withdrawal = { id: globalId('Article', 1), expectedRevision: 1, note: 'Not so.' };
    expect(await editor.call('withdrawArticle', withdrawal, 'article { id }')).toMatchObject({
      userErrors: [],
    });
    answer();
    expect(await editing).toMatchObject({ comment: null, userErrors: [{ code: 'NOT_FOUND' }] });
    const { comments, commentRevisions } = db.tables;
    expect(await db.select().from(comments)).toMatchObject([{ text: 'As it was', version: 1 }]);
    expect(await db.select().from(commentRevisions)).toEqual([]);
  });

  test('an edit that is being checked while moderators begin to look first waits for them', async () => {
    const { comment, editToken } = await guests.written(1, 'As it was');
    const { checker, asked, answer } = slowChecker();
    const edit = { id: comment.id, body: 'As it will be', expectedVersion: 1, editToken };
    const editing = guests.with({ commentChecker: checker }).send('editComment', edit);
    await asked;
    await setCategory(1, 'PREMODERATED');
    answer();
    expect(await editing).toMatchObject({ comment: { held: true }, userErrors: [] });
  });
});

describeEachEngine('how readers may comment, of categories that are merged', (store) => {
  const modeOf = async (readers: Readers) => {
    const { article } = await readers.api.ask<{ article: { commenting: { mode: string } } }>(
      '{ article(slug: "article-0") { commenting { mode } } }',
    );
    return article.commenting.mode;
  };
  const merge = { id: globalId('Category', 1), expectedRevision: 1, into: globalId('Category', 2) };

  test.each([
    ['CLOSED', 'PREMODERATED', 'PREMODERATED'],
    ['CLOSED', 'OPEN', 'OPEN'],
    ['OPEN', 'CLOSED', 'CLOSED'],
    ['PREMODERATED', null, 'PREMODERATED'],
    ['CLOSED', null, 'CLOSED'],
    [null, 'CLOSED', 'CLOSED'],
    [null, null, 'OPEN'],
  ])('one that is %s and becomes part of one that is %s: then %s holds', async (from, into, holds) => {
    const db = await store.open();
    await storePublished(db, 1, { categories: [0] }, [null, null]);
    const editor = new Readers(db, { actor: ACTORS.editor });
    for (const [id, mode] of [
      [1, from],
      [2, into],
    ] as const)
      if (mode !== null)
        await editor.call(
          'setCategoryCommenting',
          { categoryId: globalId('Category', id), mode },
          'category { id }',
        );
    expect(await editor.call('mergeCategory', merge, 'category { id }')).toMatchObject({ userErrors: [] });
    expect(await modeOf(editor)).toBe(holds);
    const kept = (await db.select().from(db.tables.settings)).filter(({ name }) =>
      name.startsWith('commenting'),
    );
    expect(kept).toEqual(from === null && into === null ? [] : [{ name: 'commenting:2', value: holds }]);
  });

  test('of a category that is deleted nothing is remembered', async () => {
    const db = await store.open();
    await storePublished(db, 1, {}, [null]);
    const editor = new Readers(db, { actor: ACTORS.editor });
    const categoryId = globalId('Category', 1);
    await editor.call('setCategoryCommenting', { categoryId, mode: 'CLOSED' }, 'category { id }');
    const deletion = `mutation ($input: SeenInput!) { deleteCategory(input: $input) { deletedId } }`;
    await editor.api.ask(deletion, { input: { id: categoryId, expectedRevision: 1 } });
    const { settings } = db.tables;
    expect((await db.select().from(settings)).filter(({ name }) => name.startsWith('commenting'))).toEqual(
      [],
    );
  });
});
