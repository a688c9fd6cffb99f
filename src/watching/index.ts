/** What an operator sees of the process: metrics, slow operations, traces. */
export { type LogPositions, Metrics } from './metrics';
export { type MetricsServer, serveMetrics } from './metrics-server';
export { SlowOperations } from './slow-operations';
export { Traces } from './traces';
