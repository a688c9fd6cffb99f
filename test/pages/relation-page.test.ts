import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { heldClock } from '../../src/core/clock';
import { NO_SITE } from '../../src/core/site';
import type { Database } from '../../src/database';
import type { Running } from '../http/tiny';
import { relationPlans } from '../relations/plans';
import { ACTORS } from '../support/actors';
import { Api } from '../support/api';
import {
  type Archive,
  addToArchive,
  at,
  HOUR,
  NOW,
  type PlannedArticle,
  storeArchive,
} from '../support/archive';
import { describeEachEngine, recordStatements } from '../support/engines';
import { Page, serveDatabase, textOf } from './serving';

const RELATION = `query ($topics: [String!]!, $window: DateRange, $bucket: TimeBucket!) {
  relation(topics: $topics, window: $window) {
    articleCount
    association { total each { articleCount } lift significant }
    timeline(bucket: $bucket) { count total }
    bursts(first: 5) { peak { title } }
    connectors(first: 10) { topic { name } articleCount logLikelihood }
    articles(first: 20) { nodes { title } }
  }
}`;

interface Answer {
  readonly relation: {
    readonly articleCount: number;
    readonly association: {
      readonly total: number;
      readonly each: readonly { readonly articleCount: number }[];
      readonly lift: number | null;
      readonly significant: boolean;
    };
    readonly timeline: readonly { readonly count: number; readonly total: number }[];
    readonly bursts: readonly { readonly peak: { readonly title: string } | null }[];
    readonly connectors: readonly {
      readonly topic: { readonly name: string };
      readonly articleCount: number;
      readonly logLikelihood: number | null;
    }[];
    readonly articles: { readonly nodes: readonly { readonly title: string }[] };
  };
}

const published = (topics: readonly number[], hours: number): PlannedArticle => ({
  ...{
    kind: 'ARTICLE',
    status: 'PUBLISHED',
    language: 'en',
    publishedAt: NOW - hours * HOUR,
    updatedAt: NOW,
  },
  ...{ embargoUntil: null, expiresAt: null, authors: [], categories: [], topics },
});

/** Topics 0 and 1 together on one day above all, with 2 beside them; 3 with 0 but twice; 4 stands below 1. */
const PLAN = {
  ...{ authors: 0, categories: [], topics: [null, null, null, null, 1, null, null] },
  articles: [
    ...Array.from({ length: 12 }, () => published([0, 1, 2], 30 * 24)),
    ...Array.from({ length: 40 }, (_, day) => published([5], day * 24)),
    ...Array.from({ length: 8 }, (_, day) => published([day % 2], 24 * (10 + day))),
    published([0, 3], 50),
    published([3, 0], 60),
    published([0, 4], 26),
  ],
};

