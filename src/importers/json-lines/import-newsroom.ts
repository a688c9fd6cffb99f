import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { countCoverage } from '../../articles';
import { takeOverLog } from '../../changes';
import { systemActor } from '../../core/actor';
import type { Clock } from '../../core/clock';
import { DatelineError } from '../../core/errors';
import type { SecretBox } from '../../core/sealed';
import { continueKeys, type Database, type Tx, tableNames } from '../../database';
import { rebuildIndex } from '../../indexing';
import { Batch } from './batch';
import { isPrivate, LineReader } from './line-reader';
import { type LinesFrom, type OpenedLines, openLines } from './line-source';
import { type Counts, type Header, noPrivate, type PrivateType, privateIn, type RecordOf } from './record';
import { refusal } from './refusal';
import { prepare } from './store-records';
import { secretName, writtenApiKey } from './written';

export interface NewsroomImportProgress {
  /** Lines that have been read, by type. */
  readonly counts: Counts;
  /** Lines that the file should have, by type, as its first line says. */
  readonly totals: Counts;
  /** Of the file, compressed as it is; the total is null where it cannot be known. */
  readonly bytesRead: number;
  readonly bytesTotal: number | null;
}

export interface NewsroomImport {
  readonly database: Database;
  readonly clock: Clock;
  /** A file ("-" for standard input) or a stream of bytes, compressed by gzip or not; or lines as they are. */
  readonly lines: LinesFrom;
  /**
   * What private values will be opened with over here; asked for only where the file has any. Without it they
   * are left behind.
   */
  readonly box?: () => Promise<SecretBox>;
  readonly onProgress?: (progress: NewsroomImportProgress) => void;
}

export interface NewsroomImported {
  readonly counts: Counts;
  /** Lines that were left behind because they are private. */
  readonly left: Readonly<Record<PrivateType, number>>;
}

const ACTOR = systemActor('import');
/** What may be in a database that counts as empty: locks, and the turns of the jobs of a server that runs on it. */
const NOT_CONTENT: readonly string[] = ['feed_head', 'settings', 'jobs'];

/** Milliseconds of reading lines after which the event loop gets a turn. */
const TURN = 8;
/** Milliseconds after which PostgreSQL is told that we are still there: at 60 s it ends a silent transaction. */
const SIGN_OF_LIFE = 15_000;

/**
 * Brings an export into an empty database: every id, revision and date stays what it was, and so does the change
 * log, to which the import itself adds nothing.
 *
 * It is one transaction. A line that is refused on the last page of a file of a million leaves nothing behind,
 * a process that is killed neither, and until the end no reader sees half a newsroom; whatever went wrong, the
 * way on is to do it again. The price is that nobody else can write meanwhile, which in an empty database is
 * nobody's loss, and room for the log of the transaction on the disk. Memory holds a batch of lines, and a bit for
 * each of the keys.
 * @throws DatelineError CONFLICT when the database is not empty; BAD_USER_INPUT, naming the line, when the file
 * is not a complete export, or its private values are sealed under another secret; Error (ENOENT, …) when it
 * cannot be read
 */
export async function importNewsroom(options: NewsroomImport): Promise<NewsroomImported> {
  const { database, lines: from } = options;
  let input: OpenedLines | undefined = await openLines(from);
  try {
    const result = await database.write(async (tx) => {
      // The database runs a transaction again after a deadlock; a stream cannot be read again.
      if (input === undefined && typeof from !== 'string') throw interrupted();
      const opened = input ?? (await openLines(from));
      input = undefined;
      return stayingAwake(tx, () => store(tx, options, opened).finally(opened.close));
    });
    await database.analyse();
    return result;
  } finally {
    input?.close();
  }
}

