import { systemActor } from '../core/actor';
import type { Clock } from '../core/clock';
import { DatelineError } from '../core/errors';
import type { SecretBox } from '../core/sealed';
import { canonicalLanguageTag, isLanguageTag } from '../core/text';
import type { Database } from '../database';
import { importArticles } from './import-articles';
import { ImportReport } from './import-report';
import {
  type ImportScope,
  importAuthors,
  importCategories,
  importImages,
  importTopics,
  topicKey,
} from './import-subjects';
import { spooled } from './spooled-source';
import {
  type ImportArticle,
  type ImportAuthor,
  type ImportCategory,
  type ImportImage,
  type ImportTerm,
  mapRecord,
  openSource,
  readWxr,
  SiteKnowledge,
  type WxrProblem,
  type WxrRecord,
  type WxrSite,
} from './wordpress';

export interface ImportProgress {
  /** SURVEY reads what articles refer to, ARTICLES the articles themselves. */
  readonly phase: 'SURVEY' | 'ARTICLES';
  /** Of the file, compressed as it is; the total is null where it cannot be known. */
  readonly bytesRead: number;
  readonly bytesTotal: number | null;
  /** Articles and pages that have been dealt with. */
  readonly articles: number;
}

export interface WordPressImport {
  readonly database: Database;
  readonly box: SecretBox;
  readonly clock: Clock;
  /** A file, compressed or not, or "-" for standard input. */
  readonly path: string;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** Articles (with comments) and other records that are written in one transaction. */
const ARTICLE_BATCH = 100;
const SUBJECT_BATCH = 500;

/**
 * Brings a WordPress export in. The file is read twice: first for what articles refer to, which may stand
 * after them, then for the articles. Each batch is one transaction, and what was brought is remembered, so
 * that the import can be broken off and run again: what has not changed over there is not touched.
 * @throws DatelineError BAD_USER_INPUT when the file is no export; Error (ENOENT, …) when it cannot be read
 */
export async function importWordPress(options: WordPressImport): Promise<ImportReport> {
  const report = new ImportReport();
  const file = await spooled(options.path);
  try {
    const { scope, knowledge, categorySlugs } = await survey(options, file.path, report);
    await bringArticles(options, file.path, scope, knowledge, categorySlugs);
    // Plans rest on statistics, and those of the empty tables are wrong now.
    if (report.changed) await options.database.analyse();
    return report;
  } finally {
    await file.release();
  }
}

interface Survey {
  readonly scope: ImportScope;
  readonly knowledge: SiteKnowledge;
  /** Categories by their number over there. */
  readonly categorySlugs: ReadonlyMap<string, string>;
}

async function survey(options: WordPressImport, path: string, report: ImportReport): Promise<Survey> {
  let found: { scope: ImportScope; knowledge: SiteKnowledge; subjects: SubjectBatches } | undefined;
  const onProblem = (problem: WxrProblem) => noteProblem(report, problem);
  for await (const record of records(options, path, 'SURVEY', onProblem)) {
    if (record.type === 'site') {
      const scope = scopeOf(record, options, report);
      found = {
        scope,
        knowledge: new SiteKnowledge(record),
        subjects: new SubjectBatches(options.database, scope),
      };
      continue;
    }
    if (!found) throw notAnExport(report);
    found.knowledge.learn(record);
    const isArticle = record.type === 'item' && record.postType !== 'attachment';
    if (!isArticle) await found.subjects.add(mapRecord(record, found.knowledge));
  }
  if (!found) throw notAnExport(report);
  const categorySlugs = await found.subjects.finish();
  return { scope: found.scope, knowledge: found.knowledge, categorySlugs };
}

/** Gathers authors, terms and images, and writes them by the batch; categories all at once, for their tree. */
class SubjectBatches {
  private readonly authors: ImportAuthor[] = [];
  private readonly categories: ImportCategory[] = [];
  private terms: ImportTerm[] = [];
  private images: ImportImage[] = [];
  private readonly seen = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly scope: ImportScope,
  ) {}

  async add(record: ReturnType<typeof mapRecord>): Promise<void> {
    if (this.isRepeated(record)) {
      this.scope.report.count('other', 'skipped');
      this.scope.report.reason(`${record.kind}: the file has it twice`);
      return;
    }
    if (record.kind === 'author') this.authors.push(record);
    else if (record.kind === 'category') this.categories.push(record);
    else if (record.kind === 'term') this.terms.push(record);
    else if (record.kind === 'image') this.images.push(record);
    else if (record.kind === 'skipped') {
      this.scope.report.count('other', 'skipped');
      this.scope.report.reason(`${record.subject}: ${record.reason}`);
    }
    if (this.terms.length + this.images.length >= SUBJECT_BATCH) await this.flush();
  }

