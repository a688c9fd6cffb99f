import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import {
  ApiKeyService,
  Authenticator,
  KEY_MEMORY,
  KeyVerifier,
  type KeyWish,
  USE_PRECISION,
} from '../../src/access';
import { type Actor, type Role, SCOPES, systemActor } from '../../src/core/actor';
import { heldClock, systemClock } from '../../src/core/clock';
import type { DatelineError } from '../../src/core/errors';
import { silentLog } from '../../src/core/log';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { NOW } from '../support/archive';
import { bounded } from '../support/bounded';
import { describeEachEngine, recordStatements } from '../support/engines';

const OPERATOR = systemActor('keys');
const HOUR = 3_600_000;
const EDITOR: KeyWish = { roles: ['EDITOR'] };

/** The room as one process has it. */
function roomOn(database: Database, clock = heldClock(NOW)) {
  const verifier = new KeyVerifier({ database, clock, log: silentLog });
  const authenticator = new Authenticator(verifier, null);
  const keys = new ApiKeyService(database, clock, () => verifier.forget());
  return {
    clock,
    keys,
    who: (key: string): Promise<Actor> => authenticator.authenticate(`Bearer ${key}`),
    /** Why the key is refused. */
    why: async (key: string): Promise<unknown> => {
      const error: DatelineError = await authenticator.authenticate(`Bearer ${key}`).then(
        () => Promise.reject(new Error('The key is good')),
        (refused) => refused,
      );
      expect(error).toMatchObject({ name: 'DatelineError', code: 'UNAUTHENTICATED' });
      return error.details.reason;
    },
  };
}

/** The same database, with what is read outside of transactions kept back until `released`. */
function slowly(db: Database, released: () => Promise<unknown>): Database {
  return new Proxy(db, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (name !== 'tuples') return member.bind(target);
      return async (statement: Parameters<Database['tuples']>[0]) => {
        const rows = await target.tuples(statement);
        await released();
        return rows;
      };
    },
  });
}

const changesIn = (db: Database) => db.select().from(db.tables.changes).orderBy(db.tables.changes.seq);
const stored = (db: Database) => db.select().from(db.tables.apiKeys).orderBy(db.tables.apiKeys.id);

