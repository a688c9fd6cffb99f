import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** What a transaction that has something to announce sends with its commit: heard when it is committed. */
export const CHANNEL = 'dateline';

/** Milliseconds between two looks while no announcement can be heard. */
const POLL = 100;
/**
 * Milliseconds between two looks while they can. A pooler that shares a connection between transactions takes the
 * LISTEN, and passes nothing on: then this is how long an announcement takes.
 */
const PRECAUTION = 1_000;
/** Milliseconds after which the connection is asked whether it is still there, and after which it is not. */
const HEARTBEAT = 10_000;
const HEARTBEAT_TIMEOUT = 5_000;
/** Milliseconds between two attempts to connect. */
const RECONNECT = 1_000;

/**
 * Calls `tell` whenever another process may have committed something: at its announcement, and as long as none
 * can be heard ten times a second. Returns what ends it.
 */
export function listenOn(config: pg.ClientConfig, tell: () => void): () => void {
  const listening = new Listening(config, tell);
  return () => listening.end();
}

class Listening {
  private client: pg.Client | null = null;
  private broken = new AbortController();
  private heard = false;
  private ended = false;
  private readonly stopped = new AbortController();

  constructor(
    private readonly config: pg.ClientConfig,
    private readonly tell: () => void,
  ) {
    void this.keepConnected();
    void this.poll();
  }

  end(): void {
    this.ended = true;
    this.stopped.abort();
    this.disconnect();
  }

  private async poll(): Promise<void> {
    // One short pause after the other, so that a connection that breaks is made up for at once.
    for (let pauses = 1; await this.pause(POLL, this.stopped); pauses++) {
      if (!this.heard || pauses % (PRECAUTION / POLL) === 0) this.tell();
    }
  }

  private async keepConnected(): Promise<void> {
    while (!this.ended) {
      try {
        await this.connect();
        while (await this.pause(HEARTBEAT, this.broken)) await this.client?.query('select 1');
      } catch {
        // Why it cannot be reached is for those who want something from it to say; here it is tried again.
      }
      this.disconnect();
      await this.pause(RECONNECT, this.stopped);
    }
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({ ...this.config, query_timeout: HEARTBEAT_TIMEOUT });
    this.client = client;
    const broken = new AbortController();
    this.broken = broken;
    const lost = () => {
      if (this.broken === broken) this.heard = false;
      broken.abort();
    };
    // Unheard, the error of a connection that breaks would end the process.
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', () => this.tell());
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    this.heard = !this.ended;
    // What was committed before the connection listened was announced to nobody.
    this.tell();
  }

  private disconnect(): void {
    this.heard = false;
    this.broken.abort();
    this.client?.end().catch(() => undefined);
    this.client = null;
  }

  /** False when there is nothing to wait for any more. */
  private async pause(milliseconds: number, { signal }: AbortController): Promise<boolean> {
    try {
      await delay(milliseconds, undefined, { signal, ref: false });
    } catch {
      return false;
    }
    return true;
  }
}
