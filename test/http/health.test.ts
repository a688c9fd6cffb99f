import { DatabaseDamaged } from '../../src/core/errors';
import { type Running, start } from './tiny';

async function health(api: Running, probe: 'live' | 'ready' | 'jobs') {
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

test('jobs that have stalled are named, and leave the server ready', async () => {
  const overdue: object[] = [];
  const api = await start({}, { overdueJobs: async () => overdue });
  expect(await health(api, 'jobs')).toEqual({ status: 200, body: { status: 'ok' } });
  overdue.push({ job: 'article-scheduler', seconds: 90 });
  expect(await health(api, 'jobs')).toEqual({ status: 503, body: { status: 'overdue', overdue } });
  expect((await health(api, 'ready')).status).toBe(200);
  await api.server.close();
});

test('jobs of which nobody can tell are not well', async () => {
  const api = await start({}, { overdueJobs: async () => Promise.reject(new DatabaseDamaged('somewhere')) });
  expect(await health(api, 'jobs')).toEqual({
    status: 503,
    body: { status: 'unavailable', reason: 'database' },
  });
  await api.server.close();
});

test('a database that does not answer at all is unready: nobody waits for it for ever', async () => {
  const api = await start({}, { ready: () => new Promise(() => undefined) });
  expect((await health(api, 'ready')).status).toBe(503);
  await api.server.close();
});
