import type { Config } from '../../config';
import type { Actor } from '../../core/actor';
import { datelineErrorIn } from '../../core/errors';
import { faultReport } from '../../core/faults';
import type { Log } from '../../core/log';
import { addressKey } from '../address';
import type { Authenticate } from '../authentication';

/** Milliseconds between two looks at the connections: for who is slow, and for who has nothing to do here. */
const LOOK = 1_000;
/** Looks between two checks of their credentials: with what is remembered of keys, a revocation shows within seconds. */
const LOOKS_BETWEEN_CHECKS = 3;
/** Milliseconds for which a connection may have something that its client does not take. */
const STALLED = 30_000;

/** Why a connection is ended by us. Each is what its client is told, as the reason of the closing. */
export type EndReason = 'SLOW_CONSUMER' | 'UNAUTHENTICATED' | 'IDLE' | 'STOPPING';

/** Why a connection is not taken. */
export type Denial = 'TOO_MANY_CONNECTIONS' | 'FULL' | 'STOPPING';

/** A connection that stays open, as far as those who watch over all of them need to know it. */
export interface LiveConnection {
  readonly transport: 'websocket' | 'sse';
  readonly log: Log;
  readonly actor: Actor;
  /** The value of the Authorization header, or what stands for it; null for an anonymous viewer. */
  readonly credential: string | null;
  /** Bytes that were written and that the client has not taken yet. */
  unsent(): number;
  /** Whether nothing is going on that it would be kept open for. */
  isIdle(): boolean;
  end(reason: EndReason): void;
}

export interface LiveParts {
  readonly authenticate: Authenticate;
  readonly config: Config['live'];
  readonly log: Log;
}

interface Watched {
  readonly connection: LiveConnection;
  /** Looks at which it had something unsent, one after the other. */
  stalled: number;
  /** Looks at which it had nothing to do. */
  idle: number;
}

/** All connections that stay open: how many there may be, and which have to go. */
export class LiveConnections {
  private readonly places = new Map<string, number>();
  private taken = 0;
  private readonly watched = new Map<LiveConnection, Watched>();
  private timer: NodeJS.Timeout | undefined;
  private looks = 0;
  private checking = false;
  private stopping = false;

  constructor(private readonly parts: LiveParts) {}

  /** A place for one more connection from the address, to be given back by calling what is returned. */
  take(address: string): (() => void) | Denial {
    if (this.stopping) return 'STOPPING';
    const { connections, connectionsPerAddress } = this.parts.config;
    const key = addressKey(address);
    const here = this.places.get(key) ?? 0;
    if (here >= connectionsPerAddress) return 'TOO_MANY_CONNECTIONS';
    if (this.taken >= connections) return 'FULL';
    this.places.set(key, here + 1);
    this.taken++;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.taken--;
      const left = (this.places.get(key) ?? 1) - 1;
      if (left > 0) this.places.set(key, left);
      else this.places.delete(key);
    };
  }

  /** Watches over the connection until it is told that it has closed. */
  watch(connection: LiveConnection): void {
    this.watched.set(connection, { connection, stalled: 0, idle: 0 });
    connection.log.info(
      { transport: connection.transport, open: this.watched.size },
      'Live connection opened',
    );
    this.timer ??= setInterval(() => this.look(), LOOK).unref();
    if (this.stopping) connection.end('STOPPING');
  }

  /** @param facts what its transport says of the closing */
  closed(connection: LiveConnection, facts: object): void {
    if (!this.watched.delete(connection)) return;
    const { transport, actor, log } = connection;
    const who = actor.kind === 'ANONYMOUS' ? {} : { actor: actor.name };
    log.info({ transport, ...who, ...facts, open: this.watched.size }, 'Live connection closed');
    if (this.watched.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Ends all connections, and takes no more. */
  stop(): void {
    this.stopping = true;
    for (const connection of [...this.watched.keys()]) connection.end('STOPPING');
  }

  private look(): void {
    const { buffer, idleTimeout } = this.parts.config;
    for (const each of [...this.watched.values()]) {
      const { connection } = each;
      const unsent = connection.unsent();
      each.stalled = unsent > 0 ? each.stalled + 1 : 0;
      each.idle = connection.isIdle() ? each.idle + 1 : 0;
      if (unsent > buffer || each.stalled * LOOK > STALLED) {
        this.drop(connection, 'SLOW_CONSUMER', { unsent });
      } else if (each.idle * LOOK > idleTimeout) {
        this.drop(connection, 'IDLE');
      }
    }
    if (++this.looks % LOOKS_BETWEEN_CHECKS === 0) void this.checkCredentials();
  }

  /** Whose credential is no good any more is not served on. Each is looked at once, however many share it. */
  private async checkCredentials(): Promise<void> {
    if (this.checking) return;
    this.checking = true;
    for (const [credential, connections] of this.byCredential()) {
      if (await this.isGood(credential)) continue;
      for (const connection of connections) this.drop(connection, 'UNAUTHENTICATED');
    }
    this.checking = false;
  }

  private byCredential(): Map<string, LiveConnection[]> {
    const holders = new Map<string, LiveConnection[]>();
    for (const connection of this.watched.keys()) {
      const { credential } = connection;
      if (credential === null) continue;
      const sharing = holders.get(credential);
      if (sharing) sharing.push(connection);
      else holders.set(credential, [connection]);
    }
    return holders;
  }

  private async isGood(credential: string): Promise<boolean> {
    try {
      await this.parts.authenticate(credential);
    } catch (error) {
      if (datelineErrorIn(error)?.code === 'UNAUTHENTICATED') return false;
      // That it cannot be found out now is nobody's fault.
      this.parts.log.warn({ fault: faultReport(error) }, 'Credentials of live connections cannot be checked');
    }
    return true;
  }

  private drop(connection: LiveConnection, reason: EndReason, facts: object = {}): void {
    if (!this.watched.has(connection)) return;
    connection.log.info({ transport: connection.transport, reason, ...facts }, 'Live connection dropped');
    connection.end(reason);
  }
}
