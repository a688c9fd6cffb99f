import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import type { Actor } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { silentLog } from '../../src/core/log';
import { toPage } from '../../src/core/paging';
import { Poster, webhookFanOut } from '../../src/syndication';
import { checkTarget } from '../../src/syndication/webhooks/target';
import { retryAt, TRIED_FOR } from '../../src/syndication/webhooks/webhook';
import { ACTORS } from '../support/actors';
import { HOUR, NOW } from '../support/archive';
import { startChild } from '../support/child';
import { describeEachEngine } from '../support/engines';
import { until } from '../support/until';
import { answering, Receiver, WebhookDesk } from './webhook-desk';
import { LOOPBACK } from './webhook-process';

const LATEST = toPage({ first: 100 }, { name: 'NEWEST', sort: 'integer' });

describeEachEngine('webhooks', (store) => {
  let desk: WebhookDesk;
  let partner: Actor;
  let receiver: Receiver;
  beforeEach(async () => {
    desk = new WebhookDesk(await store.open());
    partner = await desk.open();
    receiver = await new Receiver().open();
  });
  afterEach(() => desk.close());

  const create = async (url = receiver.url(), actor = partner) => {
    const { webhook, secret } = await desk.webhooks.create(actor, { url });
    return { id: webhook.id, secret };
  };
  const deliveries = async (id: number) =>
    (await desk.webhooks.deliveries(ACTORS.admin, id, null, LATEST)).rows;
  const webhook = async (id: number) =>
    (await desk.webhooks.list(ACTORS.admin)).find((each) => each.id === id);

  test('tell of changes as the partner may see them, signed, and of what they have to remove', async () => {
    const { secret, id } = await create();
    desk.run();
    const news = await desk.publish('News');
    await desk.publish('Goals', 'sport');
    await until(() => receiver.received.length === 1);
    const [first] = receiver.received;
    expect(first?.body).toMatchObject({
      type: 'article.publish',
      data: {
        ...{ action: 'USE', revision: 2 },
        article: { title: 'News', html: '<p>News.</p>', categories: [{ slug: 'world' }] },
      },
    });
    const verified = (sent = first) => {
      const stale = Math.abs(Date.now() - NOW);
      // The library refuses what is five minutes old, by the clock on the wall.
      jest.spyOn(Date, 'now').mockReturnValueOnce(Date.now() - stale);
      return new Webhook(secret).verify(sent?.text ?? '', sent?.headers as Record<string, string>);
    };
    expect(verified()).toEqual(first?.body);
    await desk.articles.withdraw(ACTORS.editor, news, 'Wrong.');
    await until(() => receiver.received.length === 2);
    expect(receiver.received[1]?.body).toMatchObject({
      ...{ type: 'article.kill', data: { action: 'REMOVE', note: 'Wrong.', article: null } },
    });
    await until(async () => (await deliveries(id)).every(({ state }) => state === 'DELIVERED'));
    expect(await deliveries(id)).toMatchObject([{ lastStatus: 204, attempts: 1 }, { lastStatus: 204 }]);
  });

  test('tell of what is published after a look at the log began, by the clock of then', async () => {
    const { id } = await create();
    const now = desk.clock.now();
    desk.clock.advance(1);
    await desk.publish('News');
    const parts = { database: desk.database, clock: desk.clock, log: silentLog, onDelivery: () => {} };
    await webhookFanOut(parts).run({
      ...{ now, signal: new AbortController().signal },
      write: (work) => desk.database.write(work),
    });
    expect(await deliveries(id)).toMatchObject([{ op: 'PUBLISH', state: 'PENDING' }]);
  });

  test('are signed with both secrets for a time after a rotation', async () => {
    const { id, secret } = await create();
    const rotated = await desk.webhooks.rotate(partner, id, 2);
    desk.run();
    const signatures = async (title: string) => {
      const before = receiver.received.length;
      await desk.publish(title);
      await until(() => receiver.received.length > before);
      const sent = receiver.received.at(-1);
      const { headers = {}, text = '' } = sent ?? {};
      const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
      const by = (each: string) => new Webhook(each).sign(String(headers['webhook-id']), at, text);
      return String(headers['webhook-signature'])
        .split(' ')
        .map((signature) => [rotated.secret, secret].findIndex((each) => by(each) === signature));
    };
    expect(await signatures('First')).toEqual([0, 1]);
    desk.clock.advance(3 * HOUR);
    expect(await signatures('Second')).toEqual([0]);
  });

  test('rest while they are paused, go on where they were, and tell again from a sequence', async () => {
    const { id } = await create();
    await desk.webhooks.pause(partner, id);
    desk.run();
    await desk.publish('One');
    await desk.publish('Two');
    await desk.webhooks.resume(partner, id);
    await until(() => receiver.received.length === 2);
    const [, second] = (await deliveries(id)).toReversed();
    await desk.webhooks.replay(partner, id, second?.sequence ?? 0);
    await until(() => receiver.received.length === 3);
    expect(receiver.received.map(({ body }) => body.data.article?.title).sort()).toEqual([
      'One',
      'Two',
      'Two',
    ]);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
    await desk.webhooks.delete(partner, id);
    await desk.publish('Three');
    expect(await desk.webhooks.list(partner)).toEqual([]);
    await expect(desk.webhooks.replay(partner, id, 1)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  });

  test('are sent again until they are taken, later and later, and when the receiver asks for it', async () => {
    const { id } = await create();
    desk.run();
    receiver.answer = answering(500);
    await desk.publish('News');
    const last = async () => (await deliveries(id))[0];
    await until(async () => (await last())?.lastStatus === 500);
    expect(await last()).toMatchObject({ state: 'PENDING', attempts: 1, nextAt: NOW + 5_000 });
    receiver.answer = answering(503, { 'retry-after': '3600' });
    desk.clock.advance(5_000);
    await until(async () => (await last())?.lastStatus === 503);
    expect(await last()).toMatchObject({ attempts: 2, nextAt: NOW + 5_000 + HOUR });
    expect(await webhook(id)).toMatchObject({ failures: 2, notBefore: NOW + 5_000 + HOUR });
    receiver.answer = answering(302, { location: 'http://127.0.0.1/private' });
    desk.clock.advance(HOUR);
    await until(async () => (await last())?.lastStatus === 302);
    expect((await last())?.lastError).toContain('not followed');
    receiver.answer = answering(200);
    desk.clock.advance(HOUR);
    await until(async () => (await last())?.state === 'DELIVERED');
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await webhook(id)).toMatchObject({ failures: 0 });
  });

  test('are given up after three days, and for good when the receiver says that it is gone', async () => {
    const { id } = await create();
    desk.run();
    receiver.answer = answering(500);
    await desk.publish('News');
    const last = async () => (await deliveries(id))[0];
    await until(async () => (await last())?.attempts === 1 && (await last())?.lastStatus === 500);
    desk.clock.advance(TRIED_FOR);
    await until(async () => (await last())?.state === 'FAILED');
    receiver.answer = answering(410);
    await desk.publish('More');
    await until(async () => (await webhook(id))?.status === 'DISABLED');
    expect((await webhook(id))?.reason).toContain('410');
    receiver.answer = answering(200);
    await desk.webhooks.resume(partner, id);
    await until(async () => (await last())?.state === 'DELIVERED');
  });

  test('never tell what was withdrawn before it could be sent', async () => {
    const { id } = await create();
    receiver.answer = answering(500);
    desk.run();
    const news = await desk.publish('Secret');
    await until(async () => (await deliveries(id))[0]?.lastStatus === 500);
    await desk.articles.withdraw(ACTORS.editor, news, 'Wrong.');
    receiver.received.length = 0;
    receiver.answer = answering(200);
    desk.clock.advance(HOUR);
    await until(async () => (await deliveries(id)).filter(({ state }) => state !== 'PENDING').length === 2);
    expect(receiver.actions).toEqual(['REMOVE']);
    expect((await deliveries(id)).map(({ state }) => state)).toEqual(['DELIVERED', 'SUPERSEDED']);
  });

  test('a receiver that does not answer delays nobody else, and nothing is sent by two processes', async () => {
    const slow = await new Receiver().open();
    slow.answer = () => undefined;
    const { id } = await create(slow.url());
    await create();
    desk.run();
    desk.run();
    for (let number = 0; number < 12; number++) await desk.publish(`News ${number}`);
    await until(() => receiver.received.length >= 12);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(12);
    expect(receiver.received).toHaveLength(12);
    expect((await deliveries(id)).some(({ state }) => state === 'DELIVERED')).toBe(false);
    expect(slow.received.length).toBeLessThanOrEqual(4);
    slow.answer = answering(200);
  });

  test('nobody sees or changes what is not theirs', async () => {
    const { id } = await create();
    const other = await desk.partner(['sport']);
    expect(await desk.webhooks.list(other)).toEqual([]);
    expect(await desk.webhooks.list(partner)).toHaveLength(1);
    for (const change of [
      () => desk.webhooks.pause(other, id),
      () => desk.webhooks.rotate(other, id, 1),
      () => desk.webhooks.delete(other, id),
    ])
      await expect(change()).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    for (const actor of [ACTORS.editor, ACTORS.reader])
      await expect(desk.webhooks.list(actor)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    for (let more = 0; more < 4; more++) await create();
    await expect(create()).rejects.toMatchObject({ reason: 'NOT_ALLOWED_IN_STATE' });
  });
});

describeEachEngine('webhooks of a process that is killed', (store) => {
  test('have told everything once there is another one', async () => {
    const desk = new WebhookDesk(await store.open());
    const partner = await desk.open();
    const receiver = await new Receiver().open();
    const { webhook } = await desk.webhooks.create(partner, { url: receiver.url() });
    const began = String(Date.now());
    const start = () => startChild('syndication/children/send-webhooks.ts', store.url(), began);
    let child = start();
    for (let round = 0; round < 2; round++) {
      await child.line();
      const before = receiver.received.length;
      for (let number = 0; number < 8; number++) await desk.publish(`News ${round} ${number}`);
      await until(() => receiver.received.length > before + 1 + round);
      await child.kill();
      child = start();
    }
    const left = async () =>
      (await desk.webhooks.deliveries(ACTORS.admin, webhook.id, 'PENDING', LATEST)).rows.length;
    const items = () => new Set(receiver.received.map(({ body }) => body.data.item));
    await until(async () => items().size === 16 && (await left()) === 0);
    // Once each, but for what was under way when the process was killed.
    const messages = new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
    expect(messages.size).toBe(16);
    expect(receiver.received.length).toBeLessThanOrEqual(16 + 2 * 2);
    await child.kill();
  });
});

describe('receivers', () => {
  test.each([
    ...['http://example.org/', 'ftp://example.org/', 'example.org', 'https://user:key@example.org/'],
    ...['https://127.0.0.1/', 'https://[::1]/', 'https://10.1.2.3/', 'https://192.168.0.1/', 'https://0/'],
    ...['https://169.254.169.254/latest/meta-data', 'https://[fe80::1]/', 'https://[::ffff:127.0.0.1]/'],
    ...['https://2130706433/', 'https://0x7f.1/', 'https://[64:ff9b::7f00:1]/', 'https://100.64.0.1/'],
  ])('%s is none', (url) => {
    expect(() => checkTarget(url, [])).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  });

  test('are on the internet, or where somebody has allowed it', () => {
    expect(checkTarget('https://Example.org/hook#top', [])).toBe('https://example.org/hook');
    expect(checkTarget('http://127.0.0.1:99/', LOOPBACK)).toBe('http://127.0.0.1:99/');
    expect(() => checkTarget('http://10.0.0.1/', LOOPBACK)).toThrow('not on the internet');
  });

  test('are not reached by a name that leads to this machine', async () => {
    const receiver = await new Receiver().open();
    const send = async (allowed: readonly string[], host: string) => {
      const poster = new Poster({ allowed, timeout: 2_000 });
      const outcome = await poster.post(receiver.url(host), {}, '{}', NOW, new AbortController().signal);
      poster.close();
      return outcome;
    };
    for (const host of ['localhost', '127.0.0.1'])
      expect(await send([], host)).toEqual({
        error: 'Its name leads to an address that is not on the internet.',
      });
    expect(receiver.received).toEqual([]);
    expect(await send(LOOPBACK, '127.0.0.1')).toEqual({ status: 204, retryAfter: 0 });
  });

  test('are tried again for three days, later and later', () => {
    fc.assert(
      fc.property(
        fc.record({ attempts: fc.integer({ min: 1, max: 60 }), createdAt: fc.constant(NOW) }),
        fc.integer({ min: 0, max: 2 * TRIED_FOR }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 24 * HOUR }),
        (delivery, since, chance, asked) => {
          const at = retryAt(delivery, NOW + since, chance, asked);
          if (since >= TRIED_FOR) return expect(at).toBeNull();
          expect(at).toBeGreaterThan(NOW + since);
          expect(at).toBeLessThanOrEqual(NOW + TRIED_FOR);
          expect(at).toBeGreaterThanOrEqual(Math.min(NOW + since + asked, NOW + TRIED_FOR));
        },
      ),
    );
    const clock = heldClock(NOW);
    let attempts = 1;
    for (let at = retryAt({ attempts, createdAt: NOW }, NOW, 0.5); at !== null; attempts++) {
      clock.advance(at - clock.now());
      at = retryAt({ attempts: attempts + 1, createdAt: NOW }, clock.now(), 0.5);
    }
    // Quickly at first, and some four times a day.
    expect(attempts).toBeGreaterThan(15);
    expect(attempts).toBeLessThan(30);
  });
});
