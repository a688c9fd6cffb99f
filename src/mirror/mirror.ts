import { type Publisher, PublisherRefused, TokenLost } from './publisher';
import type { RemoteChange, RemoteChanges } from './publisher.query';
import type { ChangesState, MirrorState, MirrorTarget, Order, SnapshotState } from './target';

export interface MirrorProgress {
  readonly phase: MirrorState['phase'];
  /** Orders of this run that were done. */
  readonly done: number;
}

export interface MirrorParts {
  readonly publisher: Pick<Publisher, 'snapshot' | 'changes'>;
  readonly target: MirrorTarget;
  /** The publisher's address, as the copy remembers it. */
  readonly from: string;
  readonly signal: AbortSignal;
  /** UNTIL_STOPPED follows the publisher; UNTIL_EVEN ends when the copy is what the publisher has. */
  readonly mode: 'UNTIL_STOPPED' | 'UNTIL_EVEN';
  readonly onProgress?: (progress: MirrorProgress) => void;
}

/**
 * Brings a copy in step with its publisher, and keeps it there until it is told to stop. Goes on from wherever it was
 * broken off.
 * @throws PublisherRefused; what the target throws
 */
export async function runMirror(parts: MirrorParts): Promise<void> {
  const { target, from } = parts;
  let state: MirrorState = (await target.state()) ?? firstRound(from, 1);
  if (state.from !== from) {
    throw new PublisherRefused(`This is a copy of ${state.from}. Keep one of ${from} somewhere else.`);
  }
  const run = new Run(parts);
  while (!parts.signal.aborted) {
    try {
      const next: MirrorState | null =
        state.phase === 'SNAPSHOT' ? await run.snapshot(state) : await run.follow(state);
      if (next === null) return;
      state = next;
    } catch (error) {
      if (parts.signal.aborted) return;
      if (!(error instanceof TokenLost)) throw error;
      state = firstRound(from, state.round + 1);
      await target.apply([], state);
    }
  }
}

function firstRound(from: string, round: number): SnapshotState {
  return { from, round, phase: 'SNAPSHOT', after: null, changesToken: null };
}

class Run {
  private done = 0;

  constructor(private readonly parts: MirrorParts) {}

  /** One page of everything; the last one is followed by letting go of all that was on none of them. */
  async snapshot({ from, round, after, changesToken }: SnapshotState): Promise<MirrorState> {
    const { publisher, target } = this.parts;
    const page = await publisher.snapshot(after);
    const token = changesToken ?? page.changesToken;
    const orders = page.articles.map((article): Order => ({ do: 'PUT', id: article.id, article }));
    if (page.nextToken !== null) {
      const next: MirrorState = {
        from,
        round,
        phase: 'SNAPSHOT',
        after: page.nextToken,
        changesToken: token,
      };
      await this.apply(orders, next);
      return next;
    }
    // Broken off before the end, this page comes again.
    await this.apply(orders, { from, round, phase: 'SNAPSHOT', after, changesToken: token });
    this.done += await target.takeOthers(round);
    const next: MirrorState = { from, round, phase: 'CHANGES', token };
    await this.apply([], next);
    return next;
  }

  /** One page of changes. Null where the copy is even with the publisher, and that is all that is wanted. */
  async follow(state: ChangesState): Promise<ChangesState | null> {
    const { publisher, mode } = this.parts;
    const page: RemoteChanges = await publisher.changes(
      state.token,
      mode === 'UNTIL_STOPPED' ? 'WAITING' : 'AT_ONCE',
    );
    const next = { ...state, token: page.nextToken };
    await this.apply(page.changes.map(orderOf), next);
    return mode === 'UNTIL_EVEN' && !page.hasMore && page.changes.length === 0 ? null : next;
  }

  private async apply(orders: readonly Order[], state: MirrorState): Promise<void> {
    await this.parts.target.apply(lastOfEach(orders), state);
    this.done += orders.length;
    this.parts.onProgress?.({ phase: state.phase, done: this.done });
  }
}

/** @throws PublisherRefused for an article that is another, or older, than what was told of it */
function orderOf({ item: id, revision, op, action, note, article }: RemoteChange): Order {
  if (action === 'HOLD' || action === 'REMOVE') return { do: 'TAKE', id, revision, action, op, note };
  if (article === null || article.id !== id || article.revision < revision) {
    const given = article === null ? 'nothing' : `revision ${article.revision} of ${article.id}`;
    throw new PublisherRefused(`The publisher told of revision ${revision} of ${id} and gave ${given}.`);
  }
  return { do: 'PUT', id, article };
}

/**
 * Of several orders about one article the one that counts: the last, but none to take it that is older than what was
 * given of it.
 */
function lastOfEach(orders: readonly Order[]): Order[] {
  const last = new Map<string, Order>();
  for (const order of orders) {
    const before = last.get(order.id);
    const isLate = order.do === 'TAKE' && before?.do === 'PUT' && before.article.revision > order.revision;
    if (!isLate) last.set(order.id, order);
  }
  return [...last.values()];
}
