import type { FastifyInstance } from 'fastify';

/** Milliseconds after which a database that is silent counts as one that is away. */
const READY_TIMEOUT = 2_000;

const FOR_ALL = { config: { credentials: 'ignored' } } as const;

export interface HealthParts {
  /** Resolves when requests can be answered. @throws otherwise */
  readonly ready: () => Promise<void>;
  readonly stopping: () => boolean;
  /** What is to be done from time to time, and has stalled. @throws when that cannot be found out */
  readonly overdueJobs: () => Promise<readonly object[]>;
}

/**
 * `/health/live`: the process runs; an orchestrator restarts it otherwise. `/health/ready`: it can answer
 * requests; a load balancer sends none otherwise. `/health/jobs`: all that is to be done from time to time gets done, by
 * whichever process; somebody is to be told otherwise. The reasons name no address, path or query.
 */
export function serveHealth(server: FastifyInstance, { ready, stopping, overdueJobs }: HealthParts): void {
  server.get('/health/live', FOR_ALL, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { status: 'ok' };
  });
  server.get('/health/ready', FOR_ALL, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (stopping()) return reply.code(503).send({ status: 'unavailable', reason: 'stopping' });
    try {
      await withTimeout(ready());
      return { status: 'ok' };
    } catch (error) {
      request.log.error({ err: error }, 'The database does not answer');
      return reply.code(503).send({ status: 'unavailable', reason: 'database' });
    }
  });
  server.get('/health/jobs', FOR_ALL, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      const overdue = await withTimeout(overdueJobs());
      return overdue.length === 0 ? { status: 'ok' } : reply.code(503).send({ status: 'overdue', overdue });
    } catch (error) {
      request.log.error({ err: error }, 'The database does not answer');
      return reply.code(503).send({ status: 'unavailable', reason: 'database' });
    }
  });
}

async function withTimeout<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The database did not answer in time')), READY_TIMEOUT);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