async function store(
  tx: Tx,
  { clock, box, onProgress }: NewsroomImport,
  opened: OpenedLines,
): Promise<NewsroomImported> {
  const reader = new LineReader();
  const batch = new Batch({ tx, actor: ACTOR, at: clock.now() });
  let own: SecretBox | null = null;
  let since = performance.now();
  for await (const line of opened.lines) {
    const record = reader.read(line);
    if (record === null) {
      if (!reader.isComplete) own = await begin(tx, reader.header(), box);
      continue;
    }
    if (isPrivate(record) && own === null) continue;
    if (record.type === 'apiKey' && own !== null) assertProven(line.number, record, own);
    const wrote = await batch.add(prepare({ line: line.number, record }), line.text.length);
    if (wrote) onProgress?.(progressOf(reader, opened));
    if (performance.now() - since > TURN) {
      await nextTurn();
      since = performance.now();
    }
  }
  const { counts } = reader.finish();
  await batch.flush();
  await countCoverage(tx);
  await rebuildIndex({ write: (step) => step(tx) });
  await continueAll(tx, reader.header().lastKeys);
  onProgress?.(progressOf(reader, opened));
  return { counts, left: own === null ? privateIn(counts) : noPrivate() };
}

/**
 * Takes the database for this import alone. Returns what the private values in the file can be opened with, or
 * null where it has none or they are left behind.
 * @throws DatelineError CONFLICT when there is anything in it, or another import has it
 */
async function begin(
  tx: Tx,
  { secret, lastChange }: Header,
  box: NewsroomImport['box'],
): Promise<SecretBox | null> {
  const own = secret !== null && box ? await box() : null;
  if (own !== null && secretName(own) !== secret) {
    throw refusal(
      1,
      'The private values in the file are sealed under another secret than this Dateline has. Set DATELINE_SECRET to the one that it had where the file comes from, or leave them behind (--without-private).',
      'secret',
    );
  }
  const mine = await takeOverLog(tx, lastChange);
  const tables = tableNames(tx).filter((table) => !NOT_CONTENT.includes(table));
  const used = tables.map((table) => sql`exists (select 1 from ${sql.identifier(table)})`);
  const [row] = await tx.rows<{ used: number }>(
    sql`select case when ${sql.join(used, sql` or `)} then 1 else 0 end as used`,
  );
  if (!mine || row?.used !== 0) {
    throw new DatelineError(
      'CONFLICT',
      'There is something in this database already. An export keeps its ids and so needs an empty database: ' +
        'name a new one in DATABASE_URL and import there. Nothing was changed.',
    );
  }
  return own;
}

/** @throws DatelineError BAD_USER_INPUT when nobody with the secret has written the line */
function assertProven(line: number, record: RecordOf<'apiKey'>, box: SecretBox): void {
  const written = writtenApiKey(record, box);
  if (written.type === 'apiKey' && written.proof === record.proof) return;
  throw refusal(line, 'The API key was changed, or added, since the file was written.', 'proof');
}

function progressOf(reader: LineReader, opened: OpenedLines): NewsroomImportProgress {
  const { bytesRead, totalBytes } = opened.progress();
  return { counts: { ...reader.counts }, totals: reader.header().totals, bytesRead, bytesTotal: totalBytes };
}

async function continueAll(tx: Tx, lastKeys: Header['lastKeys']): Promise<void> {
  const { images, authors, topics, categories, articles, collections, comments, apiKeys } = tx.tables;
  await continueKeys(tx, images, lastKeys.image);
  await continueKeys(tx, authors, lastKeys.author);
  await continueKeys(tx, topics, lastKeys.topic);
  await continueKeys(tx, categories, lastKeys.category);
  await continueKeys(tx, articles, lastKeys.article);
  await continueKeys(tx, collections, lastKeys.collection);
  await continueKeys(tx, comments, lastKeys.comment);
  await continueKeys(tx, apiKeys, lastKeys.apiKey);
}

/** Runs `work`, which may wait for its lines as long as they take to come. */
async function stayingAwake<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => void tx.rows(sql`select 1 as alive`).catch(() => undefined), SIGN_OF_LIFE);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

function interrupted(): DatelineError {
  return new DatelineError(
    'SERVICE_UNAVAILABLE',
    'The database broke the import off, and what comes as a stream cannot be read again. Nothing was imported; start again.',
  );
}
