import DataLoader from 'dataloader';
import { type Effort, presentEffort } from './effort';
import { type Page, type Slice, toSlice } from './paging';
import { signals } from './signals';

/** As many keys as one statement is asked for at once. */
const MAX_BATCH = 1_000;

/** Batches that wait for the present turn of the event loop to end, of all loaders together. */
let waiting: (() => void)[] = [];

/**
 * DataLoader's own way to end a batch, when everything that is ready has been asked for, but once for all
 * loaders: the relations of a page are batched side by side, and each would schedule itself.
 */
function schedule(dispatch: () => void): void {
  if (waiting.push(dispatch) > 1) return;
  // After the promises that are ready now, and those that they make ready.
  Promise.resolve().then(() => process.nextTick(dispatchAll));
}

function dispatchAll(): void {
  const batches = waiting;
  waiting = [];
  for (const dispatch of batches) dispatch();
}

const OPTIONS = { maxBatchSize: MAX_BATCH, batchScheduleFn: schedule } as const;

/** What is asked for one by one and read together: each key once, for one request. */
export interface Loader<K, V> {
  load(key: K): Promise<V>;
}

/**
 * A DataLoader that tells those who watch how large its batches are, and how long they take. It is made when it is first
 * asked: a request has two dozen of them at hand, and most need less than half.
 */
class LazyLoader<K, V> implements Loader<K, V> {
  private made: DataLoader<K, V> | null = null;

  constructor(private readonly read: (keys: readonly K[]) => Promise<V[]>) {}

  load(key: K): Promise<V> {
    this.made ??= this.make();
    return this.made.load(key);
  }

  private make(): DataLoader<K, V> {
    const { read } = this;
    // Whom it is made for: batches of several operations are sent off together.
    const effort = presentEffort();
    const load = (keys: readonly K[]) => {
      if (signals.batchLoaded.isHeard) signals.batchLoaded.send({ keys: keys.length });
      return effort?.inDetail ? timed(effort, keys.length, () => read(keys)) : read(keys);
    };
    return new DataLoader(load, OPTIONS);
  }
}

async function timed<V>(effort: Effort, keys: number, read: () => Promise<V>): Promise<V> {
  const start = performance.now();
  try {
    return await read();
  } finally {
    effort.addBatch(keys, start, performance.now() - start);
  }
}

/** A loader of rows that each name their key; null for a key without a row. */
export function oneLoader<K, R>(
  read: (keys: readonly K[]) => Promise<readonly R[]>,
  keyOf: (row: R) => K,
): Loader<K, R | null> {
  return new LazyLoader(async (keys) => {
    const rows = await read(keys);
    if (keys.length === 1) return [rows.find((row) => keyOf(row) === keys[0]) ?? null];
    const found = new Map(rows.map((row) => [keyOf(row), row]));
    return keys.map((key) => found.get(key) ?? null);
  });
}

/** A loader of what is found under its keys, several of which may find the same. */
export function lookupLoader<K, R>(
  read: (keys: readonly K[]) => Promise<ReadonlyMap<K, R>>,
): Loader<K, R | null> {
  return new LazyLoader(async (keys) => {
    const found = await read(keys);
    return keys.map((key) => found.get(key) ?? null);
  });
}

/** A loader of whether keys are among those that are read. */
export function memberLoader(
  read: (keys: readonly number[]) => Promise<readonly { readonly id: number }[]>,
): Loader<number, boolean> {
  return new LazyLoader(async (keys) => {
    const found = new Set((await read(keys)).map(({ id }) => id));
    return keys.map((key) => found.has(key));
  });
}

/** A loader of rows of which a key has any number; they keep the order in which they were read. */
export function manyLoader<K, R>(
  read: (keys: readonly K[]) => Promise<readonly R[]>,
  keyOf: (row: R) => K,
): Loader<K, readonly R[]> {
  return new LazyLoader(async (keys) => {
    const found = new Map<K, R[]>(keys.map((key) => [key, []]));
    for (const row of await read(keys)) found.get(keyOf(row))?.push(row);
    return keys.map((key) => found.get(key) ?? []);
  });
}

/** A loader of the pages of several parents' lists, which one statement reads for all of them. */
export function pagesLoader<R extends { readonly parent: number }>(
  read: (parents: readonly number[]) => Promise<readonly R[]>,
  page: Page,
): Loader<number, Slice<R>> {
  return slicesLoader(async (parents) => byParent(parents, await read(parents)), page);
}

/** The rows of each parent, in the order in which they were read. */
export function byParent<R extends { readonly parent: number }>(
  parents: readonly number[],
  rows: readonly R[],
): Map<number, R[]> {
  const found = new Map<number, R[]>(parents.map((id) => [id, []]));
  for (const row of rows) found.get(row.parent)?.push(row);
  return found;
}

/** The same where those who read know whose the rows are. */
export function slicesLoader<R>(
  read: (parents: readonly number[]) => Promise<ReadonlyMap<number, readonly R[]>>,
  page: Page,
): Loader<number, Slice<R>> {
  return new LazyLoader(async (parents) => {
    const found = await read(parents);
    return parents.map((id) => toSlice(found.get(id) ?? [], page));
  });
}

/** A loader of counts; 0 for a key that none was read for. */
export function totalsLoader(
  read: (parents: readonly number[]) => Promise<readonly { parent: number; total: number }[]>,
): Loader<number, number> {
  return new LazyLoader(async (parents) => {
    const totals = new Map((await read(parents)).map(({ parent, total }) => [parent, total]));
    return parents.map((id) => totals.get(id) ?? 0);
  });
}

/** One loader for each way of asking, e.g. for each set of arguments of a field; made when first asked for. */
export class LoadersByKey<L> {
  /** None until one is asked for: of most requests nobody asks for any. */
  private loaders: Map<string, L> | null = null;

  get(key: string, make: () => L): L {
    this.loaders ??= new Map();
    let loader = this.loaders.get(key);
    if (loader === undefined) {
      loader = make();
      this.loaders.set(key, loader);
    }
    return loader;
  }
}
