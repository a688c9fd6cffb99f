import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Reader } from '../../database';
import {
  commentPage,
  countAll,
  formerSlugPage,
  keyPages,
  lastChange,
  lastKeys,
  redirectPage,
} from './newsroom.reads';
import { type Counts, END_TYPE, type End, HEADER_TYPE, type Header, VERSION } from './record';
import { lineOf, RecordWriter } from './record-writer';

export interface ExportProgress {
  /** Lines that have been written, by type. */
  readonly counts: Counts;
  /** Rows that there were when the export began. */
  readonly totals: Counts;
}

export interface NewsroomExport {
  readonly database: Reader;
  /** Takes each line, with its line feed; or a stream, which is left open. Neither is hurried. */
  readonly write: ((line: string) => Promise<void>) | Writable;
  readonly onProgress?: (progress: ExportProgress) => void;
}

export interface NewsroomExported {
  readonly counts: Counts;
  /**
   * How often the newsroom changed while it was written. 0: the file shows it at one instant. Otherwise each
   * line is right for itself and everything that it refers to is there, but two lines may be seconds apart.
   */
  readonly changes: number;
}

/** Rows read at once: what is in memory at any time is one such batch. Articles come with their bodies. */
const BATCH = 500;
const ARTICLE_BATCH = 100;

/**
 * Writes everything that a newsroom owns as JSON Lines: what readers see and what editors have decided, without
 * e-mail addresses, IP addresses or anything made of them. The same newsroom gives the same bytes, on either
 * engine: nothing in the file tells when it was written.
 *
 * It reads many short statements, one after the other, so that neither writers nor the event loop are held up.
 */
export async function exportNewsroom({
  database,
  write,
  onProgress,
}: NewsroomExport): Promise<NewsroomExported> {
  const totals = await countAll(database);
  const records = new RecordWriter(database);
  const first = await lastChange(database);
  const result = { counts: records.counts, changes: 0 };
  async function* batches(): AsyncGenerator<string[]> {
    const keys = await lastKeys(database);
    const header: Header = {
      type: HEADER_TYPE,
      version: VERSION,
      totals,
      lastKeys: keys,
    };
    yield [lineOf(header)];
    for await (const lines of everything(database, records)) {
      yield lines;
      onProgress?.({ counts: { ...records.counts }, totals });
      await nextTurn();
    }
    result.changes = (await lastChange(database)) - first;
    const end: End = { type: END_TYPE, counts: records.counts, changes: result.changes };
    yield [lineOf(end)];
  }
  await send(batches(), write);
  return result;
}

async function* everything(reader: Reader, records: RecordWriter): AsyncGenerator<string[]> {
  for (const type of ['image', 'author', 'topic', 'category', 'article', 'collection'] as const) {
    const limit = type === 'article' ? ARTICLE_BATCH : BATCH;
    for (let after = 0; ; ) {
      const page = await keyPages[type](reader, { after, limit });
      const last = page.at(-1);
      if (last === undefined) break;
      const ids = page.map(({ id }) => id);
      yield await records.lines(type, ids);
      after = last.id;
    }
  }
  yield* redirects(reader, records);
  yield* formerSlugs(reader, records);
  yield* comments(reader, records);
}

async function* redirects(reader: Reader, records: RecordWriter): AsyncGenerator<string[]> {
  for (let after = ''; ; ) {
    const rows = await redirectPage(reader, { after, limit: BATCH });
    const last = rows.at(-1);
    if (last === undefined) return;
    yield await records.redirects(rows);
    after = last.path;
  }
}

async function* formerSlugs(reader: Reader, records: RecordWriter): AsyncGenerator<string[]> {
  for (let kind = '', after = ''; ; ) {
    const rows = await formerSlugPage(reader, { kind, after, limit: BATCH });
    const last = rows.at(-1);
    if (last === undefined) return;
    yield await records.formerSlugs(rows);
    kind = last.kind;
    after = last.slug;
  }
}

async function* comments(reader: Reader, records: RecordWriter): AsyncGenerator<string[]> {
  for (let article = 0, after = 0; ; ) {
    const page = await commentPage(reader, { article, after, limit: BATCH });
    const last = page.at(-1);
    if (last === undefined) return;
    const ids = page.map(({ id }) => id);
    yield await records.lines('comment', ids);
    article = last.articleId;
    after = last.id;
  }
}

async function send(batches: AsyncIterable<string[]>, target: NewsroomExport['write']): Promise<void> {
  if (typeof target !== 'function') {
    const chunks = Readable.from(joined(batches), { objectMode: false });
    await pipeline(chunks, target, { end: false });
    return;
  }
  for await (const lines of batches) for (const line of lines) await target(line);
}

async function* joined(batches: AsyncIterable<string[]>): AsyncGenerator<string> {
  for await (const lines of batches) if (lines.length > 0) yield lines.join('');
}
