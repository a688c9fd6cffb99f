import { sql } from 'drizzle-orm';
import type { Database } from '../../src/database';
import { saveImages } from '../../src/images';
import { ARCHIVIST, type Archive, HOUR, NOW, type PlannedArticle, storeArchive } from './archive';
import { plainComment, storeComments } from './discussions';

const AUTHORS = 7;
const SUBJECTS = 12;

/**
 * Stores an archive of `count` articles that all have everything that an article can have: authors, categories
 * and topics with others above and below, a picture, a discussion and a translation, which is a page and so in no
 * list.
 */
export async function storeRichArchive(database: Database, count: number): Promise<Archive> {
  // Three roots, everything else below.
  const tree = Array.from({ length: SUBJECTS }, (_, place) => (place < 3 ? null : place % 3));
  const articles = Array.from({ length: count }, (_, index) => richArticle(index));
  const pages = articles.map((article) => ({ ...article, kind: 'PAGE' as const, language: 'ur' }));
  const plan = { authors: AUTHORS, categories: tree, topics: tree, articles: [...articles, ...pages] };
  const archive = await storeArchive(database, plan);
  await database.write(async (tx) => {
    const pictures = Array.from({ length: 5 }, (_, index) => ({
      ...{ url: `https://news.example/${index}.jpg`, width: 1200, height: 800 },
      ...{ alt: 'A river', caption: null, credit: null },
    }));
    await saveImages(tx, ARCHIVIST, NOW, pictures);
    await tx.execute(
      sql`update articles set lead_image_id = 1 + id % 5, translation_group = case when kind = 'PAGE' then id - ${count} else id end`,
    );
  });
  const threads = archive.articles
    .slice(0, count)
    .flatMap(({ id }, index) => [plainComment(id), plainComment(id, { parentInBatch: 2 * index })]);
  await storeComments(database, threads);
  return archive;
}

function richArticle(index: number): PlannedArticle {
  const subject = 3 + (index % (SUBJECTS - 3));
  const another = 3 + ((index * 7 + 1) % (SUBJECTS - 3));
  const subjects = subject === another ? [subject] : [subject, another];
  return {
    kind: 'ARTICLE',
    status: 'PUBLISHED',
    language: 'en',
    publishedAt: NOW - HOUR * (1 + Math.floor(index / 3)),
    updatedAt: NOW - HOUR,
    embargoUntil: null,
    expiresAt: null,
    authors: [index % AUTHORS, (index + 1) % AUTHORS],
    categories: subjects,
    topics: subjects,
  };
}
