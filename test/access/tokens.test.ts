import { setTimeout as delay } from 'node:timers/promises';
import { generateKeyPair } from 'jose';
import { IdentityKeys, type IdentityProvider, type KeyTimes, TokenVerifier } from '../../src/access';
import { claimAt } from '../../src/access/token-claims';
import type { Actor } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import type { DatelineError } from '../../src/core/errors';
import type { Log } from '../../src/core/log';
import { SecretBox } from '../../src/core/sealed';
import { NOW } from '../support/archive';
import { AUDIENCE, TestProvider, type TokenWish } from '../support/identity-provider';

const SECONDS = Math.floor(NOW / 1_000);
const box = new SecretBox('x'.repeat(40));

let provider: TestProvider;
beforeEach(async () => {
  provider = await TestProvider.start();
});
afterEach(() => provider.stop());

/** A room that believes the provider. Nothing that would be waited for is, unless it is asked for. */
function believing(wish: Partial<IdentityProvider> = {}, times: Partial<KeyTimes> = {}) {
  const clock = heldClock(NOW);
  const lines: string[] = [];
  const note = (facts: object, message: string) => void lines.push(JSON.stringify({ ...facts, message }));
  const log: Log = { debug: note, info: note, warn: note, error: note };
  const settings: IdentityProvider = {
    issuer: provider.issuer,
    audiences: [AUDIENCE],
    jwksUrl: null,
    algorithms: ['RS256', 'PS256', 'ES256'],
    rolesClaim: 'realm_access.roles',
    roles: [
      ['desk', 'EDITOR'],
      ['chief', 'ADMIN'],
      ['agency', 'PARTNER'],
    ],
    clockTolerance: 30_000,
    timeout: 5_000,
    ...wish,
  };
  const keys = new IdentityKeys({ provider: settings, log, times: { pause: 0, ...times } });
  const fingerprint = (subject: string) => box.fingerprint(subject);
  const verifier = new TokenVerifier({ provider: settings, findKey: keys.find, fingerprint, clock });
  const refusal = async (token: string): Promise<DatelineError> =>
    verifier.verify(token).then(
      () => Promise.reject(new Error('The token is good')),
      (error) => error,
    );
  return {
    clock,
    lines,
    verify: (token: string): Promise<Actor> => verifier.verify(token),
    /** Why it is refused: always as UNAUTHENTICATED, without a word of it. */
    why: async (token: string) => {
      const error = await refusal(token);
      expect(error).toMatchObject({ name: 'DatelineError', code: 'UNAUTHENTICATED' });
      for (const part of token.split('.').filter((each) => each.length > 4)) {
        expect(JSON.stringify([error.message, error.details, lines])).not.toContain(part);
      }
      return error.details.reason;
    },
    refusal,
  };
}

