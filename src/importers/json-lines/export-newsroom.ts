import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SecretBox } from '../../core/sealed';
import type { Database, Reader } from '../../database';
import {
  apiKeyPage,
  changePage,
  commentDecisionPage,
  commenterMarkPage,
  commentPage,
  commentPrivatePage,
  commentReportPage,
  commentVersionPage,
  countAll,
  entitlementsOfKeys,
  formerSlugPage,
  importKeyPage,
  keyPages,
  lastChange,
  lastKeys,
  redirectPage,
  revisionPage,
  settingPage,
} from './newsroom.reads';
import {
  type Counts,
  END_TYPE,
  type End,
  HEADER_TYPE,
  type Header,
  noPrivate,
  type PrivateType,
  privateIn,
  VERSION,
} from './record';
import { lineOf, RecordWriter } from './record-writer';
import { secretName } from './written';

export interface ExportProgress {
  /** Lines that have been written, by type. */
  readonly counts: Counts;
  /** Lines that there will be. */
  readonly totals: Counts;
}

export interface NewsroomExport {
  readonly database: Database;
  /** Takes each line, with its line feed; or a stream, which is left open. Neither is hurried. */
  readonly write: ((line: string) => Promise<void>) | Writable;
  /**
   * What private values are sealed under. With it they are written (addresses of commenters, sealed as they are;
   * API keys, which are hashes), and only who has the same secret can bring them into a database; without it they
   * stay here.
   */
  readonly box?: SecretBox;
  readonly onProgress?: (progress: ExportProgress) => void;
}

export interface NewsroomExported {
  readonly counts: Counts;
  /** Rows that were left out because they are private. */
  readonly left: Readonly<Record<PrivateType, number>>;
}

/** Rows read at once: what is in memory at any time is one such batch. Articles come with their bodies. */
const BATCH = 500;
const ARTICLE_BATCH = 100;

/**
 * Writes everything that a newsroom owns as JSON Lines: what readers see, what editors have decided, what imports
 * remember, and the change log. The same newsroom gives the same bytes, on either engine: nothing in the file
 * tells when it was written.
 *
 * It shows one instant, however much is written meanwhile, and reads many short statements, one after the other,
 * so that neither writers nor the event loop are held up.
 * @throws DatabaseUnavailable when whoever takes the lines does not for ten minutes
 */
export function exportNewsroom(options: NewsroomExport): Promise<NewsroomExported> {
  return options.database.snapshot((reader) => exportFrom(reader, options));
}

async function exportFrom(
  reader: Reader,
  { write, box, onProgress }: NewsroomExport,
): Promise<NewsroomExported> {
  const all = await countAll(reader);
  const totals = box ? all : { ...all, ...noPrivate() };
  const records = new RecordWriter(reader);
  async function* batches(): AsyncGenerator<string[]> {
    const header: Header = {
      type: HEADER_TYPE,
      version: VERSION,
      totals,
      lastKeys: await lastKeys(reader),
      lastChange: await lastChange(reader),
      secret: box ? secretName(box) : null,
    };
    yield [lineOf(header)];
    for await (const lines of everything(reader, records, box)) {
      yield lines;
      onProgress?.({ counts: { ...records.counts }, totals });
      await nextTurn();
    }
    const end: End = { type: END_TYPE, counts: records.counts };
    yield [lineOf(end)];
  }
  await send(batches(), write);
  return { counts: records.counts, left: box ? noPrivate() : privateIn(all) };
}

