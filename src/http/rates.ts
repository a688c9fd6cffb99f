import cluster from 'node:cluster';
import type { FastifyInstance } from 'fastify';
import {
  type RateLimiterAbstract,
  RateLimiterCluster,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import type { Config } from '../config';
import type { Actor } from '../core/actor';
import { faultReport } from '../core/faults';
import type { Log } from '../core/log';
import { signals } from '../core/signals';
import { addressKey } from './address';
import { actorOf } from './authentication';
import type { AnyReply, AnyRequest } from './exchange';
import { problem } from './problems';

/** Seconds in which operations are counted. */
const WINDOW = 60;

/** Milliseconds for the process that counts for all to answer. */
const PATIENCE = 1_000;

type Limiter = Pick<RateLimiterAbstract, 'points' | 'consume'>;

/** Where somebody stands after one more operation. */
export interface Standing {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the count begins anew. */
  readonly reset: number;
}

export const RATE_LIMITED = 'Too many operations came from you. Try again when a minute is over.';

/**
 * Counts operations: those of an address (of IPv6, of a /64 network) where nobody says who they are, else those of whoever
 * it is, wherever they come from. Processes of one machine count together, and those of several through Redis; while it is
 * away each counts for itself.
 */
export class OperationRates {
  private readonly anonymous: Limiter | null;
  private readonly known: Limiter | null;
  private readonly redis: Redis | null;

  constructor({ rates }: Pick<Config, 'rates'>, log: Log) {
    this.redis = rates.redisUrl === null ? null : openRedis(rates.redisUrl, log);
    this.anonymous = this.limiter('anonymous', rates.anonymous);
    this.known = this.limiter('known', rates.known);
  }

  counts(actor: Actor): boolean {
    return this.limiterOf(actor) !== null;
  }

  /** Null where nothing is counted. */
  async take(actor: Actor, address: string): Promise<Standing | null> {
    const limiter = this.limiterOf(actor);
    if (limiter === null) return null;
    const isAnonymous = actor.kind === 'ANONYMOUS';
    try {
      return standing(limiter, await limiter.consume(isAnonymous ? addressKey(address) : actor.name), true);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      if (signals.rateExceeded.isHeard)
        signals.rateExceeded.send({ who: isAnonymous ? 'anonymous' : 'known' });
      return standing(limiter, refusal, false);
    }
  }

  close(): void {
    this.redis?.disconnect();
  }

  private limiterOf({ kind }: Actor): Limiter | null {
    return kind === 'ANONYMOUS' ? this.anonymous : this.known;
  }

  private limiter(name: string, points: number): Limiter | null {
    if (points === 0) return null;
    const options = { keyPrefix: `dateline:${name}`, points, duration: WINDOW };
    const here = new RateLimiterMemory(options);
    if (this.redis === null) return cluster.isWorker ? new CountedTogether(options, here) : here;
    return new RateLimiterRedis({
      ...options,
      storeClient: this.redis,
      insuranceLimiter: here,
      rejectIfRedisNotReady: true,
    });
  }
}

/** Counts in the process that has started this one, for all of them; while it does not answer, here. */
class CountedTogether {
  readonly points: number;
  private readonly together: RateLimiterAbstract;

  constructor(
    options: { keyPrefix: string; points: number; duration: number },
    private readonly here: RateLimiterAbstract,
  ) {
    this.points = options.points;
    this.together = new RateLimiterCluster({ ...options, timeoutMs: PATIENCE });
  }

  async consume(key: string): Promise<RateLimiterRes> {
    try {
      return await this.together.consume(key);
    } catch (error) {
      if (error instanceof RateLimiterRes) throw error;
      return this.here.consume(key);
    }
  }
}

/** Counts every request at `/graphql`, and refuses those that are too many with 429. After authentication. */
export function limitRates(server: FastifyInstance, rates: OperationRates): void {
  server.addHook('onClose', async () => rates.close());
  server.addHook('onRequest', (request, reply, done) => {
    if (request.ws || request.routeOptions.url !== '/graphql') return done();
    const actor = actorOf(request);
    if (!rates.counts(actor)) return done();
    rates.take(actor, request.ip).then((found) => {
      const refusal = found && tellStanding(request, reply, found);
      if (refusal) reply.send(refusal);
      else done();
    }, done);
  });
}

/** Says in the headers where somebody stands. Returns what is said to who has asked too often. */
export function tellStanding(
  request: AnyRequest,
  reply: AnyReply,
  { allowed, limit, remaining, reset }: Standing,
): object | null {
  reply.header('ratelimit-limit', limit);
  reply.header('ratelimit-remaining', remaining);
  reply.header('ratelimit-reset', reset);
  if (allowed) return null;
  request.trace = { requestId: request.id, operationName: null, errorCodes: ['RATE_LIMITED'] };
  reply.code(429);
  reply.header('retry-after', reset);
  return problem('RATE_LIMITED', RATE_LIMITED, { retryAfterSeconds: reset });
}

function standing(
  { points }: Limiter,
  { remainingPoints, msBeforeNext }: RateLimiterRes,
  allowed: boolean,
): Standing {
  return {
    allowed,
    limit: points,
    remaining: remainingPoints,
    reset: Math.max(1, Math.ceil(msBeforeNext / 1_000)),
  };
}

type Redis = import('ioredis').Redis;

function openRedis(url: string, log: Log): Redis {
  // An optional dependency: loaded by who uses it.
  const { Redis }: typeof import('ioredis') = require('ioredis');
  const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0 });
  redis.on('error', (error: unknown) => log.warn({ fault: faultReport(error) }, 'Redis does not answer'));
  return redis;
}
