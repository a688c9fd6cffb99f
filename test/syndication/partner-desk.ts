/** A newsroom with a partner, and what is done there at random. */
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { ApiKeyService } from '../../src/access';
import { ArticleService, articleScheduler } from '../../src/articles';
import { CategoryService } from '../../src/categories';
import { ChangeFeed } from '../../src/changes';
import { type Actor, ANONYMOUS } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { DatelineError } from '../../src/core/errors';
import { silentLog } from '../../src/core/log';
import { SecretBox } from '../../src/core/sealed';
import type { Database } from '../../src/database';
import { EntitlementService, type EntitlementWish, PartnerFeedService } from '../../src/syndication';
import { ACTORS } from '../support/actors';
import { HOUR, NOW } from '../support/archive';
import { SECRET } from '../support/discussions';

const MINUTE = 60_000;

export const CATEGORIES = ['world', 'asia', 'sport'] as const;
export const TOPICS = ['war', 'peace'] as const;

const dates = fc.constantFrom(null, -1, 1, 2);
const rights = fc.record(
  {
    embargo: dates,
    expiry: fc.constantFrom(null, 3, 4),
    territories: fc.constantFrom(null, ['PK'], ['DE']),
    textAndDataMining: fc.boolean(),
  },
  { requiredKeys: [] },
);
const scope = fc.record(
  {
    categories: fc.uniqueArray(fc.constantFrom(...CATEGORIES), { maxLength: 2 }),
    topics: fc.uniqueArray(fc.constantFrom(...TOPICS), { maxLength: 2 }),
    language: fc.constantFrom('en', 'ur'),
  },
  { requiredKeys: [] },
);
const wishes: fc.Arbitrary<EntitlementWish | null> = fc.option(
  fc.record(
    {
      categories: fc.uniqueArray(fc.constantFrom(...CATEGORIES), { minLength: 1, maxLength: 2 }),
      topics: fc.uniqueArray(fc.constantFrom(...TOPICS), { minLength: 1, maxLength: 1 }),
      languages: fc.constantFrom(['en'], ['en', 'ur']),
      territories: fc.constantFrom(['PK'], ['DE', 'PK']),
      textAndDataMining: fc.boolean(),
      hostingDays: fc.constantFrom(1, 30),
    },
    { requiredKeys: [] },
  ),
  { freq: 6 },
);

/** Milliseconds by which the clock of who reads is behind that of who writes. */
const clocks = fc.constantFrom(0, 0, 90_000, 3 * MINUTE);

const only = <K extends string>(word: K) => fc.record({ do: fc.constant(word) });
export const deeds = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('publish' as const), scope, rights }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('rewrite' as const), title: fc.constantFrom('a', 'b') }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('retag' as const), scope }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('restrict' as const), rights }) },
  only('unpublish' as const),
  { weight: 2, arbitrary: only('republish' as const) },
  { weight: 2, arbitrary: only('withdraw' as const) },
  only('restore' as const),
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      below: fc.constantFrom('world', 'sport', null),
    }),
  },
  fc.record({
    do: fc.constant('merge' as const),
    from: fc.constantFrom(...CATEGORIES),
    into: fc.constantFrom(...CATEGORIES),
  }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('entitle' as const), wish: wishes }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 2, 24) }) },
  { weight: 2, arbitrary: only('keepDates' as const) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('read' as const),
      first: fc.constantFrom(1, 2, 7),
      crashes: fc.boolean(),
      behind: clocks,
    }),
  },
  fc.record({ do: fc.constant('begin' as const), behind: clocks }),
);
export type Deed = typeof deeds extends fc.Arbitrary<infer D> ? D : never;

/** What the partner has: of each article its revision and title. */
export type Copy = Map<number, { readonly revision: number; readonly title: string }>;

export interface Heard {
  readonly articleId: number;
  readonly op: string;
  readonly action: string;
  readonly revision: number;
}