describeEachEngine('API keys', (store) => {
  let db: Database;
  beforeEach(async () => {
    db = await store.open();
  });

  test.each<[KeyWish, Partial<Actor>]>([
    [
      { roles: ['PARTNER'], label: ' Agency ' },
      { kind: 'PARTNER', displayName: 'Agency', scopes: null },
    ],
    [
      { roles: ['EDITOR', 'MODERATOR'] },
      { kind: 'STAFF', displayName: null, roles: new Set<Role>(['EDITOR', 'MODERATOR']) },
    ],
    [
      { roles: ['ADMIN'], scopes: ['read'] },
      { kind: 'STAFF', scopes: new Set(['read'] as const) },
    ],
  ])('%o stands for whom it was made for', async (wish, expected) => {
    const { keys, who } = roomOn(db);
    const { key, kept } = await keys.create(OPERATOR, wish);
    expect(key).toMatch(/^dlk_[\da-f]{16}_[\da-f]{64}$/);
    expect(await who(key)).toMatchObject({ ...expected, name: `key:${kept.publicId}` });
  });

  test('is stored as a hash, and is neither in the list nor in the change log', async () => {
    const { keys } = roomOn(db);
    const { key, kept } = await keys.create(OPERATOR, { ...EDITOR, label: 'Desk', lifetime: HOUR });
    const rotated = await keys.rotate(OPERATOR, kept.publicId, 1_000);
    await keys.revoke(OPERATOR, kept.publicId);
    const [rows, changes, list] = [await stored(db), await changesIn(db), await keys.list(OPERATOR)];
    expect(list.map(({ publicId }) => publicId)).toEqual([rotated.kept.publicId, kept.publicId]);
    for (const secret of [key, rotated.key].map((each) => each.split('_')[2] ?? each)) {
      expect(JSON.stringify([rows, changes, list])).not.toContain(secret);
    }
    for (const { hash } of rows) expect(JSON.stringify(changes)).not.toContain(hash);
    expect(
      changes.map(({ entity, entityId, op, actor, payload }) => ({ entity, entityId, op, actor, payload })),
    ).toEqual([
      expect.objectContaining({
        ...{ entity: 'API_KEY', entityId: kept.id, op: 'CREATE', actor: 'system:keys' },
        payload: { publicId: kept.publicId, roles: ['EDITOR'], scopes: null, expiresAt: NOW + HOUR },
      }),
      expect.objectContaining({ entityId: rotated.kept.id, op: 'CREATE' }),
      expect.objectContaining({
        ...{ entityId: kept.id, op: 'ROTATE' },
        payload: expect.objectContaining({ replacedBy: rotated.kept.publicId, expiresAt: NOW + 1_000 }),
      }),
      expect.objectContaining({ entityId: kept.id, op: 'REVOKE' }),
    ]);
  });

  test('is refused when it is another by one character, wherever that stands', async () => {
    const { keys, who, why } = roomOn(db);
    const { key } = await keys.create(OPERATOR, EDITOR);
    const other = fc.constantFrom(...'0123456789abcdefA_');
    await fc.assert(
      fc.asyncProperty(fc.nat(key.length - 1), other, async (place, character) => {
        fc.pre(key[place] !== character);
        const near = key.slice(0, place) + character + key.slice(place + 1);
        expect(['UNKNOWN', 'MALFORMED']).toContain(await why(near));
      }),
      bounded(60),
    );
    for (const near of [`${key}0`, key.slice(0, -1), key.toUpperCase(), `${key}=`]) {
      expect(['UNKNOWN', 'MALFORMED']).toContain(await why(near));
    }
    expect((await who(key)).kind).toBe('STAFF');
  });

  test('is refused from the instant on at which it expires', async () => {
    const { keys, who, why, clock } = roomOn(db);
    const { key } = await keys.create(OPERATOR, { ...EDITOR, lifetime: HOUR });
    clock.advance(HOUR - 1);
    expect(await who(key)).toMatchObject({ kind: 'STAFF' });
    clock.advance(1);
    expect(await why(key)).toBe('EXPIRED');
  });

  test('is refused at once by the process that revoked it', async () => {
    const { keys, who, why } = roomOn(db);
    const { key, kept } = await keys.create(OPERATOR, EDITOR);
    await who(key);
    await keys.revoke(OPERATOR, kept.publicId);
    expect(await why(key)).toBe('REVOKED');
  });

  test('is refused by other processes within two seconds', async () => {
    const [here, there] = [roomOn(db), roomOn(await store.openAnother())];
    const { key, kept } = await here.keys.create(OPERATOR, EDITOR);
    await there.who(key);
    await here.keys.revoke(OPERATOR, kept.publicId);
    there.clock.advance(KEY_MEMORY - 1);
    expect(await there.who(key)).toMatchObject({ kind: 'STAFF' });
    there.clock.advance(1);
    expect(await there.why(key)).toBe('REVOKED');
    expect(KEY_MEMORY).toBeLessThanOrEqual(2_000);
  });

  test('is not kept alive by a clock that is set back', async () => {
    const [here, there] = [roomOn(db), roomOn(await store.openAnother())];
    const { key, kept } = await here.keys.create(OPERATOR, EDITOR);
    await there.who(key);
    await here.keys.revoke(OPERATOR, kept.publicId);
    there.clock.advance(-HOUR);
    expect(await there.why(key)).toBe('REVOKED');
  });

  test('revoked while it is looked up is not remembered as good', async () => {
    const gate = new EventEmitter();
    const { who, why, keys } = roomOn(slowly(db, () => once(gate, 'open')));
    const { key, kept } = await roomOn(db).keys.create(OPERATOR, EDITOR);
    const asked = who(key);
    // The row was read as it was, and is on its way.
    await delay(100);
    await keys.revoke(OPERATOR, kept.publicId);
    gate.emit('open');
    await asked;
    setTimeout(() => gate.emit('open'), 100);
    expect(await why(key)).toBe('REVOKED');
  });

  test('is looked up once for many requests', async () => {
    const sent = recordStatements();
    const { keys, who } = roomOn(await store.openAnother(sent));
    const { key } = await keys.create(OPERATOR, EDITOR);
    await who(key);
    await delay(50);
    expect(await sent.during(() => Promise.all(Array.from({ length: 100 }, () => who(key))))).toEqual([]);
  });

  describe('rotated', () => {
    test('gives way to a new one like it, and stays good for the grace', async () => {
      const { keys, who, why, clock } = roomOn(db);
      const wish: KeyWish = {
        roles: ['CONTRIBUTOR'],
        scopes: ['articles'],
        label: 'Wire',
        lifetime: 24 * HOUR,
      };
      const { key: old, kept } = await keys.create(OPERATOR, wish);
      clock.advance(HOUR);
      const { key, kept: next } = await keys.rotate(OPERATOR, kept.publicId, HOUR);
      expect(next).toMatchObject({ roles: ['CONTRIBUTOR'], scopes: ['articles'], label: 'Wire' });
      expect(next.expiresAt).toBe(NOW + 25 * HOUR);
      expect((await who(old)).roles).toEqual((await who(key)).roles);
      clock.advance(HOUR);
      expect(await why(old)).toBe('EXPIRED');
      expect(await who(key)).toMatchObject({ displayName: 'Wire' });
    });

    test('does not live longer for it', async () => {
      const { keys, why, clock } = roomOn(db);
      const { key, kept } = await keys.create(OPERATOR, { ...EDITOR, lifetime: 1_000 });
      await keys.rotate(OPERATOR, kept.publicId, HOUR);
      clock.advance(1_000);
      expect(await why(key)).toBe('EXPIRED');
    });

    test('twice, also at once, has one successor', async () => {
      const { keys } = roomOn(db);
      const { kept } = await keys.create(OPERATOR, EDITOR);
      const tries = await Promise.allSettled([1, 2, 3].map(() => keys.rotate(OPERATOR, kept.publicId, HOUR)));
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(tries.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'CONFLICT' },
      });
      expect(await stored(db)).toHaveLength(2);
    });

    test.each(['EXPIRED', 'REVOKED'])('when it is %s is refused', async (state) => {
      const { keys, clock } = roomOn(db);
      const { kept } = await keys.create(OPERATOR, { ...EDITOR, lifetime: HOUR });
      if (state === 'EXPIRED') clock.advance(HOUR);
      else await keys.revoke(OPERATOR, kept.publicId);
      await expect(keys.rotate(OPERATOR, kept.publicId, 0)).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(await stored(db)).toHaveLength(1);
    });
  });

  test('revoked again keeps the instant at which it was revoked, and is not in the log again', async () => {
    const { keys, clock } = roomOn(db);
    const { kept } = await keys.create(OPERATOR, EDITOR);
    await keys.revoke(OPERATOR, kept.publicId);
    clock.advance(HOUR);
    expect(await keys.revoke(OPERATOR, kept.publicId)).toMatchObject({ revokedAt: NOW });
    expect((await changesIn(db)).map(({ op }) => op)).toEqual(['CREATE', 'REVOKE']);
  });

  test('that is not there can be neither revoked nor rotated', async () => {
    const { keys } = roomOn(db);
    await expect(keys.revoke(OPERATOR, 'nothing')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(keys.rotate(OPERATOR, 'nothing', 0)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test.each<[string, KeyWish, string]>([
    ['no role', { roles: [] }, 'roles'],
    ['a partner who is an editor', { roles: ['PARTNER', 'EDITOR'] }, 'roles'],
    ['scopes that are none', { ...EDITOR, scopes: [] }, 'scopes'],
    ['an empty label', { ...EDITOR, label: '  ' }, 'label'],
    ['a label of two lines', { ...EDITOR, label: 'a\nb' }, 'label'],
    ['a label that is too long', { ...EDITOR, label: 'x'.repeat(101) }, 'label'],
    ['a life of nothing', { ...EDITOR, lifetime: 0 }, 'lifetime'],
    ['a life of eleven years', { ...EDITOR, lifetime: 11 * 365 * 24 * HOUR }, 'lifetime'],
  ])('with %s is not made', async (_name, wish, argument) => {
    const { keys } = roomOn(db);
    await expect(keys.create(OPERATOR, wish)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { argument },
    });
    expect([await stored(db), await changesIn(db)]).toEqual([[], []]);
  });

  test.each(Object.entries(ACTORS).filter(([name]) => name !== 'admin'))(
    'are none of the business of %s',
    async (_name, actor) => {
      const { keys } = roomOn(db);
      const { kept } = await keys.create(OPERATOR, EDITOR);
      const tries = [
        keys.list(actor),
        keys.create(actor, EDITOR),
        keys.revoke(actor, kept.publicId),
        keys.rotate(actor, kept.publicId, 0),
      ];
      for (const each of tries) await expect(each).rejects.toMatchObject({ code: 'FORBIDDEN' });
    },
  );

  test('can be made by an admin, but not with a credential that was narrowed', async () => {
    const { keys } = roomOn(db);
    await keys.create(ACTORS.admin, EDITOR);
    const narrowed = { ...ACTORS.admin, scopes: new Set(SCOPES) };
    await expect(keys.create(narrowed, EDITOR)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  describe('the last use', () => {
    const lastUse = async (expected: number | null) => {
      for (let attempt = 1; attempt <= 100; attempt++) {
        const [row] = await stored(db);
        if (row?.lastUsedAt === expected) return;
        await delay(10);
      }
      expect((await stored(db))[0]?.lastUsedAt).toBe(expected);
    };

    test('is noted, rarely, by one process of several, and not in the change log', async () => {
      const sent = recordStatements();
      const here = roomOn(db);
      const there = roomOn(await store.openAnother(sent), here.clock);
      const { key } = await here.keys.create(OPERATOR, EDITOR);
      await lastUse(null);
      await here.who(key);
      await lastUse(NOW);
      here.clock.advance(USE_PRECISION - 1);
      await here.who(key);
      const texts = await sent.during(async () => {
        for (let time = 1; time <= 10; time++) await there.who(key);
        await delay(50);
      });
      expect(texts.filter((text) => /update/i.test(text))).toEqual([]);
      await lastUse(NOW);
      here.clock.advance(1);
      await here.who(key);
      await lastUse(NOW + USE_PRECISION);
      expect(await changesIn(db)).toHaveLength(1);
    });

    test('does not keep a request waiting, nor fail it', async () => {
      const { keys, who } = roomOn(db);
      const { key } = await keys.create(OPERATOR, EDITOR);
      const gate = new EventEmitter();
      const held = db.write(() => once(gate, 'open'));
      await delay(20);
      expect(await who(key)).toMatchObject({ kind: 'STAFF' });
      gate.emit('open');
      await held;
    });
  });
});

test('a credential that only looks like one is refused without a question to the database', async () => {
  const asked = jest.fn();
  const database = new Proxy({} as Database, { get: asked });
  const authenticator = new Authenticator(
    new KeyVerifier({ database, clock: systemClock, log: silentLog }),
    null,
  );
  for (const header of [
    '',
    'Bearer',
    'Bearer ',
    'Basic YTpi',
    'dlk_0123456789abcdef_',
    'Bearer a b',
    `Bearer ${'x'.repeat(9_000)}`,
    'Bearer dlk_short_one',
    'Bearer dlk_',
    'Bearer hello',
  ]) {
    await expect(authenticator.authenticate(header)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  }
  expect(asked).not.toHaveBeenCalled();
});
