import { setTimeout as delay } from 'node:timers/promises';
import { backOff } from 'exponential-backoff';
import { withDeadline } from '../core/deadline';
import { CHANGES, type RemoteChanges, type RemoteSnapshot, SNAPSHOT } from './publisher.query';

/** Milliseconds. A page is waited for a little longer than the publisher holds one back. */
const PATIENCE = 75_000;
const FIRST_DELAY = 250;
const LONGEST_DELAY = 30_000;
/** Seconds for which the publisher is asked to wait for news. */
const WAIT = 15;

/** The publisher refuses, and would again: the message is for whoever runs the mirror. */
export class PublisherRefused extends Error {
  override readonly name = 'PublisherRefused';
}

/** A token is of no use any more: what is there has to be looked at as a whole. */
export class TokenLost extends Error {
  override readonly name = 'TokenLost';
}

/** Something that may be over in a while. */
class Hindered extends Error {
  override readonly name = 'Hindered';

  constructor(
    message: string,
    /** Milliseconds that the publisher wants to be left alone for. */
    readonly retryAfter = 0,
  ) {
    super(message);
  }
}

export interface PublisherParts {
  /** Of the publisher's Dateline; "/graphql" is added where it is missing. */
  readonly address: URL;
  readonly key: string;
  readonly signal: AbortSignal;
  /** Told why the publisher is asked again. */
  readonly onHindrance?: (reason: string) => void;
}

/** The publisher, as a partner asks it: again and again for as long as it is only away. */
export class Publisher {
  private readonly endpoint: URL;

  constructor(private readonly parts: PublisherParts) {
    const { address } = parts;
    this.endpoint = address.pathname.endsWith('/graphql')
      ? address
      : new URL(`${address.pathname.replace(/\/$/, '')}/graphql`, address);
  }

  /** @throws PublisherRefused, TokenLost */
  async snapshot(after: string | null): Promise<RemoteSnapshot> {
    const { snapshot } = await this.ask<{ snapshot: RemoteSnapshot }>(SNAPSHOT, { after });
    return snapshot;
  }

  /** @throws PublisherRefused, TokenLost */
  async changes(after: string, waits: 'WAITING' | 'AT_ONCE'): Promise<RemoteChanges> {
    const wait = waits === 'WAITING' ? WAIT : 0;
    const { changes } = await this.ask<{ changes: RemoteChanges }>(CHANGES, { after, wait });
    return changes;
  }

  private ask<T>(query: string, variables: object): Promise<T> {
    const { signal, onHindrance } = this.parts;
    return backOff(() => this.askOnce<T>(query, variables), {
      numOfAttempts: Number.POSITIVE_INFINITY,
      startingDelay: FIRST_DELAY,
      maxDelay: LONGEST_DELAY,
      jitter: 'full',
      retry: async (error: unknown) => {
        if (!(error instanceof Hindered) || signal.aborted) return false;
        onHindrance?.(error.message);
        if (error.retryAfter > 0) await delay(error.retryAfter, undefined, { signal });
        return true;
      },
    });
  }

  private async askOnce<T>(query: string, variables: object): Promise<T> {
    const { key, signal } = this.parts;
    let response: Response;
    let text: string;
    try {
      [response, text] = await withDeadline(PATIENCE, signal, async (signal) => {
        const answer = await fetch(this.endpoint, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
          body: JSON.stringify({ query, variables }),
          signal,
        });
        return [answer, await answer.text()];
      });
    } catch (error) {
      signal.throwIfAborted();
      throw new Hindered(`The publisher cannot be reached (${reasonOf(error)})`);
    }
    if (response.status === 429 || response.status >= 500) {
      const seconds = Number(response.headers.get('retry-after') ?? 0);
      throw new Hindered(`The publisher answers ${response.status}`, Math.max(seconds || 0, 0) * 1_000);
    }
    return dataIn<T>(text, response.status);
  }
}

interface Answer<T> {
  readonly data?: T | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

function dataIn<T>(text: string, status: number): T {
  const answer = parsed<T>(text);
  if (answer === null) throw new PublisherRefused(`What answers at this address (${status}) is no Dateline.`);
  const [error] = answer.errors ?? [];
  if (error === undefined && answer.data != null) return answer.data;
  const code = error?.extensions?.code;
  const message = error?.message ?? `The publisher answers ${status} without an article.`;
  if (code === 'CURSOR_EXPIRED' || code === 'BAD_CURSOR') throw new TokenLost(message);
  if (code === 'SERVICE_UNAVAILABLE' || code === 'RATE_LIMITED' || code === 'INTERNAL_SERVER_ERROR')
    throw new Hindered(message);
  throw new PublisherRefused(message);
}

function parsed<T>(text: string): Answer<T> | null {
  try {
    const value: Answer<T> | null = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : cause instanceof Error ? cause.message : String(cause);
}