describe('a token', () => {
  test.each<[string, object, Partial<Actor>]>([
    ['without a role', {}, { kind: 'READER' }],
    [
      'with a role that means nothing here',
      { realm_access: { roles: ['ADMIN', 'admin'] } },
      { kind: 'READER' },
    ],
    [
      'with one role',
      { realm_access: { roles: ['desk'] } },
      { kind: 'STAFF', roles: new Set(['EDITOR'] as const) },
    ],
    [
      'with its role as text',
      { realm_access: { roles: 'chief' } },
      { kind: 'STAFF', roles: new Set(['ADMIN'] as const) },
    ],
    [
      'with several',
      { realm_access: { roles: ['x', 'desk', 'chief', 3, null] } },
      { roles: new Set(['EDITOR', 'ADMIN'] as const) },
    ],
    ['of a partner', { realm_access: { roles: ['agency'] } }, { kind: 'PARTNER', roles: new Set() }],
    [
      'of a partner on the desk',
      { realm_access: { roles: ['agency', 'desk'] } },
      { kind: 'STAFF', roles: new Set(['EDITOR'] as const) },
    ],
    ['with roles that are no roles', { realm_access: { roles: { desk: true } } }, { kind: 'READER' }],
    ['with a name', { name: ' Amina Rahimi ' }, { displayName: 'Amina Rahimi' }],
    ['with an address as its name', { name: 'amina@example.org' }, { displayName: null }],
    ['with a name that is none', { name: 7 }, { displayName: null }],
  ])('%s stands for whom it says', async (_name, claims, expected) => {
    const { verify } = believing();
    const actor = await verify(await provider.token(NOW, { claims: { ...claims } }));
    expect(actor).toMatchObject({ scopes: null, ...expected });
  });

  test('gives its holder a name that is stable, differs by subject to the letter, and does not tell it', async () => {
    const { verify } = believing();
    const named = async (sub: string) => (await verify(await provider.token(NOW, { claims: { sub } }))).name;
    const name = await named('amina@example.org');
    expect(name).toMatch(/^user:[\w-]{22}$/);
    expect(await named('amina@example.org')).toBe(name);
    expect(new Set([name, await named('Amina@example.org'), await named('amina@example.org ')]).size).toBe(3);
  });

  test.each(['RS256', 'PS256', 'ES256'])('signed by %s is good', async (alg) => {
    await provider.addKey('other', alg);
    expect(await believing().verify(await provider.token(NOW))).toMatchObject({ kind: 'READER' });
  });

  test.each<[string, TokenWish, string]>([
    ['of another issuer', { claims: { iss: 'https://id.example.org' } }, 'UNKNOWN'],
    [
      'of an issuer that is the same but for a slash',
      { claims: { iss: 'http://127.0.0.1/realm/' } },
      'UNKNOWN',
    ],
    ['for another audience', { claims: { aud: 'account' } }, 'UNKNOWN'],
    ['for no audience', { without: ['aud'] }, 'UNKNOWN'],
    ['of no issuer', { without: ['iss'] }, 'UNKNOWN'],
    ['of nobody', { without: ['sub'] }, 'UNKNOWN'],
    ['of an empty subject', { claims: { sub: '' } }, 'UNKNOWN'],
    ['without an end', { without: ['exp'] }, 'UNKNOWN'],
    ['that has expired', { claims: { exp: SECONDS - 31 } }, 'EXPIRED'],
    ['that is not valid yet', { claims: { nbf: SECONDS + 31 } }, 'NOT_YET_VALID'],
    ['with an end that is no time', { claims: { exp: 'never' as unknown as number } }, 'UNKNOWN'],
    ['that says it is for logging out', { header: { typ: 'logout+jwt' } }, 'UNKNOWN'],
    ['of a key that there is not', { header: { kid: 'nobodys' } }, 'UNKNOWN'],
  ])('%s is refused', async (_name, wish, reason) => {
    const { why } = believing();
    expect(await why(await provider.token(NOW, wish))).toBe(reason);
  });

  test('of an issuer that is the same but for a slash is refused', async () => {
    const token = await provider.token(NOW, { claims: { iss: `${provider.issuer}/` } });
    expect(await believing().why(token)).toBe('UNKNOWN');
  });

  test('may be for several, one of which is us, and say that it is an access token', async () => {
    const token = await provider.token(NOW, {
      claims: { aud: ['account', AUDIENCE] },
      header: { typ: 'at+JWT' },
    });
    expect(await believing().verify(token)).toMatchObject({ kind: 'READER' });
  });

  test('is judged by a clock that may be a little off', async () => {
    const { verify } = believing();
    await verify(await provider.token(NOW, { claims: { exp: SECONDS - 29 } }));
    await verify(await provider.token(NOW, { claims: { nbf: SECONDS + 29 } }));
  });

  test('signed by somebody else under the name of the key is refused', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    expect(await believing().why(await provider.token(NOW, { key: privateKey }))).toBe('UNKNOWN');
  });

  test('that was changed is refused', async () => {
    const [header, , signature] = (await provider.token(NOW)).split('.');
    const [, claims] = (await provider.token(NOW, { claims: { realm_access: { roles: ['chief'] } } })).split(
      '.',
    );
    expect(await believing().why(`${header}.${claims}.${signature}`)).toBe('UNKNOWN');
  });

  test('that is not signed is refused', async () => {
    const [, claims] = (await provider.token(NOW)).split('.');
    for (const alg of ['none', 'None', 'NONE']) {
      const header = Buffer.from(JSON.stringify({ alg, kid: 'first' })).toString('base64url');
      expect(['UNKNOWN', 'MALFORMED']).toContain(await believing().why(`${header}.${claims}.`));
    }
  });

  test('signed with the public key as if that were a secret is refused, also where somebody allowed it', async () => {
    const key = await provider.publicKey();
    const token = await provider.token(NOW, { header: { alg: 'HS256' }, key });
    expect(await believing().why(token)).toBe('UNKNOWN');
    expect(await believing({ algorithms: ['HS256', 'ES256'] }).why(token)).toBe('UNKNOWN');
  });

  test('signed by a method that is not allowed is refused, however well it is signed', async () => {
    await provider.addKey('other', 'ES384');
    expect(await believing().why(await provider.token(NOW))).toBe('UNKNOWN');
  });

  test('that does not say which key is good as long as there is one, and refused when there are two', async () => {
    provider.removeKey('first');
    await provider.addKey(null);
    const token = await provider.token(NOW);
    expect(await believing().verify(token)).toMatchObject({ kind: 'READER' });
    await provider.addKey(null);
    expect(await believing().why(token)).toBe('UNKNOWN');
  });

  test.each(['hello', 'a.b.c', '..', 'eyJ.eyJ.x', 'a.b.c.d.e', 'e30.e30.e30', `${'x'.repeat(4_000)}.y.z`])(
    'that is nonsense (%#) is refused without a question to the provider',
    async (token) => {
      expect(await believing().why(token)).toBe('MALFORMED');
      expect(provider.asked).toEqual({ keys: 0, configuration: 0 });
    },
  );
});

