import { sql } from 'drizzle-orm';
import { ApiKeyService } from '../../src/access';
import { type Actor, ANONYMOUS } from '../../src/core/actor';
import type { Clock } from '../../src/core/clock';
import type { Database } from '../../src/database';
import type { RemoteArticle, RemoteChanges, RemoteSnapshot } from '../../src/mirror/publisher.query';
import { CHANGES, SNAPSHOT } from '../../src/mirror/publisher.query';
import { EntitlementService } from '../../src/syndication';
import { ACTORS } from '../support/actors';
import { Api } from '../support/api';

/** A publisher as a mirror asks it, without a server in between. */
export class NearPublisher {
  private readonly api: Api;

  constructor(database: Database, actor: Actor, clock: Clock) {
    this.api = new Api(database, { actor, clock });
  }

  async snapshot(after: string | null): Promise<RemoteSnapshot> {
    return (await this.api.ask<{ snapshot: RemoteSnapshot }>(SNAPSHOT, { after })).snapshot;
  }

  async changes(after: string): Promise<RemoteChanges> {
    return (await this.api.ask<{ changes: RemoteChanges }>(CHANGES, { after, wait: 0 })).changes;
  }
}

/** Somebody who is given everything that may be used in the two countries, wherever it is kept. */
export async function partnerOfAll(database: Database, clock: Clock): Promise<Actor> {
  const { kept } = await new ApiKeyService(database, clock).create(ACTORS.admin, { roles: ['PARTNER'] });
  const wish = { territories: ['DE', 'PK'] };
  await new EntitlementService(database, clock).entitle(ACTORS.admin, kept.publicId, wish);
  return { ...ANONYMOUS, kind: 'PARTNER', name: `key:${kept.publicId}` };
}

/** What articles say, by their slugs: all but what is each Dateline's own, and where categories stand. */
export function contentOf(articles: readonly RemoteArticle[]): Record<string, unknown> {
  const plain = articles.map(({ id: _, revision, updatedAt, categories, topics, ...rest }) => ({
    ...rest,
    categories: categories.map(({ slug }) => slug),
    topics: topics.map(({ topic }) => topic.slug).sort(),
  }));
  return Object.fromEntries(plain.map((article) => [article.slug, article]));
}

export async function allOf(publisher: Pick<NearPublisher, 'snapshot'>): Promise<RemoteArticle[]> {
  const articles: RemoteArticle[] = [];
  for (let after: string | null = null; ; ) {
    const page: RemoteSnapshot = await publisher.snapshot(after);
    articles.push(...page.articles);
    after = page.nextToken;
    if (after === null) return articles;
  }
}

/** How many articles of a database are published. */
export async function published(database: Database): Promise<number> {
  const [row] = await database.rows<{ total: number }>(
    sql`select count(*) as total from articles where status = 'PUBLISHED'`,
  );
  return Number(row?.total ?? 0);
}
