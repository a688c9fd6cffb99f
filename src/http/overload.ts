import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config';
import { problem } from './problems';

/** Seconds after which it makes sense to try again: the delay is measured anew each second. */
const RETRY_AFTER = 2;

const OVERLOADED = problem('SERVICE_UNAVAILABLE', 'The server has too much to do. Try again in a moment.');

/**
 * Refuses requests while what is under way keeps the event loop for so long that more would only be answered late: mean
 * of a second. Probes are answered all the same, or an orchestrator would end a process for being busy.
 */
export async function refuseOverload(
  server: FastifyInstance,
  { overloadDelay }: Pick<Config, 'overloadDelay'>,
): Promise<void> {
  await server.register(underPressure, {
    maxEventLoopDelay: overloadDelay,
    pressureHandler: (request, reply) => {
      if (request.routeOptions.url?.startsWith('/health/')) return;
      reply.code(503).header('retry-after', RETRY_AFTER).send(OVERLOADED);
    },
  });
}
