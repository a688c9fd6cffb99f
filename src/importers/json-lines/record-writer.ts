import type { SecretBox } from '../../core/sealed';
import type { Reader } from '../../database';
import { keySets } from './key-set';
import {
  articleRows,
  authorRows,
  categoryRows,
  collectionArticleRows,
  collectionRows,
  commentRows,
  correctionRows,
  imageRows,
  removedTopicRows,
  topicNameRows,
  topicRows,
} from './newsroom.reads';
import { parentsFirst } from './parents-first';
import { type Counts, type KeyedType, noCounts, type RecordType, type WrittenRecord } from './record';
import {
  type ApiKeyRow,
  type ChangeRow,
  type CommentDecisionRow,
  type CommenterMarkRow,
  type CommentPrivateRow,
  type CommentReportRow,
  type CommentVersionRow,
  type FormerSlugRow,
  type ImportKeyRow,
  type RedirectRow,
  type RevisionRow,
  type SettingRow,
  writtenApiKey,
  writtenArticle,
  writtenAuthor,
  writtenCategory,
  writtenChange,
  writtenCollection,
  writtenComment,
  writtenCommentDecision,
  writtenCommenterMark,
  writtenCommentPrivate,
  writtenCommentReport,
  writtenCommentVersion,
  writtenFormerSlug,
  writtenImage,
  writtenImportKey,
  writtenRedirect,
  writtenRevision,
  writtenSetting,
  writtenTopic,
} from './written';

/**
 * Turns rows into lines: each of them once, and of topics, categories and comments each after what it stands
 * below, whichever has the lower key. Types come one after the other, in the order of RECORD_TYPES, so that a
 * line refers only to lines before it.
 */
export class RecordWriter {
  readonly counts: Counts = noCounts();
  private readonly written = keySets();

  constructor(private readonly reader: Reader) {}

  /** The lines of the rows with these keys that have none yet. */
  async lines(type: KeyedType, keys: readonly number[]): Promise<string[]> {
    const ids = keys.filter((key) => !this.written[type].has(key));
    if (ids.length === 0) return [];
    switch (type) {
      case 'image':
        return this.keyed('image', await imageRows(this.reader, { ids }), writtenImage);
      case 'author':
        return this.keyed('author', await authorRows(this.reader, { ids }), writtenAuthor);
      case 'topic':
        return this.topics(ids);
      case 'category':
        return this.keyed('category', await this.inTrees('category', categoryRows, ids), writtenCategory);
      case 'article':
        return this.articles(ids);
      case 'collection':
        return this.collections(ids);
      case 'comment':
        return this.keyed('comment', await this.inTrees('comment', commentRows, ids), writtenComment);
    }
  }

  revisions(rows: readonly RevisionRow[]): string[] {
    return this.all('articleRevision', rows, writtenRevision);
  }

  redirects(rows: readonly RedirectRow[]): string[] {
    return this.all('redirect', rows, writtenRedirect);
  }

  formerSlugs(rows: readonly FormerSlugRow[]): string[] {
    return this.all('formerSlug', rows, writtenFormerSlug);
  }

  commentPrivate(rows: readonly CommentPrivateRow[]): string[] {
    return this.all('commentPrivate', rows, writtenCommentPrivate);
  }

  commentVersions(rows: readonly CommentVersionRow[]): string[] {
    return this.all('commentVersion', rows, writtenCommentVersion);
  }

  commentDecisions(rows: readonly CommentDecisionRow[]): string[] {
    return this.all('commentDecision', rows, writtenCommentDecision);
  }

  commentReports(rows: readonly CommentReportRow[]): string[] {
    return this.all('commentReport', rows, writtenCommentReport);
  }

  commenterMarks(rows: readonly CommenterMarkRow[]): string[] {
    return this.all('commenterMark', rows, writtenCommenterMark);
  }

  apiKeys(rows: readonly ApiKeyRow[], box: SecretBox): string[] {
    return this.all('apiKey', rows, (row) => writtenApiKey(row, box));
  }

  importKeys(rows: readonly ImportKeyRow[]): string[] {
    return this.all('importKey', rows, writtenImportKey);
  }

  settings(rows: readonly SettingRow[]): string[] {
    return this.all('setting', rows, writtenSetting);
  }

  changes(rows: readonly ChangeRow[]): string[] {
    return this.all('change', rows, writtenChange);
  }

  private async topics(ids: number[]): Promise<string[]> {
    const rows = await this.inTrees('topic', topicRows, ids);
    const names = byKey(
      await topicNameRows(this.reader, { ids: rows.map(({ id }) => id) }),
      ({ topicId }) => topicId,
    );
    return this.keyed('topic', rows, (row) => writtenTopic(row, names.get(row.id) ?? []));
  }

  private async articles(ids: number[]): Promise<string[]> {
    const rows = await articleRows(this.reader, { ids });
    const removed = byArticle(await removedTopicRows(this.reader, { ids }));
    const corrections = byArticle(await correctionRows(this.reader, { ids }));
    return this.keyed('article', rows, (row) =>
      writtenArticle(row, {
        removedTopics: removed.get(row.id) ?? [],
        corrections: corrections.get(row.id) ?? [],
      }),
    );
  }

  private async collections(ids: number[]): Promise<string[]> {
    const rows = await collectionRows(this.reader, { ids });
    const held = byKey(await collectionArticleRows(this.reader, { ids }), ({ collectionId }) => collectionId);
    return this.keyed('collection', rows, (row) => writtenCollection(row, held.get(row.id) ?? []));
  }

  private async inTrees<R extends { readonly id: number; readonly parentId: number | null }>(
    type: KeyedType,
    read: (reader: Reader, params: { ids: number[] }) => Promise<R[]>,
    ids: number[],
  ): Promise<R[]> {
    const fetch = (keys: number[]) => read(this.reader, { ids: keys });
    return parentsFirst(await fetch(ids), this.written[type], fetch);
  }

  private keyed<R extends { readonly id: number }>(
    type: KeyedType,
    rows: readonly R[],
    write: (row: R) => WrittenRecord,
  ): string[] {
    for (const { id } of rows) this.written[type].add(id);
    return this.all(type, rows, write);
  }

  private all<R>(type: RecordType, rows: readonly R[], write: (row: R) => WrittenRecord): string[] {
    this.counts[type] += rows.length;
    return rows.map((row) => lineOf(write(row)));
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
