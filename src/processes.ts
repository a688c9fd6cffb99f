/**
 * Several processes that serve on one port. The first one answers nothing itself: it prepares what they share, starts them,
 * sees to it that there are always as many as there should be, and passes on that they are to stop.
 */
import cluster, { type Worker } from 'node:cluster';
import { setTimeout as delay } from 'node:timers/promises';
import { AggregatorRegistry } from 'prom-client';
import { RateLimiterClusterMaster } from 'rate-limiter-flexible';
import type { Config } from './config';
import type { Log } from './core/log';
import { serveMetrics } from './watching';

/** Milliseconds that a process has to live for its death not to count as a failed start. */
const SETTLED = 10_000;
/** Failed starts in a row, of all processes together, after which it is given up. */
const MOST_FAILURES = 10;
/** Milliseconds before the next start after a failed one: twice as long each time. */
const PAUSE = 100;
const LONGEST_PAUSE = 10_000;
/** Milliseconds beyond SHUTDOWN_TIMEOUT after which a process that does not end is killed. */
const GRACE = 6_000;

export interface ProcessesParts {
  readonly config: Pick<Config, 'processes' | 'shutdownTimeout' | 'watching'>;
  readonly log: Log;
  /** Makes ready what the processes share. @throws where they could not start */
  readonly prepare: () => Promise<void>;
}

/** Whether this is the process that starts the others. */
export function startsOthers({ processes }: Pick<Config, 'processes'>): boolean {
  return processes > 1 && cluster.isPrimary;
}

/** Serves until told to stop. Resolves with the code that this process should end with. */
export async function serveByProcesses(parts: ProcessesParts): Promise<number> {
  const { config, log } = parts;
  await parts.prepare();
  new RateLimiterClusterMaster();
  const aggregator = new AggregatorRegistry();
  const { metrics: port } = config.watching;
  const metrics = port && (await serveMetrics({ ...port, log, read: () => aggregator.clusterMetrics() }));
  const code = await new Processes(parts).run();
  await metrics?.close();
  return code;
}

class Processes {
  private readonly startedAt = new Map<Worker, number>();
  /** Whether any has ever served: what fails before is a wrong setting, and will not pass. */
  private served = false;
  private failures = 0;
  private stopping = false;
  private code = 0;
  private finish: (code: number) => void = () => undefined;

  constructor(private readonly parts: ProcessesParts) {}

  run(): Promise<number> {
    const { processes } = this.parts.config;
    cluster.on('listening', () => {
      this.served = true;
    });
    cluster.on('exit', (worker, code, signal) => this.ended(worker, code, signal));
    const onSignal = (signal: NodeJS.Signals) => this.stop(signal);
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
    this.parts.log.info({ processes }, 'Starting processes');
    for (let count = 0; count < processes; count++) this.start();
    return new Promise((resolve) => {
      this.finish = resolve;
    });
  }

  private start(): void {
    this.startedAt.set(cluster.fork(), performance.now());
  }

  private ended(worker: Worker, code: number | null, signal: string | null): void {
    const lived = performance.now() - (this.startedAt.get(worker) ?? 0);
    this.startedAt.delete(worker);
    if (this.stopping) {
      // One that was still starting is ended by the signal itself.
      if (signal === 'SIGKILL' || (code ?? 0) !== 0) this.code = 1;
      if (this.startedAt.size === 0) this.finish(this.code);
      return;
    }
    const facts = { pid: worker.process.pid, code: code ?? undefined, signal: signal ?? undefined };
    this.failures = lived > SETTLED ? 0 : this.failures + 1;
    if (!this.served || this.failures > MOST_FAILURES) {
      this.parts.log.error(facts, 'A process cannot start: giving up');
      this.code = 1;
      this.stop('SIGTERM');
      if (this.startedAt.size === 0) this.finish(1);
      return;
    }
    const pause = this.failures === 0 ? 0 : Math.min(PAUSE * 2 ** (this.failures - 1), LONGEST_PAUSE);
    this.parts.log.error({ ...facts, pause }, 'A process has ended: another one is started');
    void delay(pause, undefined, { ref: false }).then(() => {
      if (!this.stopping) this.start();
    });
  }

  /** The processes drain; at the second signal they cut what is open, as a single one does. */
  private stop(signal: NodeJS.Signals): void {
    for (const { process: each } of this.startedAt.keys()) each.kill(signal);
    if (this.stopping) return;
    this.stopping = true;
    if (this.startedAt.size === 0) this.finish(this.code);
    const { shutdownTimeout } = this.parts.config;
    void delay(shutdownTimeout + GRACE, undefined, { ref: false }).then(() => {
      for (const { process: each } of this.startedAt.keys()) each.kill('SIGKILL');
    });
  }
}
