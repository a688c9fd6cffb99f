import type { RemoteArticle } from './publisher.query';

/** How far a mirror is. */
export type MirrorState = SnapshotState | ChangesState;

interface Common {
  /** The publisher's address: a copy is of one of them. */
  readonly from: string;
  /** How often all was looked at as a whole: what is not in the last of these rounds is not there any more. */
  readonly round: number;
}

export interface SnapshotState extends Common {
  readonly phase: 'SNAPSHOT';
  /** The token of the next page; null for the first. */
  readonly after: string | null;
  /** What is to be followed when it is over; null until the first page says so. */
  readonly changesToken: string | null;
}

export interface ChangesState extends Common {
  readonly phase: 'CHANGES';
  readonly token: string;
}

/** What has to be done about one article. */
export type Order =
  | { readonly do: 'PUT'; readonly id: string; readonly article: RemoteArticle }
  | {
      readonly do: 'TAKE';
      readonly id: string;
      readonly revision: number;
      /** HOLD: it may come again. */
      readonly action: 'HOLD' | 'REMOVE';
      readonly op: string;
      readonly note: string | null;
    };

/** Where a copy is kept. */
export interface MirrorTarget {
  state(): Promise<MirrorState | null>;
  /**
   * Does what is ordered and keeps the state, so that after a crash at any instant the orders that came with the last
   * state that is kept have all been done. To do the same again changes nothing. An article that is there in the same
   * revision or a newer one stays, and so it does where the order to take it is older.
   */
  apply(orders: readonly Order[], state: MirrorState): Promise<void>;
  /** Takes what no page of the present round had. Returns how many. */
  takeOthers(round: number): Promise<number>;
  /** How many articles are there. */
  count(): Promise<number>;
  close(): Promise<void>;
}
