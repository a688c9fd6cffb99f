import { sql } from 'drizzle-orm';
import type { App } from '../../../src/app';
import { systemActor } from '../../../src/core/actor';
import type { Clock } from '../../../src/core/clock';
import { keyOf } from '../../../src/core/ids';
import { EntitlementService } from '../../../src/syndication';

/**
 * Entitles the partner who has the key to everything, and corrects an article that they have. The token goes on from
 * before the correction.
 */
export async function feedOf(
  app: App,
  { clock, key, article }: { readonly clock: Clock; readonly key: string; readonly article: string },
): Promise<string> {
  const partner = await app.authenticate(`Bearer ${key}`);
  const publicId = partner.name.slice('key:'.length);
  await new EntitlementService(app.database, clock).entitle(systemActor('keys'), publicId, {
    territories: ['PK'],
  });
  const { articles, partnerFeed } = app.context({ actor: partner, requestId: 'fixture' }).services;
  const { changesToken } = await partnerFeed.snapshot(partner, { after: null, first: 1, columns: [] });
  const id = keyOf('Article', article) ?? 0;
  const [row] = await app.database.rows<{ revision: number }>(
    sql`select revision from articles where id = ${id}`,
  );
  await articles.correct(systemActor('desk'), { id, revision: row?.revision ?? 0 }, 'It was on Tuesday.');
  return changesToken;
}
