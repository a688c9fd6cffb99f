import { types } from 'node:util';
import pg from 'pg';
import { DatabaseDamaged, DatabaseUnavailable } from '../core/errors';

/** SQLSTATEs after which a transaction may simply be run again: serialisation failure, deadlock. */
const AGAIN = new Set(['40001', '40P01']);
/** Codes of the operating system, and SQLSTATEs, that mean that there is no connection (any more). */
const DISCONNECTED = /^(ECONN|EPIPE|EHOST|ENET|ENOTFOUND|EAI_|ETIMEDOUT|08|57P0|25P0[34]|53300)/;
/** SQLSTATEs for which DATABASE_URL, or the server that it names, has to be put right. */
const SETTINGS = new Map([
  ['3D000', 'there is no database of that name on the server (createdb makes one)'],
  ['28P01', 'PostgreSQL refuses the password in DATABASE_URL'],
  ['28000', 'PostgreSQL refuses the user in DATABASE_URL'],
]);
const DISCONNECTED_MESSAGE = /timeout exceeded when trying|Connection terminated|not queryable|read timeout/;

export function isDisconnected(error: unknown): boolean {
  return DISCONNECTED.test(codeOf(error)) || DISCONNECTED_MESSAGE.test(messageOf(error));
}

/** Whether the transaction lost against another one, and would succeed when run again. */
export function mayRunAgain(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof pg.DatabaseError) return AGAIN.has(codeOf(each));
  }
  return false;
}

/** Says in our own words, without the server's address, why it did not answer; other errors stay as they are. */
export function explained(error: unknown): unknown {
  const setting = SETTINGS.get(codeOf(error));
  if (setting) return new DatabaseUnavailable(setting);
  if (isDisconnected(error)) return new DatabaseUnavailable('PostgreSQL cannot be reached');
  const code = codeOf(error);
  if (code === '55P03') return new DatabaseUnavailable('another transaction holds a lock for too long');
  if (code === '57014') return new DatabaseUnavailable('a query took too long');
  if (code === '53100') return new DatabaseUnavailable('the disk is full');
  if (code === 'XX001' || code === 'XX002') return new DatabaseDamaged('PostgreSQL finds it malformed');
  return error;
}

function codeOf(error: unknown): string {
  return types.isNativeError(error) && 'code' in error ? String(error.code) : '';
}

function messageOf(error: unknown): string {
  return types.isNativeError(error) ? error.message : '';
}
