import type { Clock } from '../../core/clock';
import { DatelineError } from '../../core/errors';
import type { SecretBox } from '../../core/sealed';
import type { Reader } from '../../database';
import { findMarks, knownSource } from '../import-keys';
import type { ImportReport } from '../import-report';
import type { ArticleRecord, GoneRecord, ImportSite, ImportSource, SurveyRecord } from '../import-source';
import { prepareArticle } from '../prepare-article';
import { SiteClock } from '../wordpress/dates';
import { LanguageGuide } from '../wordpress/item-language';
import { siteAddress } from './api-root';
import { findApi, languageOfHome } from './find-api';
import { readGone } from './gone';
import { type Credentials, HTTP_LIMITS, type HttpLimits, SiteHttp } from './http';
import { chunksOf, lookAhead } from './look-ahead';
import { Posts, type ReadPost } from './posts';
import { askSite, type Collection, type RestSite } from './rest-site';
import { faultIn, type SiteFault } from './site-fault';
import { SiteReader } from './site-reader';
import { type Surveyed, surveySite } from './survey';
import { TRY_LIMITS, type TryLimits } from './tries';

export interface RestOptions {
  /** What somebody calls the site: its home page, or its API. */
  readonly address: string;
  /** What earlier runs have brought is looked up here. */
  readonly database: Reader;
  readonly box: SecretBox;
  readonly clock: Clock;
  readonly credentials?: Credentials | null;
  /** Post types that become articles, beside posts and pages. */
  readonly postTypes?: readonly string[];
  /** Requests that may be under way at once. Default 2. */
  readonly atOnce?: number;
  /** Looks for what the site says has changed, and not for what is gone. */
  readonly changesOnly?: boolean;
  readonly tries?: TryLimits;
  readonly http?: HttpLimits;
}

/** Posts that are asked for at once, the most that WordPress gives. */
const BATCH = 100;
const AT_ONCE = 2;

interface Opened {
  readonly report: ImportReport;
  readonly reader: SiteReader;
  readonly site: RestSite;
  readonly source: string;
  readonly language: string | null;
  readonly marks: ReadonlyMap<string, string>;
}

/** A WordPress site, as its REST API (v2) shows it. */
export class RestSource implements ImportSource {
  private readonly http: SiteHttp;
  private opened: Opened | undefined;
  private surveyed: Surveyed | undefined;
  private done: number | null = null;
  private finished = false;
  private postsLost = false;
  private readonly nowProtected: string[] = [];

  constructor(private readonly options: RestOptions) {
    const site = siteAddress(options.address);
    this.http = new SiteHttp(site, options.http ?? HTTP_LIMITS, options.credentials ?? null);
  }

  /** @throws DatelineError BAD_USER_INPUT where no API is found; SERVICE_UNAVAILABLE where the site is down */
  async open(report: ImportReport): Promise<ImportSite> {
    return explained(async () => {
      const { address, database, clock, tries = TRY_LIMITS, postTypes = [], credentials } = this.options;
      const onMended = once(() =>
        report.note({ line: 0, lost: false, message: 'The site prints messages of PHP around its data.' }),
      );
      const { api, index } = await findApi(address, this.http, { tries, clock, onMended });
      const reader = new SiteReader(api, (message) => report.note({ line: 0, lost: true, message }));
      const site = await askSite(reader, {
        ...{ postTypes, signedIn: Boolean(credentials), namespaces: index.namespaces },
        onLess: (message) => report.reason(message),
      });
      const home = index.home || index.url || api.root.shown;
      const language = await languageOfHome(address, this.http);
      if (language === null) report.reason('the site does not tell its language: English is assumed');
      const source = await knownSource(database, `wordpress:${home.replace(/\/+$/, '')}`);
      this.opened = { report, reader, site, source, language, marks: await findMarks(database, source) };
      return { name: source, language: language ?? 'en' };
    });
  }

  async *survey(onRead: () => void = () => undefined): AsyncGenerator<SurveyRecord, void, undefined> {
    const { database, box, clock, changesOnly = false } = this.options;
    const questions = {
      ...{ ...this.site(), database, box, clock, changesOnly },
      onShare: (share: number) => {
        this.done = share;
        onRead();
      },
    };
    this.surveyed = yield* explainedAll(surveySite(questions));
    this.done = null;
  }

