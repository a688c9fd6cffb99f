/** Whatever editors do to categories and topics, articles stand where they have to. */
import fc from 'fast-check';
import { CategoryService } from '../../src/categories';
import { heldClock } from '../../src/core/clock';
import { globalId } from '../../src/core/ids';
import { Refusal } from '../../src/core/refusal';
import type { Seen } from '../../src/core/revision';
import type { Database } from '../../src/database';
import { TopicService } from '../../src/topics';
import { Api } from '../support/api';
import { ARCHIVIST, type Archive, archivePlans, at, NOW, storeArchive } from '../support/archive';
import { isVisible } from '../support/archive-model';
import { bounded } from '../support/bounded';
import { describeEachEngine } from '../support/engines';
import { expectedTies, storedTies } from '../support/ties';

type Facet = 'category' | 'topic';

const places = fc.nat({ max: 30 });
const slugs = fc.constantFrom('one', 'two', 'three', 'topic-1', 'category-1');

const steps = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      what: places,
      below: fc.option(places, { freq: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('merge' as const), what: places, into: places }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('slug' as const), what: places, slug: slugs }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), what: places }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('create' as const), below: fc.option(places) }) },
);
type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never;

/** A category or topic as the model knows it. */
interface Known {
  seen: Seen;
  slug: string;
  parent: Known | null;
}

interface Desk {
  create(parent: string | null): Promise<Seen>;
  hang(seen: Seen, parent: string | null): Promise<Seen>;
  reslug(seen: Seen, slug: string): Promise<Seen>;
  merge(seen: Seen, into: number): Promise<Seen>;
  delete(seen: Seen): Promise<void>;
}

function deskOf(facet: Facet, database: Database): Desk {
  const clock = heldClock(NOW);
  if (facet === 'topic') {
    const topics = new TopicService(database, clock);
    const names = [{ language: 'en', name: 'New', aliases: [] }];
    return {
      create: (parent) => topics.create(ARCHIVIST, { kind: 'PLACE', names, parent }),
      hang: (seen, parent) => topics.update(ARCHIVIST, seen, { parent }),
      reslug: (seen, slug) => topics.update(ARCHIVIST, seen, { slug }),
      merge: (seen, into) => topics.merge(ARCHIVIST, seen, into),
      delete: (seen) => topics.delete(ARCHIVIST, seen),
    };
  }
  const categories = new CategoryService(database, clock);
  return {
    create: (parent) => categories.create(ARCHIVIST, { name: 'New', parent }),
    hang: (seen, parent) => categories.update(ARCHIVIST, seen, { parent }),
    reslug: (seen, slug) => categories.update(ARCHIVIST, seen, { slug }),
    merge: (seen, into) => categories.merge(ARCHIVIST, seen, into),
    delete: (seen) => categories.delete(ARCHIVIST, seen),
  };
}

/** Does what it is told to, to the database and to a model of it. */
class Newsroom {
  readonly known: Known[] = [];
  /** By article: what it was given, and is given through mergers. */
  readonly given = new Map<number, Set<Known>>();
  /** Who had a slug last, for those that nobody has. */
  readonly former = new Map<string, Known>();
  private readonly desk: Desk;

  constructor(
    private readonly facet: Facet,
    private readonly database: Database,
    private readonly archive: Archive,
  ) {
    this.desk = deskOf(facet, database);
    const tree = facet === 'topic' ? archive.plan.topics : archive.plan.categories;
    for (const [place, parent] of tree.entries()) {
      const seen = { id: at(archive.keys[facet], place), revision: 1 };
      this.known.push({
        seen,
        slug: `${facet}-${place}`,
        parent: parent === null ? null : at(this.known, parent),
      });
    }
    for (const article of archive.articles) {
      const carried = facet === 'topic' ? article.topics : article.categories;
      this.given.set(article.id, new Set(carried.map((place) => at(this.known, place))));
    }
  }

  async perform(step: Step): Promise<void> {
    if (step.do === 'create') return this.create(step.below);
    const what = this.pick(step.what);
    switch (step.do) {
      case 'move':
        return this.move(what, step.below === null ? null : this.pick(step.below));
      case 'merge':
        return this.merge(what, this.pick(step.into));
      case 'slug':
        return this.reslug(what, step.slug);
      case 'delete':
        return this.remove(what);
    }
  }

  private async create(below: number | null): Promise<void> {
    const parent = below === null ? null : this.pick(below);
    const seen = await this.desk.create(parent?.slug ?? null);
    const rows = await this.database.select({ id: this.table.id, slug: this.table.slug }).from(this.table);
    const slug = rows.find(({ id }) => id === seen.id)?.slug ?? '';
    expect(slug).toMatch(/^new/);
    // A slug that was made leads nowhere else.
    expect(this.former.has(slug)).toBe(false);
    this.known.push({ seen, slug, parent });
  }

  private async move(what: Known, parent: Known | null): Promise<void> {
    const hang = this.desk.hang(what.seen, parent?.slug ?? null);
    if (parent !== null && this.line(parent).includes(what)) return expectRefusal(hang, 'BAD_USER_INPUT');
    what.seen = await hang;
    what.parent = parent;
  }

  private async merge(from: Known, into: Known): Promise<void> {
    const merge = this.desk.merge(from.seen, into.seen.id);
    if (from === into) return expectRefusal(merge, 'BAD_USER_INPUT');
    into.seen = await merge;
    if (this.line(into).includes(from)) into.parent = from.parent;
    for (const each of this.known) {
      if (each.parent !== from) continue;
      each.parent = into;
      each.seen = { ...each.seen, revision: each.seen.revision + 1 };
    }
    for (const carried of this.given.values()) if (carried.delete(from)) carried.add(into);
    for (const [slug, heir] of this.former) if (heir === from) this.former.set(slug, into);
    this.former.set(from.slug, into);
    this.known.splice(this.known.indexOf(from), 1);
  }

