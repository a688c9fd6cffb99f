/** A newsroom in which every field of the schema has a value somewhere, and an article that is not published. */
import { sql } from 'drizzle-orm';
import {
  ARTICLE_DEFAULTS,
  type ArticleContent,
  type ArticleFields,
  insertArticles,
  linkTranslations,
  type PreviewService,
  updateArticles,
} from '../../../src/articles';
import { parseBody } from '../../../src/articles/body';
import { saveAuthors } from '../../../src/authors';
import { saveCategories } from '../../../src/categories';
import { CollectionService } from '../../../src/collections';
import { heldClock } from '../../../src/core/clock';
import { globalId } from '../../../src/core/ids';
import { SecretBox } from '../../../src/core/sealed';
import type { Database, Tx } from '../../../src/database';
import { saveImages } from '../../../src/images';
import { addTopics } from '../../../src/topics';
import { ARCHIVIST, at, HOUR, NOW } from '../../support/archive';
import { plainComment, storeComments } from '../../support/discussions';

export interface Fixture {
  /** Global ids. */
  readonly published: string;
  readonly unpublished: string;
  /** Answers another below the published article, and is answered. */
  readonly comment: string;
  readonly image: string;
  /** Tokens of links to the two. */
  readonly preview: string;
  readonly previewOfUnpublished: string;
  /** The partner's, for `changes`. */
  readonly feed: string;
}

/** One block of each kind. */
const HTML = `<h2>Heading</h2><p>Text</p><ul><li>Item</li></ul><hr>
  <blockquote><p>Words</p><cite>Who</cite></blockquote>
  <figure><img src="/a.jpg" width="4" height="3" alt="A river"><figcaption>A</figcaption></figure>
  <figure><figure><img src="/b.jpg" width="4" height="3" alt="B"><figcaption>B</figcaption></figure>
    <figure><img src="/c.jpg"></figure><figcaption>Both</figcaption></figure>
  <figure><video src="/d.mp4" poster="/d.jpg" controls></video><figcaption>D</figcaption></figure>
  <figure><audio src="/e.mp3" controls></audio><figcaption>E</figcaption></figure>
  <figure><iframe src="https://www.youtube.com/embed/f"></iframe><figcaption>F</figcaption></figure>
  <figure><table><thead><tr><th>G</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table><figcaption>G</figcaption></figure>
  <pre><code class="language-js">h()</code></pre>
  <details><summary>More</summary><p>Rest</p></details>`;

export async function storeFixture(
  database: Database,
  previews: PreviewService,
): Promise<Omit<Fixture, 'feed'>> {
  const { articles, image } = await storeArticles(database);
  await new CollectionService(database, heldClock(NOW)).create(ARCHIVIST, {
    ...{ slug: 'collection', title: 'Collection', articles },
  });
  const [published, unpublished] = articles.map((id) => globalId('Article', id));
  const comment = globalId('Comment', await storeThread(database, at(articles, 0)));
  return {
    published: published ?? '',
    unpublished: unpublished ?? '',
    comment,
    image: globalId('Image', image),
    preview: (await previews.give(ARCHIVIST, at(articles, 0))).token,
    previewOfUnpublished: (await previews.give(ARCHIVIST, at(articles, 1))).token,
  };
}

/** Of the server: what is private is sealed under it. */
export const SECRET = 'Xq3v9TzLw0pR7sKd2mNb8yHf4jGc6aUe';

/** What nobody but moderators may ever see. */
export const SEEDED = {
  email: 'Seeded.Person@private.example',
  ip: '203.0.113.99',
  words: 'SEEDEDWORDS',
} as const;

/** The key of the one in the middle of three; beside it there is one in each state that is hidden. */
async function storeThread(database: Database, articleId: number): Promise<number> {
  const { email, ip, words } = SEEDED;
  const thread = [{ email, ip }, { email, ip, parentInBatch: 0 }, { parentInBatch: 1 }];
  const hidden = (['PENDING', 'REJECTED', 'SPAM'] as const).map((status) => ({
    ...{
      status,
      email,
      ip,
      text: `${words} ${status}`,
      html: `<p>${words} ${status}</p>`,
      authorName: words,
    },
  }));
  const ids = await storeComments(
    database,
    [...thread, ...hidden, { ...hidden[1], parentInBatch: 0 }, { parentInBatch: 6 }].map((fields) =>
      plainComment(articleId, fields),
    ),
    new SecretBox(SECRET),
  );
  const middle = at(ids, 1);
  await database.write(async (tx) => {
    await tx.execute(sql`update comments set edited_at = ${NOW} where id = ${middle}`);
    const of = { commentId: middle, at: NOW };
    const { commentEvents, commentReports, commentRevisions } = tx.tables;
    await tx.insertMany(commentEvents, [
      { ...of, actor: words, from: 'PENDING', to: 'APPROVED', reason: words },
    ]);
    await tx.insertMany(commentReports, [{ ...of, reporter: words, reason: 'SPAM', details: words }]);
    await tx.insertMany(commentRevisions, [
      { commentId: middle, version: 1, text: words, html: words, until: NOW },
    ]);
  });
  return middle;
}

