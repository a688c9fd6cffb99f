import type { Reader } from '../../database';
import { keySets } from './key-set';
import {
  articleAuthorRows,
  articleCategoryRows,
  articleRows,
  articleTopicRows,
  authorRows,
  categoryRows,
  collectionArticleRows,
  collectionRows,
  commentRows,
  imageRows,
  topicNameRows,
  topicRows,
} from './newsroom.reads';
import { parentsFirst } from './parents-first';
import { type Counts, type KeyedType, noCounts, type WrittenRecord } from './record';
import {
  type FormerSlugRow,
  type RedirectRow,
  writtenArticle,
  writtenAuthor,
  writtenCategory,
  writtenCollection,
  writtenComment,
  writtenFormerSlug,
  writtenImage,
  writtenRedirect,
  writtenTopic,
} from './written';

/**
 * Turns rows into lines: each of them once, and each after everything that it refers to. What is made while the
 * export runs, and is referred to by what comes later, is put in where it is needed.
 */
export class RecordWriter {
  readonly counts: Counts = noCounts();
  private readonly written = keySets();

  constructor(private readonly reader: Reader) {}

  /** The lines of the rows with these keys that have none yet. */
  async lines(type: KeyedType, keys: readonly (number | null)[]): Promise<string[]> {
    const ids = this.missing(type, keys);
    if (ids.length === 0) return [];
    switch (type) {
      case 'image':
        return this.all('image', await imageRows(this.reader, { ids }), writtenImage);
      case 'author':
        return this.authors(ids);
      case 'topic':
        return this.topics(ids);
      case 'category':
        return this.categories(ids);
      case 'article':
        return this.articles(ids);
      case 'collection':
        return this.collections(ids);
      case 'comment':
        return this.comments(ids);
    }
  }

  async redirects(rows: readonly RedirectRow[]): Promise<string[]> {
    const articles = await this.lines(
      'article',
      rows.map(({ articleId }) => articleId),
    );
    this.counts.redirect += rows.length;
    return [...articles, ...rows.map((row) => lineOf(writtenRedirect(row)))];
  }

  /** Of what is gone meanwhile there is nothing to tell. */
  async formerSlugs(rows: readonly FormerSlugRow[]): Promise<string[]> {
    const before: string[] = [];
    for (const kind of ['author', 'category', 'collection', 'topic'] as const) {
      const keys = rows.filter((row) => row.kind === kind).map(({ localId }) => localId);
      before.push(...(await this.lines(kind, keys)));
    }
    const known = rows.filter(({ kind, localId }) => this.written[kind].has(localId));
    this.counts.formerSlug += known.length;
    return [...before, ...known.map((row) => lineOf(writtenFormerSlug(row)))];
  }

  private async authors(ids: number[]): Promise<string[]> {
    const rows = await authorRows(this.reader, { ids });
    const images = await this.lines(
      'image',
      rows.map(({ avatarId }) => avatarId),
    );
    return [...images, ...this.all('author', rows, writtenAuthor)];
  }

  private async topics(ids: number[]): Promise<string[]> {
    const fetch = (keys: number[]) => topicRows(this.reader, { ids: keys });
    const rows = await parentsFirst(await fetch(ids), this.written.topic, fetch);
    const names = byKey(
      await topicNameRows(this.reader, { ids: rows.map(({ id }) => id) }),
      ({ topicId }) => topicId,
    );
    return this.all('topic', rows, (row) => writtenTopic(row, names.get(row.id) ?? []));
  }

  private async categories(ids: number[]): Promise<string[]> {
    const fetch = (keys: number[]) => categoryRows(this.reader, { ids: keys });
    const rows = await parentsFirst(await fetch(ids), this.written.category, fetch);
    const topics = await this.lines(
      'topic',
      rows.map(({ topicId }) => topicId),
    );
    return [...topics, ...this.all('category', rows, writtenCategory)];
  }

  private async articles(ids: number[]): Promise<string[]> {
    const rows = await articleRows(this.reader, { ids });
    const authors = await articleAuthorRows(this.reader, { ids });
    const categories = await articleCategoryRows(this.reader, { ids });
    const topics = await articleTopicRows(this.reader, { ids });
    const before = [
      ...(await this.lines(
        'image',
        rows.map(({ leadImageId }) => leadImageId),
      )),
      ...(await this.lines(
        'author',
        authors.map(({ authorId }) => authorId),
      )),
      ...(await this.lines(
        'topic',
        topics.map(({ topicId }) => topicId),
      )),
      ...(await this.lines('category', [
        ...rows.map(({ primaryCategoryId }) => primaryCategoryId),
        ...categories.map(({ categoryId }) => categoryId),
      ])),
    ];
    const [authorsOf, categoriesOf, topicsOf] = [
      byArticle(authors),
      byArticle(categories),
      byArticle(topics),
    ];
    const own = this.all('article', rows, (row) =>
      writtenArticle(row, {
        authors: authorsOf.get(row.id) ?? [],
        categories: categoriesOf.get(row.id) ?? [],
        topics: topicsOf.get(row.id) ?? [],
      }),
    );
    return [...before, ...own];
  }

  private async collections(ids: number[]): Promise<string[]> {
    const rows = await collectionRows(this.reader, { ids });
    const held = await collectionArticleRows(this.reader, { ids });
    const articles = await this.lines(
      'article',
      held.map(({ articleId }) => articleId),
    );
    const heldBy = byKey(held, ({ collectionId }) => collectionId);
    const own = this.all('collection', rows, (row) => writtenCollection(row, heldBy.get(row.id) ?? []));
    return [...articles, ...own];
  }

  private async comments(ids: number[]): Promise<string[]> {
    const fetch = (keys: number[]) => commentRows(this.reader, { ids: keys });
    const rows = await parentsFirst(await fetch(ids), this.written.comment, fetch);
    const articles = await this.lines(
      'article',
      rows.map(({ articleId }) => articleId),
    );
    return [...articles, ...this.all('comment', rows, writtenComment)];
  }

  private missing(type: KeyedType, keys: readonly (number | null)[]): number[] {
    const written = this.written[type];
    return [...new Set(keys)].filter((key) => key !== null).filter((key) => !written.has(key));
  }

  private all<R extends { readonly id: number }>(
    type: KeyedType,
    rows: readonly R[],
    write: (row: R) => WrittenRecord,
  ): string[] {
    return rows.map((row) => {
      this.written[type].add(row.id);
      this.counts[type] += 1;
      return lineOf(write(row));
    });
  }
}

/** Two characters that JSON may hold as they are, and that many programs take for the end of a line. */
const LINE_BREAKS = /[\u2028\u2029]/g;

export function lineOf(record: object): string {
  const json = JSON.stringify(record);
  return `${json.replace(LINE_BREAKS, (character) => (character === '\u2028' ? '\\u2028' : '\\u2029'))}\n`;
}

function byArticle<R extends { readonly articleId: number }>(rows: readonly R[]): Map<number, R[]> {
  return byKey(rows, ({ articleId }) => articleId);
}

function byKey<R>(rows: readonly R[], keyOf: (row: R) => number): Map<number, R[]> {
  const found = new Map<number, R[]>();
  for (const row of rows) {
    const group = found.get(keyOf(row));
    if (group) group.push(row);
    else found.set(keyOf(row), [row]);
  }
  return found;
}
