import type { Actor } from '../../src/core/actor';
import { DatelineError } from '../../src/core/errors';
import { addressKey } from '../../src/http/address';
import { limitedCheck } from '../../src/http/credential-check';
import { ACTORS } from '../support/actors';
import { errorsOf, start } from './tiny';

const WHO = '{ kindOfActor }';

function check(failures: number) {
  const looked: string[] = [];
  const limited = limitedCheck(async (authorization): Promise<Actor> => {
    looked.push(authorization);
    if (authorization.startsWith('good')) return ACTORS.reader;
    if (authorization === 'later') throw new DatelineError('SERVICE_UNAVAILABLE', 'Not now.');
    throw new DatelineError('UNAUTHENTICATED', 'No.', { reason: 'UNKNOWN' });
  }, failures);
  const ask = (authorization: string, address = '192.0.2.1') =>
    limited(authorization, address).then(
      ({ kind }) => kind,
      (error: unknown) => (error instanceof DatelineError ? error.code : error),
    );
  return { ask, looked };
}

test('after so many wrong credentials of an address what comes from there is refused without a look', async () => {
  const { ask, looked } = check(2);
  expect(await ask('good')).toBe('READER');
  expect([await ask('bad1'), await ask('bad2')]).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
  expect([await ask('bad3'), await ask('good2')]).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
  expect(looked).toEqual(['good', 'bad1', 'bad2']);
  // Who shares the address, and was known before.
  expect(await ask('good')).toBe('READER');
  expect(await ask('good2', '192.0.2.2')).toBe('READER');
});

test('what cannot be checked now counts for nothing', async () => {
  const { ask } = check(1);
  expect([await ask('later'), await ask('later'), await ask('good')]).toEqual([
    ...['SERVICE_UNAVAILABLE', 'SERVICE_UNAVAILABLE', 'READER'],
  ]);
});

test.each([
  ['2001:db8::1', '2001:db8:0:0:1:2:3:4', true],
  ['2001:db8::1', '2001:db8:0:1::1', false],
  ['::ffff:192.0.2.1', '192.0.2.1', true],
  ['192.0.2.1', '192.0.2.2', false],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
])('%s and %s are one address: %s', (a, b, same) => {
  expect(addressKey(a) === addressKey(b)).toBe(same);
});

test('requests and WebSockets share the count, and are told when to come again', async () => {
  const { url, ask, server, lines } = await start({ CREDENTIAL_FAILURES: '2' });
  const statuses: number[] = [];
  for (let i = 0; i < 3; i++)
    statuses.push((await ask(WHO, {}, { authorization: `Bearer guess${i}` })).status);
  expect(statuses).toEqual([401, 401, 429]);
  const refused = await ask(WHO, {}, { authorization: 'Bearer reader' });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await errorsOf(refused))[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED' });
  // Who sends none is served.
  expect((await ask(WHO)).status).toBe(200);
  const stream = await fetch(`${url}/graphql/stream?query={x}`, {
    headers: { authorization: 'Bearer reader' },
  });
  expect(stream.status).toBe(429);
  expect(JSON.stringify(lines)).not.toContain('guess');
  await server.close();
});
