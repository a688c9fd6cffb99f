/** The value that so large a share of the others, which rise, does not exceed; 0 of none. */
export function quantile(rising: ArrayLike<number>, share: number): number {
  return rising[Math.min(rising.length - 1, Math.floor(rising.length * share))] ?? 0;
}

export function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}
