import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config';
import { problem } from './problems';

/** Seconds after which it makes sense to try again. */
const RETRY_AFTER = 2;
/** Milliseconds between two measurements of the delay. */
const MEASURED = 1_000;

const OVERLOADED = problem('SERVICE_UNAVAILABLE', 'The server has too much to do. Try again in a moment.');

/**
 * Refuses requests while what is under way keeps the event loop for so long that more would only be answered late. The
 * delay is the mean of a second, and has to be too large in two of them: one long task is no overload. Probes are answered
 * all the same, or an orchestrator would end a process for being busy.
 */
export async function refuseOverload(
  server: FastifyInstance,
  { overloadDelay }: Pick<Config, 'overloadDelay'>,
): Promise<void> {
  let measured: unknown;
  let at = Number.NEGATIVE_INFINITY;
  let lasts = false;
  await server.register(underPressure, {
    maxEventLoopDelay: overloadDelay,
    sampleInterval: MEASURED,
    pressureHandler: (request, reply, _type, delay) => {
      if (delay !== measured) {
        const now = performance.now();
        lasts = now - at < 3 * MEASURED;
        measured = delay;
        at = now;
      }
      if (!lasts || request.routeOptions.url?.startsWith('/health/')) return;
      reply.code(503).header('retry-after', RETRY_AFTER).send(OVERLOADED);
    },
  });
}
