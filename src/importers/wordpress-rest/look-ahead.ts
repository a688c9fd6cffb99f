/** Does the work for each item in order, for up to `atOnce` of them at the same time. Failures come in order, too. */
export async function* lookAhead<T, R>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const under: Promise<R>[] = [];
  for (const item of items) {
    const promise = work(item);
    // It is awaited below, perhaps much later; until then its failure is nobody's.
    promise.catch(() => undefined);
    under.push(promise);
    const first = under.length >= atOnce ? under.shift() : undefined;
    if (first) yield await first;
  }
  for (const promise of under) yield await promise;
}

/** Pieces of at most `size` items. */
export function* chunksOf<T>(items: readonly T[], size: number): Generator<T[], void, undefined> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
