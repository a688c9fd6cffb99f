import { headOfLog } from '../../changes';
import type { Clock } from '../../core/clock';
import { datelineErrorIn } from '../../core/errors';
import type { Log } from '../../core/log';
import type { Database } from '../../database';
import type { Job, Turn } from '../../jobs';
import type { Partner } from '../partners/partner';
import { partnerOf } from '../partners/partner.store';
import { FEED_WINDOW, readPartnerLog } from '../partners/partner-log';
import { countPending, deleteFinished, insertDeliveries } from './delivery.store';
import { goodKeyOf } from './partner-key.store';
import { MAX_PENDING, type WebhookRow } from './webhook';
import { advanceWebhook, changeWebhook, webhooksAtWork, webhooksById } from './webhook.store';

export interface FanOutParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** Told when there is something to send. */
  readonly onDelivery: () => void;
  /** Milliseconds for which entries of the change log are kept with their details. */
  readonly kept?: number;
}

/** Changes that become deliveries in one transaction, and how often in a row for one webhook while others wait. */
const PAGE = 100;
const MAX_PAGES = 20;
/** Milliseconds between two looks where nothing was written: a time for which something may be kept ends by itself. */
const LOOK = 60_000;
/** Milliseconds before a webhook is looked at again for which enough waits already. */
const FULL = 5_000;
/** Milliseconds for which it is known what was delivered, and rows that are deleted at once. */
const REMEMBERED = 30 * 86_400_000;
const BATCH = 1_000;

/**
 * Makes deliveries of the change log, for each webhook as its partner may read it: both how far the log was read and
 * what came of it are written in one transaction, so that nothing is lost or told twice whenever a process ends.
 */
export function webhookFanOut(parts: FanOutParts): Job {
  const { database } = parts;
  /** By webhook, until when it is left alone, for enough waits already. */
  const full = new Map<number, number>();
  return {
    name: 'webhooks',
    due: async (last, now) => {
      const atWork = await webhooksAtWork(database, {});
      if (atWork.length === 0) return null;
      const head = await headOfLog(database);
      if (atWork.some(({ id, seq }) => seq < head && (full.get(id) ?? 0) <= now)) return now;
      return last === null || last > now ? now : last + LOOK;
    },
    run: async (turn) => {
      const ids = (await webhooksAtWork(database, {})).map(({ id }) => id);
      for (const id of ids) {
        if (turn.signal.aborted) return;
        if ((full.get(id) ?? 0) > turn.now) continue;
        full.delete(id);
        const isFull = await follow(parts, turn, id);
        if (isFull) full.set(id, turn.now + FULL);
      }
      await turn.write((tx) => deleteFinished(tx, turn.now - REMEMBERED, BATCH));
    },
  };
}

/** Whether as much waits as may. */
async function follow(
  { database, clock, log, onDelivery, kept = FEED_WINDOW }: FanOutParts,
  turn: Turn,
  id: number,
): Promise<boolean> {
  for (let pages = 0; pages < MAX_PAGES && !turn.signal.aborted; pages++) {
    const [webhook] = await webhooksById(database, [id]);
    if (webhook?.status !== 'ACTIVE') return false;
    if ((await countPending(database, id, MAX_PENDING)) >= MAX_PENDING) return true;
    const read = await readOn(database, webhook, clock, Math.min(kept, FEED_WINDOW));
    if ('reason' in read) {
      log.warn({ webhook: id, reason: read.reason }, 'A webhook was disabled');
      await turn.write((tx) => changeWebhook(tx, id, { status: 'DISABLED', reason: read.reason }));
      return false;
    }
    await turn.write(async (tx) => {
      // Somebody may have asked for a replay meanwhile.
      if (!(await advanceWebhook(tx, webhook, read.position))) return;
      await insertDeliveries(tx, id, read.told, turn.now);
    });
    if (read.told.length > 0) onDelivery();
    if (!read.hasMore) return false;
  }
  return false;
}

/** The next page, or why there is none. */
async function readOn(database: Database, webhook: WebhookRow, clock: Clock, window: number) {
  const partner = await partnerBehind(database, webhook, clock.now());
  if (partner === null) return { reason: 'No key of the partner is good any more.' };
  try {
    return await readPartnerLog(database, { partner, from: webhook.position, limit: PAGE, clock, window });
  } catch (error) {
    if (datelineErrorIn(error)?.code !== 'CURSOR_EXPIRED') throw error;
    return {
      reason:
        'It was behind for too long: what came then is kept no longer. Take a snapshot, replay from now on, and resume.',
    };
  }
}

/** Who is told; null where no key of theirs is good any more. */
export async function partnerBehind(
  database: Database,
  { keyId }: Pick<WebhookRow, 'keyId'>,
  now: number,
): Promise<Partner | null> {
  const publicId = await goodKeyOf(database, keyId, now);
  return publicId === null ? null : partnerOf(database, publicId);
}
