/**
 * Relations worked out article by article, as their definitions read. It shares no code with the server, and is as plain
 * as can be: it is what the server is measured by.
 */
import type { Archive, StoredArticle } from '../support/archive';
import { carriedBy } from '../support/archive-model';

export const DAY = 86_400_000;

export interface ModelWindow {
  readonly from: number | null;
  readonly to: number | null;
}

export interface Model {
  readonly archive: Archive;
  readonly now: number;
  readonly window: ModelWindow;
  readonly includeDescendants: boolean;
}

/** What readers see at the instant, whoever asks. */
export function listed({ archive, now }: Pick<Model, 'archive' | 'now'>): StoredArticle[] {
  return archive.articles.filter(
    ({ kind, status, publishedAt, embargoUntil, expiresAt }) =>
      kind === 'ARTICLE' &&
      (status === 'PUBLISHED' || status === 'SCHEDULED') &&
      publishedAt !== null &&
      publishedAt <= now &&
      (embargoUntil === null || embargoUntil <= now) &&
      (expiresAt === null || now < expiresAt),
  );
}

export function published({ publishedAt }: StoredArticle): number {
  return publishedAt ?? 0;
}

/** The articles of the window. */
export function inWindow(model: Model): StoredArticle[] {
  const { from, to } = model.window;
  return listed(model).filter(
    (article) => (from === null || published(article) >= from) && (to === null || published(article) < to),
  );
}

export function carries(model: Model, article: StoredArticle, topics: readonly string[]): boolean {
  const carried = carriedBy(model.archive, article, 'topic', model.includeDescendants);
  return topics.every((topic) => carried.has(topic));
}

export function slugsOf({ archive }: Model): string[] {
  return archive.plan.topics.map((_, place) => `topic-${place}`);
}

export function g2(table: readonly [number, number, number, number]): number {
  const [a, b, c, d] = table;
  const n = a + b + c + d;
  const expected = [(a + b) * (a + c), (a + b) * (b + d), (c + d) * (a + c), (c + d) * (b + d)].map(
    (x) => x / n,
  );
  let sum = 0;
  for (const [cell, observed] of table.entries()) {
    if (observed > 0) sum += observed * Math.log(observed / (expected[cell] ?? 0));
  }
  return (a < (expected[0] ?? 0) ? -1 : 1) * 2 * sum;
}

export interface Pair {
  readonly n: number;
  readonly a: number;
  readonly b: number;
  readonly k: number;
}

export function pairOf(model: Model, one: string, other: string): Pair {
  const articles = inWindow(model);
  const count = (...topics: string[]) => articles.filter((article) => carries(model, article, topics)).length;
  return { n: articles.length, a: count(one), b: count(other), k: count(one, other) };
}

export function g2OfPair({ n, a, b, k }: Pair): number | null {
  return k < 3 ? null : g2([k, a - k, b - k, n - a - b + k]);
}

export function npmiOf(k: number, counts: readonly number[], n: number): number | null {
  if (k < 3 || k === n) return null;
  const product = counts.reduce((all, count) => (all * count) / n, 1);
  return Math.log(k / n / product) / (-(counts.length - 1) * Math.log(k / n));
}

export function associationOf(model: Model, topics: readonly string[]) {
  const articles = inWindow(model);
  const n = articles.length;
  const count = (...some: string[]) => articles.filter((article) => carries(model, article, some)).length;
  const k = count(...topics);
  const each = topics.map((topic) => count(topic));
  const expected = n === 0 ? 0 : n * each.reduce((product, one) => product * (one / n), 1);
  const union = articles.filter((article) => topics.some((topic) => carries(model, article, [topic]))).length;
  const pairs = topics.flatMap((a, place) => topics.slice(place + 1).map((b) => pairOf(model, a, b)));
  return {
    total: n,
    each: topics.map((slug, place) => ({ topic: { slug }, articleCount: each[place] })),
    expected,
    lift: k < 3 ? null : k / expected,
    npmi: npmiOf(k, each, n),
    jaccard: k < 3 ? null : k / union,
    logLikelihood: topics.length === 2 ? g2OfPair(pairOf(model, topics[0] ?? '', topics[1] ?? '')) : null,
    conditional: topics.flatMap((given) =>
      topics
        .filter((topic) => topic !== given)
        .map((topic) => ({
          ...{ given: { slug: given }, topic: { slug: topic } },
          share: count(given) === 0 ? null : count(given, topic) / count(given),
        })),
    ),
    significant: pairs.every((pair) => Math.abs(g2OfPair(pair) ?? 0) >= 10.83),
  };
}

