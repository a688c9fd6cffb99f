import type { RequestContext } from '../../context';
import type { Clock } from '../../core/clock';
import { faultReport } from '../../core/faults';
import type { Log } from '../../core/log';
import { Rest } from '../../core/rest';
import type { SecretBox } from '../../core/sealed';
import type { Database, Tx } from '../../database';
import { dueWebhooks, noteAttempt, takeDue } from './delivery.store';
import { partnerBehind } from './fan-out';
import { messageOf } from './message';
import type { Outcome, Poster } from './post';
import { signed } from './signature';
import { type DeliveryRow, messageId, PARALLEL, retryAt, secretsAt, type WebhookRow } from './webhook';
import { changeWebhook, countFailure, webhooksById } from './webhook.store';

export interface DispatcherParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly box: SecretBox;
  readonly poster: Pick<Poster, 'post' | 'close'>;
  /** What one message is read from, as everybody may read it. */
  readonly contextFor: (request: { readonly requestId: string }) => RequestContext;
  /** Milliseconds between two looks for what others have left; by default one second. */
  readonly look?: number;
  /** Milliseconds that a delivery is a process's own, which has to be more than a receiver has to answer. */
  readonly lease?: number;
  /** From 0 to 1. */
  readonly chance?: () => number;
}

const LOOK = 1_000;
const LEASE = 60_000;

/**
 * Sends what is due, each delivery by one process at a time: whoever takes it has it for a minute, and one whose process
 * was killed is free after that. To each receiver at most two are under way, and there is room for those of all: a slow
 * one delays nobody else.
 */
export class WebhookDispatcher {
  /** What is under way to each webhook. */
  private readonly underWay = new Map<number, number>();
  private readonly sending = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private watching: Promise<void> = Promise.resolve();
  private readonly rest = new Rest();
  private isWanted = false;

  constructor(private readonly parts: DispatcherParts) {}

  start(): void {
    this.watching = this.watch();
  }

  /** Something may be due. */
  wake(): void {
    this.isWanted = true;
    this.rest.cutShort();
  }

  /** Breaks off what is under way: it is sent again by whoever comes next. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.rest.cutShort();
    await this.watching;
    await Promise.all(this.sending);
    this.parts.poster.close();
  }

  private async watch(): Promise<void> {
    let failures = 0;
    while (!this.stopping.signal.aborted) {
      this.isWanted = false;
      try {
        while (!this.stopping.signal.aborted && (await this.takeRound()));
        failures = 0;
      } catch (error) {
        if (failures++ === 0) this.parts.log.error({ fault: faultReport(error) }, 'Webhooks cannot be sent');
      }
      if (!this.isWanted || failures > 0) await this.rest.take(this.parts.look ?? LOOK, this.stopping.signal);
    }
  }

  /** Takes one delivery to each receiver that has room. False where there was none. */
  private async takeRound(): Promise<boolean> {
    const { database, clock, lease = LEASE } = this.parts;
    const now = clock.now();
    const due = await dueWebhooks(database, { now });
    const free = due.flatMap(({ id, failures }) => {
      const room = failures > 0 ? 1 : PARALLEL;
      return (this.underWay.get(id) ?? 0) < room ? [id] : [];
    });
    if (free.length === 0) return false;
    const taken = await database.write((tx) => takeDue(tx, free, { now, until: now + lease, limit: 1 }));
    for (const delivery of taken) this.begin(delivery);
    return taken.length > 0;
  }

  private begin(delivery: DeliveryRow): void {
    const { webhookId } = delivery;
    this.underWay.set(webhookId, (this.underWay.get(webhookId) ?? 0) + 1);
    const work = this.deliver(delivery)
      .catch((error: unknown) => {
        this.parts.log.error({ webhook: webhookId, fault: faultReport(error) }, 'A delivery failed');
      })
      .finally(() => {
        this.sending.delete(work);
        const left = (this.underWay.get(webhookId) ?? 1) - 1;
        if (left > 0) this.underWay.set(webhookId, left);
        else this.underWay.delete(webhookId);
        this.wake();
      });
    this.sending.add(work);
  }