/** The keys of one that is published and one that is not, and of the image that both show. */
async function storeArticles(database: Database): Promise<{ articles: number[]; image: number }> {
  return database.write(async (tx) => {
    const subjects = await storeSubjects(tx);
    const live = { status: 'PUBLISHED', publishedAt: NOW - HOUR } as const;
    const later = { status: 'SCHEDULED', publishedAt: NOW + HOUR } as const;
    const gone = { status: 'WITHDRAWN', withdrawnAt: NOW - 1 } as const;
    const ids = await insertArticles(tx, ARCHIVIST, NOW, [
      contentOf(subjects, { slug: 'published', language: 'en', ...live }),
      contentOf(subjects, { slug: 'unpublished', language: 'ur', ...later }),
      contentOf(subjects, { slug: 'translated', language: 'fa', ...live }),
      contentOf(subjects, { slug: 'withdrawn', language: 'en', ...live, ...gone }),
    ]);
    await insertArticles(tx, ARCHIVIST, NOW, coverageOf(subjects));
    const original = at(ids, 0);
    const rewritten = { fields: { title: 'Published' }, body: parseBody(`${HTML}<p>Nor rest</p>`) };
    await updateArticles(tx, ARCHIVIST, NOW, [
      { id: original, expectedRevision: 1, op: 'UPDATE', ...rewritten },
    ]);
    const links = [at(ids, 1), at(ids, 2)].map((translation) => ({ original, translation }));
    await linkTranslations(tx, ARCHIVIST, NOW, links);
    const corrections = ids.map((articleId) => ({ articleId, at: NOW, text: 'It was on Tuesday.' }));
    await tx.insertMany(tx.tables.articleCorrections, corrections);
    await tx.insert(tx.tables.redirects).values({ path: '/old', articleId: original });
    return { articles: [original, at(ids, 1)], image: subjects.image };
  });
}

interface Subjects {
  readonly author: number;
  readonly category: number;
  readonly image: number;
  readonly topic: number;
  /** Topics that are covered together with it. */
  readonly companions: readonly number[];
}

function contentOf(
  { author, category, image, topic }: Subjects,
  fields: Pick<ArticleFields, 'slug' | 'language'> & Partial<ArticleFields>,
): ArticleContent {
  return {
    fields: {
      ...ARTICLE_DEFAULTS,
      ...{ path: `/news/${fields.slug}`, canonicalUrl: 'https://news.example/a', title: fields.slug },
      commentingClosesAt: NOW + HOUR,
      ...{ standfirst: 'Short', byline: 'By them', datelinePlace: 'KARACHI', datelineSource: 'DID Press' },
      ...{ credit: 'Them', licence: 'CC-BY-4.0', territories: ['PK'], expiresAt: NOW + 2 * HOUR },
      ...{ embargoUntil: NOW - HOUR },
      ...{ primaryCategoryId: category, leadImageId: image, createdAt: NOW - HOUR, updatedAt: NOW - HOUR },
      ...fields,
    },
    body: parseBody(HTML),
    ...{ authorIds: [author], categoryIds: [category] },
    topics: [{ topicId: topic, salience: 1, mentions: 3, source: 'EDITOR' }],
  };
}

/** A year in which little happened, and a day on which everything was about the same: what relations are made of. */
function coverageOf({ topic, companions }: Subjects): ArticleContent[] {
  const day = 24 * HOUR;
  const articleOf = (slug: string, publishedAt: number, topicIds: readonly number[]): ArticleContent => ({
    fields: {
      ...ARTICLE_DEFAULTS,
      ...{ slug, path: `/news/${slug}`, language: 'en', title: slug, status: 'PUBLISHED', publishedAt },
      ...{ createdAt: publishedAt, updatedAt: publishedAt },
    },
    body: parseBody('<p>Text</p>'),
    ...{ authorIds: [], categoryIds: [] },
    topics: topicIds.map((topicId) => ({ topicId, salience: 1, mentions: 0, source: 'EDITOR' })),
  });
  return [
    ...Array.from({ length: 24 }, (_, index) =>
      articleOf(`quiet-${index}`, NOW - (10 + 14 * index) * day, []),
    ),
    articleOf('alone', NOW - 100 * day, [topic]),
    ...Array.from({ length: 12 }, (_, index) =>
      articleOf(`busy-${index}`, NOW - 2 * day, [topic, ...companions]),
    ),
  ];
}

/** One of each, in the middle of a tree where there are trees. */
async function storeSubjects(tx: Tx): Promise<Subjects> {
  const described = { width: 4, height: 3, alt: 'I', caption: 'I', credit: 'I' };
  const images = await saveImages(tx, ARCHIVIST, NOW, [{ url: 'https://news.example/i.jpg', ...described }]);
  const image = at(images.keys, 0);
  const writer = { slug: 'author', name: 'Author', bio: 'Writes', avatarId: image };
  const author = at(await saveAuthors(tx, ARCHIVIST, NOW, [writer]), 0);
  const addTopic = async (slug: string, parentId: number | null) => {
    const names = [{ language: 'en', name: slug, aliases: [`${slug} too`] }];
    const fields = { slug, kind: 'PLACE', parentId, description: 'Where', wikidataId: 'Q1', names } as const;
    return at(await addTopics(tx, ARCHIVIST, NOW, [fields]), 0);
  };
  const topic = await addTopic('topic', await addTopic('country', null));
  await addTopic('district', topic);
  const addCategory = async (slug: string, parentId: number | null) => {
    const fields = { slug, name: slug, description: 'What', parentId, topicId: topic, position: 0 };
    return at(await saveCategories(tx, ARCHIVIST, NOW, [fields]), 0);
  };
  const category = await addCategory('category', await addCategory('section', null));
  await addCategory('column', category);
  const companions = [await addTopic('neighbour', null), await addTopic('river', null)];
  return { author, category, image, topic, companions };
}