/** Copies of a story follow each other within three days, or begin another one. */
export function storiesOf(articles: readonly StoredArticle[]): number {
  const last = new Map<number, number>();
  let stories = 0;
  for (const article of [...articles].sort((a, b) => published(a) - published(b))) {
    const { story } = article;
    const before = story === undefined ? undefined : last.get(story);
    if (before === undefined || published(article) - before > 3 * DAY) stories++;
    if (story !== undefined) last.set(story, published(article));
  }
  return stories;
}

export type Bucket = 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';

/** The beginning of the calendar's bucket that the instant is in, and of the one after it. */
function calendar(bucket: Bucket, at: number): [number, number] {
  const date = new Date(at);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const monday = day - ((date.getUTCDay() + 6) % 7);
  if (bucket === 'DAY') return [Date.UTC(year, month, day), Date.UTC(year, month, day + 1)];
  if (bucket === 'WEEK') return [Date.UTC(year, month, monday), Date.UTC(year, month, monday + 7)];
  if (bucket === 'MONTH') return [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)];
  return [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
}

/** First and last midnight: those of the window, else those of the archive. */
export function daysOf(model: Model): { from: number; to: number } {
  const all = listed(model).map(published);
  const span =
    all.length === 0
      ? { from: 0, to: 0 }
      : { from: calendar('DAY', Math.min(...all))[0], to: calendar('DAY', Math.max(...all))[1] };
  const from = model.window.from ?? Math.min(span.from, model.window.to ?? span.from);
  return { from, to: model.window.to ?? Math.max(span.to, from) };
}

export function timelineOf(model: Model, topics: readonly string[], bucket: Bucket) {
  const days = daysOf(model);
  const bounds: [number, number][] = [];
  let at = days.from;
  if (days.to > days.from && model.window.from === null) at = calendar(bucket, days.from)[0];
  const end = days.to > days.from && model.window.to === null ? calendar(bucket, days.to - 1)[1] : days.to;
  while (at < end) {
    const next = Math.min(calendar(bucket, at)[1], end);
    bounds.push([at, next]);
    at = next;
  }
  const articles = inWindow(model);
  const rows = bounds.map(([from, to]) => {
    const there = articles.filter((article) => published(article) >= from && published(article) < to);
    const found = there.filter((article) => carries(model, article, topics));
    return { from, to, total: there.length, count: found.length, found };
  });
  return rows.map(({ from, to, total, count, found }, place) => {
    const before = rows.slice(0, place);
    const [c, t] = [sum(before.map((row) => row.count)), sum(before.map((row) => row.total))];
    const baseline = place === 0 ? null : t === 0 ? 0 : total * (c / t);
    return {
      ...{ start: new Date(from).toISOString(), end: new Date(to).toISOString(), count, total },
      share: total === 0 ? 0 : count / total,
      baseline,
      z: baseline === null ? null : (count - baseline) / Math.sqrt(baseline + 1),
      representative: peakOf(found, topics),
    };
  });
}

/** The one with the greatest summed salience of the topics, the newest on a tie. */
function peakOf(articles: readonly StoredArticle[], topics: readonly string[]) {
  const salience = (article: StoredArticle) =>
    sum(
      article.topics.map((place, index) =>
        topics.includes(`topic-${place}`) ? Math.floor(10_000 / (index + 1) + 0.5) : 0,
      ),
    );
  const best = [...articles].sort(
    (a, b) => salience(b) - salience(a) || published(b) - published(a) || b.id - a.id,
  )[0];
  return best ? { slug: best.slug } : null;
}

/** Topics that stand above or below, with the topic itself. */
export function kinOf({ archive }: Model, slug: string): Set<string> {
  const tree = archive.plan.topics;
  const line = (place: number): number[] => {
    const parent = tree[place];
    return parent == null ? [place] : [place, ...line(parent)];
  };
  const own = Number(slug.replace('topic-', ''));
  const kin = tree.flatMap((_, place) =>
    line(place).includes(own) || line(own).includes(place) ? [place] : [],
  );
  return new Set(kin.map((place) => `topic-${place}`));
}

