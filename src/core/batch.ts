import DataLoader from 'dataloader';
import { presentEffort } from './effort';
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

/** A DataLoader that tells those who watch how large its batches are, and how long they take. */
function loader<K, V>(read: (keys: readonly K[]) => Promise<V[]>): DataLoader<K, V> {
  // Whom it is made for: batches of several operations are sent off together.
  const effort = presentEffort();
  const load = async (keys: readonly K[]) => {
    if (signals.batchLoaded.isHeard) signals.batchLoaded.send({ keys: keys.length });
    if (!effort?.inDetail) return read(keys);
    const start = performance.now();
    try {
      return await read(keys);
    } finally {
      effort.addBatch(keys.length, start, performance.now() - start);
    }
  };
  return new DataLoader(load, OPTIONS);
}

/** A DataLoader over rows that each name their key; null for a key without a row. */
export function oneLoader<K, R>(
  read: (keys: readonly K[]) => Promise<readonly R[]>,
  keyOf: (row: R) => K,
): DataLoader<K, R | null> {
  return lookupLoader(async (keys) => new Map((await read(keys)).map((row) => [keyOf(row), row])));
}

/** A DataLoader over what is found under its keys, several of which may find the same. */
export function lookupLoader<K, R>(
  read: (keys: readonly K[]) => Promise<ReadonlyMap<K, R>>,
): DataLoader<K, R | null> {
  return loader(async (keys) => {
    const found = await read(keys);
    return keys.map((key) => found.get(key) ?? null);
  });
}

/** A DataLoader over whether keys are among those that are read. */
export function memberLoader(
  read: (keys: readonly number[]) => Promise<readonly { readonly id: number }[]>,
): DataLoader<number, boolean> {
  return loader(async (keys) => {
    const found = new Set((await read(keys)).map(({ id }) => id));
    return keys.map((key) => found.has(key));
  });
}

/** A DataLoader over rows of which a key has any number; they keep the order in which they were read. */
export function manyLoader<K, R>(
  read: (keys: readonly K[]) => Promise<readonly R[]>,
  keyOf: (row: R) => K,
): DataLoader<K, readonly R[]> {
  return loader(async (keys) => {
    const found = new Map<K, R[]>(keys.map((key) => [key, []]));
    for (const row of await read(keys)) found.get(keyOf(row))?.push(row);
    return keys.map((key) => found.get(key) ?? []);
  });
}

/** A DataLoader over the pages of several parents' lists, which one statement reads for all of them. */
export function pagesLoader<R extends { readonly parent: number }>(
  read: (parents: readonly number[]) => Promise<readonly R[]>,
  page: Page,
): DataLoader<number, Slice<R>> {
  return loader(async (parents) => {
    const found = new Map<number, R[]>(parents.map((id) => [id, []]));
    for (const row of await read(parents)) found.get(row.parent)?.push(row);
    return parents.map((id) => toSlice(found.get(id) ?? [], page));
  });
}

/** A DataLoader over counts; 0 for a key that none was read for. */
export function totalsLoader(
  read: (parents: readonly number[]) => Promise<readonly { parent: number; total: number }[]>,
): DataLoader<number, number> {
  return loader(async (parents) => {
    const totals = new Map((await read(parents)).map(({ parent, total }) => [parent, total]));
    return parents.map((id) => totals.get(id) ?? 0);
  });
}

/** One loader for each way of asking, e.g. for each set of arguments of a field; made when first asked for. */
export class LoadersByKey<L> {
  private readonly loaders = new Map<string, L>();

  get(key: string, make: () => L): L {
    let loader = this.loaders.get(key);
    if (loader === undefined) {
      loader = make();
      this.loaders.set(key, loader);
    }
    return loader;
  }
}
