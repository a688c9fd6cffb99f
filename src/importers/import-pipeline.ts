import { loadingComments } from '../comments';
import { systemActor } from '../core/actor';
import type { Clock } from '../core/clock';
import type { SecretBox } from '../core/sealed';
import type { Database } from '../database';
import { type Gazetteer, NO_GAZETTEER } from '../gazetteer';
import { Tagger } from '../tagging';
import { hideFormerLogins } from './author-logins';
import type { CategoryIndex } from './category-index';
import { importArticles } from './import-articles';
import { importGone } from './import-gone';
import { knownSource, saveMarks } from './import-keys';
import { ImportReport } from './import-report';
import { type EditedHere, type ImportScope, writeBatch } from './import-scope';
import type { GoneRecord, ImportSource } from './import-source';
import type { PreparedArticle } from './prepare-article';
import { RepeatedArticles } from './repeated-articles';
import { SubjectBatches } from './subject-batches';

export interface ImportProgress {
  /** RECEIVE takes in what can be read once only, SURVEY reads what articles refer to, ARTICLES the articles. */
  readonly phase: 'RECEIVE' | 'SURVEY' | 'ARTICLES';
  /** Of the phase, from 0 to 1; null where it cannot be known. */
  readonly share: number | null;
  /** Received. */
  readonly bytes: number;
  /** Articles and pages that have been dealt with. */
  readonly articles: number;
}

export interface ImportOptions {
  readonly database: Database;
  readonly box: SecretBox;
  readonly clock: Clock;
  /** What tags and categories are recognised by. Default: nothing is. */
  readonly gazetteer?: Gazetteer;
  /** Default: REPORT. */
  readonly edited?: EditedHere;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** What is written in one transaction: articles, as long as they do not have more comments than this. */
const BATCH = 250;
const COMMENTS_IN_BATCH = 2_500;

/**
 * Brings in what a source has: first what articles refer to, then the articles. Each batch is one transaction,
 * and what was brought is remembered, so that the import can be broken off and run again: what has not changed
 * over there is not touched. Closes the source.
 * @throws what the source throws
 */
export async function importFrom(source: ImportSource, options: ImportOptions): Promise<ImportReport> {
  const report = new ImportReport();
  try {
    await hideFormerLogins(options.database, options.box);
    const { name, language } = await source.open(report, (bytes) =>
      options.onProgress?.({ phase: 'RECEIVE', share: null, bytes, articles: 0 }),
    );
    const gazetteer = options.gazetteer ?? NO_GAZETTEER;
    const scope: ImportScope = {
      actor: systemActor('import'),
      at: options.clock.now(),
      box: options.box,
      source: await knownSource(options.database, name),
      language,
      report,
      gazetteer,
      tagger: new Tagger(gazetteer),
      edited: options.edited ?? 'REPORT',
    };
    const categories = await bringSubjects(source, scope, options);
    await rememberMarks(source, scope, options);
    await loadingComments(options.database, () => bringArticles(source, scope, options, categories));
    await bringGone(source, scope, options);
    await rememberMarks(source, scope, options);
    await options.database.flush();
    // Plans rest on statistics, and those of the empty tables are wrong now.
    if (report.changed) await options.database.analyse();
    return report;
  } finally {
    await source.close();
  }
}

async function bringSubjects(
  source: ImportSource,
  scope: ImportScope,
  { database, onProgress }: ImportOptions,
): Promise<CategoryIndex> {
  const subjects = new SubjectBatches(database, scope);
  const tell = () => onProgress?.({ phase: 'SURVEY', share: source.share(), bytes: 0, articles: 0 });
  for await (const record of source.survey(tell)) {
    await subjects.add(record);
    tell();
  }
  return subjects.finish();
}

async function bringArticles(
  source: ImportSource,
  scope: ImportScope,
  { database, onProgress }: ImportOptions,
  categories: CategoryIndex,
): Promise<void> {
  const repeated = new RepeatedArticles();
  let batch: PreparedArticle[] = [];
  let comments = 0;
  let articles = 0;
  const flush = async () => {
    const full = batch;
    batch = [];
    comments = 0;
    await writeBatch(database, scope, (tx, counting) => importArticles(tx, counting, full, categories));
    articles += full.length;
    onProgress?.({ phase: 'ARTICLES', share: source.share(), bytes: 0, articles });
  };
  for await (const record of source.articles()) {
    if (record.kind === 'skipped') {
      scope.report.skip('other', `${record.subject}: ${record.reason}`);
    }
    if (record.kind === 'fault') scope.report.fault(record);
    if (record.kind !== 'article' || repeated.has(record, scope.report)) continue;
    for (const { kind, subject, count } of record.notes) {
      if (kind === 'skipped-comment') scope.report.skip('comments', subject, count);
      else scope.report.reason(`${kind}: ${subject}`, count);
    }
    batch.push(record);
    comments += record.comments.length;
    if (batch.length === BATCH || comments >= COMMENTS_IN_BATCH) await flush();
  }
  if (batch.length > 0) await flush();
}

async function bringGone(
  source: ImportSource,
  scope: ImportScope,
  { database }: ImportOptions,
): Promise<void> {
  let batch: GoneRecord[] = [];
  const flush = async () => {
    const full = batch;
    batch = [];
    await writeBatch(database, scope, (tx, counting) => importGone(tx, counting, full));
  };
  for await (const record of source.gone?.() ?? []) {
    batch.push(record);
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0) await flush();
}

async function rememberMarks(
  source: ImportSource,
  scope: ImportScope,
  { database }: ImportOptions,
): Promise<void> {
  const marks = source.marks?.() ?? new Map<string, string>();
  if (marks.size > 0) await database.write((tx) => saveMarks(tx, scope.source, marks));
}
