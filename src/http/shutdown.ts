import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Socket, Server as TcpServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Log } from '../core/log';

/**
 * Milliseconds that an idle connection is kept once a stop has begun: a request that its client had already
 * sent is then still answered, and told that it was the last one.
 */
const IDLE_GRACE = 1_000;
const POLL = 20;
/** Milliseconds for closing the database and the like, once no connection is left. */
const CLOSE_TIMEOUT = 3_000;
/** Milliseconds in which a second signal is taken for an echo: npm passes on what the terminal sent to all. */
const ECHO = 500;

declare module 'fastify' {
  interface FastifyInstance {
    readonly drain: Drain;
  }
}

interface OpenConnection {
  /** Requests that are not answered yet. */
  busy: number;
  /** Bytes that had come when the last one was answered. */
  read: number;
}

/** Takes an HTTP server out of service without losing a request that it has accepted. */
export class Drain {
  private readonly beginning = new AbortController();
  private readonly connections = new Map<Socket, OpenConnection>();
  private readonly answered: (this: ServerResponse) => void;

  private constructor(private readonly server: FastifyInstance) {
    const { connections } = this;
    this.answered = function () {
      const { socket } = this.req;
      const open = connections.get(socket);
      if (open === undefined) return;
      open.busy--;
      open.read = socket.bytesRead;
    };
    server.server.on('connection', (socket: Socket) => {
      this.connections.set(socket, { busy: 0, read: 0 });
      socket.once('close', () => this.connections.delete(socket));
    });
    const { answered } = this;
    server.server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      const open = connections.get(socket);
      if (open) open.busy++;
      // Once, but to say so takes Node longer; and the same for all, so that none has to be made.
      response.on('close', answered);
    });
  }

  /** Adds `server.drain`. Before any route, so that its hook covers all of them. */
  static install(server: FastifyInstance): void {
    const drain = new Drain(server);
    server.decorate('drain', drain);
    server.addHook('onSend', (_request, reply, _payload, done) => {
      if (drain.started) reply.header('connection', 'close');
      done();
    });
  }

  /** Aborts when a stop begins: for whatever would go on for as long as its client likes. */
  get signal(): AbortSignal {
    return this.beginning.signal;
  }

  get started(): boolean {
    return this.signal.aborted;
  }

  /**
   * Refuses new connections, answers what is in progress or arrives on open connections with
   * `Connection: close`, and resolves when all are closed. @throws the signal's reason when it aborts; the
   * connections that are still open are then cut.
   */
  async run(signal: AbortSignal): Promise<void> {
    this.beginning.abort();
    const http = this.server.server;
    // After the poll phase, in which the event loop has taken every connection that the kernel had ready.
    await new Promise(setImmediate);
    // http.Server.close would cut idle connections at once, and with them requests that are on their way.
    if (http.listening) TcpServer.prototype.close.call(http);
    const idleUntil = performance.now() + IDLE_GRACE;
    try {
      while (this.connections.size > 0) {
        signal.throwIfAborted();
        if (performance.now() > idleUntil) this.closeIdle();
        await delay(POLL, undefined, { signal });
      }
    } catch {
      for (const socket of this.connections.keys()) socket.destroy();
      throw signal.reason;
    }
  }

  /** Node's own closeIdleConnections spares connections on which nothing has ever been sent, as browsers open. */
  private closeIdle(): void {
    for (const [socket, { busy, read }] of this.connections) {
      if (busy === 0 && socket.bytesRead === read) socket.destroy();
    }
  }
}

export interface StopParts {
  readonly server: FastifyInstance;
  /** Closes what requests need, once none is left. */
  readonly close: () => Promise<void>;
  /** Milliseconds before open connections are cut. */
  readonly timeout: number;
  readonly log: Log;
}

/** The way out of the process: gracefully at the first call, at once when `force` is called. */
export class Stop {
  private readonly abort = new AbortController();
  private ending: Promise<'clean' | 'forced'> | undefined;

  constructor(private readonly parts: StopParts) {}

  /** Drains the server, then closes everything. Told again, it returns the same promise. */
  gracefully(): Promise<'clean' | 'forced'> {
    this.ending ??= this.end();
    return this.ending;
  }

  /** Gives up waiting: open connections are cut. */
  force(reason: string): void {
    this.abort.abort(new Error(reason));
  }

  private async end(): Promise<'clean' | 'forced'> {
    const { server, close, timeout, log } = this.parts;
    const timer = setTimeout(() => this.force('requests took longer than SHUTDOWN_TIMEOUT'), timeout);
    log.info({}, 'Stopping: finishing the requests in progress');
    let outcome: 'clean' | 'forced' = 'clean';
    try {
      await server.drain.run(this.abort.signal);
    } catch (error) {
      outcome = 'forced';
      log.warn({ reason: error instanceof Error ? error.message : '' }, 'Open connections were cut');
    }
    // A request whose connection was cut may go on working, and hold what is to be closed.
    const closing = server.close().then(close);
    const late = delay(CLOSE_TIMEOUT, 'forced' as const, { ref: false });
    outcome = await Promise.race([closing.then(() => outcome), late]);
    clearTimeout(timer);
    log.info({ outcome }, 'Stopped');
    return outcome;
  }
}

/**
 * Stops at SIGTERM or SIGINT, and at once at the second. `exit` is told the process's code: 0 when every
 * request was answered, else 1.
 */
export function stopOnSignals(stop: Stop, exit: (code: number) => void): void {
  let first: number | undefined;
  const onSignal = () => {
    const now = performance.now();
    if (first !== undefined && now - first > ECHO) return stop.force('a second signal came');
    if (first !== undefined) return;
    first = now;
    stop.gracefully().then(
      (outcome) => exit(outcome === 'clean' ? 0 : 1),
      () => exit(1),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
