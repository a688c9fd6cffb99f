import { Presets, SingleBar } from 'cli-progress';

/** Milliseconds between two lines where no terminal shows a bar. */
const LINE_INTERVAL = 5_000;

export interface ProgressView {
  /** `share` from 0 to 1, null where the whole is not known; `text` says what has been done. */
  update(share: number | null, text: string): void;
  done(): void;
}

/** A bar on a terminal, and plain lines anywhere else. On standard error, so that output can be piped. */
export function progressView(title: string): ProgressView {
  return process.stderr.isTTY ? bar(title) : lines(title);
}

function bar(title: string): ProgressView {
  const view = new SingleBar(
    {
      format: `${title} {bar} {percentage}%  {text}  {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
      etaBuffer: 100,
    },
    Presets.shades_classic,
  );
  view.start(1_000, 0, { text: '' });
  return {
    update: (share, text) => view.update(Math.floor((share ?? 0) * 1_000), { text }),
    done: () => {
      view.update(1_000);
      view.stop();
    },
  };
}

function lines(title: string): ProgressView {
  let last = performance.now();
  return {
    update: (share, text) => {
      const now = performance.now();
      if (now - last < LINE_INTERVAL) return;
      last = now;
      process.stderr.write(`${title}: ${share === null ? '' : `${Math.floor(share * 100)} %, `}${text}\n`);
    },
    done: () => undefined,
  };
}