export class PartnerDesk {
  readonly clock = heldClock(NOW);
  readonly feed: PartnerFeedService;
  readonly entitlements: EntitlementService;
  readonly heard: Heard[] = [];
  readonly copy: Copy = new Map();
  /** Articles that were withdrawn while the partner could have had them. */
  readonly killed = new Set<number>();
  /** Whatever was in a snapshot at any time. */
  readonly everHad = new Set<number>();
  /** Milliseconds by which the clock of the feed is behind: it is read on another machine, or what it reads is just being written. */
  behind = 0;
  actor: Actor = ANONYMOUS;
  publicId = '';
  private token = '';
  private readonly articles: ArticleService;
  private readonly categories: CategoryService;

  constructor(readonly database: Database) {
    const { clock } = this;
    const changes = new ChangeFeed({ database, log: silentLog });
    const late = { now: () => clock.now() - this.behind };
    this.feed = new PartnerFeedService({ database, clock: late, changes, box: new SecretBox(SECRET) });
    this.entitlements = new EntitlementService(database, clock);
    this.articles = new ArticleService(database, clock);
    this.categories = new CategoryService(database, clock);
  }

  async open(wish: EntitlementWish): Promise<void> {
    const { database, clock } = this;
    for (const slug of CATEGORIES) {
      const parent = slug === 'asia' ? 'world' : null;
      await this.categories.create(ACTORS.editor, { name: slug, slug, parent });
    }
    await database.write(async (tx) => {
      await tx.insertMany(
        tx.tables.topics,
        TOPICS.map((slug) => ({ slug, kind: 'SUBJECT' as const, name: slug, sortName: slug })),
      );
    });
    const { kept } = await new ApiKeyService(database, clock).create(ACTORS.admin, { roles: ['PARTNER'] });
    this.publicId = kept.publicId;
    this.actor = { ...ANONYMOUS, kind: 'PARTNER', name: `key:${kept.publicId}` };
    await this.entitlements.entitle(ACTORS.admin, kept.publicId, wish);
    this.token = (await this.snapshot()).changesToken;
  }

  /** @param pick chooses the article */
  async perform(deed: Deed, pick: number): Promise<void> {
    this.clock.advance(MINUTE);
    try {
      await this.attempt(deed, pick);
    } catch (error) {
      // What cannot be done to the article, or the category, is not done.
      if (!(error instanceof DatelineError)) throw error;
      if (!['CONFLICT', 'NOT_FOUND', 'BAD_USER_INPUT'].includes(error.code)) throw error;
    }
    for (const id of (await this.snapshot()).copy.keys()) this.everHad.add(id);
  }

  private async attempt(deed: Deed, pick: number): Promise<void> {
    const { editor, admin } = ACTORS;
    const rows = await this.database.rows<{ id: number; revision: number }>(
      sql`select id, revision from articles order by id`,
    );
    const seen = rows[pick % Math.max(rows.length, 1)];
    switch (deed.do) {
      case 'publish': {
        const { language = 'en', ...scope } = deed.scope;
        const draft = {
          title: 'a',
          language,
          html: '<p>Text</p>',
          ...scope,
          rights: this.rightsOf(deed.rights),
        };
        await this.articles.publish(editor, await this.articles.create(editor, draft));
        return;
      }
      case 'move':
        return this.move('asia', deed.below);
      case 'merge':
        return this.merge(deed.from, deed.into);
      case 'entitle':
        await this.entitlements.entitle(admin, this.publicId, deed.wish);
        return;
      case 'wait':
        return this.clock.advance(deed.hours * HOUR);
      case 'keepDates':
        return this.keepDates();
      case 'read':
        await this.reading(deed.behind, () => this.read(deed.first, deed.crashes));
        return;
      case 'begin':
        return this.reading(deed.behind, () => this.begin());
    }
    if (!seen) return;
    switch (deed.do) {
      case 'rewrite':
        await this.articles.update(editor, seen, { title: deed.title });
        return;
      case 'retag':
        await this.articles.update(editor, seen, deed.scope);
        return;
      case 'restrict':
        await this.articles.update(editor, seen, { rights: this.rightsOf(deed.rights) });
        return;
      case 'unpublish':
        await this.articles.unpublish(editor, seen);
        return;
      case 'republish':
        await this.articles.publish(editor, seen);
        return;
      case 'withdraw':
        await this.articles.withdraw(editor, seen, 'It was wrong.');
        if (this.everHad.has(seen.id)) this.killed.add(seen.id);
        return;
      case 'restore':
        await this.articles.restore(editor, seen);
        return;
    }
  }

