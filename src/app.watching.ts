/** What watches over a process that serves, as the settings say. */
import cluster from 'node:cluster';
import { AggregatorRegistry } from 'prom-client';
import type { App } from './app';
import type { Config } from './config';
import { systemClock } from './core/clock';
import type { Log } from './core/log';
import { Metrics, SlowOperations, serveMetrics, Traces } from './watching';

export interface Watching {
  readonly traces: Traces | null;
  close(): Promise<void>;
}

export interface WatchingParts {
  readonly config: Pick<Config, 'watching' | 'persisted'>;
  readonly log: Log;
  readonly app: Pick<App, 'database' | 'positions'>;
}

/** @throws what listening throws, where the port of the metrics is taken */
export async function startWatching({ config, log, app }: WatchingParts): Promise<Watching> {
  const { metrics: port, slowOperation: from, traces: settings } = config.watching;
  const plan = (statement: { text: string; values: number }) => app.database.plan(statement);
  const slow = from === null ? null : new SlowOperations({ from, log, plan });
  const traces = settings && new Traces({ ...settings, log });
  const metrics = port && metricsOf(config, app);
  // Of several processes the first one serves those of all.
  const server =
    port && metrics && !cluster.isWorker
      ? await serveMetrics({ ...port, log, read: () => metrics.registry.metrics() })
      : null;
  return {
    traces,
    close: async () => {
      await server?.close();
      metrics?.close();
      await slow?.close();
      await traces?.close();
    },
  };
}

function metricsOf({ persisted }: WatchingParts['config'], app: WatchingParts['app']): Metrics {
  const metrics = new Metrics({
    names: persisted.manifest.operations.map(({ name }) => name),
    clock: systemClock,
    positions: () => app.positions(),
  });
  if (cluster.isWorker) {
    AggregatorRegistry.setRegistries([metrics.registry]);
    // To be made once: it answers what the first process asks.
    new AggregatorRegistry();
  }
  return metrics;
}
