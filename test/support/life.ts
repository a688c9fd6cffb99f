/**
 * The life of articles, as simple as it can be told: what becomes of them by what is done, and what is refused.
 * It shares no code with the server, and is what the server is measured by.
 */
import fc from 'fast-check';
import type { ArticleStatus, ChangeOp } from '../../src/database';
import { HOUR, NOW } from './archive';

export type Facet = 'author' | 'category' | 'topic';
export const FACETS: readonly Facet[] = ['author', 'category', 'topic'];

/** What an article says, and where it stands in its life. */
export interface Told {
  readonly title: string;
  readonly html: string;
  readonly kind: 'ARTICLE' | 'PAGE';
  readonly slug: string;
  readonly path: string;
  readonly status: ArticleStatus;
  readonly publishedAt: number | null;
  readonly withdrawnAt: number | null;
  readonly withdrawalNote: string | null;
  readonly embargoUntil: number | null;
  readonly expiresAt: number | null;
  /** Slugs. */
  readonly author: readonly string[];
  readonly category: readonly string[];
  readonly topic: readonly string[];
}

/** An article with everything that it ever was. */
export interface Life {
  readonly id: number;
  readonly revision: number;
  readonly now: Told;
  /** By revision, the present one not included. */
  readonly before: ReadonlyMap<number, Told>;
  readonly corrections: readonly string[];
  /** Until when the log tells of every date of its that has come. */
  readonly toldUntil: number;
}

const some = fc.uniqueArray(fc.nat({ max: 3 }), { maxLength: 3 });
const instants = fc.constantFrom(null, NOW - HOUR, NOW + HOUR);
const words = fc.constantFrom('one', 'two', 'three');

const edits = fc.record(
  {
    title: words,
    html: words.map((word) => `<p>${word}</p>`),
    kind: fc.constantFrom('ARTICLE' as const, 'PAGE' as const),
    slug: words,
    embargoUntil: instants,
    author: some,
    category: some,
    topic: some,
  },
  { requiredKeys: [] },
);
export type Edit = typeof edits extends fc.Arbitrary<infer E> ? E : never;

export const steps = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('create' as const), edit: edits }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('update' as const), edit: edits }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('publish' as const), inHours: fc.constantFrom(-1, 0, 1) }),
  },
  fc.record({ do: fc.constant('correct' as const), text: words, html: fc.option(words) }),
  fc.record({ do: fc.constant('unpublish' as const) }),
  fc.record({ do: fc.constant('withdraw' as const), note: words }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restore' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('rollback' as const), to: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 2) }) },
  fc.record({ do: fc.constant('keepDates' as const) }),
);
export type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never;

export interface Entry {
  readonly entityId: number;
  readonly op: ChangeOp;
  readonly revision: number;
}

/** What comes of a step: the article as it is then, or why nothing was done. */
export type Outcome = { readonly told: Told; readonly op: ChangeOp } | { readonly refused: string };

/** What is done to one article. */
export type Deed = Exclude<Step, { do: 'create' | 'wait' | 'keepDates' }>;

/** A date that has come, and the entry that tells of it. */
export interface Dated {
  readonly at: number;
  readonly entry: Entry;
}

/** The article once every date of its that has come is told, and what there was to tell. */
export function toldAt(life: Life, now: number): { readonly life: Life; readonly dates: readonly Dated[] } {
  const { id, revision, toldUntil } = life;
  const { status, publishedAt, embargoUntil, expiresAt } = life.now;
  const told = { ...life, toldUntil: now };
  if (publishedAt === null || status === 'DRAFT' || status === 'WITHDRAWN') return { life: told, dates: [] };
  const candidates: readonly (readonly [ChangeOp, number | null])[] = [
    ['PUBLISH', status === 'SCHEDULED' ? publishedAt : null],
    ['RELEASE', embargoUntil !== null && embargoUntil > publishedAt ? embargoUntil : null],
    ['EXPIRE', expiresAt !== null && expiresAt > publishedAt ? expiresAt : null],
  ];
  const dates = candidates.flatMap(([op, at]) =>
    at !== null && at > toldUntil && at <= now ? [{ at, entry: { entityId: id, op, revision } }] : [],
  );
  dates.sort((a, b) => a.at - b.at);
  return { life: { ...told, now: { ...life.now, status: statusOf(life.now, now) } }, dates };
}

