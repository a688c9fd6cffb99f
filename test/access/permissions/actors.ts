import { ApiKeyService, type KeyWish } from '../../../src/access';
import { systemActor } from '../../../src/core/actor';
import type { Clock } from '../../../src/core/clock';
import type { Database } from '../../../src/database';
import type { TestProvider } from '../../support/identity-provider';

/** The columns of the table. */
export const COLUMNS = [
  'anonymous',
  'reader',
  'partner',
  'contributor',
  'editor',
  'moderator',
  'admin',
  'read-only',
  'expired',
] as const;
export type Column = (typeof COLUMNS)[number];

/** The claim and its values that the server has to be told of. */
export const ROLES = { claim: 'groups', mapping: 'newcomers=contributor,desk=editor' };
/** Milliseconds after which the key of `expired` is. */
export const LIFETIME = 1_000;

/** How each of them is known: people by tokens, machines by keys. */
export async function credentials(
  database: Database,
  clock: Clock,
  provider: TestProvider,
): Promise<Readonly<Record<Column, string | null>>> {
  const service = new ApiKeyService(database, clock);
  const key = async (wish: KeyWish) => (await service.create(systemActor('keys'), wish)).key;
  const token = (sub: string, groups: string[]) =>
    provider.token(clock.now(), { claims: { sub, name: `The ${sub}`, email: `${sub}@example.org`, groups } });
  return {
    anonymous: null,
    reader: await token('reader', ['subscribers']),
    partner: await key({ roles: ['PARTNER'], label: 'An agency' }),
    contributor: await token('contributor', ['newcomers']),
    editor: await token('editor', ['desk', 'subscribers']),
    moderator: await key({ roles: ['MODERATOR'], label: 'Moderation' }),
    admin: await key({ roles: ['ADMIN'], label: 'Administration' }),
    'read-only': await key({ roles: ['ADMIN'], scopes: ['read'], label: 'A dashboard' }),
    expired: await key({ roles: ['ADMIN'], lifetime: LIFETIME }),
  };
}