  async *articles(): AsyncGenerator<ArticleRecord, void, undefined> {
    const { plan } = this.planned();
    const posts = this.postsReader();
    const batches = this.site().site.types.flatMap((type) => {
      const ids = [...(plan.posts.get(type.name)?.keys() ?? [])].sort((a, b) => a - b);
      return [...chunksOf(ids, BATCH)].map((some) => ({ type, ids: some }));
    });
    const all = batches.reduce((sum, { ids }) => sum + ids.length, 0);
    let done = 0;
    const read = lookAhead(batches, this.atOnce, async ({ type, ids }) => ({
      ...{ type, count: ids.length },
      records: await posts.read(type, ids),
    }));
    for await (const { type, count, records } of explainedAll(read)) {
      for (const record of records) yield this.recordOf(type, record);
      done += count;
      this.done = done / all;
    }
  }

  async *gone(): AsyncGenerator<GoneRecord, void, undefined> {
    for (const externalId of this.nowProtected) {
      yield { what: 'article', externalId, reason: 'it is behind a password there now' };
    }
    const { reader, site } = this.site();
    const { plan, articles, comments } = this.planned();
    yield* explainedAll(readGone(reader, { site, plan, articles, comments, atOnce: this.atOnce }));
    this.finished = true;
  }

  marks(): ReadonlyMap<string, string> {
    const { marks, earlyMarks } = this.planned();
    // What could not be read is asked for again by the next run, with everything that has changed since the same mark.
    return this.finished && !this.postsLost ? marks : earlyMarks;
  }

  share(): number | null {
    return this.done;
  }

  async close(): Promise<void> {
    this.http.stop();
  }

  private get atOnce(): number {
    return this.options.atOnce ?? AT_ONCE;
  }

  private postsReader(): Posts {
    const { reader, site, report, language } = this.site();
    const { terms, authors, lastTerm, lastMedia, commentsReadable } = this.planned();
    const knowledge = {
      context: {
        clock: new SiteClock(),
        languages: new LanguageGuide(language ?? ''),
        postTypes: new Set(site.types.map(({ name }) => name)),
      },
      ...{ terms, logins: authors.logins, locales: site.locales },
      termFields: site.taxonomies.map(({ field }) => field),
    };
    const onLost = (message: string) => {
      this.postsLost = true;
      report.note({ line: 0, lost: true, message });
    };
    return new Posts(new SiteReader(reader.api, onLost), {
      ...{ site, knowledge, authors, lastTerm, lastMedia, commentsReadable, onLost },
    });
  }

  private recordOf({ name }: Collection, record: ReadPost): ArticleRecord {
    if (record.kind === 'article') return prepareArticle(record, this.options.box);
    if (record.kind === 'skipped') return record;
    const { externalId } = record;
    const known = this.planned().articles.get(externalId);
    if (known?.status === 'PUBLISHED' || known?.status === 'SCHEDULED') this.nowProtected.push(externalId);
    const reason = 'it is behind a password, and its text is shown to editors only';
    return { kind: 'skipped', line: 0, externalId, subject: name, reason };
  }

  private site(): Opened {
    if (!this.opened) throw new Error('open() comes first');
    return this.opened;
  }

  private planned(): Surveyed {
    if (!this.surveyed) throw new Error('survey() comes first');
    return this.surveyed;
  }
}

const HOPELESS: ReadonlySet<SiteFault['kind']> = new Set([
  'unknown-host',
  'elsewhere',
  'refused',
  'too-large',
]);

/** A fault of the site as whoever runs the import reads it. */
function inWords(error: unknown): Error {
  const fault = faultIn(error);
  if (HOPELESS.has(fault.kind)) return new DatelineError('BAD_USER_INPUT', fault.message);
  const message = `${fault.message} What has arrived stays: run the same command again to go on.`;
  return new DatelineError('SERVICE_UNAVAILABLE', message);
}

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw inWords(error);
  }
}

async function* explainedAll<T, R>(work: AsyncGenerator<T, R, undefined>): AsyncGenerator<T, R, undefined> {
  try {
    return yield* work;
  } catch (error) {
    throw inWords(error);
  }
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}
