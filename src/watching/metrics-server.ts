import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { faultReport } from '../core/faults';
import type { Log } from '../core/log';

export interface MetricsServerParts {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The text that Prometheus reads. */
  readonly read: () => Promise<string>;
  readonly log: Log;
}

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Serves metrics on a port of their own: how much is asked for, and by which names, is nobody's business but the
 * operator's. @throws what listening throws, e.g. for a port that is taken
 */
export async function serveMetrics({ host, port, read, log }: MetricsServerParts): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const path = request.url?.replace(/\?.*/, '');
    if (path !== '/metrics') return void response.writeHead(404).end('The metrics are at /metrics.\n');
    if (request.method !== 'GET') return void response.writeHead(405, { allow: 'GET' }).end();
    read().then(
      (text) => response.writeHead(200, { 'content-type': CONTENT_TYPE }).end(text),
      (error: unknown) => {
        log.warn({ fault: faultReport(error) }, 'Metrics cannot be read');
        response.writeHead(503).end('The metrics cannot be read now.\n');
      },
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  const metrics = new MetricsServer(server);
  log.info({ host, port: metrics.port }, 'Metrics are served');
  return metrics;
}

export class MetricsServer {
  readonly port: number;

  constructor(private readonly server: Server) {
    const address = server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}
