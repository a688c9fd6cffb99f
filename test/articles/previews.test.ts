import { previewToken } from '../../src/articles/previews/preview.token';
import type { Actor } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { keyOf } from '../../src/core/ids';
import { SecretBox } from '../../src/core/sealed';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { Api } from '../support/api';
import { HOUR, NOW } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { type Answered, Newsroom } from '../support/newsroom';
import { Readers } from '../support/readers';

const DAY = 24 * HOUR;
const iso = (instant: number) => new Date(instant).toISOString();

interface Given {
  readonly token: string | null;
  readonly url: string | null;
  readonly expiresAt: string | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
}

describeEachEngine('a preview', (store) => {
  let db: Database;
  let clock: ReturnType<typeof heldClock>;
  let newsroom: Newsroom;
  beforeAll(async () => {
    db = await store.open();
  });
  beforeEach(() => {
    clock = heldClock(NOW);
    newsroom = new Newsroom(db, { clock });
  });

  const api = (actor: Actor) => new Api(db, { actor, clock });
  const give = async (id: string, input: object = {}, actor: Actor = ACTORS.editor) =>
    (
      await api(actor).ask<{ previewArticle: Given }>(
        `mutation ($input: PreviewArticleInput!) {
          previewArticle(input: $input) { token url expiresAt userErrors { code field } }
        }`,
        { input: { id, ...input } },
      )
    ).previewArticle;
  const revoke = (id: string, actor: Actor = ACTORS.editor) =>
    api(actor).ask('mutation ($id: ID!) { revokePreviews(input: { id: $id }) { id userErrors { code } } }', {
      id,
    });
  const PREVIEW = `query ($token: String!) { preview(token: $token) {
    id title status body { html } translations { id } revisions { totalCount }
    viewerCan { edit publish } authors { name } categories { articleCount }
  } }`;
  const read = (token: string | null, actor: Actor = ACTORS.anonymous) =>
    api(actor).ask<{ preview: Record<string, unknown> }>(PREVIEW, { token });
  const codeOf = async (token: string | null) => {
    const { data, errors } = await api(ACTORS.anonymous).execute(PREVIEW, { token });
    expect(data).toBeNull();
    const [error] = errors ?? [];
    return Reflect.get(Object(error?.originalError), 'code');
  };
  const draft = (input: object = {}): Promise<Answered> => newsroom.draft(input);

  test('shows one draft to anybody who has the link, as it is at the time', async () => {
    const article = await draft({ title: 'Not yet' });
    const { token, url, expiresAt } = await give(article.id);
    expect(url).toBe(`https://news.example/preview?token=${token}`);
    expect(expiresAt).toBe(iso(NOW + 7 * DAY));
    expect((await read(token)).preview).toMatchObject({
      ...{ id: article.id, title: 'Not yet', status: 'DRAFT', revisions: null },
      viewerCan: { edit: false, publish: false },
    });
    await newsroom.to(article, 'updateArticle', { title: 'Better' });
    expect((await read(token)).preview).toMatchObject({ title: 'Better' });
  });

  test('shows nothing else that is not published, and opens no other way', async () => {
    const original = await draft({ title: 'Original' });
    const article = await draft({ language: 'ur', translationOf: original.id });
    const { token } = await give(article.id);
    expect((await read(token)).preview).toMatchObject({ translations: [] });
    const seen = await api(ACTORS.anonymous).ask(
      `query ($id: ID!, $slug: String!, $path: String!, $token: String!) {
        preview(token: $token) { id }
        article(id: $id) { id } bySlug: article(slug: $slug) { id } node(id: $id) { id } route(path: $path) { __typename }
        articles(filter: { languages: ["ur"] }) { totalCount }
      }`,
      { id: article.id, slug: article.slug, path: article.path, token },
    );
    expect(seen).toEqual({
      ...{ preview: { id: article.id }, article: null, bySlug: null, node: null, route: null },
      articles: { totalCount: 0 },
    });
  });

  test('shows no discussion from when the article was published', async () => {
    const article = await newsroom.draft();
    const published = await newsroom.to(article, 'publishArticle');
    const key = keyOf('Article', article.id) ?? 0;
    await new Readers(db, { clock }).from('203.0.113.7').written(key, 'Below');
    await newsroom.to(published, 'unpublishArticle');
    const { token } = await give(article.id);
    const source =
      'query ($token: String!) { preview(token: $token) { comments { totalCount nodes { article { id } } } } }';
    const seenBy = (actor: Actor) => api(actor).ask(source, { token });
    const none = { totalCount: 0, nodes: [] };
    expect(await seenBy(ACTORS.anonymous)).toEqual({ preview: { comments: none } });
    const nodes = [{ article: { id: article.id } }];
    expect(await seenBy(ACTORS.editor)).toEqual({ preview: { comments: { totalCount: 1, nodes } } });
  });

  test('lasts as long as was asked for, and not a millisecond longer', async () => {
    const { id } = await draft();
    const { token } = await give(id, { expiresAt: iso(NOW + HOUR) });
    clock.advance(HOUR - 1);
    expect((await read(token)).preview).toMatchObject({ id });
    clock.advance(1);
    expect(await codeOf(token)).toBe('PREVIEW_ENDED');
  });

  test.each([
    ['is over', NOW],
    ['is too far off', NOW + 30 * DAY + 1],
  ])('has no end that %s', async (_what, end) => {
    const { id } = await draft();
    expect(await give(id, { expiresAt: iso(end) })).toMatchObject({
      token: null,
      userErrors: [{ code: 'VALIDATION', field: ['input', 'expiresAt'] }],
    });
  });

  test('ends when it is revoked; a new one does not', async () => {
    const { id } = await draft();
    const [first, second] = [await give(id), await give(id)];
    expect(await revoke(id)).toEqual({ revokePreviews: { id, userErrors: [] } });
    for (const { token } of [first, second]) expect(await codeOf(token)).toBe('PREVIEW_ENDED');
    expect((await read((await give(id)).token)).preview).toMatchObject({ id });
  });

  test('ends with a withdrawal, for good', async () => {
    const article = await draft();
    const { token } = await give(article.id);
    const gone = await newsroom.to(article, 'withdrawArticle', { note: 'No' });
    expect(await codeOf(token)).toBe('PREVIEW_ENDED');
    expect(await give(article.id)).toMatchObject({ userErrors: [{ code: 'NOT_ALLOWED_IN_STATE' }] });
    await newsroom.to(gone, 'restoreArticle');
    expect(await codeOf(token)).toBe('PREVIEW_ENDED');
  });

  test('cannot be made up', async () => {
    const { id } = await draft();
    const { token } = await give(id);
    const forged = previewToken(new SecretBox('the secret of another newsroom, not of this'), {
      ...{ articleId: 1, epoch: 0, expiresAt: NOW + DAY },
    });
    const sealed = new SecretBox('a secret of a newsroom that is only tested').seal('a@example.org');
    const changed = `${token?.startsWith('A') ? 'B' : 'A'}${token?.slice(1)}`;
    for (const wrong of ['', 'nothing', forged, sealed, changed, 'x'.repeat(10_000)])
      expect(await codeOf(wrong)).toBe('PREVIEW_INVALID');
  });

  test('leaves the revision, and is in the log without its token', async () => {
    const article = await draft();
    const { token } = await give(article.id);
    await revoke(article.id);
    const { changes } = db.tables;
    const log = (await db.select().from(changes).orderBy(changes.seq)).slice(-2);
    expect(log).toMatchObject([
      { op: 'PREVIEW', revision: 1, actor: 'user:editor', payload: { until: iso(NOW + 7 * DAY) } },
      { op: 'PREVIEW', revision: 1, actor: 'user:editor', payload: { revoked: true } },
    ]);
    expect(JSON.stringify(log)).not.toContain(token);
  });

  test('is given out by who may edit the article', async () => {
    const article = await draft();
    for (const name of ['anonymous', 'reader', 'partner', 'moderator', 'contributor'] as const) {
      expect(await give(article.id, {}, ACTORS[name])).toMatchObject({ userErrors: [{ code: 'FORBIDDEN' }] });
      expect(await revoke(article.id, ACTORS[name])).toMatchObject({
        revokePreviews: { id: null, userErrors: [{ code: 'FORBIDDEN' }] },
      });
    }
    const mine = await newsroom.as(ACTORS.contributor).draft();
    expect((await give(mine.id, {}, ACTORS.contributor)).userErrors).toEqual([]);
  });
});
