/**
 * Mercurius with graphql-jit over Dateline's own schema, resolvers and store: what differs is how a request becomes an
 * answer. It checks neither limits nor rates nor credentials and keeps no answers, which is to its favour.
 */
import fastify from 'fastify';
import mercurius from 'mercurius';
import { createApp } from '../../dist/app';
import { loadConfig } from '../../dist/config';
import { ANONYMOUS } from '../../dist/core/actor';
import { silentLog } from '../../dist/core/log';
import { run } from '../harness/program';

/** Sightings of a document after which Mercurius compiles it: as Dateline does, the second time. */
const COMPILE_AFTER = 1;

async function main(): Promise<void> {
  const app = await createApp({ config: loadConfig(), log: silentLog });
  const server = fastify();
  await server.register(mercurius, {
    schema: app.schema,
    jit: COMPILE_AFTER,
    context: (request) => app.context({ actor: ANONYMOUS, requestId: request.id }),
  });
  await server.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
}

run(main);
process.once('SIGTERM', () => process.exit(0));
