import { recordChanges } from '../../changes';
import type { Actor } from '../../core/actor';
import type { Clock } from '../../core/clock';
import { badInput, DatelineError } from '../../core/errors';
import type { Page, Slice } from '../../core/paging';
import { Refusal } from '../../core/refusal';
import type { SecretBox } from '../../core/sealed';
import type { ChangeOp, Database, DeliveryState, Reader, Tx } from '../../database';
import { publicIdOf } from '../partners/holder';
import { FEED_WINDOW, presentPosition } from '../partners/partner-log';
import { countDeliveries, deliveriesOf, forgetPending } from './delivery.store';
import { keyOfPartner } from './partner-key.store';
import { makeSecret } from './signature';
import { type AllowedNetworks, checkTarget } from './target';
import { type DeliveryRow, MAX_WEBHOOKS, MAX_WEBHOOKS_OF_A_PARTNER, type WebhookRow } from './webhook';
import { assertMayKeepWebhooks } from './webhook.policy';
import {
  allWebhooks,
  changeWebhook,
  deleteWebhook,
  insertWebhook,
  moveWebhook,
  oldestEntry,
  webhooksById,
  webhooksOfKey,
} from './webhook.store';

export interface WebhookServiceParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly box: SecretBox;
  readonly allowed: AllowedNetworks;
}

/** With the secret, which is told this once. */
export interface WebhookWithSecret {
  readonly webhook: WebhookRow;
  readonly secret: string;
}

const HOUR = 3_600_000;
/** Hours for which both secrets are signed with after a rotation. */
const MAX_OVERLAP = 7 * 24;

/** Where partners want to be told of changes: their own, or for an admin anybody's. What is not theirs does not exist. */
export class WebhookService {
  constructor(private readonly parts: WebhookServiceParts) {}

  /** The first one first; at most 200. @throws DatelineError FORBIDDEN */
  async list(actor: Actor): Promise<WebhookRow[]> {
    assertMayKeepWebhooks(actor);
    const { database } = this.parts;
    if (actor.kind !== 'PARTNER') return allWebhooks(database, MAX_WEBHOOKS);
    const key = await ownKey(database, actor);
    return key === null ? [] : webhooksOfKey(database, key);
  }

  /** Of a webhook that the actor has been given; the latest first. @throws DatelineError FORBIDDEN */
  async deliveries(
    actor: Actor,
    id: number,
    state: DeliveryState | null,
    page: Page,
  ): Promise<Slice<DeliveryRow>> {
    assertMayKeepWebhooks(actor);
    return deliveriesOf(this.parts.database, id, state, page);
  }

  async countDeliveries(actor: Actor, id: number, state: DeliveryState | null): Promise<number> {
    assertMayKeepWebhooks(actor);
    return countDeliveries(this.parts.database, id, state);
  }

  /**
   * Begins to tell a receiver of what comes from now on.
   * @param key the public id of a partner's key; a partner's own when absent
   * @throws DatelineError FORBIDDEN, BAD_USER_INPUT; Refusal NOT_FOUND, NOT_ALLOWED_IN_STATE
   */
  async create(actor: Actor, { url, key }: { url: string; key?: string }): Promise<WebhookWithSecret> {
    assertMayKeepWebhooks(actor);
    const { clock, allowed, box } = this.parts;
    const target = checkTarget(url, allowed);
    const secret = makeSecret();
    return this.write(actor, 'CREATE', async (tx) => {
      const keyId = await keyFor(tx, actor, key);
      const [all, own] = [await allWebhooks(tx, MAX_WEBHOOKS), await webhooksOfKey(tx, keyId)];
      if (all.length >= MAX_WEBHOOKS || own.length >= MAX_WEBHOOKS_OF_A_PARTNER) {
        throw new Refusal(
          'NOT_ALLOWED_IN_STATE',
          `There are ${own.length} webhooks of this partner and ${all.length} in all: ${MAX_WEBHOOKS_OF_A_PARTNER} and ${MAX_WEBHOOKS} are possible.`,
        );
      }
      const position = await presentPosition(tx, clock);
      const fields = { keyId, url: target, secret: box.seal(secret), position, createdAt: clock.now() };
      return { webhook: await found(tx, await insertWebhook(tx, fields)), secret };
    });
  }

  /** A new secret; the one before is signed with as well for some hours. */
  async rotate(actor: Actor, id: number, overlapHours: number): Promise<WebhookWithSecret> {
    const { clock, box } = this.parts;
    if (!(Number.isInteger(overlapHours) && overlapHours >= 0 && overlapHours <= MAX_OVERLAP))
      throw badInput('overlapHours', `"overlapHours" must be from 0 to ${MAX_OVERLAP}.`);
    const secret = makeSecret();
    return this.write(actor, 'ROTATE', async (tx) => {
      const before = await this.held(tx, actor, id);
      const formerUntil = clock.now() + overlapHours * HOUR;
      await changeWebhook(tx, id, {
        ...{ secret: box.seal(secret), formerSecret: before.secret, formerUntil },
      });
      return { webhook: await found(tx, id), secret };
    });
  }

