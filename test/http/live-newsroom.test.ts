import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { ApiKeyService } from '../../src/access';
import { type App, createApp } from '../../src/app';
import { loadConfig } from '../../src/config';
import { systemActor } from '../../src/core/actor';
import { systemClock } from '../../src/core/clock';
import { globalId } from '../../src/core/ids';
import { silentLog } from '../../src/core/log';
import { createServer } from '../../src/http/server';
import { startChild } from '../support/child';
import { describeEachEngine } from '../support/engines';
import { operation, SUBSCRIPTIONS } from '../support/operations';
import { until } from '../support/until';
import { LiveSocket, LiveStream } from './live-client';

describeEachEngine('a newsroom that is listened to', (store) => {
  let app: App;
  let server: FastifyInstance;
  let url: string;

  beforeAll(async () => {
    await store.openEmpty();
    const environment = {
      ...{ NODE_ENV: 'test', DATABASE_URL: store.url(), SAMPLE_NEWSROOM: 'never' },
      DATELINE_SECRET: 'Xq3v9TzLw0pR7sKd2mNb8yHf4jGc6aUe',
    };
    const config = loadConfig({ environment, directory: '/nowhere' });
    app = await createApp({ config, log: silentLog });
    server = await createServer({
      schema: app.schema,
      context: (request) => app.context(request),
      authenticate: (authorization) => app.authenticate(authorization),
      ready: () => app.ready(),
      overdueJobs: () => app.overdueJobs(),
      config,
      log: pino({ level: 'silent' }),
    });
    url = await server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    // A client that has broken off a request connects anew at once, for one that never comes.
    server.server.closeAllConnections();
    await server.close();
    await app.close();
  });

  test('tells, by either way, what another process publishes, with all that clients ask for', async () => {
    const socket = await LiveSocket.connect(url);
    socket.subscribe('1', operation('Published'), { filter: { languages: ['en'] } });
    socket.subscribe('2', operation('Published'), { filter: { languages: ['ur'] } });
    socket.subscribe(
      '3',
      'subscription { articlePublished(filter: { authors: ["a\u0000"], languages: ["!"] }) { id } }',
    );
    expect(await socket.message()).toMatchObject({ id: '3', type: 'error' });
    // They have opened when they listen, and so does the socket then.
    const streams = await Promise.all(
      [...SUBSCRIPTIONS.keys()].map((name) => LiveStream.open(url, operation(name))),
    );
    const child = startChild('articles/children/publish.ts', store.url(), String(Date.now()));
    const id = globalId('Article', Number(await child.line()));
    const data = { articlePublished: { id, title: 'News', authors: [], topics: [], primaryCategory: null } };
    expect(await socket.message()).toMatchObject({ id: '1', type: 'next', payload: { data } });
    for (const stream of streams) {
      expect(await stream.event()).toMatchObject({ event: 'next', data: { data } });
      stream.close();
    }
    expect(socket.messages).toEqual([]);
    await socket.close();
    await child.ended();
  });

  test('listens no longer to whose key another process has revoked', async () => {
    const keys = new ApiKeyService(app.database, systemClock);
    const keeper = systemActor('keys');
    const { key, kept } = await keys.create(keeper, { roles: ['EDITOR'] });
    const socket = await LiveSocket.connect(url, { authorization: `Bearer ${key}` });
    socket.subscribe('1', 'query { viewer { kind } }');
    await until(() => socket.messages.length === 2);
    await new ApiKeyService(await store.openAnother(), systemClock).revoke(keeper, kept.publicId);
    expect(await socket.end()).toEqual({ code: 4403, reason: 'UNAUTHENTICATED' });
  });
});
