import { setTimeout as delay } from 'node:timers/promises';
import { type ChangeEntry, type ChangeFeed, ChangesLost } from '../changes';
import { DatelineError } from '../core/errors';
import { faultReport } from '../core/faults';
import type { Log } from '../core/log';

/** The newest events, kept for all who listen; who is further behind has to be given up. */
const KEPT = 1_000;
/** Milliseconds before changes whose meaning could not be read are looked at again. */
const RETRY = 500;

/** Events have gone by that a listener was too slow to hear. */
export class FellBehind extends DatelineError {
  constructor() {
    super('SERVICE_UNAVAILABLE', 'More has happened than you could be told. Subscribe again.');
  }
}

export interface LiveFeedParts<E> {
  readonly changes: ChangeFeed;
  readonly log: Log;
  /** What entries of the change log mean to those who listen, in their order. */
  readonly eventsOf: (entries: readonly ChangeEntry[]) => Promise<readonly E[]>;
}

/**
 * Tells what happens to those who listen at the moment, in whatever process it happened. The change log is read,
 * and its meaning found, once for all of them. A listener is the number of events that it has heard: nothing is
 * queued for one that is slow, and one that is more than a thousand events behind is told so (FellBehind).
 */
export class LiveFeed<E> {
  /** The newest events; the last of them has the number `count`. */
  private events: E[] = [];
  private count = 0;
  private readonly listeners = new Set<Listener<E>>();
  private session: Session | null = null;

  constructor(private readonly parts: LiveFeedParts<E>) {}

  /**
   * Everything that is committed once this has resolved. Ends when it is told to return, or the feed of changes is
   * closed. @throws DatelineError SERVICE_UNAVAILABLE
   */
  async listen(): Promise<AsyncIterableIterator<E, undefined>> {
    const listener: Listener<E> = new Listener({
      heard: this.count,
      next: (heard) => this.eventAfter(heard),
      leave: () => this.leave(listener),
    });
    this.listeners.add(listener);
    try {
      this.session ??= this.begin();
      await this.session.begun;
    } catch (error) {
      listener.end();
      throw error;
    }
    return listener;
  }

  private begin(): Session {
    const session = new Session();
    session.begun = this.parts.changes.head().then((head) => {
      void this.run(session, head);
    });
    return session;
  }

  private leave(listener: Listener<E>): void {
    if (!this.listeners.delete(listener) || this.listeners.size > 0) return;
    this.session?.end();
    this.session = null;
    this.events = [];
  }

  private async run(session: Session, head: number): Promise<void> {
    let position = head;
    let failures = 0;
    while (!session.ended) {
      try {
        const stream = this.parts.changes.follow(position);
        session.onEnd = () => void stream.return();
        for await (const entries of stream) {
          const events = await this.parts.eventsOf(entries);
          if (session.ended) return;
          position = entries.at(-1)?.seq ?? position;
          failures = 0;
          this.tell(events);
          // Who is quick hears them before there are more.
          await new Promise(setImmediate);
        }
        // Nobody listens any more; whoever does by now has a session of their own.
        if (session.ended) return;
        // The feed of changes is closed.
        for (const listener of [...this.listeners]) listener.end();
        return;
      } catch (error) {
        // What has been put back was told before, or never will be.
        if (error instanceof ChangesLost) position = error.head;
        // Once, and not at every try as long as it lasts.
        else if (failures++ === 0)
          this.parts.log.warn({ fault: faultReport(error) }, 'What happens cannot be told');
        await delay(RETRY, undefined, { ref: false });
      }
    }
  }

  private tell(events: readonly E[]): void {
    if (events.length === 0) return;
    this.events.push(...events);
    this.count += events.length;
    if (this.events.length >= 2 * KEPT) this.events = this.events.slice(-KEPT);
    for (const listener of [...this.listeners]) listener.wake();
  }

  /** Null where there is none yet. @throws FellBehind */
  private eventAfter(heard: number): E | null {
    if (heard === this.count) return null;
    const event = this.events[heard - (this.count - this.events.length)];
    if (event === undefined || heard < this.count - KEPT) throw new FellBehind();
    return event;
  }
}

/** From the first listener to the last. */
class Session {
  begun: Promise<void> = Promise.resolve();
  onEnd: () => void = () => undefined;
  ended = false;

  end(): void {
    this.ended = true;
    this.onEnd();
  }
}

interface ListenerParts<E> {
  readonly heard: number;
  next(heard: number): E | null;
  leave(): void;
}

class Listener<E> implements AsyncIterableIterator<E, undefined> {
  private heard: number;
  private ended = false;
  private stopWaiting: () => void = () => undefined;

  constructor(private readonly parts: ListenerParts<E>) {
    this.heard = parts.heard;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<E, undefined>> {
    while (!this.ended) {
      const event = this.parts.next(this.heard);
      if (event !== null) {
        this.heard++;
        return { done: false, value: event };
      }
      await new Promise<void>((resolve) => {
        this.stopWaiting = resolve;
      });
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.end();
    return { done: true, value: undefined };
  }

  wake(): void {
    this.stopWaiting();
  }

  end(): void {
    this.ended = true;
    this.parts.leave();
    this.stopWaiting();
  }
}
