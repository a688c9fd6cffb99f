/** What partners are told, and what they are not. */
import { ApiKeyService } from '../../src/access';
import { ARTICLE_DEFAULTS, ArticleService, insertArticles } from '../../src/articles';
import { parseBody } from '../../src/articles/body';
import { type Actor, ANONYMOUS } from '../../src/core/actor';
import type { Seen } from '../../src/core/revision';
import type { Database } from '../../src/database';
import {
  type EntitlementWish,
  FEED_WINDOW,
  type Partner,
  partnerOf as partnerWith,
  presentPosition,
  readPartnerLog,
} from '../../src/syndication';
import { ACTORS } from '../support/actors';
import { Api } from '../support/api';
import { HOUR } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { PartnerDesk } from './partner-desk';

const DAY = 24 * HOUR;
const { editor, admin } = ACTORS;

/** Somebody who follows the feed from where they began. */
class Follower {
  constructor(
    private readonly desk: PartnerDesk,
    readonly actor: Actor,
    readonly keyId: string,
    public token: string,
  ) {}

  async hear(waitSeconds = 0, ended = () => false) {
    const request = { after: this.token, first: 100, waitSeconds, ended };
    const page = await this.desk.feed.changes(this.actor, request);
    this.token = page.nextToken;
    return page.changes.map(({ op, action, articleId, note }) => ({ op, action, articleId, note }));
  }

  async ops(): Promise<string[]> {
    return (await this.hear()).map(({ op, action }) => `${op} ${action}`);
  }
}

async function foundPartner(database: Database, keyId: string): Promise<Partner> {
  const partner = await partnerWith(database, keyId);
  if (!partner) throw new Error(`Nobody holds ${keyId}`);
  return partner;
}

async function partnerOf(desk: PartnerDesk, wish: EntitlementWish): Promise<Follower> {
  const keys = new ApiKeyService(desk.database, desk.clock);
  const { kept } = await keys.create(admin, { roles: ['PARTNER'] });
  await desk.entitlements.entitle(admin, kept.publicId, wish);
  const actor: Actor = { ...ANONYMOUS, kind: 'PARTNER', name: `key:${kept.publicId}` };
  const { changesToken } = await desk.feed.snapshot(actor, { after: null, first: 1, columns: [] });
  return new Follower(desk, actor, kept.publicId, changesToken);
}

