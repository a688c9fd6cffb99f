/** Runs `work` and measures the longest time, in milliseconds, in which nothing else got a turn. */
export async function longestGap<T>(work: () => Promise<T>): Promise<{ result: T; gap: number }> {
  let gap = 0;
  let last = performance.now();
  const beat = () => {
    const now = performance.now();
    gap = Math.max(gap, now - last);
    last = now;
  };
  const timer = setInterval(beat, 1);
  try {
    const result = await work();
    beat();
    return { result, gap };
  } finally {
    clearInterval(timer);
  }
}