  private async deliver(delivery: DeliveryRow): Promise<void> {
    const { database, clock, contextFor } = this.parts;
    const [webhook] = await webhooksById(database, [delivery.webhookId]);
    if (!webhook) return;
    const partner = await partnerBehind(database, webhook, clock.now());
    if (partner === null)
      return this.disable(delivery, webhook, null, 'No key of the partner is good any more.');
    const context = contextFor({ requestId: messageId(delivery) });
    const body = await messageOf(database, context, partner, delivery);
    if (body === null) {
      const superseded = { state: 'SUPERSEDED', lastStatus: null, lastError: null } as const;
      return this.note((tx) => noteAttempt(tx, delivery.id, { ...superseded, finishedAt: clock.now() }));
    }
    await this.settle(delivery, webhook, await this.post(delivery, webhook, body));
  }

  private post(delivery: DeliveryRow, webhook: WebhookRow, body: string): Promise<Outcome> {
    const { clock, box, poster } = this.parts;
    const now = clock.now();
    const secrets = secretsAt(webhook, now).flatMap((sealed) => box.open(sealed) ?? []);
    const headers = signed(secrets, { id: messageId(delivery), at: new Date(now), body });
    return poster.post(webhook.url, headers, body, now, this.stopping.signal);
  }

  private async settle(delivery: DeliveryRow, webhook: WebhookRow, outcome: Outcome): Promise<void> {
    const { clock, log, chance = Math.random } = this.parts;
    const now = clock.now();
    const { id } = delivery;
    const lastStatus = 'status' in outcome ? outcome.status : null;
    if (lastStatus !== null && lastStatus >= 200 && lastStatus < 300) {
      return this.note(async (tx) => {
        await noteAttempt(tx, id, { state: 'DELIVERED', lastStatus, lastError: null, finishedAt: now });
        if (webhook.failures > 0) await changeWebhook(tx, webhook.id, { failures: 0 });
      });
    }
    // Nobody has failed but us.
    if (this.stopping.signal.aborted) return this.release(delivery, lastStatus, null);
    if (lastStatus === 410)
      return this.disable(delivery, webhook, lastStatus, 'The receiver has answered that it is gone (410).');
    const asked = 'retryAfter' in outcome ? outcome.retryAfter : 0;
    const lastError = 'error' in outcome ? outcome.error : wrongStatus(outcome.status);
    const next = retryAt(delivery, now, chance(), asked);
    if (next === null)
      log.warn({ webhook: webhook.id, delivery: id }, 'A delivery was given up after three days');
    await this.note(async (tx) => {
      const state = next === null ? 'FAILED' : 'PENDING';
      const finishedAt = next === null ? now : null;
      await noteAttempt(tx, id, { state, lastStatus, lastError, finishedAt, nextAt: next ?? now });
      await countFailure(tx, webhook.id, asked > 0 ? now + asked : 0);
    });
  }

  private async disable(
    delivery: DeliveryRow,
    webhook: WebhookRow,
    lastStatus: number | null,
    reason: string,
  ): Promise<void> {
    this.parts.log.warn({ webhook: webhook.id, reason }, 'A webhook was disabled');
    await this.release(delivery, lastStatus, reason);
    await this.note((tx) => changeWebhook(tx, webhook.id, { status: 'DISABLED', reason }));
  }

  private release(delivery: DeliveryRow, lastStatus: number | null, lastError: string | null): Promise<void> {
    const again = { state: 'PENDING', finishedAt: null, nextAt: this.parts.clock.now() } as const;
    return this.note((tx) => noteAttempt(tx, delivery.id, { ...again, lastStatus, lastError }));
  }

  private note(work: (tx: Tx) => Promise<void>): Promise<void> {
    return this.parts.database.write(work);
  }
}

function wrongStatus(status: number): string {
  return status >= 300 && status < 400
    ? `The receiver has answered with a redirect (${status}), which is not followed.`
    : `The receiver has answered with ${status}.`;
}