describeEachEngine('the page of a relation', (store) => {
  let db: Database;
  let archive: Archive;
  let running: Running;
  const clock = heldClock(NOW);
  const sent = recordStatements();
  const page = (address: string, init?: RequestInit) => Page.at(`${running.url}/relations${address}`, init);

  beforeAll(async () => {
    db = await store.open(sent);
    archive = await storeArchive(db, PLAN);
    running = await serveDatabase(db, clock);
  });
  afterAll(() => running.server.close());

  test('says in words how often, whether that is more than chance, and what that is worth', async () => {
    const { status, response, text } = await read('/topic-0+topic-1');
    expect(status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text('h1')).toBe('Topic 0 and Topic 1');
    // Of 63 articles 19 and 17 carry them, 13 both.
    expect(text('.lede')).toMatch(
      /^Covered together 13 times from 21 January 2026 to 1 March 2026: 2\.5 times as often as chance would have it\.$/,
    );
    expect(text('.head')).toContain('That is significant');
    expect(text('main')).toContain('are about Topic 1 too.');
  });

  async function read(address: string) {
    const found = await page(address);
    return {
      ...{ status: found.status, response: found.response, found },
      text: (name: string) => found.text(name).replace(/[\u2066-\u2069]/g, ''),
    };
  }

  test('claims nothing of what is too little', async () => {
    const { text } = await read('/topic-0+topic-3');
    expect(text('.lede')).toContain('Covered together 2 times');
    expect(text('.lede')).toContain('too few to say whether that is more than chance');
    expect(text('.head')).not.toMatch(/significant|gaining|fading|steady/i);
    const none = await read('/topic-3+topic-2');
    expect(none.text('.lede')).toMatch(/^Not covered together from /);
    expect(none.found.rows('connectors')).toEqual([]);
  });

  test('marks the burst, and what it was about', async () => {
    const { found, text } = await read('/topic-0+topic-1?interval=day');
    expect(found.all('rect.band').length).toBeGreaterThanOrEqual(2);
    expect(text('.bursts')).toContain('30 Jan 2026');
    expect(text('.bursts')).toMatch(/article-\d+/);
  });

  test('leads on: to the relation with a connector, and to that of each topic with it', async () => {
    const { found } = await read('/topic-0+topic-1?language=en&from=2026-01-01');
    const links = found.links();
    expect(links).toContain('topic-0+topic-1+topic-2?from=2026-01-01&language=en');
    expect(links).toContain('topic-0+topic-2?from=2026-01-01&language=en');
    expect(links).toContain('topic-1+topic-2?from=2026-01-01&language=en');
    for (const link of links.filter((each) => !each.startsWith('#'))) {
      const linked = await Page.at(new URL(link, `${running.url}/relations/`).href);
      expect([link, linked.status]).toEqual([link, 200]);
    }
  });

  test('names a slug that nothing has, and what begins like it', async () => {
    const unknown = await read('/topic-0+topci-1');
    expect(unknown.status).toBe(404);
    expect(unknown.text('.lede')).toBe('There is no topic “topci-1”.');
    expect(unknown.found.links()).toContain('topic-0+topic-1');
    expect((await page('/topic-0+%D9%84%E2%80%AE%3Cb%3E')).status).toBe(404);
    expect((await page(`/topic-0+${'%D9%84'.repeat(1_500)}`)).status).toBe(404);
  });

  test.each([
    ['/topic-0', '1 is named here'],
    ['/topic-0+topic-1+topic-2+topic-3+topic-4+topic-5', '6 are named here'],
    ['/topic-0+topic-0', 'topic-0 is named twice'],
    ['/topic-0+topic-1?from=yesterday', '“yesterday” is no day'],
    ['/topic-0+topic-1?from=2026-02-30', '“2026-02-30” is no day'],
    ['/topic-0+topic-1?from=2026-03-01&to=2026-02-01', 'The time ends before it begins'],
    ['/topic-0+topic-1?from=0001-01-01', 'longer than 200 years'],
    ['/topic-0+topic-1?to=9999-12-31&interval=year', 'longer than 200 years'],
    ['/topic-0+topic-1?interval=hour', '“hour” is no length of a column'],
    ['/topic-0+topic-1?language=xx', 'There is no page in “xx”'],
    ['?language=%3Cscript%3E', 'There is no page in “<script>”'],
  ])('refuses %s and says why: %s', async (address, reason) => {
    const { status, text } = await read(address);
    expect([status, text('.lede')]).toEqual([400, expect.stringContaining(reason)]);
  });

  test('a topic by itself leads to what it is often covered with', async () => {
    expect((await page('/topic-0')).links()).toContain('topic-0+topic-1');
  });

  test('a topic that was renamed or merged is found where it is now', async () => {
    const own = await store.open();
    await storeArchive(own, PLAN);
    const desk = new Api(own, { actor: ACTORS.admin, clock });
    const moving = await serveDatabase(own, clock);
    const idOf = async (slug: string) =>
      (await desk.ask<{ topic: { id: string } }>(`{ topic(slug: "${slug}") { id } }`)).topic.id;
    const update = `mutation ($id: ID!) { updateTopic(input: { id: $id, slug: "kabul", expectedRevision: 1 }) { userErrors { message } } }`;
    expect(await desk.ask(update, { id: await idOf('topic-0') })).toEqual({
      updateTopic: { userErrors: [] },
    });
    const merge = `mutation ($id: ID!, $into: ID!) { mergeTopic(input: { id: $id, into: $into, expectedRevision: 1 }) { userErrors { message } } }`;
    const both = { id: await idOf('topic-2'), into: await idOf('topic-1') };
    expect(await desk.ask(merge, both)).toEqual({ mergeTopic: { userErrors: [] } });
    const to = async (path: string) => {
      const { response } = await Page.at(`${moving.url}/relations/${path}`);
      return [response.status, response.headers.get('location')];
    };
    expect(await to('topic-0+topic-2?language=fa')).toEqual([301, 'kabul+topic-1?language=fa']);
    expect(await to('topic-0+topic-3.svg')).toEqual([301, 'kabul+topic-3.svg']);
    expect((await to('topic-1+topic-2'))[0]).toBe(400);
    expect((await to('kabul+topic-1'))[0]).toBe(200);
    await moving.server.close();
  });

  test('nothing runs in it, and nothing is loaded', async () => {
    for (const address of ['', '/topic-0+topic-1', '/topic-0', '/topic-0+nothing']) {
      const { html, response, links } = await page(address).then((found) => ({
        ...{ html: found.html, response: found.response, links: found.links() },
      }));
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; img-src data:;/);
      expect(policy).not.toMatch(/unsafe|script|http/);
      expect(html).not.toMatch(/<script|\son\w+=|\sstyle=|javascript:/i);
      expect(links.filter((link) => /^[a-z]+:|^\/\//i.test(link))).toEqual([]);
    }
  });

  test('names and titles are text, whatever stands in them, in the page as in the picture', async () => {
    const hostile = '</h1><script>alert(1)</script>"\'&amp;\u202e\u2069';
    const shownAs = '</h1><script>alert(1)</script>"\'&amp;';
    const own = await store.open();
    await storeArchive(own, PLAN);
    await own.write(async (tx) => {
      await tx.update(tx.tables.articles).set({ title: hostile, canonicalUrl: 'javascript:alert(1)' });
      await tx.update(tx.tables.topicNames).set({ name: hostile });
    });
    const attacked = await serveDatabase(own, clock);
    const found = await Page.at(`${attacked.url}/relations/topic-0+topic-1`);
    expect(found.all('script')).toEqual([]);
    expect(found.all('bdi').length).toBeGreaterThan(20);
    expect(new Set(found.all('bdi').map(textOf))).toEqual(new Set([shownAs]));
    expect(found.links().filter((link) => link.includes(':'))).toEqual([]);
    const picture = await Page.at(`${attacked.url}/relations/topic-0+topic-1.svg`);
    expect(picture.response.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    const parser = new SaxesParser();
    const elements = new Set<string>();
    parser.on('opentag', ({ name }) => elements.add(name));
    parser.on('error', (error) => {
      throw error;
    });
    parser.write(picture.html).close();
    expect([...elements].sort()).toEqual(['desc', 'line', 'rect', 'style', 'svg', 'text', 'title']);
    await attacked.server.close();
  });

  test('who asks makes no difference, and what readers do not see is not in it', async () => {
    const before = await page('/topic-0+topic-1');
    await addToArchive(db, archive, [
      { ...published([0, 1], 1), status: 'DRAFT', publishedAt: null },
      { ...published([0, 1], 1), embargoUntil: NOW + HOUR },
    ]);
    const after = await page('/topic-0+topic-1', { headers: { authorization: 'Bearer editor' } });
    expect(after.html).toBe(before.html);
  });

  test('a browser that has it already is told that nothing changed, until something does', async () => {
    const first = await page('/topic-0+topic-1');
    const etag = first.response.headers.get('etag') ?? '';
    const known = { headers: { 'if-none-match': `"other", ${etag}` } };
    expect(first.response.headers.get('cache-control')).toBe('no-cache');
    expect((await page('/topic-0+topic-1', known)).status).toBe(304);
    const { response, html } = await page('/topic-0+topic-1', { method: 'HEAD' });
    expect([response.status, response.headers.get('etag'), html]).toEqual([200, etag, '']);
    await addToArchive(db, { ...archive, articles: [...archive.articles, ...archive.articles] }, [
      published([0, 1], 2),
    ]);
    const changed = await page('/topic-0+topic-1', known);
    expect([changed.status, changed.text('.lede')]).toEqual([200, expect.stringContaining('14 times')]);
  });

  test('takes the same few statements, however much there is to tell', async () => {
    const count = async (address: string) => (await sent.during(() => page(address))).length;
    await count('/topic-0+topic-1');
    const most = await count('/topic-0+topic-1');
    expect(most).toBeLessThanOrEqual(6);
    expect(await count('/topic-1+topic-2?interval=day')).toBe(most);
    expect(await count('/topic-0+topic-1.svg')).toBe(most);
  });

  test('the list of relations finds topics by slug or name, and leads to the page', async () => {
    const home = await page('');
    expect([home.status, home.links().includes('relations/topic-0+topic-1')]).toEqual([200, true]);
    const sentTo = await page('?topic=TOPIC+0&topic=topic-1&topic=&language=fa');
    expect([sentTo.status, sentTo.response.headers.get('location')]).toEqual([
      303,
      'relations/topic-0+topic-1?language=fa',
    ]);
    const unknown = await page('?topic=topic-0&topic=topci');
    expect([unknown.status, unknown.text('.lede')]).toEqual([404, 'There is no topic “topci”.']);
    expect(unknown.links()).toContain('relations/topic-0+topic-1');
  });
});

describeEachEngine('the page of a relation on a site', (store) => {
  test('names the feeds of its articles, and none where links would lead nowhere', async () => {
    const db = await store.open();
    await storeArchive(db, PLAN);
    const site = { url: 'https://news.example', documents: 'https://news.example', name: 'News' };
    for (const [place, feeds] of [
      [site, ['atom', 'rss', 'json'].map((format) => `../feeds/relation/topic-0+topic-1.${format}`)],
      [NO_SITE, []],
    ] as const) {
      const running = await serveDatabase(db, heldClock(NOW), place);
      const { html } = await Page.at(`${running.url}/relations/topic-0+topic-1`);
      expect(Array.from(html.matchAll(/rel="alternate"[^>]*href="([^"]+)"/g), ([, href]) => href)).toEqual(
        feeds,
      );
      await running.server.close();
    }
  });
});

describeEachEngine('what the page of a relation tells', (store) => {
  test('is what the API tells, of any topics in any window', async () => {
    const [plan] = fc.sample(relationPlans({ min: 60, max: 60 }), { numRuns: 1, seed: 6 });
    if (!plan) throw new Error('No plan');
    const db = await store.open();
    await storeArchive(db, plan);
    const running = await serveDatabase(db);
    const api = new Api(db);
    const windows = [null, { from: '2026-02-10' }, { from: '2026-02-01', to: '2026-02-28' }];
    const choices = [
      [0, 1],
      [1, 2],
      [2, 5],
      [0, 1, 2],
      [3, 4, 5, 6, 0],
    ];
    for (const [turn, places] of choices.entries()) {
      const window = at(windows, turn % windows.length);
      const topics = places.map((place) => `topic-${place}`);
      const query = new URLSearchParams({ ...window, interval: 'month' });
      const page = await Page.at(`${running.url}/relations/${topics.join('+')}?${query}`);
      const exclusive = window && { from: window.from, ...('to' in window && { to: '2026-03-01' }) };
      const asked =
        exclusive &&
        Object.fromEntries(Object.entries(exclusive).map(([end, day]) => [end, `${day}T00:00:00Z`]));
      const { relation } = await api.ask<Answer>(RELATION, { topics, window: asked, bucket: 'MONTH' });
      expectTold(page, relation);
    }
    await running.server.close();
  });
});

function expectTold(page: Page, relation: Answer['relation']): void {
  const { association } = relation;
  const facts = page.all('dd').map(textOf);
  const counts = association.each.map(({ articleCount }) => String(articleCount));
  expect([facts[0], ...facts.slice(2)]).toEqual([
    String(relation.articleCount),
    ...counts,
    String(association.total),
  ]);
  const lede = page.text('.lede');
  if (relation.articleCount === 0) expect(lede).toMatch(/^Not covered together/);
  else if (association.lift === null) expect(lede).toContain('too few');
  expect(page.text('.head').includes('That is significant')).toBe(
    association.significant && association.each.length === 2,
  );
  expect(page.rows('over-time').map(([, count, total]) => [count, total])).toEqual(
    relation.timeline.map(({ count, total }) => [String(count), String(total)]),
  );
  expect(page.all('rect.bar').length - 1).toBe(relation.timeline.length);
  expect(
    page.rows('connectors').map(([name, count]) => [name?.replace(/( new)? See it with .*/, ''), count]),
  ).toEqual(relation.connectors.map(({ topic, articleCount }) => [topic.name, String(articleCount)]));
  const [list] = page.all('ol.articles');
  expect(list ? page.all('h3', list).map(textOf) : []).toEqual(
    relation.articles.nodes.map(({ title }) => title),
  );
  const [bursts] = page.all('ol.bursts');
  expect(bursts ? page.all('p', bursts).map(textOf) : []).toEqual(
    relation.bursts.flatMap(({ peak }) => peak?.title ?? []),
  );
}