  /** Nothing is sent until it is resumed; what happens meanwhile comes then. */
  async pause(actor: Actor, id: number): Promise<WebhookRow> {
    const { webhook } = await this.write(actor, 'UPDATE', async (tx) => {
      await this.held(tx, actor, id);
      await changeWebhook(tx, id, { status: 'PAUSED', reason: null });
      return { webhook: await found(tx, id) };
    });
    return webhook;
  }

  /** Goes on from where it was, also after it was disabled. */
  async resume(actor: Actor, id: number): Promise<WebhookRow> {
    const { webhook } = await this.write(actor, 'UPDATE', async (tx) => {
      const before = await this.held(tx, actor, id);
      await this.assertReaches(tx, before.position.seq);
      await changeWebhook(tx, id, { status: 'ACTIVE', reason: null, failures: 0, notBefore: 0 });
      return { webhook: await found(tx, id) };
    });
    return webhook;
  }

  /**
   * Tells everything again from an entry of the change log on.
   * @param sequence of the first change that is told: `sequence` of a delivery; null for what comes from now on
   */
  async replay(actor: Actor, id: number, sequence: number | null): Promise<WebhookRow> {
    const { webhook } = await this.write(actor, 'UPDATE', async (tx) => {
      await this.held(tx, actor, id);
      const present = await presentPosition(tx, this.parts.clock);
      const first = sequence ?? present.seq + 1;
      if (!(Number.isInteger(first) && first >= 1 && first <= present.seq + 1))
        throw badInput('sequence', `"sequence" must be from 1 to ${present.seq + 1}.`);
      await this.assertReaches(tx, first - 1);
      await forgetPending(tx, id, first);
      await moveWebhook(tx, id, { ...present, seq: first - 1 });
      return { webhook: await found(tx, id) };
    });
    return webhook;
  }

  /** With all that waits to be sent. */
  async delete(actor: Actor, id: number): Promise<void> {
    await this.write(actor, 'DELETE', async (tx) => {
      const webhook = await this.held(tx, actor, id);
      await deleteWebhook(tx, id);
      return { webhook };
    });
  }

  /** @throws Refusal NOT_ALLOWED_IN_STATE where the log does not reach back so far */
  private async assertReaches(tx: Tx, seq: number): Promise<void> {
    const oldest = await oldestEntry(tx, seq);
    const isThere =
      oldest === null || (oldest.seq === seq + 1 && oldest.at >= this.parts.clock.now() - FEED_WINDOW);
    if (isThere) return;
    throw new Refusal(
      'NOT_ALLOWED_IN_STATE',
      'What came then is kept no longer. Take a snapshot, and replay the webhook without a sequence: from now on.',
    );
  }

  /** @throws DatelineError FORBIDDEN; Refusal NOT_FOUND for one of somebody else's */
  private async held(tx: Tx, actor: Actor, id: number): Promise<WebhookRow> {
    const webhook = await found(tx, id);
    const key = actor.kind === 'PARTNER' ? await ownKey(tx, actor) : webhook.keyId;
    if (webhook.keyId !== key) throw nothing();
    return webhook;
  }

  private write<T extends { readonly webhook: WebhookRow }>(
    actor: Actor,
    op: ChangeOp,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    assertMayKeepWebhooks(actor);
    return this.parts.database.write(async (tx) => {
      const done = await work(tx);
      const { id, url, status } = done.webhook;
      const payload = { url: new URL(url).host, status };
      recordChanges(tx, actor, this.parts.clock.now(), [
        { entity: 'WEBHOOK', entityId: id, op, revision: 0, payload },
      ]);
      return done;
    });
  }
}

async function found(reader: Reader, id: number): Promise<WebhookRow> {
  const [webhook] = await webhooksById(reader, [id]);
  if (!webhook) throw nothing();
  return webhook;
}

function nothing(): Refusal {
  return new Refusal('NOT_FOUND', 'There is no such webhook.', 'id');
}

async function ownKey(reader: Reader, actor: Actor): Promise<number | null> {
  const publicId = publicIdOf(actor);
  return publicId === null ? null : keyOfPartner(reader, publicId);
}

async function keyFor(tx: Tx, actor: Actor, key: string | undefined): Promise<number> {
  if (actor.kind === 'PARTNER') {
    const own = await ownKey(tx, actor);
    const asked = key === undefined ? own : await keyOfPartner(tx, key);
    if (own !== null && asked === own) return own;
    throw new DatelineError('FORBIDDEN', 'A partner has webhooks of its own alone: leave out "key".');
  }
  if (key === undefined)
    throw badInput('key', 'Say in "key" which partner it is for, by the id of their API key.');
  const keyId = await keyOfPartner(tx, key);
  if (keyId === null) throw new Refusal('NOT_FOUND', `There is no partner with the key "${key}".`, 'key');
  return keyId;
}