  private async reslug(what: Known, slug: string): Promise<void> {
    const reslug = this.desk.reslug(what.seen, slug);
    if (this.known.some((each) => each !== what && each.slug === slug))
      return expectRefusal(reslug, 'SLUG_TAKEN');
    what.seen = await reslug;
    if (what.slug === slug) return;
    if (this.former.get(slug) === what) this.former.delete(slug);
    this.former.set(what.slug, what);
    what.slug = slug;
  }

  private async remove(what: Known): Promise<void> {
    const remove = this.desk.delete(what.seen);
    const carried = [...this.given.values()].some((each) =>
      [...each].some((known) => this.line(known).includes(what)),
    );
    if (carried || this.known.some(({ parent }) => parent === what))
      return expectRefusal(remove, 'NOT_ALLOWED_IN_STATE');
    await remove;
    for (const [slug, heir] of this.former) if (heir === what) this.former.delete(slug);
    this.known.splice(this.known.indexOf(what), 1);
  }

  /** It and everything above it. */
  line(known: Known): Known[] {
    return known.parent === null ? [known] : [known, ...this.line(known.parent)];
  }

  async check(): Promise<void> {
    const rows = await this.database
      .select({ id: this.table.id, parentId: this.table.parentId, revision: this.table.revision })
      .from(this.table);
    const expected = this.known.map(({ seen, parent }) => ({ ...seen, parentId: parent?.seen.id ?? null }));
    expect(rows.toSorted(byId)).toEqual(expected.toSorted(byId));
    const given = new Map(
      [...this.given].map(([id, carried]) => [id, [...carried].map(({ seen }) => seen.id)]),
    );
    expect(await storedTies(this.database, this.facet)).toEqual(
      await expectedTies(this.database, this.facet, given),
    );
    await this.checkLists();
    await this.checkSlugs();
  }

  private async checkLists(): Promise<void> {
    const list = (descendants: boolean) =>
      `articles(first: 100, includeDescendants: ${descendants}) { totalCount nodes { id } }`;
    const source = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${this.type} {
      all: articleCount own: articleCount(includeDescendants: false)
      ${list(true)} direct: ${list(false)}
    } } }`;
    const ids = this.known.map(({ seen }) => globalId(this.type, seen.id));
    const { nodes } = await new Api(this.database).ask<{
      nodes: Record<'articles' | 'direct', { totalCount: number; nodes: { id: string }[] }>[];
    }>(source, { ids });
    for (const [index, known] of this.known.entries()) {
      const carrying = (own: boolean) =>
        this.archive.articles
          .filter((article) => article.kind === 'ARTICLE' && article.status === 'PUBLISHED')
          .filter((article) => isVisible(article, 'PUBLIC', NOW))
          .filter(({ id }) =>
            [...(this.given.get(id) ?? [])].some((each) =>
              own ? each === known : this.line(each).includes(known),
            ),
          )
          .map(({ id }) => globalId('Article', id))
          .sort();
      const [all, own] = [carrying(false), carrying(true)];
      const node = at(nodes, index);
      expect(node).toMatchObject({ all: all.length, own: own.length });
      expect([node.articles.totalCount, node.direct.totalCount]).toEqual([all.length, own.length]);
      expect(node.articles.nodes.map(({ id }) => id).sort()).toEqual(all);
      expect(node.direct.nodes.map(({ id }) => id).sort()).toEqual(own);
    }
  }

  private async checkSlugs(): Promise<void> {
    const holders = new Map([...this.former, ...this.known.map((each) => [each.slug, each] as const)]);
    const names = [...holders.keys()];
    const fields = names.map((name, index) => `s${index}: ${this.facet}(slug: "${name}") { slug }`);
    const answer = await new Api(this.database).ask<Record<string, { slug: string } | null>>(
      `{ ${fields.join('\n')} }`,
    );
    expect(names.map((_, index) => answer[`s${index}`]?.slug)).toEqual(
      [...holders.values()].map(({ slug }) => slug),
    );
  }

  private pick(place: number): Known {
    return at(this.known, place % this.known.length);
  }

  private get type() {
    return this.facet === 'topic' ? 'Topic' : 'Category';
  }

  private get table() {
    const { categories, topics } = this.database.tables;
    return this.facet === 'topic' ? topics : categories;
  }
}

async function expectRefusal(work: Promise<unknown>, code: string): Promise<void> {
  const error: unknown = await work.then(
    () => null,
    (each: unknown) => each,
  );
  expect(error instanceof Refusal ? error.reason : error).toEqual(
    code === 'BAD_USER_INPUT' ? expect.objectContaining({ code }) : code,
  );
}

function byId(a: { id: number }, b: { id: number }): number {
  return a.id - b.id;
}

const plans = archivePlans({ min: 4, max: 12 });
const scripts = fc.array(steps, { minLength: 6, maxLength: 18, size: 'max' });

describeEachEngine('whatever is moved, merged, renamed and deleted', (store) => {
  test.each<Facet>(['category', 'topic'])(
    'of each %s, ties, counts, lists and slugs are what they would be from scratch',
    async (facet) => {
      // What is under way when the time is up is waited for, before its database is thrown away.
      let last: Promise<void> = Promise.resolve();
      const property = fc.asyncProperty(plans, scripts, (plan, script) => {
        last = store.using(async (db) => {
          const newsroom = new Newsroom(facet, db, await storeArchive(db, plan));
          for (const step of script) await newsroom.perform(step);
          await newsroom.check();
        });
        return last;
      });
      try {
        await fc.assert(property, bounded(12));
      } finally {
        await last.catch(() => undefined);
      }
    },
    120_000,
  );
});
