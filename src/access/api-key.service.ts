/** The life of an API key: made, rotated, revoked. */
import { recordChanges } from '../changes';
import type { Actor, Scope } from '../core/actor';
import type { Clock, Instant } from '../core/clock';
import { badInput, DatelineError } from '../core/errors';
import type { ChangeOp, Database, KeyRole, Reader, Tx } from '../database';
import { type ApiKey, mintKey, stateOf } from './api-key';
import { assertMayActOnKeys } from './api-key.policy';
import { insertKey, keysByPublicId, listKeys, replaceKey, revokeKey } from './api-key.store';

export interface KeyWish {
  readonly roles: readonly KeyRole[];
  /** Absent: all that the roles allow. */
  readonly scopes?: readonly Scope[];
  readonly label?: string;
  /** Milliseconds that it is good for; absent: until it is revoked. */
  readonly lifetime?: number;
}

/** A key as it is handed out: this once, for only its hash is kept. */
export interface IssuedKey {
  readonly key: string;
  readonly kept: ApiKey;
}

const MAX_LABEL = 100;
/** Keys that a list has at most: the newest. */
const MAX_LISTED = 1_000;
const DAY = 86_400_000;
const MAX_LIFETIME = 3_650 * DAY;
const MAX_GRACE = 30 * DAY;

export class ApiKeyService {
  /** @param onChange told when a key has changed, for whoever remembers keys */
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly onChange: () => void = () => undefined,
  ) {}

  /** Newest first; at most 1000. @throws DatelineError FORBIDDEN */
  async list(actor: Actor): Promise<ApiKey[]> {
    assertMayActOnKeys(actor, 'LIST');
    return listKeys(this.database, MAX_LISTED);
  }

  /** @throws DatelineError FORBIDDEN, BAD_USER_INPUT */
  async create(actor: Actor, wish: KeyWish): Promise<IssuedKey> {
    assertMayActOnKeys(actor, 'CREATE');
    const fields = checked(wish);
    return this.database.write((tx) =>
      this.issue(tx, actor, { ...fields, partnerId: null }, wish.lifetime ?? null),
    );
  }

  /**
   * Makes a new key like the old one, which stays valid for `grace` milliseconds, so that its holder can change
   * over without a gap. The new one lasts as long as the old one was made for.
   * @throws DatelineError FORBIDDEN, NOT_FOUND, BAD_USER_INPUT; CONFLICT for a key that is revoked, expired, or
   *   rotated already
   */
  async rotate(actor: Actor, publicId: string, grace: number): Promise<IssuedKey> {
    assertMayActOnKeys(actor, 'ROTATE');
    checkTime('grace', grace, 0, MAX_GRACE);
    const issued = await this.database.write(async (tx) => {
      const old = await find(tx, publicId);
      const now = this.clock.now();
      const state = stateOf(old, now);
      if (state !== 'ACTIVE') throw conflict(`It has ${state === 'EXPIRED' ? 'expired' : 'been revoked'}`);
      if (old.replacedBy !== null) throw conflict(`It was rotated already, to ${old.replacedBy}`);
      const lifetime = old.expiresAt === null ? null : old.expiresAt - old.createdAt;
      const made = await this.issue(tx, actor, { ...old, partnerId: old.partnerId ?? old.id }, lifetime);
      const expiresAt = Math.min(now + grace, old.expiresAt ?? Number.POSITIVE_INFINITY);
      const replacedBy = made.kept.publicId;
      if (!(await replaceKey(tx, old.id, { expiresAt, replacedBy }))) {
        throw conflict('It was revoked or rotated at the same time');
      }
      record(tx, actor, now, 'ROTATE', { ...old, expiresAt }, { replacedBy });
      return made;
    });
    this.onChange();
    return issued;
  }

  /**
   * Makes the key worthless: at once in this process, in others within two seconds. Revoking it again changes
   * nothing. @throws DatelineError FORBIDDEN, NOT_FOUND
   */
  async revoke(actor: Actor, publicId: string): Promise<ApiKey> {
    assertMayActOnKeys(actor, 'REVOKE');
    const revoked = await this.database.write(async (tx) => {
      const key = await find(tx, publicId);
      const revokedAt = this.clock.now();
      if (!(await revokeKey(tx, key.id, revokedAt))) return find(tx, publicId);
      record(tx, actor, revokedAt, 'REVOKE', key);
      return { ...key, revokedAt };
    });
    this.onChange();
    return revoked;
  }

  private async issue(
    tx: Tx,
    actor: Actor,
    { label, roles, scopes, partnerId }: Pick<ApiKey, 'label' | 'roles' | 'scopes' | 'partnerId'>,
    lifetime: number | null,
  ): Promise<IssuedKey> {
    const { key, publicId, hash } = mintKey();
    const createdAt = this.clock.now();
    const fields = {
      ...{ publicId, hash, label, roles, scopes, createdAt, partnerId },
      expiresAt: lifetime === null ? null : createdAt + lifetime,
      lastUsedAt: null,
      revokedAt: null,
      replacedBy: null,
    };
    const kept = { ...fields, id: await insertKey(tx, fields) };
    record(tx, actor, createdAt, 'CREATE', kept);
    return { key, kept };
  }
}

/** What may be known of a key, and no more: neither it nor its hash is in the log. */
function record(
  tx: Tx,
  actor: Actor,
  at: Instant,
  op: ChangeOp,
  { id, publicId, roles, scopes, expiresAt }: ApiKey,
  more: Readonly<Record<string, unknown>> = {},
): void {
  const payload = { publicId, roles, scopes, expiresAt, ...more };
  recordChanges(tx, actor, at, [{ entity: 'API_KEY', entityId: id, op, revision: 0, payload }]);
}

async function find(reader: Reader, publicId: string): Promise<ApiKey> {
  const [key] = await keysByPublicId(reader, { publicIds: [publicId] });
  if (!key) throw new DatelineError('NOT_FOUND', 'There is no such API key.');
  return key;
}

function conflict(why: string): DatelineError {
  return new DatelineError('CONFLICT', `This API key cannot be rotated. ${why}.`);
}

function checked({ roles, scopes, label, lifetime }: KeyWish): Pick<ApiKey, 'label' | 'roles' | 'scopes'> {
  const distinct = [...new Set(roles)];
  if (distinct.length === 0) throw badInput('roles', 'Say in "roles" what the key is for.');
  if (distinct.length > 1 && distinct.includes('PARTNER')) {
    throw badInput('roles', 'A partner is not of the newsroom: give "roles" either PARTNER alone or others.');
  }
  if (scopes?.length === 0) throw badInput('scopes', 'Name at least one of the "scopes", or leave them out.');
  if (label !== undefined && !/^[^\p{Cc}]{1,100}$/u.test(label.trim())) {
    throw badInput('label', `"label" must have from 1 to ${MAX_LABEL} characters, on one line.`);
  }
  if (lifetime !== undefined) checkTime('lifetime', lifetime, 1, MAX_LIFETIME);
  return { label: label?.trim() ?? null, roles: distinct, scopes: scopes ? [...new Set(scopes)] : null };
}

function checkTime(argument: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw badInput(argument, `The ${argument} of an API key is at most ${max / DAY} days.`);
}
