import type { ArticleEdit, ArticleService } from '../../src/articles';
import type { Clock } from '../../src/core/clock';
import { datelineErrorIn } from '../../src/core/errors';
import { refusalOf } from '../../src/core/refusal';
import type { Seen } from '../../src/core/revision';
import { ARCHIVIST, type Archive, at, HOUR } from './archive';
import {
  after,
  type Dated,
  type Deed,
  type Edit,
  type Entry,
  edited,
  type Life,
  type Step,
  statusOf,
  type Told,
  toldAt,
} from './life';

type Moving = Clock & { advance(milliseconds: number): void };

/**
 * Does things to articles, and works out by the model what must have come of them: the articles, where their old
 * addresses lead, and what the change log says.
 */
export class LifeDesk {
  readonly lives = new Map<number, Life>();
  /** Old addresses, and the articles that they lead to. */
  readonly redirects = new Map<string, number>();
  readonly formerSlugs = new Map<string, number>();
  readonly log: Entry[] = [];
  /** Those of the log that tell of dates, and of nobody's doing. */
  readonly dates = new Set<Entry>();

  constructor(
    private readonly service: ArticleService,
    private readonly clock: Moving,
    archive: Archive,
    /** Has the scheduler do what is due. */
    private readonly keepDates: () => Promise<void>,
  ) {
    for (const article of archive.articles) {
      const { id, slug, kind, status, publishedAt, embargoUntil, expiresAt } = article;
      const now: Told = {
        ...{ title: slug, html: '<p>What happened.</p>', kind, slug, path: `/articles/${slug}` },
        ...{ status, publishedAt, embargoUntil, expiresAt, withdrawalNote: null },
        withdrawnAt: status === 'WITHDRAWN' ? this.clock.now() : null,
        author: article.authors.map((place) => `author-${place}`),
        category: article.categories.map((place) => `category-${place}`),
        topic: article.topics.map((place) => `topic-${place}`).sort(),
      };
      this.lives.set(id, newLife(id, now, this.clock.now()));
    }
  }

  /** @param pick chooses the article */
  async perform(step: Step, pick: number): Promise<void> {
    this.clock.advance(1);
    if (step.do === 'wait') return this.clock.advance(step.hours * HOUR);
    if (step.do === 'create') return this.create(step.edit);
    if (step.do === 'keepDates') return this.tellDates();
    const now = this.clock.now();
    const { life, dates } = toldAt(at([...this.lives.values()], pick % this.lives.size), now);
    const expected = this.expected(life, step, now);
    const outcome = await this.attempt(life, step);
    if ('refused' in expected) return expect(outcome).toBe(expected.refused);
    this.lives.set(life.id, life);
    this.noteDates(dates);
    const corrections = step.do === 'correct' ? [...life.corrections, step.text] : life.corrections;
    this.note({ ...life, corrections }, expected, outcome);
  }

  /** What the scheduler makes of all articles: every date that has come is told, in its order. */
  private async tellDates(): Promise<void> {
    await this.keepDates();
    const told = [...this.lives.values()].map((life) => toldAt(life, this.clock.now()));
    for (const { life } of told) this.lives.set(life.id, life);
    const dates = told.flatMap((each) => each.dates);
    dates.sort((a, b) => a.at - b.at || a.entry.entityId - b.entry.entityId);
    this.noteDates(dates);
  }

  private noteDates(dates: readonly Dated[]): void {
    for (const { entry } of dates) {
      this.log.push(entry);
      this.dates.add(entry);
    }
  }

  private expected(life: Life, step: Deed, now: number) {
    const outcome = after(life, step, now);
    if ('refused' in outcome || outcome.told.slug === life.now.slug) return outcome;
    const isTaken = [...this.lives.values()].some(({ now: told }) => told.slug === outcome.told.slug);
    if (!isTaken) return outcome;
    if (step.do !== 'rollback') return { refused: 'SLUG_TAKEN' };
    const { slug, path } = life.now;
    return { ...outcome, told: { ...outcome.told, slug, path } };
  }

  /** The article as its writer has it then, or why nothing was done. */
  private async attempt(life: Life, step: Deed): Promise<Seen | string> {
    try {
      return await this.change(life, step);
    } catch (error) {
      const refusal = refusalOf(datelineErrorIn(error));
      if (refusal === null) throw error;
      return refusal.reason;
    }
  }

