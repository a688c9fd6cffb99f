import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  /** Shows the share that is done, from 0 to 1, and how many things that makes so far. */
  show(share: number, count?: number): void;
  end(): void;
}

/**
 * A bar on standard error while a person watches, else nothing: results are on standard output.
 * @param label what is being done, and `unit` what is counted, e.g. "articles"
 */
export function progressBar(label: string, unit?: string): Progress {
  if (process.stderr.isTTY !== true) return { show: () => undefined, end: () => undefined };
  const counted = unit === undefined ? '' : ` | {count} ${unit}`;
  const format = `${label} {bar} {percentage}%${counted} | {duration_formatted}`;
  const bar = new SingleBar({ format, hideCursor: true, clearOnComplete: true }, Presets.shades_classic);
  bar.start(1_000, 0, { count: 0 });
  return {
    show: (share, count = 0) => bar.update(Math.floor(share * 1_000), { count }),
    end: () => bar.stop(),
  };
}

/** From 0 to 1; 0 while the whole is not known. */
export function share(done: number, all: number | null): number {
  return all === null || all === 0 ? 0 : Math.min(done / all, 1);
}
