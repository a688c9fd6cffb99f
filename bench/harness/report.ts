import { cpus } from 'node:os';
import type { Sample } from './measure';
import type { OperationName } from './operations';
import type { Options } from './options';
import type { ServerName } from './servers';

export interface Line {
  readonly operation: OperationName;
  readonly server: ServerName;
  readonly requestsPerSecond: Spread;
  readonly p50: Spread;
  readonly p99: Spread;
  readonly cpu: Spread;
  readonly memory: number;
  /** To the floor in the same round, by processor time a request and by throughput; null without a floor. */
  readonly byCpu: Spread | null;
  readonly byThroughput: Spread | null;
}

/** The median over the rounds, and the lowest and highest. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function summarise(samples: readonly Sample[], { operations, servers }: Options): Line[] {
  const measured = (operation: OperationName) =>
    servers.filter((server) => samples.some((s) => s.operation === operation && s.server === server));
  return operations.flatMap((operation) =>
    measured(operation).map((server): Line => {
      const own = samples.filter((s) => s.operation === operation && s.server === server);
      const floor = new Map(
        samples.filter((s) => s.operation === operation && s.server === 'floor').map((s) => [s.round, s]),
      );
      const pairs = own.flatMap((sample) => {
        const base = floor.get(sample.round);
        return base ? [{ sample, base }] : [];
      });
      return {
        operation,
        server,
        requestsPerSecond: spread(own.map((s) => s.requestsPerSecond)),
        p50: spread(own.map((s) => s.p50)),
        p99: spread(own.map((s) => s.p99)),
        cpu: spread(own.map((s) => s.cpu)),
        memory: Math.max(...own.map((s) => s.memory)),
        byCpu: pairs.length === 0 ? null : spread(pairs.map(({ sample, base }) => base.cpu / sample.cpu)),
        byThroughput:
          pairs.length === 0
            ? null
            : spread(pairs.map(({ sample, base }) => sample.requestsPerSecond / base.requestsPerSecond)),
      };
    }),
  );
}

/** A Markdown table that also reads well in a terminal. */
export function table(lines: readonly Line[]): string {
  const rows = [
    [
      'operation',
      'server',
      'requests/s',
      'p50 ms',
      'p99 ms',
      'CPU ms/request',
      'MiB',
      'of floor (CPU)',
      'of floor (req/s)',
    ],
    ...lines.map((line) => [
      line.operation,
      line.server,
      `${line.requestsPerSecond.median.toFixed(0)} ${range(line.requestsPerSecond, 0)}`,
      line.p50.median.toFixed(2),
      line.p99.median.toFixed(2),
      `${line.cpu.median.toFixed(3)} ${range(line.cpu, 3)}`,
      line.memory.toFixed(0),
      ratio(line.byCpu),
      ratio(line.byThroughput),
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const drawn = rows.map((row) => `| ${row.map((cell, i) => pad(cell, widths[i] ?? 0, i)).join(' | ')} |`);
  const rule = `|${widths.map((width, i) => (i < 2 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [drawn[0], rule, ...drawn.slice(1)].join('\n');
}

export function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, ${process.platform}`;
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? 0;
  const median = Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + upper) / 2 : upper;
  return { median, low: sorted[0] ?? 0, high: sorted[sorted.length - 1] ?? 0 };
}

function range({ low, high }: Spread, digits: number): string {
  return `(${low.toFixed(digits)}-${high.toFixed(digits)})`;
}

function ratio(value: Spread | null): string {
  return value ? `${value.median.toFixed(2)} ${range(value, 2)}` : '';
}

function pad(cell: string, width: number, column: number): string {
  return column < 2 ? cell.padEnd(width) : cell.padStart(width);
}
