/** Documents are kept for as long as they are true, whatever is done meanwhile. */
import fc from 'fast-check';
import { deeds, Hand } from '../answers/deeds';
import type { Running } from '../http/tiny';
import { archivePlans, NOW, storeArchive } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { fetched, serveDocumentsOf } from './serving';

const PATHS = [
  ...['feeds/site.atom', 'feeds/topic/topic-1.rss', 'feeds/category/category-2.json'],
  ...['feeds/author/author-0.atom', 'feeds/relation/topic-0+topic-1.rss', 'feeds/search.json?q=happened'],
  ...['sitemap.xml', 'sitemap-news.xml', 'sitemap-site-1.xml', 'sitemap-articles-1.xml'],
  ...['articles/article-1.jsonld', 'articles/article-1.ninjs.json', 'articles/topic-1.jsonld'],
  `oembed?url=${encodeURIComponent('https://news.example/articles/article-1')}`,
];

/** A clock that is moved by hand. */
function movedClock() {
  let instant = NOW;
  return {
    now: () => instant,
    advance: (milliseconds: number) => {
      instant += milliseconds;
    },
  };
}

const told = async ({ url }: Running, path: string) => {
  const response = await fetched(`${url}/${path}`);
  // Cursors of a search say when it began.
  return { status: response.status, text: (await response.text()).replace(/after=[\w-]+/g, '') };
};

describeEachEngine('documents that are kept', (store) => {
  test('say what is true, after any change and at any time', async () => {
    await fc.assert(
      fc.asyncProperty(
        archivePlans({ min: 4, max: 8 }),
        fc.array(deeds, { minLength: 5, maxLength: 8 }),
        (plan, done) =>
          store.using(async (db) => {
            const clock = movedClock();
            await storeArchive(db, plan);
            const [kept, fresh] = [
              await serveDocumentsOf(db, { clock, keeps: true }),
              await serveDocumentsOf(db, { clock }),
            ];
            const hand = new Hand(db, clock);
            await Promise.all(PATHS.map((path) => told(kept, path)));
            for (const deed of done) {
              await hand.do(deed);
              for (const path of PATHS)
                expect([path, await told(kept, path)]).toEqual([path, await told(fresh, path)]);
            }
            await Promise.all([kept.server.close(), fresh.server.close()]);
          }),
      ),
      { numRuns: 2 },
    );
  });
});