async function* everything(
  reader: Reader,
  records: RecordWriter,
  box: SecretBox | undefined,
): AsyncGenerator<string[]> {
  for (const type of ['image', 'author', 'topic', 'category', 'article', 'collection'] as const) {
    const limit = type === 'article' ? ARTICLE_BATCH : BATCH;
    const pages = paged({ id: 0 }, ({ id }) => keyPages[type](reader, { after: id, limit }));
    for await (const page of pages) {
      const ids = page.map(({ id }) => id);
      yield await records.lines(type, ids);
    }
  }
  const limit = BATCH;
  const revisions = paged({ articleId: 0, revision: 0 }, ({ articleId, revision }) =>
    revisionPage(reader, { article: articleId, after: revision, limit: ARTICLE_BATCH }),
  );
  for await (const rows of revisions) yield records.revisions(rows);
  for await (const rows of paged({ path: '' }, ({ path }) => redirectPage(reader, { after: path, limit })))
    yield records.redirects(rows);
  const formerSlugs = paged({ kind: '', slug: '' }, ({ kind, slug }) =>
    formerSlugPage(reader, { kind, after: slug, limit }),
  );
  for await (const rows of formerSlugs) yield records.formerSlugs(rows);
  const comments = paged({ articleId: 0, id: 0 }, ({ articleId, id }) =>
    commentPage(reader, { article: articleId, after: id, limit }),
  );
  for await (const page of comments) {
    const ids = page.map(({ id }) => id);
    yield await records.lines('comment', ids);
  }
  if (box) yield* privateLines(reader, records, box);
  yield* bookkeeping(reader, records, box);
}

async function* privateLines(
  reader: Reader,
  records: RecordWriter,
  box: SecretBox,
): AsyncGenerator<string[]> {
  const limit = BATCH;
  const pages = paged({ commentId: 0 }, ({ commentId }) =>
    commentPrivatePage(reader, { after: commentId, limit }),
  );
  for await (const rows of pages) yield records.commentPrivate(rows);
  const versions = paged({ commentId: 0, version: 0 }, ({ commentId, version }) =>
    commentVersionPage(reader, { comment: commentId, after: version, limit }),
  );
  for await (const rows of versions) yield records.commentVersions(rows);
  const decisions = paged({ commentId: 0, id: 0 }, ({ commentId, id }) =>
    commentDecisionPage(reader, { comment: commentId, after: id, limit }),
  );
  for await (const rows of decisions) yield records.commentDecisions(rows);
  const reports = paged({ commentId: 0, reporter: '' }, ({ commentId, reporter }) =>
    commentReportPage(reader, { comment: commentId, after: reporter, limit }),
  );
  for await (const rows of reports) yield records.commentReports(rows);
  for await (const rows of paged({ mark: '' }, ({ mark }) =>
    commenterMarkPage(reader, { after: mark, limit }),
  ))
    yield records.commenterMarks(rows);
  for await (const rows of paged({ id: 0 }, ({ id }) => apiKeyPage(reader, { after: id, limit }))) {
    const all = await entitlementsOfKeys(reader, { keys: rows.map(({ id }) => id) });
    const having = rows.map((row) => ({
      ...row,
      entitlements: all.flatMap(({ keyId, ...version }) => (keyId === row.id ? [version] : [])),
    }));
    yield records.apiKeys(having, box);
  }
}

/** What no reader ever sees, and without which the newsroom would not go on elsewhere as it would have here. */
async function* bookkeeping(
  reader: Reader,
  records: RecordWriter,
  box: SecretBox | undefined,
): AsyncGenerator<string[]> {
  const limit = BATCH;
  const keys = paged({ source: '', kind: '', externalId: '' }, ({ source, kind, externalId }) =>
    importKeyPage(reader, { source, kind, externalId, private: box ? 1 : 0, limit }),
  );
  for await (const rows of keys) yield records.importKeys(rows);
  for await (const rows of paged({ name: '' }, ({ name }) => settingPage(reader, { after: name, limit })))
    yield records.settings(rows);
  for await (const rows of paged({ seq: 0 }, ({ seq }) => changePage(reader, { after: seq, limit })))
    yield records.changes(rows);
}

/** Pages of rows, each read from where the one before ended, beginning behind `start`. */
async function* paged<P, R extends P>(start: P, read: (after: P) => Promise<R[]>): AsyncGenerator<R[]> {
  for (let after = start; ; ) {
    const page = await read(after);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last;
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