describe('the keys of the provider', () => {
  test('are discovered and fetched once, however many ask', async () => {
    const { verify } = believing();
    const token = await provider.token(NOW);
    await Promise.all(Array.from({ length: 20 }, () => verify(token)));
    await verify(token);
    expect(provider.asked).toEqual({ keys: 1, configuration: 1 });
  });

  test('are not discovered where it is said where they are', async () => {
    await believing({ jwksUrl: provider.jwksUrl }).verify(await provider.token(NOW));
    expect(provider.asked).toEqual({ keys: 1, configuration: 0 });
  });

  test('are fetched again for a key that is new', async () => {
    const { verify } = believing({}, { cooldown: 0 });
    const old = await provider.token(NOW);
    await verify(old);
    await provider.addKey('second');
    expect(await verify(await provider.token(NOW))).toMatchObject({ kind: 'READER' });
    expect(await verify(old)).toMatchObject({ kind: 'READER' });
    expect(provider.asked.keys).toBe(2);
  });

  test('are not fetched for every token that names one which there is not', async () => {
    const { verify, why } = believing();
    await verify(await provider.token(NOW));
    for (let time = 1; time <= 20; time++) {
      expect(await why(await provider.token(NOW, { header: { kid: `x${time}` } }))).toBe('UNKNOWN');
    }
    expect(provider.asked.keys).toBe(1);
  });

  test('are forgotten when the provider has taken them away', async () => {
    const { verify, why } = believing({}, { refreshAfter: 0 });
    const old = await provider.token(NOW);
    await verify(old);
    await provider.addKey('second');
    provider.removeKey('first');
    // In the background, so the one that sets it off may still find the key.
    await verify(old).catch(() => null);
    while (provider.asked.keys < 2) await delay(5);
    await delay(50);
    expect(await why(old)).toBe('UNKNOWN');
  });

  test('that are known are used while the provider is away', async () => {
    const { verify, refusal, lines } = believing({}, { refreshAfter: 0, cooldown: 0 });
    const token = await provider.token(NOW);
    await verify(token);
    await provider.stop();
    for (let time = 1; time <= 5; time++) expect(await verify(token)).toMatchObject({ kind: 'READER' });
    while (lines.length === 0) await delay(5);
    const unknown = await provider.token(NOW, { header: { kid: 'new' } });
    expect(await refusal(unknown)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  test('are not used for ever while it is away', async () => {
    const { verify, refusal } = believing({}, { maxAge: 50 });
    const token = await provider.token(NOW);
    await verify(token);
    await provider.stop();
    await delay(60);
    expect(await refusal(token)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });
});

describe('a provider that does not answer', () => {
  const outages = ['with an error', 'with nonsense', 'with no keys', 'never'] as const;

  test.each(outages)(
    '(%s) makes checking unavailable, and nobody anonymous or refused; then it goes on',
    async (answer) => {
      const { verify, refusal, lines } = believing({ timeout: 200 });
      const token = await provider.token(NOW);
      provider.answer = answer;
      for (const jwksUrl of [null, provider.jwksUrl]) {
        const away = believing({ timeout: 200, jwksUrl });
        expect(await away.refusal(token)).toMatchObject({
          code: 'SERVICE_UNAVAILABLE',
          details: { service: 'identity-provider' },
        });
      }
      expect(await refusal(token)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
      expect(lines.join()).toContain('The identity provider does not answer');
      provider.answer = 'as it should';
      expect(await verify(token)).toMatchObject({ kind: 'READER' });
    },
  );

  test('(nothing listens) likewise', async () => {
    const { verify, refusal } = believing();
    const token = await provider.token(NOW);
    await provider.stop();
    expect(await refusal(token)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await provider.listen();
    expect(await verify(token)).toMatchObject({ kind: 'READER' });
  });

  test('is left alone for a moment', async () => {
    const { refusal } = believing({}, { pause: 60_000 });
    const token = await provider.token(NOW);
    provider.answer = 'with an error';
    for (let time = 1; time <= 10; time++) {
      expect(await refusal(token)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    }
    expect(provider.asked).toEqual({ keys: 0, configuration: 1 });
  });

  test('or that says it is another issuer is not believed', async () => {
    const issuer = `${provider.issuer}/`;
    const { refusal } = believing({ issuer });
    expect(await refusal(await provider.token(NOW, { claims: { iss: issuer } }))).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
    expect(provider.asked.keys).toBe(0);
  });
});

test.each<[string, unknown, unknown]>([
  ['roles', { roles: ['a'] }, ['a']],
  ['realm_access.roles', { realm_access: { roles: ['a'] } }, ['a']],
  ['resource_access.my.app.roles', { resource_access: { 'my.app': { roles: ['a'] } } }, ['a']],
  ['https://example.org/roles', { 'https://example.org/roles': 'a' }, 'a'],
  ['a.b', { 'a.b': 1, a: { b: 2 } }, 1],
  ['a.b.c', { 'a.b': {}, a: { 'b.c': 3 } }, 3],
  ['a.b', { a: ['b'] }, undefined],
  ['a.length', { a: 'text' }, undefined],
  ['constructor.name', {}, undefined],
  ['__proto__', {}, undefined],
  ['x', null, undefined],
])('the claim at %s', (path, claims, expected) => {
  expect(claimAt(claims, path)).toEqual(expected);
});
