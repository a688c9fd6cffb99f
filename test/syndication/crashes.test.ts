/** Eight writers with delays and rollbacks, and three partners who crash while they apply what they are given. */
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { ARTICLE_DEFAULTS, type ArticleContent, insertArticles } from '../../src/articles';
import { parseBody } from '../../src/articles/body';
import { ChangeFeed } from '../../src/changes';
import { silentLog } from '../../src/core/log';
import { SecretBox } from '../../src/core/sealed';
import type { Database } from '../../src/database';
import { PartnerFeedService } from '../../src/syndication';
import { ARCHIVIST, NOW } from '../support/archive';
import { bounded } from '../support/bounded';
import { SECRET } from '../support/discussions';
import { describeEachEngine } from '../support/engines';
import { PartnerDesk } from './partner-desk';

const attempts = fc.record({
  before: fc.nat({ max: 4 }),
  languages: fc.array(fc.constantFrom('en', 'ur'), { minLength: 1, maxLength: 3 }),
  after: fc.nat({ max: 4 }),
  givesUp: fc.boolean(),
});
type Attempt = typeof attempts extends fc.Arbitrary<infer A> ? A : never;

const scenarios = fc.record({
  writers: fc.array(fc.array(attempts, { minLength: 4, maxLength: 4 }), { minLength: 8, maxLength: 8 }),
  luck: fc.infiniteStream(fc.nat({ max: 1_000 })),
});

class GivenUp extends Error {}

let made = 0;
function contentIn(language: string): ArticleContent {
  const slug = `story-${++made}`;
  return {
    fields: {
      ...ARTICLE_DEFAULTS,
      ...{ status: 'PUBLISHED', slug, path: `/${slug}`, title: slug, language },
      ...{ createdAt: NOW, updatedAt: NOW, publishedAt: NOW },
    },
    body: parseBody('<p>Text</p>'),
    ...{ authorIds: [], categoryIds: [], topics: [] },
  };
}

async function write(db: Database, { before, languages, after, givesUp }: Attempt) {
  const writing = db.write(async (tx) => {
    await delay(before);
    await insertArticles(tx, ARCHIVIST, NOW, languages.map(contentIn));
    await delay(after);
    if (givesUp) throw new GivenUp();
  });
  await writing.catch((error: unknown) => {
    if (!(error instanceof GivenUp)) throw error;
  });
}

/** What stands on the disk of a partner: the token goes with the articles of its page, or neither is kept. */
interface Disk {
  readonly articles: number[];
  token: string;
}

async function follow(
  { feed, actor }: { feed: PartnerFeedService; actor: PartnerDesk['actor'] },
  disk: Disk,
  { random, isOver }: { random: (max: number) => number; isOver: () => boolean },
): Promise<void> {
  for (;;) {
    const over = isOver();
    const request = { after: disk.token, first: 1 + random(4), waitSeconds: over ? 0 : 1, ended: isOver };
    const page = await feed.changes(actor, request);
    // Crashes before anything of the page is on the disk.
    if (random(4) === 0) continue;
    disk.articles.push(...page.changes.map(({ articleId }) => articleId));
    disk.token = page.nextToken;
    if (over && !page.hasMore && page.changes.length === 0) return;
  }
}

describeEachEngine('eight writers, and three partners who crash', (store) => {
  test('nothing is lost, out of order, or twice', async () => {
    const databases = [await store.open(), await store.openAnother()] as const;
    const desk = new PartnerDesk(databases[0]);
    await desk.open({ languages: ['en'] });
    const feeds = databases.map((database) => {
      const changes = new ChangeFeed({ database, log: silentLog });
      return new PartnerFeedService({ database, clock: desk.clock, changes, box: new SecretBox(SECRET) });
    });
    await fc.assert(
      fc.asyncProperty(scenarios, async ({ writers, luck }) => {
        const random = (max: number) => (luck.next().value ?? 0) % max;
        const { changesToken: token } = await desk.snapshot(100);
        const [head] = await databases[0].rows<{ seq: number }>(sql`select seq from feed_head`);
        const disks = [0, 1, 2].map((): Disk => ({ articles: [], token }));
        let over = false;
        const reading = disks.map((disk, place) => {
          const feed = feeds[place % 2] ?? desk.feed;
          return follow({ feed, actor: desk.actor }, disk, { random, isOver: () => over });
        });
        const writing = writers.map(async (mine, place) => {
          for (const attempt of mine) await write(databases[place % 2] ?? databases[0], attempt);
        });
        await Promise.all(writing).finally(() => {
          over = true;
        });
        await Promise.all(reading);
        const committed = await databases[0].rows<{ id: number }>(
          sql`select c.entity_id as id from changes as c join articles as a on a.id = c.entity_id where c.entity = 'ARTICLE' and a.language = 'en' and c.seq > ${head?.seq ?? 0} order by c.seq`,
        );
        for (const { articles } of disks) expect(articles).toEqual(committed.map(({ id }) => id));
      }),
      bounded(2),
    );
  });
});
