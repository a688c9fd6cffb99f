/** What a client may send again without having it done again, told apart by keys that it makes up. */
import { sql } from 'drizzle-orm';
import type { WriteScope } from '../changes';
import { badInput } from '../core/errors';
import { Refusal } from '../core/refusal';
import type { SecretBox } from '../core/sealed';
import { prepared, type Tx } from '../database';

/** Milliseconds for which a key is remembered at the least. */
export const LIFETIME = 24 * 3_600_000;
/** Characters of a key. */
export const MAX_KEY = 200;

/**
 * Does something within a transaction, or answers what came of it when it was done under the same key. What comes
 * of it has to be JSON.
 * @throws Refusal IDEMPOTENCY_KEY_REUSED; DatelineError BAD_USER_INPUT for a key that cannot be one
 */
export type Once = <T>(scope: WriteScope, work: () => Promise<T>) => Promise<T>;

/** Without a key a request that is sent again is another one. */
export const EVERY_TIME: Once = (_scope, work) => work();

/** What was asked for. */
export interface Request {
  /** What is to be done, e.g. "createArticle": under the same key other things may be asked for as well. */
  readonly operation: string;
  /** Tells askers apart who share an actor, e.g. guests who comment. */
  readonly asker?: string;
  /** All that is given, the key included. */
  readonly input: { readonly idempotencyKey?: string | null };
}

/**
 * Remembers what was done under which key, in the transaction that does it: whoever sends the same at the same time
 * waits for the first, and what was not done is not remembered. Keys are an actor's own.
 */
export class Idempotency {
  constructor(private readonly box: SecretBox) {}

  once({ operation, asker = '', input: { idempotencyKey: key, ...input } }: Request): Once {
    if (key == null) return EVERY_TIME;
    return async (scope, work) => {
      checkKey(key);
      const hash = this.box.proofOf(JSON.stringify([operation, scope.actor.name, asker, key]));
      const fingerprint = this.box.proofOf(canonical({ operation, input }));
      if (await claim(scope, hash, fingerprint)) {
        const made = await work();
        await answer(scope.tx, hash, this.box.seal(JSON.stringify(made)));
        return made;
      }
      return JSON.parse(this.answered(await remembered(scope.tx, { hash }), fingerprint));
    };
  }

  private answered([known]: Awaited<ReturnType<typeof remembered>>, fingerprint: string): string {
    if (known?.fingerprint !== fingerprint) {
      const message = 'This key was used with another input. Make up a new one for each thing to be done.';
      throw new Refusal('IDEMPOTENCY_KEY_REUSED', message, 'idempotencyKey');
    }
    const made = known.answer === null ? null : this.box.open(known.answer);
    if (made === null) throw new Error('What was done under an idempotency key cannot be read');
    return made;
  }
}

/** The same text for the same values, in whatever order they were given. What is null is as good as absent. */
function canonical(value: object): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(
      Object.entries(each)
        .filter(([, member]) => member != null)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  });
}

function checkKey(key: string): void {
  if (key.length > 0 && key.length <= MAX_KEY) return;
  throw badInput('idempotencyKey', `"idempotencyKey" has 1 to ${MAX_KEY} characters.`);
}

/** Whether nobody has the key. On PostgreSQL this waits for a transaction that has it and may yet give it up. */
async function claim({ tx, at }: WriteScope, hash: string, fingerprint: string): Promise<boolean> {
  const rows = await tx.rows(
    sql`insert into idempotency_keys (hash, fingerprint, expires_at) values (${hash}, ${fingerprint}, ${at + LIFETIME})
        on conflict (hash) do update set fingerprint = excluded.fingerprint, answer = null, expires_at = excluded.expires_at
        where idempotency_keys.expires_at <= ${at}
        returning hash`,
  );
  return rows.length > 0;
}

async function answer(tx: Tx, hash: string, sealed: string): Promise<void> {
  await tx.execute(sql`update idempotency_keys set answer = ${sealed} where hash = ${hash}`);
}

const remembered = prepared<
  { hash: string },
  Pick<Tx['tables']['idempotencyKeys'], 'fingerprint' | 'answer'>
>(({ tables: { idempotencyKeys: k } }) => ({
  select: { fingerprint: k.fingerprint, answer: k.answer },
  from: sql`${k} where ${k.hash} = ${sql.placeholder('hash')}`,
}));
