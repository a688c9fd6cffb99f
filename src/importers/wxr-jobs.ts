/** The two readings of an export. Both can be done in any thread: what goes in and comes out can be cloned. */
import { type BoxKeys, SecretBox } from '../core/sealed';
import { TextAnalysis } from '../indexing';
import type { ArticleRecord, ImportFault, SurveyRecord } from './import-source';
import { prepareArticle } from './prepare-article';
import {
  type KnowledgeState,
  mapRecord,
  type OnProblem,
  openSource,
  readWxr,
  SiteKnowledge,
  type SkimmedPost,
  surveyWxr,
  type WxrItem,
  type WxrProblem,
  type WxrRecord,
  type WxrSite,
} from './wordpress';

export interface SurveyJob {
  readonly kind: 'survey';
  readonly path: string;
  /** Types of posts that are brought beside posts and pages. */
  readonly postTypes: readonly string[];
}

/** Of all articles every `parts`-th batch, from the `part`-th on. */
export interface ArticlesJob {
  readonly kind: 'articles';
  readonly path: string;
  readonly knowledge: KnowledgeState;
  /** Of the box that what is private is sealed in. */
  readonly keys: BoxKeys;
  readonly part: number;
  readonly parts: number;
}

interface Part {
  /** How much of the file has been read, from 0 to 1; null where it cannot be known. */
  readonly share: number | null;
  /** Each is told by one reading: what keeps the file from being read at all by the first, all others by the second. */
  readonly problems: readonly WxrProblem[];
}

/** What came of a stretch of the file. */
export interface SurveyPart extends Part {
  readonly records: readonly SurveyRecord[];
  /** As soon as it is known, which is before any record. */
  readonly site: WxrSite | null;
  /** With the last part. */
  readonly knowledge: KnowledgeState | null;
}

export interface ArticlesPart extends Part {
  readonly records: readonly ArticleRecord[];
}

/**
 * Articles that are prepared by one thread before it is the next one's turn. Few: the texts of what waits to be sent hold
 * on to all that was read with them, which the collector of new objects then copies again and again.
 */
const ARTICLES_IN_PART = 10;
/** Records of a survey that are sent together, few likewise, and records that are read before there is word of them. */
const RECORDS_IN_PART = 10;
const READ_IN_PART = 1_000;

export function runJob(
  job: SurveyJob | ArticlesJob,
): AsyncGenerator<SurveyPart | ArticlesPart, void, undefined> {
  return job.kind === 'survey' ? survey(job) : articles(job);
}

/** Reads what articles refer to, and what has to be known to map them. */
export async function* survey({ path, postTypes }: SurveyJob): AsyncGenerator<SurveyPart, void, undefined> {
  const problems: WxrProblem[] = [];
  const reading = await open(path, surveyWxr, (problem) => problems.push(problem));
  let records: SurveyRecord[] = [];
  let knowledge: SiteKnowledge | undefined;
  let read = 0;
  const part = (more: Partial<SurveyPart> = {}): SurveyPart => {
    const made = { share: reading.share(), records, problems: [], site: null, knowledge: null };
    records = [];
    problems.length = 0;
    read = 0;
    return { ...made, ...more };
  };
  for await (const record of reading.records()) {
    if (record.type === 'site') {
      knowledge = new SiteKnowledge(record, { postTypes });
      yield part({ site: record });
    } else if (knowledge) {
      knowledge.learn(record);
      if (!isArticle(record)) records.push(surveyRecord(record, knowledge));
    }
    read += 1;
    if (records.length === RECORDS_IN_PART || read >= READ_IN_PART) yield part();
  }
  yield part(knowledge ? { knowledge: knowledge.state() } : { problems: [...problems] });
}

/** Maps and prepares articles, in the order of the file. The first of several tells what is wrong in it. */
export async function* articles(job: ArticlesJob): AsyncGenerator<ArticlesPart, void, undefined> {
  const problems: WxrProblem[] = [];
  const reading = await open(job.path, readWxr, (problem) => {
    if (job.part === 0) problems.push(problem);
  });
  const knowledge = SiteKnowledge.of(job.knowledge);
  const box = new SecretBox(job.keys);
  let records: ArticleRecord[] = [];
  let analysis = new TextAnalysis();
  let count = 0;
  for await (const record of reading.records()) {
    if (record.type === 'site' || !isArticle(record)) continue;
    const turn = Math.floor(count / ARTICLES_IN_PART) % job.parts;
    count += 1;
    if (turn !== job.part) continue;
    records.push(articleRecord(record, knowledge, box, analysis));
    if (count % ARTICLES_IN_PART > 0) continue;
    yield { share: reading.share(), records, problems: problems.splice(0) };
    records = [];
    analysis = new TextAnalysis();
  }
  if (records.length > 0 || problems.length > 0) yield { share: reading.share(), records, problems };
}

type Content = Exclude<WxrRecord, WxrSite>;

function isArticle(record: Content | SkimmedPost): record is WxrItem | SkimmedPost {
  return record.type === 'post' || (record.type === 'item' && record.postType !== 'attachment');
}

function surveyRecord(record: Content, knowledge: SiteKnowledge): SurveyRecord {
  return orFault(record, () => {
    const mapped = mapRecord(record, knowledge);
    if (mapped.kind === 'article') throw new Error('an article where none can be');
    return mapped;
  });
}

function articleRecord(
  item: WxrItem,
  knowledge: SiteKnowledge,
  box: SecretBox,
  analysis: TextAnalysis,
): ArticleRecord {
  return orFault(item, () => {
    const mapped = mapRecord(item, knowledge);
    if (mapped.kind === 'article') return prepareArticle(mapped, box, analysis);
    if (mapped.kind === 'skipped') return mapped;
    throw new Error(`a record of kind "${mapped.kind}" where an article must be`);
  });
}

/** One record that we fail at must not stop the others. */
function orFault<T>(record: Content, work: () => T): T | ImportFault {
  try {
    return work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'fault', line: record.line, message };
  }
}

async function open<R>(
  path: string,
  read: (stream: AsyncIterable<Buffer>, onProblem: OnProblem) => AsyncIterable<R>,
  onProblem: OnProblem,
) {
  const source = await openSource(path);
  async function* records(): AsyncGenerator<R, void, undefined> {
    try {
      yield* read(source.stream, onProblem);
    } finally {
      source.close();
    }
  }
  return {
    records,
    share: () => {
      const { bytesRead, totalBytes } = source.progress();
      return totalBytes === null || totalBytes === 0 ? null : Math.min(bytesRead / totalBytes, 1);
    },
  };
}
