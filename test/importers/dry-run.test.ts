import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { ArticleService } from '../../src/articles';
import { systemActor } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { SecretBox } from '../../src/core/sealed';
import { type Database, onCopy } from '../../src/database';
import { type ImportReport, importWordPress } from '../../src/importers';
import { describeEachEngine, tempDirectory } from '../support/engines';
import { describeWithSharedData } from '../support/shared-data';
import { storedContent } from './stored-content';
import { cdata, itemXml, wxr } from './wxr-support';

const box = new SecretBox('a secret of at least thirty-two characters');
const clock = heldClock(Date.parse('2026-06-01T12:00:00Z'));

const run = (database: Database, path: string) => importWordPress({ database, box, clock, path });

/** All that a report tells. */
function told(report: ImportReport): unknown {
  const { rows, skipped, reasons, notes, omitted, lost, changed } = report;
  return { rows: [...rows], skipped, reasons: [...reasons], notes, omitted, lost, changed };
}

/** From few values, so that names and numbers meet. */
const comment = fc.record({
  id: fc.integer({ min: 1, max: 12 }),
  parent: fc.integer({ min: 0, max: 12 }),
  approved: fc.constantFrom('1', '0', 'spam', 'trash'),
  type: fc.constantFrom('', '', 'comment', 'pingback'),
  words: fc.constantFrom('Yes', 'No', ''),
});
const post = fc.record({
  id: fc.integer({ min: 1, max: 9 }),
  title: fc.constantFrom('One', 'Two', 'Three'),
  slug: fc.constantFrom('a', 'b', 'a-2'),
  type: fc.constantFrom('post', 'post', 'page', 'event', 'nav_menu_item'),
  status: fc.constantFrom('publish', 'publish', 'draft', 'trash'),
  category: fc.constantFrom('border', 'crossings', 'nowhere'),
  tag: fc.constantFrom('kabul', 'herat'),
  image: fc.constantFrom('', '20', '21'),
  group: fc.constantFrom('', 'g1'),
  comments: fc.array(comment, { maxLength: 3 }),
});
type Post = typeof post extends fc.Arbitrary<infer T> ? T : never;

const HEAD = `
  <wp:category><wp:term_id>2</wp:term_id><wp:category_nicename>crossings</wp:category_nicename><wp:category_parent>border</wp:category_parent><wp:cat_name>Crossings</wp:cat_name></wp:category>
  <wp:category><wp:term_id>1</wp:term_id><wp:category_nicename>border</wp:category_nicename><wp:cat_name>Border</wp:cat_name></wp:category>
  <wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>lost</wp:category_nicename><wp:category_parent>nobody</wp:category_parent><wp:cat_name>Lost</wp:cat_name></wp:category>
  <wp:tag><wp:term_id>9</wp:term_id><wp:tag_slug>kabul</wp:tag_slug><wp:tag_name>Kabul</wp:tag_name></wp:tag>
  <item><title>Image</title><wp:post_id>20</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status><wp:attachment_url>https://news.example/20.jpg</wp:attachment_url></item>
`;

function exportOf(posts: readonly Post[]): string {
  const items = posts.map(({ id, title, slug, type, status, category, tag, image, group, comments }) => {
    const xml = itemXml(
      id,
      `<link>https://news.example/${slug}/</link><wp:post_name>${slug}</wp:post_name>
      <wp:post_date_gmt>2026-05-01 10:00:00</wp:post_date_gmt><content:encoded>${cdata(`<p>${title}</p>`)}</content:encoded>
      <category domain="category" nicename="${category}">${category}</category>
      <category domain="post_tag" nicename="${tag}">${tag}</category>
      ${group === '' ? '' : `<category domain="post_translations" nicename="${group}">x</category>`}
      ${image === '' ? '' : `<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>${image}</wp:meta_value></wp:postmeta>`}
      ${comments
        .map(
          (each) =>
            `<wp:comment><wp:comment_id>${each.id}</wp:comment_id><wp:comment_date_gmt>2026-05-02 11:00:00</wp:comment_date_gmt><wp:comment_content>${each.words}</wp:comment_content><wp:comment_approved>${each.approved}</wp:comment_approved><wp:comment_type>${each.type}</wp:comment_type><wp:comment_parent>${each.parent}</wp:comment_parent><wp:comment_author_email>a@mail.example</wp:comment_author_email></wp:comment>`,
        )
        .join('')}`,
    );
    return xml
      .replace(`<title>Post ${id}</title>`, `<title>${title}</title>`)
      .replace('<wp:post_type>post<', `<wp:post_type>${type}<`)
      .replace('<wp:status>publish<', `<wp:status>${status}<`);
  });
  return wxr(HEAD + items.join(''));
}

function fileOf(text: string): string {
  const path = join(tempDirectory(), 'export.xml');
  writeFileSync(path, text);
  return path;
}

/** Gives some of the articles another title, as an editor here would; what is withdrawn cannot be edited. */
async function edit(database: Database): Promise<void> {
  const rows = await database.rows<{ id: number; revision: number }>(
    sql`select id, revision from articles where id % 2 = 0 and status <> 'WITHDRAWN'`,
  );
  const service = new ArticleService(database, clock);
  for (const row of rows) await service.update(systemActor('editor'), row, { title: 'Ours' });
}

describeEachEngine('a dry run', (store) => {
  test('reports exactly what the run then does, and writes nothing', async () => {
    const database = await store.open();
    const exports = fc.array(post, { maxLength: 8 }).map(exportOf);
    await fc.assert(
      fc.asyncProperty(exports, exports, async (first, second) => {
        // Upon what the runs before have left.
        await run(database, fileOf(first));
        await edit(database);
        const before = await storedContent(database, box);
        const path = fileOf(second);
        const rehearsed = await onCopy(database, (copy) => run(copy, path));
        expect(await storedContent(database, box)).toEqual(before);
        expect(told(rehearsed)).toEqual(told(await run(database, path)));
      }),
      { numRuns: 25, endOnFailure: true },
    );
  }, 240_000);

  test('of a database that is not there yet reports as the first run does', async () => {
    const path = fileOf(exportOf(fc.sample(post, { numRuns: 20, seed: 7 })));
    const rehearsed = await onCopy(null, (copy) => run(copy, path));
    expect(told(rehearsed)).toEqual(told(await run(await store.open(), path)));
    expect(rehearsed.changed).toBe(true);
  });

  describeWithSharedData('of a real blog', ['wxr/cc-labs-blog.xml'], (path) => {
    test('reports exactly what the run then does', async () => {
      const database = await store.open();
      const rehearsed = await onCopy(database, (copy) => run(copy, path));
      expect(await database.rows(sql`select id from articles`)).toEqual([]);
      expect(told(rehearsed)).toEqual(told(await run(database, path)));
    }, 60_000);
  });
});