const REFUSED = { refused: 'NOT_ALLOWED_IN_STATE' } as const;

/** The status at an instant: what is due is published. */
export function statusOf({ status, publishedAt }: Told, now: number): ArticleStatus {
  if (status !== 'SCHEDULED') return status;
  return publishedAt !== null && publishedAt <= now ? 'PUBLISHED' : 'SCHEDULED';
}

/** What becomes of the article by a step that is taken at an instant. */
export function after(life: Life, step: Deed, now: number): Outcome {
  const { now: told } = life;
  const status = statusOf(told, now);
  switch (step.do) {
    case 'update':
      if (status === 'WITHDRAWN') return REFUSED;
      if (neverBegins(told, step.edit)) return { refused: 'VALIDATION' };
      return { op: 'UPDATE', told: edited(told, step.edit) };
    case 'publish': {
      if (status !== 'DRAFT' && status !== 'SCHEDULED') return REFUSED;
      const at = now + step.inHours * HOUR;
      if (at > now) return { op: 'SCHEDULE', told: { ...told, status: 'SCHEDULED', publishedAt: at } };
      const publishedAt = pastOf(told.publishedAt, now) ?? at;
      return { op: 'PUBLISH', told: { ...told, status: 'PUBLISHED', publishedAt } };
    }
    case 'correct': {
      if (status !== 'PUBLISHED') return REFUSED;
      const html = step.html === null ? told.html : `<p>${step.html}</p>`;
      return { op: 'CORRECT', told: { ...told, html } };
    }
    case 'unpublish': {
      if (status !== 'SCHEDULED' && status !== 'PUBLISHED') return REFUSED;
      const publishedAt = pastOf(told.publishedAt, now);
      return { op: 'UNPUBLISH', told: { ...told, status: 'DRAFT', publishedAt } };
    }
    case 'withdraw': {
      if (status === 'WITHDRAWN') return REFUSED;
      const withdrawn = { withdrawnAt: now, withdrawalNote: step.note };
      return { op: 'WITHDRAW', told: { ...told, ...withdrawn, status: 'WITHDRAWN' } };
    }
    case 'restore': {
      if (status !== 'WITHDRAWN') return REFUSED;
      const publishedAt = pastOf(told.publishedAt, told.withdrawnAt ?? 0);
      const restored = { publishedAt, withdrawnAt: null, withdrawalNote: null };
      return { op: 'RESTORE', told: { ...told, ...restored, status: 'DRAFT' } };
    }
    case 'rollback':
      if (status === 'WITHDRAWN') return REFUSED;
      return rolledBack(life, step.to % (life.revision + 1));
  }
}

/** What it said then, where it stands now, and what may be done with it now. */
function rolledBack({ now, before }: Life, revision: number): Outcome {
  const then = before.get(revision);
  if (!then) return { refused: 'NOT_FOUND' };
  const { status, publishedAt, withdrawnAt, withdrawalNote, embargoUntil, expiresAt } = now;
  const stays = { status, publishedAt, withdrawnAt, withdrawalNote, embargoUntil, expiresAt };
  return { op: 'ROLLBACK', told: { ...then, ...stays } };
}

export function edited(told: Told, { author, category, topic, slug, ...edit }: Edit): Told {
  return {
    ...told,
    ...edit,
    ...(slug === undefined || slug === told.slug ? {} : { slug, path: followed(told, slug) }),
    ...(author === undefined ? {} : { author: author.map((place) => `author-${place}`) }),
    ...(category === undefined ? {} : { category: category.map((place) => `category-${place}`) }),
    ...(topic === undefined ? {} : { topic: topic.map((place) => `topic-${place}`).sort() }),
  };
}

/** Whether rights would run out before they begin. */
function neverBegins({ expiresAt }: Told, { embargoUntil = null }: Edit): boolean {
  return embargoUntil !== null && expiresAt !== null && embargoUntil >= expiresAt;
}

function followed({ slug, path }: Told, to: string): string {
  return path === `/articles/${slug}` ? `/articles/${to}` : path;
}

function pastOf(instant: number | null, now: number): number | null {
  return instant !== null && instant <= now ? instant : null;
}
