import { DatabaseDamaged } from '../../src/core/errors';
import { type Running, start } from './tiny';

async function health(api: Running, probe: 'live' | 'ready') {
  const response = await fetch(`${api.url}/health/${probe}`);
  return { status: response.status, body: await response.json() };
}

test('a server that can answer is live and ready', async () => {
  const api = await start();
  expect(await health(api, 'live')).toEqual({ status: 200, body: { status: 'ok' } });
  expect(await health(api, 'ready')).toEqual({ status: 200, body: { status: 'ok' } });
  await api.server.close();
});

test('without its database it is live and not ready, and says no more than that', async () => {
  const api = await start(
    {},
    { ready: async () => Promise.reject(new DatabaseDamaged('at /srv/secret.db')) },
  );
  expect((await health(api, 'live')).status).toBe(200);
  expect(await health(api, 'ready')).toEqual({
    status: 503,
    body: { status: 'unavailable', reason: 'database' },
  });
  await api.server.close();
});

test('a database that does not answer at all is unready within three seconds', async () => {
  const api = await start({}, { ready: () => new Promise(() => undefined) });
  const before = performance.now();
  expect((await health(api, 'ready')).status).toBe(503);
  expect(performance.now() - before).toBeLessThan(3_000);
  await api.server.close();
});