  async finish(): Promise<ReadonlyMap<string, string>> {
    await this.database.write(async (tx) => {
      await importAuthors(tx, this.scope, this.authors);
      await importCategories(tx, this.scope, this.categories);
    });
    await this.flush();
    return new Map(
      this.categories.flatMap(({ externalId, slug }) => (externalId === null ? [] : [[externalId, slug]])),
    );
  }

  /** The first of two with one name counts, or every run would change one into the other. */
  private isRepeated(record: ReturnType<typeof mapRecord>): boolean {
    const name = nameOf(record);
    if (name === null) return false;
    if (this.seen.has(name)) return true;
    this.seen.add(name);
    return false;
  }

  private async flush(): Promise<void> {
    const { terms, images } = this;
    this.terms = [];
    this.images = [];
    await this.database.write(async (tx) => {
      await importTopics(tx, this.scope, terms);
      await importImages(tx, this.scope, images);
    });
  }
}

/** What a record is known by, with its kind; null for what is not kept. */
function nameOf(record: ReturnType<typeof mapRecord>): string | null {
  switch (record.kind) {
    case 'author':
      return `author ${record.login}`;
    case 'category':
      return `category ${record.slug}`;
    case 'term':
      return `topic ${topicKey(record)}`;
    case 'image':
      return `image ${record.externalId}`;
    default:
      return null;
  }
}

async function bringArticles(
  options: WordPressImport,
  path: string,
  scope: ImportScope,
  knowledge: SiteKnowledge,
  categorySlugs: ReadonlyMap<string, string>,
): Promise<void> {
  let batch: ImportArticle[] = [];
  const flush = async () => {
    const articles = batch;
    batch = [];
    await options.database.write((tx) => importArticles(tx, scope, options.box, articles, categorySlugs));
  };
  // Every problem of the file was noted when it was read the first time.
  for await (const record of records(options, path, 'ARTICLES', () => undefined)) {
    if (record.type !== 'item' || record.postType === 'attachment') continue;
    const article = mapRecord(record, knowledge);
    if (article.kind === 'skipped') {
      scope.report.count('other', 'skipped');
      scope.report.reason(`${article.subject}: ${article.reason}`);
    }
    if (article.kind !== 'article') continue;
    for (const { kind, subject, count } of article.notes) {
      if (kind === 'skipped-comment') scope.report.count('comments', 'skipped', count);
      scope.report.reason(`${kind}: ${subject}`, count);
    }
    batch.push(article);
    if (batch.length === ARTICLE_BATCH) await flush();
  }
  if (batch.length > 0) await flush();
}

async function* records(
  { onProgress }: WordPressImport,
  path: string,
  phase: ImportProgress['phase'],
  onProblem: (problem: WxrProblem) => void,
): AsyncGenerator<WxrRecord> {
  const source = await openSource(path);
  let articles = 0;
  try {
    for await (const record of readWxr(source.stream, onProblem)) {
      if (record.type === 'item' && record.postType !== 'attachment') articles += 1;
      const { bytesRead, totalBytes } = source.progress();
      onProgress?.({ phase, bytesRead, bytesTotal: totalBytes, articles });
      yield record;
    }
  } finally {
    source.close();
  }
}

function scopeOf(site: WxrSite, { clock }: WordPressImport, report: ImportReport): ImportScope {
  const address = site.baseBlogUrl || site.baseSiteUrl || site.link;
  return {
    actor: systemActor('import'),
    at: clock.now(),
    source: `wordpress:${address.replace(/\/+$/, '')}`,
    language: isLanguageTag(site.language) ? canonicalLanguageTag(site.language) : 'en',
    report,
  };
}

function noteProblem(report: ImportReport, { line, column, message, severity }: WxrProblem): void {
  report.note({ line, message: `line ${line}, column ${column}: ${message}`, lost: severity !== 'mended' });
}

function notAnExport(report: ImportReport): DatelineError {
  const reason = report.notes[0]?.message ?? 'it is empty';
  return new DatelineError('BAD_USER_INPUT', `This is not a WordPress export: ${reason}`);
}