describeEachEngine('a partner', (store) => {
  let database: Database;
  let desk: PartnerDesk;
  let articles: ArticleService;

  beforeAll(async () => {
    database = await store.open();
    desk = new PartnerDesk(database);
    await desk.open({});
    articles = new ArticleService(database, desk.clock);
  });

  const story = async (input: object = {}): Promise<Seen> => {
    desk.clock.advance(HOUR);
    const draft = { title: 'a', language: 'en', html: '<p>Text</p>', ...input };
    return articles.publish(editor, await articles.create(editor, draft));
  };
  const later = <T>(work: () => Promise<T>) => {
    desk.clock.advance(HOUR);
    return work();
  };

  test('hears that an article is withdrawn which they have lost before; who never had it does not', async () => {
    const sport = await partnerOf(desk, { categories: ['sport'] });
    const world = await partnerOf(desk, { categories: ['world'] });
    let seen = await story({ categories: ['sport'] });
    seen = await later(() => articles.update(editor, seen, { title: 'b' }));
    expect(await sport.ops()).toEqual(['PUBLISH USE', 'UPDATE REPLACE']);
    seen = await later(() => articles.update(editor, seen, { categories: [] }));
    expect(await sport.ops()).toEqual(['REVOKE REMOVE']);
    seen = await later(() => articles.update(editor, seen, { title: 'c' }));
    expect(await sport.ops()).toEqual([]);
    await later(() => articles.withdraw(editor, seen, 'Defamatory.'));
    expect(await sport.hear()).toEqual([
      { op: 'KILL', action: 'REMOVE', articleId: seen.id, note: 'Defamatory.' },
    ]);
    expect(await world.hear()).toEqual([]);
  });

  test('is given what was embargoed when it is due, and told when rights or the hosting period are over', async () => {
    const guest = await partnerOf(desk, { hostingDays: 2 });
    desk.clock.advance(HOUR);
    const now = desk.clock.now();
    const rights = { embargoUntil: now + 2 * HOUR, expiresAt: now + 4 * HOUR };
    await story({ rights });
    await story();
    expect(await guest.ops()).toEqual(['PUBLISH USE']);
    desk.clock.advance(HOUR);
    await desk.keepDates();
    expect(await guest.ops()).toEqual(['RELEASE USE']);
    desk.clock.advance(2 * HOUR);
    await desk.keepDates();
    expect(await guest.ops()).toEqual(['EXPIRE REMOVE']);
    desk.clock.advance(2 * DAY);
    expect(await guest.ops()).toEqual(['EXPIRE REMOVE']);
    expect(await guest.ops()).toEqual([]);
  });

  test('is told to hold what is taken back, and what corrections say', async () => {
    const partner = await partnerOf(desk, {});
    let seen = await story();
    seen = await later(() => articles.correct(editor, seen, 'It was on Tuesday.'));
    expect((await partner.hear()).map(({ op, action, note }) => [op, action, note])).toEqual([
      ['PUBLISH', 'USE', null],
      ['CORRECT', 'REPLACE', 'It was on Tuesday.'],
    ]);
    seen = await later(() => articles.unpublish(editor, seen));
    expect(await partner.ops()).toEqual(['WITHHOLD HOLD']);
    seen = await later(() => articles.update(editor, seen, { title: 'Nobody has to know' }));
    expect(await partner.ops()).toEqual([]);
    await later(() => articles.publish(editor, seen));
    expect(await partner.ops()).toEqual(['PUBLISH USE']);
  });

  test('hears what another entitlement gives and takes, also with the key that theirs was rotated to', async () => {
    const partner = await partnerOf(desk, { categories: ['sport'] });
    const [sport, war] = [await story({ categories: ['sport'] }), await story({ topics: ['war'] })];
    expect(await partner.ops()).toEqual(['PUBLISH USE']);
    desk.clock.advance(HOUR);
    const keys = new ApiKeyService(database, desk.clock);
    const { kept } = await keys.rotate(admin, partner.keyId, 0);
    await desk.entitlements.entitle(admin, kept.publicId, { topics: ['war'] });
    const next = new Follower(desk, { ...partner.actor, name: `key:${kept.publicId}` }, '', partner.token);
    const heard = (await next.hear()).map(({ op, articleId }) => [op, articleId]);
    expect(heard).toContainEqual(['REVOKE', sport.id]);
    expect(heard).toContainEqual(['RELEASE', war.id]);
  });

  test('misses nothing that is written by a clock ahead of the one by which it is read', async () => {
    const partner = await partnerOf(desk, {});
    const first = await story();
    desk.behind = 5_000;
    expect((await partner.hear()).map(({ op, articleId }) => [op, articleId])).toEqual([
      ['PUBLISH', first.id],
    ]);
    const second = await story();
    const { articles: listed, changesToken } = await desk.feed.snapshot(partner.actor, {
      ...{ after: null, first: 1, columns: [] },
    });
    expect(listed.map(({ id }) => id)).toEqual([first.id]);
    const next = new Follower(desk, partner.actor, partner.keyId, changesToken);
    expect((await next.hear()).map(({ op, articleId }) => [op, articleId])).toEqual([['PUBLISH', second.id]]);
    desk.behind = 0;
  });

  test('is told for whom a page is, where they are entitled to something else after it was begun', async () => {
    const { keyId } = await partnerOf(desk, { categories: ['sport'] });
    const before = await foundPartner(database, keyId);
    const from = await presentPosition(database, desk.clock);
    const request = { from, limit: 100, clock: desk.clock, window: FEED_WINDOW };
    await desk.entitlements.entitle(admin, keyId, { topics: ['war'] });
    const { id } = await story({ topics: ['war'] });
    const early = await readPartnerLog(database, { ...request, partner: before });
    expect(early).toMatchObject({ told: [], hasMore: true, position: from });
    const page = await readPartnerLog(database, { ...request, partner: await foundPartner(database, keyId) });
    expect(page.told.map(({ articleId }) => articleId)).toContain(id);
  });

  test('is given what was begun before they were entitled to it, and committed after', async () => {
    const partner = await partnerOf(desk, { categories: ['sport'] });
    const begun = desk.clock.now();
    desk.clock.advance(1_000);
    await desk.entitlements.entitle(admin, partner.keyId, {});
    await partner.hear();
    const fields = {
      ...{ ...ARTICLE_DEFAULTS, status: 'PUBLISHED' as const, slug: 'late', path: '/late', title: 'Late' },
      ...{ language: 'en', createdAt: begun, updatedAt: begun, publishedAt: begun },
    };
    const content = { fields, body: parseBody('<p>Late</p>'), authorIds: [], categoryIds: [], topics: [] };
    await database.write((tx) => insertArticles(tx, editor, begun, [content]));
    expect(await partner.ops()).toEqual(['PUBLISH USE']);
  });

  test('is given nothing where it may not be used, nor by machines that must not learn from it', async () => {
    const abroad = await partnerOf(desk, { territories: ['DE'], textAndDataMining: true });
    await story({ rights: { territories: ['PK'] } });
    await story({ rights: { textAndDataMining: false } });
    expect(await abroad.hear()).toEqual([]);
    await story({ rights: { territories: ['DE', 'PK'] } });
    expect(await abroad.ops()).toEqual(['PUBLISH USE']);
  });

  test('goes on from a token of theirs that is not too old, and is told what to do otherwise', async () => {
    const hidden = await partnerOf(desk, { languages: ['ps'] });
    const other = await partnerOf(desk, {});
    const { token: begun } = hidden;
    await story();
    expect(await hidden.ops()).toEqual([]);
    const codeOf = (actor: Actor, after: string) =>
      desk.feed.changes(actor, { after, first: 1, waitSeconds: 0, ended: () => false }).then(
        () => null,
        ({ code, message }) => `${code} ${message}`,
      );
    expect(await codeOf(other.actor, hidden.token)).toMatch(/^BAD_CURSOR .*"snapshot"/);
    expect(await codeOf(other.actor, `${other.token.slice(0, -2)}AA`)).toMatch(/^BAD_CURSOR/);
    desk.clock.advance(31 * DAY);
    expect(await codeOf(hidden.actor, begun)).toMatch(/^CURSOR_EXPIRED .*"snapshot"/);
    // What it may not see was passed over, and does not hold it back.
    expect(await codeOf(hidden.actor, hidden.token)).toBeNull();
    for (const actor of [ANONYMOUS, ACTORS.editor, ACTORS.partner])
      expect(await codeOf(actor, begun)).toMatch(/^FORBIDDEN/);
  });

  test('who waits hears at once what another process commits, and is answered when the server stops', async () => {
    const partner = await partnerOf(desk, {});
    const another = new ArticleService(await store.openAnother(), desk.clock);
    const waiting = partner.hear(15);
    const draft = { title: 'a', language: 'en', html: '<p>Text</p>' };
    await another.publish(editor, await another.create(editor, draft));
    expect((await waiting).map(({ op }) => op)).toEqual(['PUBLISH']);
    let stopped = false;
    const idle = partner.hear(15, () => stopped);
    stopped = true;
    expect(await idle).toEqual([]);
  });

  test('asks over the API, where articles come with all that they say', async () => {
    const partner = await partnerOf(desk, {});
    const { id } = await story();
    const api = new Api(database, { actor: partner.actor, clock: desk.clock });
    const query = `query ($after: String!) { changes(after: $after) {
      changes { token revision op action at note article { title body { html } rights { textAndDataMining } } }
      nextToken hasMore
    } }`;
    const { changes } = await api.ask<{ changes: { changes: object[]; hasMore: boolean } }>(query, {
      after: partner.token,
    });
    expect(changes).toMatchObject({
      changes: [{ op: 'PUBLISH', action: 'USE', article: { title: 'a', body: { html: '<p>Text</p>' } } }],
      hasMore: false,
    });
    const { snapshot } = await api.ask<{ snapshot: { articles: { id: string }[] } }>(
      '{ snapshot(first: 1) { articles { id } } }',
    );
    expect(Buffer.from(snapshot.articles[0]?.id ?? '', 'base64url').toString()).toBe(`Article:${id}`);
  });
});
