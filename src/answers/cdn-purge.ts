import { setTimeout as delay } from 'node:timers/promises';
import { type ChangeFeed, ChangesLost } from '../changes';
import { withDeadline } from '../core/deadline';
import { faultReport } from '../core/faults';
import type { Log } from '../core/log';
import { tagsOfChange } from './change-tags';
import { EVERYTHING } from './footprint';

/** What is called with the tags of answers that are not true any more. */
export interface PurgeHook {
  readonly url: string;
  /** Sent along, e.g. a key of the CDN's API; null for none. */
  readonly header: { readonly name: string; readonly value: string } | null;
}

export interface CdnPurgeParts {
  readonly changes: ChangeFeed;
  readonly log: Log;
  readonly hook: PurgeHook;
  /** Milliseconds before a call that failed is made again; twice as long after each, up to a minute. */
  readonly retry?: number;
}

/** Tags in one call: CDNs take 256 as a rule. */
const MAX_TAGS = 200;
/** Milliseconds for the hook to answer. */
const TIMEOUT = 10_000;
const RETRY = 1_000;
const MAX_RETRY = 60_000;

/**
 * Tells a CDN which answers are not true any more, for as long as it takes the CDN to hear it. Nothing is queued: the
 * change log is read on only when what came before was heard. At the start, and where the log was put back, everything
 * is told, for nobody knows what happened before. Of several processes each tells: to hear it twice does no harm.
 */
export class CdnPurge {
  private readonly stopped = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private endStream: () => void = () => undefined;

  constructor(private readonly parts: CdnPurgeParts) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    this.endStream();
    await this.running;
  }

  private async run(): Promise<void> {
    let position: number | null = null;
    while (!this.isStopped) {
      try {
        if (position === null) {
          position = await this.parts.changes.head();
          await this.tell([EVERYTHING]);
        }
        const stream = this.parts.changes.follow(position);
        this.endStream = () => void stream.return();
        for await (const entries of stream) {
          await this.tell([...new Set(entries.flatMap(tagsOfChange))]);
          position = entries.at(-1)?.seq ?? position;
        }
        return;
      } catch (error) {
        if (this.isStopped) return;
        if (!(error instanceof ChangesLost))
          this.parts.log.warn({ fault: faultReport(error) }, 'The CDN cannot be told what has changed');
        position = null;
        await this.pause(this.parts.retry ?? RETRY);
      }
    }
  }

  private get isStopped(): boolean {
    return this.stopped.signal.aborted;
  }

  /** Resolves when the CDN has heard all of it, or nobody is to tell it any more. */
  private async tell(tags: readonly string[]): Promise<void> {
    const told = tags.includes(EVERYTHING) ? [EVERYTHING] : tags;
    for (let start = 0; start < told.length; start += MAX_TAGS) {
      await this.tellUntilHeard(told.slice(start, start + MAX_TAGS));
    }
  }

  private async tellUntilHeard(tags: readonly string[]): Promise<void> {
    const { log, retry = RETRY } = this.parts;
    for (let failures = 0; !this.isStopped; failures++) {
      const problem = await this.call(tags);
      if (problem === null) return;
      // Once, and not at every try as long as it lasts.
      if (failures === 0) log.warn({ problem }, 'The CDN did not take what is to be purged: tried again');
      await this.pause(Math.min(retry * 2 ** failures, MAX_RETRY));
    }
  }

  /** Null when it was heard. */
  private async call(tags: readonly string[]): Promise<string | null> {
    const { url, header } = this.parts.hook;
    try {
      return await withDeadline(TIMEOUT, this.stopped.signal, async (signal) => {
        const response = await fetch(url, {
          method: 'POST',
          body: JSON.stringify({ tags }),
          headers: {
            'content-type': 'application/json',
            'surrogate-key': tags.join(' '),
            'user-agent': 'Dateline/0.1',
            ...(header ? { [header.name]: header.value } : {}),
          },
          redirect: 'error',
          signal,
        });
        await response.body?.cancel();
        return response.ok ? null : `status ${response.status}`;
      });
    } catch (error) {
      // Not the error itself: it could quote the address.
      return error instanceof Error ? error.name : 'unknown';
    }
  }

  private async pause(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.stopped.signal, ref: false }).catch(() => undefined);
  }
}