export function connectorsOf(model: Model, topics: readonly string[], first: number) {
  const articles = inWindow(model);
  const all = articles.filter((article) => carries(model, article, topics));
  const some = articles.filter(
    (article) => !all.includes(article) && topics.some((topic) => carries(model, article, [topic])),
  );
  const { from } = model.window;
  const earlier =
    from === null
      ? []
      : listed(model).filter((article) => published(article) < from && carries(model, article, topics));
  return slugsOf(model)
    .filter((slug) => topics.every((topic) => !kinOf(model, topic).has(slug)))
    .map((slug) => {
      const having = (list: readonly StoredArticle[]) =>
        list.filter((article) => carries(model, article, [slug])).length;
      const [k, others] = [having(all), having(some)];
      return {
        topic: { slug },
        articleCount: k,
        logLikelihood: k < 3 ? null : g2([k, all.length - k, others, some.length - others]),
        newInWindow: from !== null && having(earlier) === 0,
      };
    })
    .filter(({ articleCount }) => articleCount > 0)
    .sort(
      (a, b) =>
        rank(b.logLikelihood) - rank(a.logLikelihood) ||
        b.articleCount - a.articleCount ||
        placeOf(a.topic.slug) - placeOf(b.topic.slug),
    )
    .slice(0, first);
}

const rank = (g: number | null) => (g === null ? -1e9 : Math.round(g * 1e9) / 1e9);
const placeOf = (slug: string) => Number(slug.replace('topic-', ''));

export type Mode = 'COVERED_WITH' | 'ASSOCIATED' | 'DISTINCTIVE' | 'RISING';

export function relatedTo(model: Model, slug: string, mode: Mode) {
  const kin = kinOf(model, slug);
  return slugsOf(model)
    .filter((other) => !kin.has(other))
    .map((other) => {
      const pair = pairOf(model, slug, other);
      const { n, a, b, k } = pair;
      return {
        topic: { slug: other },
        score: k === 0 ? null : scoreOf(model, slug, other, mode, pair),
        articleCount: k,
        lift: k < 3 ? null : (k * n) / (a * b),
        npmi: npmiOf(k, [a, b], n),
        logLikelihood: g2OfPair(pair),
      };
    })
    .filter(({ score }) => score !== null && score > 5e-10)
    .sort(
      (a, b) =>
        rank(b.score) - rank(a.score) ||
        b.articleCount - a.articleCount ||
        placeOf(a.topic.slug) - placeOf(b.topic.slug),
    );
}

function scoreOf(model: Model, slug: string, other: string, mode: Mode, pair: Pair): number | null {
  const { n, a, b, k } = pair;
  const npmi = npmiOf(k, [a, b], n);
  switch (mode) {
    case 'ASSOCIATED':
      return npmi !== null && Math.abs(g2OfPair(pair) ?? 0) >= 10.83 ? k * npmi : null;
    case 'DISTINCTIVE':
      return k >= 5 ? npmi : null;
    case 'COVERED_WITH': {
      if (k * n <= a * b) return null;
      const all = inWindow(model);
      const newest = Math.floor(Math.max(...all.map(published)) / DAY);
      const plain = model.window.from !== null || model.window.to !== null;
      const weight = (article: StoredArticle) =>
        plain ? 1 : 0.5 ** ((newest - Math.floor(published(article) / DAY)) / 60);
      const weigh = (...topics: string[]) =>
        sum(all.filter((article) => carries(model, article, topics)).map(weight));
      return weigh(slug, other) / weigh(slug);
    }
    case 'RISING': {
      const newest = Math.max(...inWindow(model).map(published));
      const weeks = timelineOf(model, [slug, other], 'WEEK');
      const complete = weeks.filter(
        ({ start, end }) =>
          Date.parse(end) - Date.parse(start) === 7 * DAY && Date.parse(end) - DAY <= newest,
      );
      const week = complete.at(-1);
      return week && week !== weeks[0] ? week.z : null;
    }
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