  private change({ id, revision }: Life, step: Deed): Promise<Seen> {
    const seen = { id, revision };
    const { service, clock } = this;
    switch (step.do) {
      case 'update':
        return service.update(ARCHIVIST, seen, editOf(step.edit));
      case 'publish':
        return service.publish(ARCHIVIST, seen, { at: clock.now() + step.inHours * HOUR });
      case 'correct':
        return service.correct(
          ARCHIVIST,
          seen,
          step.text,
          step.html === null ? undefined : `<p>${step.html}</p>`,
        );
      case 'unpublish':
        return service.unpublish(ARCHIVIST, seen);
      case 'withdraw':
        return service.withdraw(ARCHIVIST, seen, step.note);
      case 'restore':
        return service.restore(ARCHIVIST, seen);
      case 'rollback':
        return service.rollBack(ARCHIVIST, seen, step.to % (revision + 1));
    }
  }

  private async create(edit: Edit): Promise<void> {
    const { slug: _, ...rest } = edit;
    const { title, html } = { title: 'one', html: '<p>two</p>', ...edit };
    const { id, revision } = await this.service.create(ARCHIVIST, {
      ...editOf(rest),
      ...{ title, html, language: 'en' },
    });
    const slug = this.freeSlug(title);
    const blank: Told = {
      ...{ title, html, kind: 'ARTICLE', slug, path: `/articles/${slug}`, status: 'DRAFT' },
      ...{ publishedAt: null, withdrawnAt: null, withdrawalNote: null, embargoUntil: null, expiresAt: null },
      ...{ author: [], category: [], topic: [] },
    };
    expect(revision).toBe(1);
    this.lives.set(id, newLife(id, edited(blank, rest), this.clock.now()));
    this.log.push({ entityId: id, op: 'CREATE', revision: 1 });
  }

  private freeSlug(wanted: string): string {
    const taken = new Set([...this.lives.values()].map(({ now }) => now.slug));
    for (let suffix = 1; ; suffix++) {
      const slug = suffix === 1 ? wanted : `${wanted}-${suffix}`;
      if (!taken.has(slug)) return slug;
    }
  }

  private note(
    life: Life,
    { told, op }: { readonly told: Told; readonly op: Entry['op'] },
    outcome: Seen | string,
  ): void {
    const { id, now, before } = life;
    // An edit that changes nothing is none.
    const isNothing = op === 'UPDATE' && JSON.stringify(sorted(told)) === JSON.stringify(sorted(now));
    const revision = life.revision + (isNothing ? 0 : 1);
    expect(outcome).toEqual({ id, revision });
    if (isNothing) return;
    this.lives.set(id, { ...life, revision, now: told, before: new Map([...before, [life.revision, now]]) });
    this.log.push({ entityId: id, op, revision });
    leave(this.redirects, now.path, told.path, id);
    leave(this.formerSlugs, now.slug, told.slug, id);
  }

  /** The status of an article at the moment. */
  statusOf(life: Life) {
    return statusOf(life.now, this.clock.now());
  }
}

function newLife(id: number, now: Told, toldUntil: number): Life {
  return { id, revision: 1, now, before: new Map(), corrections: [], toldUntil };
}

/** What was left leads to the article; what it has now leads to itself. */
function leave(traces: Map<string, number>, from: string, to: string, id: number): void {
  if (from === to) return;
  if (traces.get(to) === id) traces.delete(to);
  traces.set(from, id);
}

function sorted(told: Told): [string, unknown][] {
  return Object.entries(told).sort(([a], [b]) => (a < b ? -1 : 1));
}

function editOf({ author, category, topic, embargoUntil, ...edit }: Edit): ArticleEdit {
  return {
    ...edit,
    ...(author === undefined ? {} : { authors: author.map((place) => `author-${place}`) }),
    ...(category === undefined ? {} : { categories: category.map((place) => `category-${place}`) }),
    ...(topic === undefined ? {} : { topics: topic.map((place) => `topic-${place}`) }),
    ...(embargoUntil === undefined ? {} : { rights: { embargoUntil } }),
  };
}
