/**
 * Does something that is over after so many milliseconds, or when `stopping` is: its signal is aborted then, with a
 * `TimeoutError` or with the reason of `stopping`.
 *
 * This is not `AbortSignal.any([stopping, AbortSignal.timeout(milliseconds)])`: in Node 20 nothing holds on to a
 * timeout that only a combined signal listens to. It is collected as garbage, and what has no answer is waited for
 * for ever.
 */
export async function withDeadline<T>(
  milliseconds: number,
  stopping: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  stopping.throwIfAborted();
  const over = new AbortController();
  const stop = () => over.abort(stopping.reason);
  const timer = setTimeout(
    () => over.abort(new DOMException(`not done within ${milliseconds} ms`, 'TimeoutError')),
    milliseconds,
  );
  stopping.addEventListener('abort', stop);
  try {
    return await work(over.signal);
  } finally {
    clearTimeout(timer);
    stopping.removeEventListener('abort', stop);
  }
}
