import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { countCoverage } from '../../articles';
import { systemActor } from '../../core/actor';
import type { Clock } from '../../core/clock';
import { DatelineError } from '../../core/errors';
import { continueKeys, type Database, type Tx } from '../../database';
import { Batch } from './batch';
import { LineReader } from './line-reader';
import { type LinesFrom, type OpenedLines, openLines } from './line-source';
import type { Counts, Header } from './record';
import { prepare } from './store-records';

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
  readonly onProgress?: (progress: NewsroomImportProgress) => void;
}

export interface NewsroomImported {
  readonly counts: Counts;
  /** How often the newsroom changed while the file was written; 0: it shows one instant. */
  readonly changes: number;
}

const ACTOR = systemActor('import');
/** The row that two imports into one database cannot both have: the second waits for the first to end. */
const CLAIM = 'import';

/** Milliseconds of reading lines after which the event loop gets a turn. */
const TURN = 8;
/** Milliseconds after which PostgreSQL is told that we are still there: at 60 s it ends a silent transaction. */
const SIGN_OF_LIFE = 15_000;

/**
 * Brings an export into an empty database: every id, revision and date stays what it was.
 *
 * It is one transaction. A line that is refused on the last page of a file of a million leaves nothing behind,
 * a process that is killed neither, and until the end no reader sees half a newsroom; whatever went wrong, the
 * way on is to do it again. The price is that nobody else can write meanwhile, which in an empty database is
 * nobody's loss, and room for the log of the transaction on the disk.
 * @throws DatelineError CONFLICT when the database is not empty; BAD_USER_INPUT, naming the line, when the file
 * is not a complete export; Error (ENOENT, …) when it cannot be read
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
  { clock, onProgress }: NewsroomImport,
  opened: OpenedLines,
): Promise<NewsroomImported> {
  await claim(tx, new Date(clock.now()).toISOString());
  const reader = new LineReader();
  const batch = new Batch({ tx, actor: ACTOR, at: clock.now() });
  let since = performance.now();
  for await (const line of opened.lines) {
    const record = reader.read(line);
    const wrote =
      record !== null && (await batch.add(prepare({ line: line.number, record }), line.text.length));
    if (wrote) onProgress?.(progressOf(reader, opened));
    if (performance.now() - since > TURN) {
      await nextTurn();
      since = performance.now();
    }
  }
  const { counts, changes } = reader.finish();
  await batch.flush();
  await countCoverage(tx);
  await continueAll(tx, reader.header().lastKeys);
  await tx.execute(sql`delete from settings where name = ${CLAIM}`);
  onProgress?.(progressOf(reader, opened));
  return { counts, changes };
}

function progressOf(reader: LineReader, opened: OpenedLines): NewsroomImportProgress {
  const { bytesRead, totalBytes } = opened.progress();
  return { counts: { ...reader.counts }, totals: reader.header().totals, bytesRead, bytesTotal: totalBytes };
}

/** @throws DatelineError CONFLICT when there is anything in the database */
async function claim(tx: Tx, at: string): Promise<void> {
  const { settings } = tx.tables;
  const [claimed] = await tx
    .insert(settings)
    .values({ name: CLAIM, value: at })
    .onConflictDoNothing()
    .returning();
  const tables = [
    'images',
    'authors',
    'topics',
    'categories',
    'articles',
    'collections',
    'redirects',
    'former_slugs',
    'comments',
    'changes',
  ];
  const used = tables.map((table) => sql`exists (select 1 from ${sql.identifier(table)})`);
  const [row] = await tx.rows<{ used: number }>(
    sql`select case when ${sql.join(used, sql` or `)} then 1 else 0 end as used`,
  );
  if (!claimed || row?.used !== 0) {
    throw new DatelineError(
      'CONFLICT',
      'There is something in this database already. An export keeps its ids and so needs an empty database: ' +
        'name a new one in DATABASE_URL and import there. Nothing was changed.',
    );
  }
}

async function continueAll(tx: Tx, lastKeys: Header['lastKeys']): Promise<void> {
  const { images, authors, topics, categories, articles, collections, comments } = tx.tables;
  await continueKeys(tx, images, lastKeys.image);
  await continueKeys(tx, authors, lastKeys.author);
  await continueKeys(tx, topics, lastKeys.topic);
  await continueKeys(tx, categories, lastKeys.category);
  await continueKeys(tx, articles, lastKeys.article);
  await continueKeys(tx, collections, lastKeys.collection);
  await continueKeys(tx, comments, lastKeys.comment);
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
