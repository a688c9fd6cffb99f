/**
 * Some sites let people sign in by their e-mail addresses. What is remembered of those is of no use without the server's
 * secret: a keyed hash, to know an author again, and the login sealed, where the other system tells a number alone.
 */
import { sql } from 'drizzle-orm';
import type { SecretBox } from '../core/sealed';
import type { Database, Tx } from '../database';

/** No login has a colon. */
const HASHED = 'login:';
const SEALED = 'sealed:';

/** By what an author is known again. */
export function loginKey(box: SecretBox, login: string): string {
  return isAddress(login) ? HASHED + box.fingerprint(login) : login;
}

/** A hash over an author, among whose facts the login is. */
export function printOf(box: SecretBox, login: string, hash: string): string {
  return isAddress(login) ? HASHED + box.fingerprint(hash) : hash;
}

/** The login as it is remembered beside a number. */
export function keptLogin(box: SecretBox, login: string): string {
  return isAddress(login) ? SEALED + box.seal(login) : login;
}

/** What was kept; null where it was sealed under another secret. */
export function loginIn(box: SecretBox, kept: string): string | null {
  return kept.startsWith(SEALED) ? box.open(kept.slice(SEALED.length)) : kept;
}

/** Logins stood here as they are once: puts in their place what is kept of them now. Without any it changes nothing. */
export async function hideFormerLogins(database: Database, box: SecretBox): Promise<void> {
  const { importKeys: k } = database.tables;
  const isPlain = sql`${k.kind} in ('author', 'author-number') and (${k.externalId} like '%@%' or ${k.fingerprint} like '%@%')`;
  if ((await database.select().from(k).where(isPlain).limit(1)).length === 0) return;
  await database.write(async (tx) => {
    for (const row of await tx.select().from(k).where(isPlain)) await hide(tx, box, row);
  });
}

async function hide(
  tx: Tx,
  box: SecretBox,
  { source, kind, externalId, fingerprint }: Tx['tables']['importKeys']['$inferSelect'],
): Promise<void> {
  const { importKeys: k } = tx.tables;
  const itself = sql`${k.source} = ${source} and ${k.kind} = ${kind} and ${k.externalId} = ${externalId}`;
  // It stood for a number where there was none.
  if (kind === 'author-number' && isAddress(externalId)) return void (await tx.delete(k).where(itself));
  const hidden =
    kind === 'author'
      ? { externalId: loginKey(box, externalId), fingerprint: printOf(box, externalId, fingerprint) }
      : { fingerprint: keptLogin(box, fingerprint) };
  await tx.update(k).set(hidden).where(itself);
}

function isAddress(login: string): boolean {
  return login.includes('@');
}
