import { DatelineError } from '../core/errors';
import { canonicalLanguageTag, isLanguageTag } from '../core/text';
import type { ImportReport } from './import-report';
import type { ArticleRecord, ImportSite, ImportSource, SurveyRecord } from './import-source';
import { prepareArticle } from './prepare-article';
import { type SpooledSource, spooled } from './spooled-source';
import {
  mapRecord,
  type OpenedSource,
  openSource,
  readWxr,
  SiteKnowledge,
  type WxrProblem,
  type WxrRecord,
  type WxrSite,
} from './wordpress';

type Content = Exclude<WxrRecord, WxrSite>;

/**
 * A WordPress export. The file is read twice: first for what articles refer to, which may stand after them, then
 * for the articles.
 */
export class WxrSource implements ImportSource {
  private file: SpooledSource | undefined;
  private opened: OpenedSource | undefined;
  private first: AsyncGenerator<WxrRecord, void, undefined> | undefined;
  private knowledge: SiteKnowledge | undefined;

  /** `path`: a file, compressed or not, or "-" for standard input. */
  constructor(private readonly path: string) {}

  /** @throws DatelineError BAD_USER_INPUT when the file is no export; Error (ENOENT, …) when it cannot be read */
  async open(report: ImportReport): Promise<ImportSite> {
    this.file = await spooled(this.path);
    this.first = this.read(this.file.path, (problem) => noteProblem(report, problem));
    const { value: site } = await this.first.next();
    if (site?.type !== 'site') throw notAnExport(report);
    this.knowledge = new SiteKnowledge(site);
    return siteOf(site);
  }

  async *survey(): AsyncGenerator<SurveyRecord, void, undefined> {
    const { first, knowledge } = this;
    if (!first || !knowledge) throw new Error('open() comes first');
    for await (const record of first) {
      if (record.type === 'site') continue;
      knowledge.learn(record);
      const mapped = isArticle(record) ? undefined : mapRecord(record, knowledge);
      if (mapped && mapped.kind !== 'article') yield mapped;
    }
  }

  async *articles(): AsyncGenerator<ArticleRecord, void, undefined> {
    const { file, knowledge } = this;
    if (!file || !knowledge) throw new Error('open() comes first');
    // Every problem of the file was noted when it was read the first time.
    for await (const record of this.read(file.path, () => undefined)) {
      if (record.type === 'site' || !isArticle(record)) continue;
      const mapped = mapRecord(record, knowledge);
      if (mapped.kind === 'skipped') yield mapped;
      else if (mapped.kind === 'article') yield prepareArticle(mapped);
    }
  }

  share(): number | null {
    const { bytesRead, totalBytes } = this.opened?.progress() ?? { bytesRead: 0, totalBytes: null };
    return totalBytes === null || totalBytes === 0 ? null : Math.min(bytesRead / totalBytes, 1);
  }

  async close(): Promise<void> {
    await this.first?.return();
    this.opened?.close();
    await this.file?.release();
  }

  private async *read(
    path: string,
    onProblem: (problem: WxrProblem) => void,
  ): AsyncGenerator<WxrRecord, void, undefined> {
    this.opened = await openSource(path);
    try {
      yield* readWxr(this.opened.stream, onProblem);
    } finally {
      this.opened.close();
    }
  }
}

function isArticle(record: Content): boolean {
  return record.type === 'item' && record.postType !== 'attachment';
}

function siteOf(site: WxrSite): ImportSite {
  const address = site.baseBlogUrl || site.baseSiteUrl || site.link;
  return {
    name: `wordpress:${address.replace(/\/+$/, '')}`,
    language: isLanguageTag(site.language) ? canonicalLanguageTag(site.language) : 'en',
  };
}

function noteProblem(report: ImportReport, { line, column, message, severity }: WxrProblem): void {
  report.note({ line, message: `line ${line}, column ${column}: ${message}`, lost: severity !== 'mended' });
}

function notAnExport(report: ImportReport): DatelineError {
  const reason = report.notes[0]?.message ?? 'it is empty';
  return new DatelineError('BAD_USER_INPUT', `This is not a WordPress export: ${reason}`);
}
