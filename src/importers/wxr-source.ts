import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatelineError } from '../core/errors';
import type { SecretBox } from '../core/sealed';
import { canonicalLanguageTag, isLanguageTag } from '../core/text';
import { canStartThreads } from '../core/threads';
import type { ImportReport } from './import-report';
import type { ArticleRecord, ImportSite, ImportSource, SurveyRecord } from './import-source';
import { type SpooledSource, spooled } from './spooled-source';
import { sparePower, ThreadStream } from './threads';
import type { KnowledgeState, WxrProblem, WxrSite } from './wordpress';
import {
  type ArticlesJob,
  type ArticlesPart,
  articles,
  type SurveyJob,
  type SurveyPart,
  survey,
} from './wxr-jobs';

/** In bytes: a smaller file is read sooner than a thread is started. */
const WORTH_A_THREAD = 2_000_000;
const WORKER = join(__dirname, 'wxr-worker');

type Parts<T> = AsyncIterableIterator<T, void, undefined>;

/**
 * A WordPress export. The file is read twice: first for what articles refer to, which may stand after them, then
 * for the articles. Threads of their own read, map and sanitise what is in a large file.
 */
export class WxrSource implements ImportSource {
  private opened: { file: SpooledSource; report: ImportReport; threads: number } | undefined;
  private surveying: Parts<SurveyPart> | undefined;
  private knowledge: KnowledgeState | undefined;
  private started: Parts<unknown>[] = [];
  private read: number | null = 0;

  /** `path`: a file, compressed or not, or "-" for standard input. */
  constructor(
    private readonly path: string,
    private readonly box: SecretBox,
    private readonly postTypes: readonly string[] = [],
  ) {}

  /** @throws DatelineError BAD_USER_INPUT when the file is no export; Error (ENOENT, …) when it cannot be read */
  async open(report: ImportReport, onReceived?: (bytes: number) => void): Promise<ImportSite> {
    const file = await spooled(this.path, onReceived);
    this.opened = { file, report, threads: await threadsFor(file.path) };
    this.surveying = this.begin({ kind: 'survey', path: file.path, postTypes: this.postTypes }, survey);
    for (;;) {
      const part = await this.nextOf(this.surveying);
      if (part === undefined) throw notAnExport(report);
      if (part.site) return siteOf(part.site);
    }
  }

  async *survey(): AsyncGenerator<SurveyRecord, void, undefined> {
    if (!this.surveying) throw new Error('open() comes first');
    for (;;) {
      const part = await this.nextOf(this.surveying);
      if (part === undefined) return;
      yield* part.records;
      if (part.knowledge) this.knowledge = part.knowledge;
    }
  }

  async *articles(): AsyncGenerator<ArticleRecord, void, undefined> {
    const { opened, knowledge } = this;
    if (!opened || !knowledge) throw new Error('survey() comes first');
    const parts = Math.max(opened.threads, 1);
    const { path } = opened.file;
    const streams = Array.from({ length: parts }, (_, part) =>
      this.begin<ArticlesJob, ArticlesPart>(
        { kind: 'articles', path, knowledge, keys: this.box.keys, part, parts },
        articles,
      ),
    );
    // In turn, as the parts were given out: so the articles come in the order of the file.
    for (let turn = 0, ended = 0; ended < parts; turn++) {
      const next = await streams[turn % parts]?.next();
      if (!next || next.done) {
        ended += 1;
        continue;
      }
      ended = 0;
      yield* this.taken(next.value).records;
    }
  }

  share(): number | null {
    return this.read;
  }

  async close(): Promise<void> {
    await Promise.all(this.started.map((parts) => parts.return?.()));
    await this.opened?.file.release();
  }

  private begin<J extends SurveyJob | ArticlesJob, P>(job: J, here: (job: J) => Parts<P>): Parts<P> {
    const parts = this.opened?.threads ? new ThreadStream<P>(WORKER, job) : here(job);
    this.started.push(parts);
    return parts;
  }

  private async nextOf(parts: Parts<SurveyPart>): Promise<SurveyPart | undefined> {
    const next = await parts.next();
    if (next.done) return undefined;
    return this.taken(next.value);
  }

  private taken<P extends SurveyPart | ArticlesPart>(part: P): P {
    this.read = part.share;
    for (const problem of part.problems) this.note(problem);
    return part;
  }

  private note({ line, column, message, severity }: WxrProblem): void {
    const lost = severity !== 'mended';
    this.opened?.report.note({ line, message: `line ${line}, column ${column}: ${message}`, lost });
  }
}

async function threadsFor(path: string): Promise<number> {
  const { size } = await stat(path);
  return size >= WORTH_A_THREAD && canStartThreads() ? sparePower() : 0;
}

/** A site that does not tell its address is known by its title, or all such sites would be one. */
function siteOf(site: WxrSite): ImportSite {
  const address = site.baseBlogUrl || site.baseSiteUrl || site.link;
  return {
    name: `wordpress:${address.replace(/\/+$/, '') || `title:${site.title}`}`,
    language: isLanguageTag(site.language) ? canonicalLanguageTag(site.language) : 'en',
  };
}

function notAnExport(report: ImportReport): DatelineError {
  const reason = report.notes[0]?.message ?? 'it is empty';
  return new DatelineError('BAD_USER_INPUT', `This is not a WordPress export: ${reason}`);
}
