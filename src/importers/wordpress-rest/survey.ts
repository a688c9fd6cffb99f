import type { Clock } from '../../core/clock';
import type { SecretBox } from '../../core/sealed';
import type { Reader } from '../../database';
import type { ImportReport } from '../import-report';
import type { SurveyRecord } from '../import-source';
import { type KnownArticle, type KnownComment, knownArticles, knownComments } from '../known-content';
import { Authors } from './authors';
import type { KnownTerm } from './map-subjects';
import { markOfList, termsHaveChanged, termsMark } from './marks';
import { COMMENTS_MARK, modifiedMark, planReading, type ReadingPlan } from './reading-plan';
import type { RestSite } from './rest-site';
import type { SiteReader } from './site-reader';
import { lastIdOf, mapTerms, readMedia, readTerms } from './subjects';

const MEDIA = { name: 'attachment', route: 'wp/v2/media' };
const COMMENTS = 'wp/v2/comments';
const TERMS_MARK = 'terms';

export interface SurveyQuestions {
  readonly reader: SiteReader;
  readonly site: RestSite;
  /** The name under which the site is known here. */
  readonly source: string;
  readonly database: Reader;
  readonly box: SecretBox;
  readonly clock: Clock;
  readonly report: ImportReport;
  /** What an earlier run has left. */
  readonly marks: ReadonlyMap<string, string>;
  readonly changesOnly: boolean;
  /** From 0 to 1. */
  readonly onShare: (share: number) => void;
}

/** What is known of a site before its articles are read. */
export interface Surveyed {
  readonly plan: ReadingPlan;
  readonly articles: ReadonlyMap<string, KnownArticle>;
  readonly comments: ReadonlyMap<string, KnownComment>;
  readonly terms: ReadonlyMap<number, KnownTerm>;
  readonly authors: Authors;
  readonly lastTerm: number;
  readonly lastMedia: number;
  readonly commentsReadable: boolean;
  /** What holds once everything that is planned has been read. */
  readonly marks: ReadonlyMap<string, string>;
  /** What holds already: nothing has been read that it could be wrong of. */
  readonly earlyMarks: ReadonlyMap<string, string>;
}

/** Yields what articles refer to, and returns what is to be read. @throws SiteFault */
export async function* surveySite(
  questions: SurveyQuestions,
): AsyncGenerator<SurveyRecord, Surveyed, undefined> {
  const { reader, site, source, database, report } = questions;
  // First of all: what changes from now on may be missed by whatever is read below.
  const marks = await marksOfLists(questions);
  const lastMedia = await lastIdOf(reader, MEDIA.route);
  const commentsReadable = marks.has(COMMENTS_MARK);
  if (!commentsReadable) lost(report, 'The comments cannot be read: the site keeps them to itself.');
  const steps = stepsOf(questions, site.types.length + site.taxonomies.length + 3);
  const subjects = { site, onLost: (message: string) => lost(report, message), onProgress: steps.progress };
  const terms = await readTerms(reader, subjects);
  const articles = await knownArticles(database, source);
  const comments = await knownComments(database, source);
  const plan = await planReading(reader, {
    ...{ site, articles, comments, marks: questions.marks, changesOnly: questions.changesOnly },
    ...{ everything: termsMoved(questions, terms), commentsReadable, onProgress: steps.progress },
  });
  yield* mapTerms(terms);
  const authors = authorsOf(questions);
  yield* authors.read(authorsIn(plan));
  let mediaLost = false;
  yield* readMedia(reader, questions.marks.get(modifiedMark(MEDIA)), {
    ...subjects,
    onLost: (message) => {
      mediaLost = true;
      lost(report, message);
    },
  });
  if (mediaLost) marks.delete(modifiedMark(MEDIA));
  marks.set(TERMS_MARK, termsMark(terms.values()));
  const lastTerm = [...terms.keys()].reduce((greatest, id) => Math.max(greatest, id), 0);
  const early = [...marks].filter(([name]) => !questions.marks.has(name) || name === modifiedMark(MEDIA));
  return {
    ...{ plan, articles, comments, terms, authors, lastTerm, lastMedia, commentsReadable },
    ...{ marks, earlyMarks: new Map(early) },
  };
}

async function marksOfLists({ reader, site, clock }: SurveyQuestions): Promise<Map<string, string>> {
  const marks = new Map<string, string>();
  const now = clock.now();
  const set = (name: string, mark: string | null) => {
    if (mark !== null) marks.set(name, mark);
  };
  for (const type of site.types) {
    set(modifiedMark(type), await markOfList(reader, type.route, site.posts, 'modified_gmt', now));
  }
  set(modifiedMark(MEDIA), await markOfList(reader, MEDIA.route, {}, 'modified_gmt', now));
  set(COMMENTS_MARK, await markOfList(reader, COMMENTS, site.comments, 'date_gmt', now));
  return marks;
}

/** A tag or category has another slug now: articles that carry it are not what they were, and do not say so. */
function termsMoved({ marks, report }: SurveyQuestions, terms: ReadonlyMap<number, KnownTerm>): boolean {
  const mark = marks.get(TERMS_MARK);
  if (mark === undefined || !termsHaveChanged(mark, terms.values())) return false;
  report.reason('everything is read again: tags or categories have been renamed');
  return true;
}

function authorsOf({ reader, site, source, database, box, report }: SurveyQuestions): Authors {
  return new Authors(reader, {
    ...{ database, box, source, users: site.users, routes: site.types.map(({ route }) => route) },
    onClosed: ({ status }) =>
      report.reason(`authors are asked for one by one: the site shows no list of them (${status})`),
    onNameless: (id) =>
      lost(report, `The site does not say who author ${id} is: their articles have no author.`),
  });
}

function authorsIn({ posts }: ReadingPlan): Set<number> {
  return new Set([...posts.values()].flatMap((wanted) => [...wanted.values()]));
}

/** Progress over several lists, each of which counts alike. */
function stepsOf({ onShare }: SurveyQuestions, steps: number) {
  let step = 0;
  let before = 0;
  const progress = (done: number, total: number | null) => {
    // A list that begins again is the next one.
    if (done < before) step += 1;
    before = done;
    onShare(Math.min(1, (step + (total === null || total === 0 ? 0 : Math.min(1, done / total))) / steps));
  };
  return { progress };
}

function lost(report: ImportReport, message: string): void {
  report.note({ line: 0, lost: true, message });
}
