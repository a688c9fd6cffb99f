/** What an operator wants to see of the process, out of the settings. */
import type { z } from 'zod';
import type { settings } from './config.settings';

export interface WatchingSettings {
  /** Where metrics are served; null for nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  /** Milliseconds from which on an operation is slow; null where none is. */
  readonly slowOperation: number | null;
  /** Where traces are sent; null for nowhere. */
  readonly traces: TraceSettings | null;
}

export interface TraceSettings {
  /** The address of the collector, without the path of its signals. */
  readonly endpoint: string;
  readonly service: string;
}

export function watchingIn(data: z.infer<typeof settings>): WatchingSettings {
  const { METRICS_HOST: host, METRICS_PORT: port, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = data;
  return Object.freeze({
    metrics: port === null ? null : Object.freeze({ host: host ?? '127.0.0.1', port }),
    slowOperation: data.SLOW_OPERATION === 0 ? null : data.SLOW_OPERATION,
    traces: endpoint === null ? null : { endpoint, service: data.OTEL_SERVICE_NAME ?? 'dateline' },
  });
}