  private async reading(behind: number, read: () => Promise<unknown>): Promise<void> {
    this.behind = behind;
    try {
      await read();
    } finally {
      this.behind = 0;
    }
  }

  /** Begins anew, with everything that they are entitled to. */
  async begin(): Promise<void> {
    const { copy, changesToken } = await this.snapshot();
    this.copy.clear();
    // What is not in it was withdrawn, or was never there.
    this.killed.clear();
    for (const [id, held] of copy) this.copy.set(id, held);
    this.token = changesToken;
  }

  /** Reads a page and applies it as a partner has to; one that crashes has applied some of it, and keeps no token. */
  async read(first: number, crashes = false): Promise<boolean> {
    const request = { after: this.token, first, waitSeconds: 0, ended: () => false };
    const page = await this.feed.changes(this.actor, request);
    for (const { articleId, op, action, revision, article } of page.changes) {
      const held = this.copy.get(articleId);
      if (article === null) {
        if (held && held.revision <= revision) this.copy.delete(articleId);
      } else if (!held || held.revision < article.revision) {
        this.copy.set(articleId, { revision: article.revision, title: article.title });
      }
      if (crashes) return true;
      this.heard.push({ articleId, op, action, revision });
    }
    this.token = page.nextToken;
    return page.hasMore;
  }

  async readAll(): Promise<void> {
    while (await this.read(3));
  }

  async snapshot(first = 3): Promise<{ copy: Copy; changesToken: string }> {
    const copy: Copy = new Map();
    let after: string | null = null;
    for (;;) {
      const page = await this.feed.snapshot(this.actor, { after, first, columns: ['revision', 'title'] });
      for (const { id, revision, title } of page.articles) copy.set(id, { revision, title });
      if (page.nextToken === null) return { copy, changesToken: page.changesToken };
      after = page.nextToken;
    }
  }

  async keepDates(): Promise<void> {
    const { database, clock } = this;
    await articleScheduler({ database, log: silentLog }).run({
      ...{ now: clock.now(), signal: new AbortController().signal },
      write: (work) => database.write(work),
    });
  }

  private rightsOf(rights: { embargo?: number | null; expiry?: number | null } & object) {
    const { embargo, expiry, ...rest } = rights;
    const date = (hours: number | null) => (hours === null ? null : this.clock.now() + hours * HOUR);
    return {
      ...rest,
      ...(embargo === undefined ? {} : { embargoUntil: date(embargo) }),
      ...(expiry === undefined ? {} : { expiresAt: date(expiry) }),
    };
  }

  private async category(slug: string): Promise<{ id: number; revision: number }> {
    const [row] = await this.database.rows<{ id: number; revision: number }>(
      sql`select id, revision from categories where slug = ${slug}`,
    );
    if (!row) throw new DatelineError('NOT_FOUND', slug);
    return row;
  }

  private async move(slug: string, below: string | null): Promise<void> {
    await this.categories.update(ACTORS.editor, await this.category(slug), { parent: below });
  }

  private async merge(from: string, into: string): Promise<void> {
    const target = await this.category(into);
    await this.categories.merge(ACTORS.editor, await this.category(from), target.id);
  }
}
