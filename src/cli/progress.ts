import { Format, Presets, SingleBar } from 'cli-progress';
import { Pace } from './pace';

export interface Progress {
  /** Shows the share that is done, from 0 to 1 or null where it is not known, and how many things that makes. */
  show(share: number | null, count?: number): void;
  end(): void;
}

/** Where progress is shown: standard error, for results are on standard output. */
export interface ProgressOutput {
  readonly stream: NodeJS.WriteStream;
  /** In milliseconds, of a clock that never goes back. */
  readonly now: () => number;
}

const STANDARD_ERROR: ProgressOutput = { stream: process.stderr, now: () => performance.now() };
/** Milliseconds between two lines, where nobody watches. What takes less time needs no line. */
const LINE_EVERY = 5_000;

/**
 * A bar while a person watches at a terminal, else a line every few seconds: how much is done, how fast it goes and
 * how long it will still take.
 * @param label what is being done, and `unit` what is counted, e.g. "articles"
 */
export function progressBar(label: string, unit?: string, output = STANDARD_ERROR): Progress {
  const pace = new Pace(output.now());
  const show = output.stream.isTTY ? terminalBar(label, output) : lines(label, output);
  return {
    show: (share, count = 0) => {
      pace.note(output.now(), share, count);
      show.tell(share, () => progressText(share, unit === undefined ? null : { count, unit }, pace));
    },
    end: () => show.end(),
  };
}

interface Display {
  tell(share: number | null, text: () => string): void;
  end(): void;
}

/** "12% | 4,100 articles | 1,020/s | 1:20 left", as much of it as is known. */
export function progressText(
  share: number | null,
  counted: { readonly count: number; readonly unit: string } | null,
  { rate, remaining }: Pick<Pace, 'rate' | 'remaining'>,
): string {
  const parts = share === null ? [] : [`${Math.floor(share * 100)}%`];
  if (counted && counted.count > 0) {
    parts.push(`${grouped(counted.count)} ${counted.unit}`);
    if (rate !== null) parts.push(`${grouped(rate)}/s`);
  }
  if (remaining !== null) parts.push(`${duration(remaining)} left`);
  return parts.join(' | ');
}

function terminalBar(label: string, { stream }: ProgressOutput): Display {
  let text = '';
  let known = true;
  const bar = new SingleBar(
    {
      stream,
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
      format: (options, { progress }) =>
        known ? `${label} ${Format.BarFormat(progress, options)} ${text}` : `${label} ${text}`,
    },
    Presets.shades_classic,
  );
  bar.start(1_000, 0);
  return {
    tell: (share, make) => {
      text = make();
      known = share !== null;
      bar.update(Math.floor((share ?? 0) * 1_000));
    },
    end: () => bar.stop(),
  };
}

/** From 0 to 1; 0 while the whole is not known. */
export function share(done: number, all: number | null): number {
  return all === null || all === 0 ? 0 : Math.min(done / all, 1);
}

function lines(label: string, { stream, now }: ProgressOutput): Display {
  let last = now();
  return {
    tell: (_share, make) => {
      if (now() - last < LINE_EVERY) return;
      last = now();
      stream.write(`${label}: ${make()}\n`);
    },
    end: () => undefined,
  };
}

function grouped(count: number): string {
  return Math.round(count).toLocaleString('en');
}

/** 1:05, 1:02:03 */
function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
