import { sql } from 'drizzle-orm';
import type { App } from '../../../src/app';
import { type Actor, systemActor } from '../../../src/core/actor';
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
  await storeDeliveries(app, partner);
  return changesToken;
}

/** A webhook that was disabled, one delivery that waits for its second attempt, and one that is done with. */
async function storeDeliveries(app: App, partner: Actor): Promise<void> {
  const { webhooks } = app.context({ actor: partner, requestId: 'fixture' }).services;
  const { webhook } = await webhooks.create(partner, { url: 'https://partner.example/hook' });
  await app.database.write(async (tx) => {
    const told = { webhookId: webhook.id, articleId: 1, revision: 1, op: 'PUBLISH', action: 'USE' };
    const dates = { at: webhook.createdAt, nextAt: webhook.createdAt, createdAt: webhook.createdAt };
    await tx.insertMany(tx.tables.webhookDeliveries, [
      {
        ...told,
        ...dates,
        sequence: 1,
        state: 'PENDING',
        lastStatus: 500,
        lastError: 'It has answered with 500.',
      },
      { ...told, ...dates, sequence: 2, state: 'DELIVERED', finishedAt: webhook.createdAt },
    ]);
    await tx.execute(sql`update webhooks set status = 'DISABLED', reason = 'It is gone.'`);
  });
}
