import { sql } from 'drizzle-orm';
import { ANONYMOUS } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { Api } from '../support/api';
import { HOUR, NOW } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { type Answered, Newsroom } from '../support/newsroom';
import { storeRichArchive } from '../support/rich-archive';

const iso = (instant: number) => new Date(instant).toISOString();

describeEachEngine('the life of an article', (store) => {
  let db: Database;
  let clock: ReturnType<typeof heldClock>;
  let newsroom: Newsroom;
  beforeAll(async () => {
    db = await store.open();
    await storeRichArchive(db, 3);
  });
  beforeEach(() => {
    clock = heldClock(NOW);
    newsroom = new Newsroom(db, { clock });
  });

  const SEEN = `query ($id: ID!, $path: String!) {
    article(id: $id) { status publishedAt }
    route(path: $path) { __typename ... on Gone { since } }
    articles(first: 100) { nodes { id } }
  }`;
  interface Seen {
    article: { status: string; publishedAt: string } | null;
    route: { __typename: string; since?: string } | null;
    articles: { nodes: { id: string }[] };
  }
  /** What a reader makes of the article at the moment. */
  const readers = async ({ id, path }: Answered) => {
    const reader = new Api(db, { actor: ANONYMOUS, clock });
    const { article, route, articles } = await reader.ask<Seen>(SEEN, { id, path });
    return { article, route, listed: articles.nodes.some((node) => node.id === id) };
  };
  const NOTHING = { article: null, route: null, listed: false };
  const lastEntry = async () =>
    (await db.select().from(db.tables.changes).orderBy(db.tables.changes.seq)).at(-1);

  test('that is published now is answered as published, however long that takes', async () => {
    let now = NOW;
    const ticking = new Newsroom(db, { clock: { now: () => now++ } });
    const published = await ticking.to(await ticking.draft(), 'publishArticle');
    expect(published).toMatchObject({ status: 'PUBLISHED', revision: 2 });
  });

  test('a draft is published now, for readers to see', async () => {
    const draft = await newsroom.draft();
    expect(await readers(draft)).toEqual(NOTHING);
    const published = await newsroom.to(draft, 'publishArticle');
    expect(published).toMatchObject({ status: 'PUBLISHED', publishedAt: iso(NOW), revision: 2 });
    expect(await readers(published)).toEqual({
      article: { status: 'PUBLISHED', publishedAt: iso(NOW) },
      route: { __typename: 'RouteTo' },
      listed: true,
    });
    expect(await lastEntry()).toMatchObject({ op: 'PUBLISH', revision: 2, actor: 'user:editor' });
  });

  test('one that is scheduled is there from its instant on, also where no scheduler runs', async () => {
    const [category] = await db.rows<{ coverage: number }>(
      sql`select coverage from categories where slug = 'category-0'`,
    );
    const before = category?.coverage ?? 0;
    const draft = await newsroom.draft({ categories: ['category-0'], topics: ['topic-1'] });
    const scheduled = await newsroom.to(draft, 'publishArticle', { at: iso(NOW + HOUR) });
    expect(scheduled).toMatchObject({ status: 'SCHEDULED', publishedAt: iso(NOW + HOUR) });
    expect(await lastEntry()).toMatchObject({ op: 'SCHEDULE', revision: 2 });
    clock.advance(HOUR - 1);
    expect(await readers(scheduled)).toEqual(NOTHING);
    clock.advance(1);
    expect(await readers(scheduled)).toEqual({
      article: { status: 'PUBLISHED', publishedAt: iso(NOW + HOUR) },
      route: { __typename: 'RouteTo' },
      listed: true,
    });
    const LISTS = `{
      articles(first: 1) { nodes { id } }
      category(slug: "category-0") { articleCount articles(first: 1) { totalCount nodes { id } } }
      topic(slug: "topic-1") { articles(first: 1, orderBy: RECENTLY_UPDATED) { nodes { id } } }
      inEnglish: articles(first: 1, filter: { languages: ["en"] }) { nodes { id } }
    }`;
    const nodes = [{ id: scheduled.id }];
    const count = { articleCount: before + 1, articles: { totalCount: before + 1, nodes } };
    for (const api of [new Api(db, { clock }), newsroom.api]) {
      expect(await api.ask(LISTS)).toMatchObject({
        articles: { nodes },
        category: count,
        inEnglish: { nodes },
      });
    }
    clock.advance(-1);
    expect(await new Api(db, { clock }).ask(LISTS)).toMatchObject({
      category: { articleCount: before, articles: { totalCount: before } },
    });
  });

  test('the newsroom finds it by the status that it has at the time', async () => {
    const draft = await newsroom.draft();
    const { id } = await newsroom.to(draft, 'publishArticle', { at: iso(NOW + HOUR) });
    const withStatus = async (status: string[]) => {
      const source =
        'query ($status: [ArticleStatus!]) { articles(first: 100, filter: { status: $status }) { nodes { id } } }';
      const { articles } = await newsroom.api.ask<{ articles: { nodes: { id: string }[] } }>(source, {
        status,
      });
      return articles.nodes.some((node) => node.id === id);
    };
    const sets = [
      ['SCHEDULED'],
      ['PUBLISHED'],
      ['SCHEDULED', 'DRAFT'],
      ['PUBLISHED', 'DRAFT'],
      ['PUBLISHED', 'SCHEDULED'],
    ];
    const found = async () => Promise.all(sets.map(withStatus));
    expect(await found()).toEqual([true, false, true, false, true]);
    clock.advance(HOUR);
    expect(await found()).toEqual([false, true, false, true, true]);
  });

  test('an embargo holds back what is published', async () => {
    const draft = await newsroom.draft();
    const held = await newsroom.to(draft, 'publishArticle', { embargoUntil: iso(NOW + HOUR) });
    expect(held).toMatchObject({ status: 'PUBLISHED', rights: { embargoUntil: iso(NOW + HOUR) } });
    expect(await readers(held)).toEqual(NOTHING);
    clock.advance(HOUR);
    expect((await readers(held)).listed).toBe(true);
  });

  test('publishing leaves the embargo that there is, or lifts it by null', async () => {
    const draft = await newsroom.draft({ rights: { embargoUntil: iso(NOW + HOUR), credit: 'X' } });
    const kept = await newsroom.to(draft, 'publishArticle', { at: iso(NOW + HOUR) });
    expect(kept.rights).toMatchObject({ embargoUntil: iso(NOW + HOUR), credit: 'X' });
    const lifted = await newsroom.to(kept, 'publishArticle', { embargoUntil: null });
    expect(lifted.rights).toMatchObject({ embargoUntil: null, credit: 'X' });
  });

  test('refuses an embargo that ends after the rights have', async () => {
    const draft = await newsroom.draft({ rights: { expiresAt: iso(NOW + HOUR) } });
    const { userErrors } = await newsroom.try(draft, 'publishArticle', { embargoUntil: iso(NOW + HOUR) });
    expect(userErrors).toMatchObject([{ code: 'VALIDATION', field: ['input', 'embargoUntil'] }]);
  });

  test('what is withdrawn is gone, and why stands in the log', async () => {
    const published = await newsroom.to(await newsroom.draft(), 'publishArticle');
    clock.advance(HOUR);
    const withdrawn = await newsroom.to(published, 'withdrawArticle', { note: 'It was false.' });
    expect(withdrawn.status).toBe('WITHDRAWN');
    const gone = { __typename: 'Gone', since: iso(NOW + HOUR) };
    expect(await readers(withdrawn)).toEqual({ article: null, route: gone, listed: false });
    expect(await lastEntry()).toMatchObject({
      ...{ op: 'WITHDRAW', revision: 3 },
      payload: {
        note: 'It was false.',
        changed: expect.arrayContaining(['status']),
        was: { status: 'PUBLISHED' },
      },
    });
  });

  test('what was withdrawn is restored to a draft, and keeps the date of its first publication', async () => {
    const published = await newsroom.to(await newsroom.draft(), 'publishArticle');
    const withdrawn = await newsroom.to(published, 'withdrawArticle', { note: 'Too early.' });
    const restored = await newsroom.to(withdrawn, 'restoreArticle');
    expect(restored).toMatchObject({ status: 'DRAFT', publishedAt: iso(NOW), revision: 4 });
    expect(await readers(restored)).toEqual(NOTHING);
    clock.advance(HOUR);
    expect(await newsroom.to(restored, 'publishArticle')).toMatchObject({ publishedAt: iso(NOW) });
  });

  test('what was withdrawn before its date had come never had one', async () => {
    const scheduled = await newsroom.to(await newsroom.draft(), 'publishArticle', { at: iso(NOW + HOUR) });
    const withdrawn = await newsroom.to(scheduled, 'withdrawArticle', { note: 'No.' });
    clock.advance(2 * HOUR);
    const restored = await newsroom.to(withdrawn, 'restoreArticle');
    expect(restored.publishedAt).toBeNull();
    expect(await newsroom.to(restored, 'publishArticle')).toMatchObject({ publishedAt: iso(NOW + 2 * HOUR) });
  });

  test('what is published or scheduled is taken back into the drafts', async () => {
    const published = await newsroom.to(await newsroom.draft(), 'publishArticle');
    const back = await newsroom.to(published, 'unpublishArticle');
    expect(back).toMatchObject({ status: 'DRAFT', publishedAt: iso(NOW) });
    expect(await readers(back)).toEqual(NOTHING);
    const scheduled = await newsroom.to(await newsroom.draft(), 'publishArticle', { at: iso(NOW + HOUR) });
    expect(await newsroom.to(scheduled, 'unpublishArticle')).toMatchObject({
      status: 'DRAFT',
      publishedAt: null,
    });
    clock.advance(HOUR);
    expect(await readers(scheduled)).toEqual(NOTHING);
  });

  test('a correction stands there for all to see, with the body that it is about', async () => {
    const published = await newsroom.to(await newsroom.draft(), 'publishArticle');
    clock.advance(HOUR);
    const text = 'It was on Tuesday.';
    const corrected = await newsroom.to(published, 'correctArticle', { text, html: '<p>On Tuesday</p>' });
    expect(corrected).toMatchObject({
      ...{ revision: 3, body: { html: '<p>On Tuesday</p>' } },
      corrections: [{ text, at: iso(NOW + HOUR) }],
    });
    expect(await lastEntry()).toMatchObject({
      ...{ op: 'CORRECT', revision: 3 },
      payload: { text, changed: expect.arrayContaining(['html', 'corrections']) },
    });
    const again = await newsroom.to(corrected, 'correctArticle', { text: 'It was in Kabul.' });
    expect(again.corrections).toHaveLength(2);
    expect(again.body).toEqual({ html: '<p>On Tuesday</p>' });
    const reader = new Api(db, { clock });
    const source = 'query ($id: ID!) { article(id: $id) { corrections { text } } }';
    expect(await reader.ask(source, { id: again.id })).toEqual({
      article: { corrections: [{ text }, { text: 'It was in Kabul.' }] },
    });
  });

  test.each([
    ['correctArticle', { text: ' ' }, 'text'],
    ['correctArticle', { text: 'x'.repeat(5_001) }, 'text'],
    ['correctArticle', { text: 'x', html: 'x'.repeat(1_000_001) }, 'html'],
    ['withdrawArticle', { note: '' }, 'note'],
    ['withdrawArticle', { note: 'x'.repeat(2_001) }, 'note'],
  ])('%s names what is wrong', async (mutation, input, field) => {
    const published = await newsroom.to(await newsroom.draft(), 'publishArticle');
    expect((await newsroom.try(published, mutation, input)).userErrors).toMatchObject([
      { code: 'VALIDATION', field: ['input', field] },
    ]);
  });

  test('a hundred corrections are enough', async () => {
    let article = await newsroom.to(await newsroom.draft(), 'publishArticle');
    const { articleCorrections } = db.tables;
    const [row] = await db.rows<{ id: number }>(sql`select id from articles where slug = ${article.slug}`);
    const rows = Array.from({ length: 99 }, () => ({ articleId: row?.id ?? 0, at: NOW, text: 'x' }));
    await db.write((tx) => tx.insertMany(articleCorrections, rows));
    article = await newsroom.to(article, 'correctArticle', { text: 'The last' });
    const { userErrors } = await newsroom.try(article, 'correctArticle', { text: 'One more' });
    expect(userErrors).toMatchObject([{ code: 'VALIDATION', field: ['input', 'text'] }]);
  });

  describe('what can be done depends on where it stands', () => {
    const INPUTS = {
      updateArticle: { title: 'Another' },
      publishArticle: {},
      correctArticle: { text: 'It was on Tuesday.' },
      unpublishArticle: {},
      withdrawArticle: { note: 'No.' },
      restoreArticle: {},
      rollbackArticle: { revision: 1 },
    } as const;
    const POSSIBLE = {
      DRAFT: ['updateArticle', 'publishArticle', 'withdrawArticle', 'rollbackArticle'],
      SCHEDULED: [
        'updateArticle',
        'publishArticle',
        'unpublishArticle',
        'withdrawArticle',
        'rollbackArticle',
      ],
      PUBLISHED: [
        'updateArticle',
        'correctArticle',
        'unpublishArticle',
        'withdrawArticle',
        'rollbackArticle',
      ],
      DUE: ['updateArticle', 'correctArticle', 'unpublishArticle', 'withdrawArticle', 'rollbackArticle'],
      WITHDRAWN: ['restoreArticle'],
    } as const;
    const into = {
      DRAFT: (draft: Answered) => newsroom.to(draft, 'updateArticle', { title: 'Once more' }),
      SCHEDULED: (draft: Answered) => newsroom.to(draft, 'publishArticle', { at: iso(NOW + HOUR) }),
      PUBLISHED: (draft: Answered) => newsroom.to(draft, 'publishArticle'),
      DUE: async (draft: Answered) => {
        const scheduled = await newsroom.to(draft, 'publishArticle', { at: iso(NOW + 1) });
        clock.advance(1);
        return scheduled;
      },
      WITHDRAWN: (draft: Answered) => newsroom.to(draft, 'withdrawArticle', { note: 'No.' }),
    };

    test.each(Object.keys(INPUTS))('%s', async (mutation) => {
      for (const [status, possible] of Object.entries(POSSIBLE)) {
        const article = await into[statusIn(status)](await newsroom.draft());
        const input = INPUTS[mutationIn(mutation)];
        const { userErrors } = await newsroom.try(article, mutation, input);
        const codes = possible.some((each) => each === mutation) ? [] : ['NOT_ALLOWED_IN_STATE'];
        expect([status, userErrors.map(({ code }) => code)]).toEqual([status, codes]);
      }
    });

    function statusIn(word: string): keyof typeof into {
      for (const status of ['DRAFT', 'SCHEDULED', 'PUBLISHED', 'DUE'] as const)
        if (status === word) return status;
      return 'WITHDRAWN';
    }
    function mutationIn(word: string): keyof typeof INPUTS {
      for (const name of [
        'updateArticle',
        'publishArticle',
        'correctArticle',
        'unpublishArticle',
        'withdrawArticle',
        'restoreArticle',
      ] as const) {
        if (name === word) return name;
      }
      return 'rollbackArticle';
    }
  });

  test.each([
    'publishArticle',
    'unpublishArticle',
    'restoreArticle',
    'correctArticle',
    'withdrawArticle',
    'rollbackArticle',
    'linkTranslations',
    'unlinkTranslation',
  ])('%s of a revision that is no more is refused with the one that is', async (mutation) => {
    const draft = await newsroom.draft();
    await newsroom.to(draft, 'updateArticle', { title: 'Somebody was faster' });
    const inputs: Readonly<Record<string, object>> = {
      correctArticle: { text: 'x' },
      withdrawArticle: { note: 'x' },
      rollbackArticle: { revision: 1 },
      linkTranslations: { translationOf: globalId('Article', 1) },
    };
    const { userErrors } = await newsroom.try(draft, mutation, inputs[mutation] ?? {});
    expect(userErrors).toMatchObject([{ code: 'VERSION_CONFLICT', current: 2 }]);
  });

  describe('translations', () => {
    const languagesOf = async ({ id }: Answered) => {
      const source = 'query ($id: ID!) { article(id: $id) { revision translations { language } } }';
      const { article } = await newsroom.api.ask<{
        article: { revision: number; translations: { language: string }[] };
      }>(source, { id });
      return [article.revision, ...article.translations.map(({ language }) => language)];
    };

    test('are linked, and everybody whose list has changed has a new revision', async () => {
      const english = await newsroom.draft();
      const dari = await newsroom.draft({ language: 'fa-AF' });
      const urdu = await newsroom.draft({ language: 'ur' });
      await newsroom.to(dari, 'linkTranslations', { translationOf: english.id });
      const linked = await newsroom.to(urdu, 'linkTranslations', { translationOf: dari.id });
      expect(linked).toMatchObject({
        revision: 2,
        translations: [{ language: 'en' }, { language: 'fa-AF' }],
      });
      expect(await languagesOf(english)).toEqual([3, 'fa-AF', 'ur']);
      expect(await languagesOf(dari)).toEqual([3, 'en', 'ur']);
      expect(await lastEntry()).toMatchObject({ op: 'LINK', payload: { changed: ['translations'] } });
    });

    test('are unlinked, also the one that they all go by', async () => {
      const english = await newsroom.draft();
      const dari = await newsroom.draft({ language: 'fa-AF', translationOf: english.id });
      const urdu = await newsroom.draft({ language: 'ur', translationOf: english.id });
      const [revision = 0] = await languagesOf(english);
      const alone = await newsroom.to({ ...english, revision: Number(revision) }, 'unlinkTranslation');
      expect(alone.translations).toEqual([]);
      expect((await languagesOf(dari)).slice(1)).toEqual(['ur']);
      // It is free for others, and does not meet those that it has left.
      const pashto = await newsroom.draft({ language: 'ps', translationOf: english.id });
      expect((await languagesOf(pashto)).slice(1)).toEqual(['en']);
      expect((await languagesOf(urdu)).slice(1)).toEqual(['fa-AF']);
    });

    test('are at most one a language', async () => {
      const english = await newsroom.draft();
      await newsroom.draft({ language: 'ur', translationOf: english.id });
      const another = await newsroom.draft({ language: 'ur' });
      expect(
        (await newsroom.try(another, 'linkTranslations', { translationOf: english.id })).userErrors,
      ).toMatchObject([{ code: 'DUPLICATE', field: ['input', 'translationOf'] }]);
      const pashto = await newsroom.draft({ language: 'ps', translationOf: english.id });
      expect((await newsroom.try(pashto, 'updateArticle', { language: 'ur' })).userErrors).toMatchObject([
        { code: 'DUPLICATE', field: ['input', 'language'] },
      ]);
    });

    test('of eight into one language that are linked at once one is', async () => {
      const english = await newsroom.draft();
      const drafts = await Promise.all(Array.from({ length: 8 }, () => newsroom.draft({ language: 'ur' })));
      const outcomes = await Promise.all(
        drafts.map((draft) => newsroom.try(draft, 'linkTranslations', { translationOf: english.id })),
      );
      expect(outcomes.filter(({ article }) => article !== null)).toHaveLength(1);
      const codes = new Set(outcomes.flatMap(({ userErrors }) => userErrors).map(({ code }) => code));
      expect([...codes]).toEqual(['DUPLICATE']);
    });

    test('are linked to what is there, and not to themselves', async () => {
      const draft = await newsroom.draft();
      const codes = async (translationOf: string) =>
        (await newsroom.try(draft, 'linkTranslations', { translationOf })).userErrors.map(({ code }) => code);
      expect(await codes(draft.id)).toEqual(['VALIDATION']);
      expect(await codes(globalId('Article', 99_999))).toEqual(['NOT_FOUND']);
    });
  });
});
