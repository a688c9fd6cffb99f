import { ARTICLE_ORDERS, type ArticleRow, articleAddress } from '../../articles';
import type { RequestContext } from '../../context';
import type { TimeBucket } from '../../core/calendar';
import type { Instant } from '../../core/clock';
import { toPage } from '../../core/paging';
import { type Relation, startOf } from '../../relations';
import { nameIn, type TopicRow } from '../../topics';
import type { Asked } from './asked';

/** Everything that a page tells, read in a number of statements that does not depend on how much that is. */
export interface RelationModel {
  readonly topics: readonly NamedTopic[];
  readonly association: Awaited<ReturnType<Relation['association']>>;
  readonly momentum: number | null;
  /** From the beginning of the first column to the end of the last; null where there are no days. */
  readonly span: Period | null;
  /** Whether the articles can be followed as a feed: those link to a site, where there is one. */
  readonly hasFeeds: boolean;
  /** The end of the day of the newest article of all, by which the last months are counted. */
  readonly archiveEnd: Instant;
  readonly interval: TimeBucket;
  /** Whether shorter columns were asked for than can be told apart. */
  readonly isCoarser: boolean;
  readonly columns: readonly Column[];
  readonly bursts: readonly ShownBurst[];
  readonly connectors: readonly ShownConnector[];
  readonly articles: readonly ShownArticle[];
}

export interface ShownArticle extends ArticleRow {
  /** Where it stands on the web; null where that is not known. */
  readonly address: string | null;
}

/** Half-open. */
export interface Period {
  readonly start: Instant;
  readonly end: Instant;
}

export interface NamedTopic {
  readonly slug: string;
  readonly name: string;
}

export interface Column extends Period {
  readonly count: number;
  readonly total: number;
  readonly share: number;
  readonly baseline: number | null;
  readonly z: number | null;
}

export interface ShownBurst extends Period {
  readonly weight: number;
  readonly peak: ShownArticle | null;
}

export interface ShownConnector {
  readonly topic: NamedTopic;
  readonly articleCount: number;
  readonly logLikelihood: number | null;
  readonly newInWindow: boolean;
}

const BURSTS = 5;
const CONNECTORS = 10;
const ARTICLES = 20;

export async function readRelation(
  context: RequestContext,
  rows: readonly TopicRow[],
  { from, to, interval: wanted, wording }: Asked,
): Promise<RelationModel> {
  const { relations } = context;
  const relation = await relations.relation(
    rows.map(({ id }) => id),
    { from, to },
    true,
  );
  const { days } = relation.query.window;
  const fitting = intervalFor(days.to - days.from, wanted);
  const order = ARTICLE_ORDERS.NEWEST;
  const [association, momentum, coverage, bursts, connectors, positions, span] = await Promise.all([
    relation.association(),
    relation.momentum(),
    relation.timeline(fitting),
    relation.bursts(BURSTS),
    relation.connectors(CONNECTORS, null),
    relation.page('NEWEST', toPage({ first: ARTICLES }, order)),
    relations.span(),
  ]);
  const peaks = await Promise.all(bursts.map((burst) => burst.peak()));
  const newest = positions.slice(0, ARTICLES).map(({ key }) => key);
  const [articles, companions] = await Promise.all([
    articlesOf(context, [...newest, ...peaks.flatMap((key) => key ?? [])]),
    Promise.all(connectors.map(({ topic }) => context.topics.byId.load(topic))),
  ]);
  const names = await namesIn(context, [...rows, ...companions.flatMap((row) => row ?? [])], wording.tag);
  const columns = coverage.map(({ days: { from, to }, count, total, share, baseline, z }) => ({
    ...{ start: startOf(from), end: startOf(to), count, total, share, baseline, z },
  }));
  const [first, last] = [columns[0], columns.at(-1)];
  return {
    topics: rows.map((row) => named(row, names)),
    association,
    momentum,
    hasFeeds: context.services.site.url !== null,
    span: first && last ? { start: first.start, end: last.end } : null,
    archiveEnd: startOf(span.to),
    interval: fitting,
    isCoarser: wanted !== null && wanted !== fitting,
    columns,
    bursts: bursts.map(({ days: { from, to }, weight }, place) => ({
      ...{ start: startOf(from), end: startOf(to), weight, peak: articles.get(peaks[place] ?? 0) ?? null },
    })),
    connectors: connectors.flatMap(({ topic: _, ...connector }, place) => {
      const row = companions[place];
      return row ? [{ ...connector, topic: named(row, names) }] : [];
    }),
    articles: newest.flatMap((key) => articles.get(key) ?? []),
  };
}

/** Columns that can be told apart on a screen. */
export const MOST_COLUMNS = 400;
/** The longest windows, in days, that are divided so where nobody says how. */
const FITTING: readonly (readonly [TimeBucket, number])[] = [
  ['DAY', 62],
  ['WEEK', 750],
  ['MONTH', 12 * 366],
  ['YEAR', Infinity],
];
const SHORTEST: Readonly<Record<TimeBucket, number>> = { DAY: 1, WEEK: 7, MONTH: 28, YEAR: 365 };

/** What is asked for, or where that is too short the next that is not. */
export function intervalFor(days: number, wanted: TimeBucket | null): TimeBucket {
  const order = FITTING.map(([interval]) => interval);
  const fits = (interval: TimeBucket) => days / SHORTEST[interval] <= MOST_COLUMNS;
  if (wanted === null) return FITTING.find(([, longest]) => days <= longest)?.[0] ?? 'YEAR';
  return order.slice(order.indexOf(wanted)).find(fits) ?? 'YEAR';
}

async function articlesOf(
  { articles, services }: RequestContext,
  keys: readonly number[],
): Promise<ReadonlyMap<number, ShownArticle>> {
  const rows = await Promise.all(keys.map((key) => articles.byId.load(key)));
  const { url } = services.site;
  return new Map(
    rows.flatMap((row) => (row ? [[row.id, { ...row, address: articleAddress(row, url) }] as const] : [])),
  );
}

/** By key, the names of topics in a language. */
export async function namesIn(
  { topics }: RequestContext,
  rows: readonly TopicRow[],
  language: string,
): Promise<ReadonlyMap<number, string>> {
  const names = await Promise.all(rows.map(({ id }) => topics.namesById.load(id)));
  return new Map(rows.map(({ id, name }, place) => [id, nameIn(names[place] ?? [], language) ?? name]));
}

export function named({ id, slug, name }: TopicRow, names: ReadonlyMap<number, string>): NamedTopic {
  return { slug, name: names.get(id) ?? name };
}
