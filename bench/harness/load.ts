/**
 * The load, a process of its own: it gets orders from its parent and reports what it has seen. Every reply's
 * length is checked, and the sum over the content of every eighth, against the first reply to the same request.
 */

import { crc32 } from 'node:zlib';
import { Connection, requestBytes } from './connection';
import { quantile } from './quantile';

export interface Order {
  readonly port: number;
  readonly path: string;
  readonly bodies: readonly string[];
  readonly sequence: readonly number[];
  /** Where in the sequence to start. */
  readonly offset: number;
  readonly connections: number;
  readonly milliseconds: number;
  /** The coding that the clients take. */
  readonly coding?: string;
}

export interface Tally {
  readonly requests: number;
  readonly seconds: number;
  /** Latencies in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly failure: string | null;
}

interface Seen {
  length: number;
  sum: number;
}

const CHECK_EVERY = 8;

async function run(order: Order): Promise<Tally> {
  const requests = order.bodies.map((body) => requestBytes(order.path, body, order.coding));
  const seen = new Map<number, Seen>();
  const latencies: number[] = [];
  let position = order.offset;
  let failure: string | null = null;
  const start = performance.now();
  const deadline = start + order.milliseconds;

  const drive = async (connection: Connection) => {
    while (failure === null && performance.now() < deadline) {
      const which = order.sequence[position++ % order.sequence.length] ?? 0;
      const request = requests[which];
      if (!request) throw new Error('The sequence names a request that is not there');
      const sent = performance.now();
      const { status, body } = await connection.send(request);
      latencies.push(performance.now() - sent);
      const known = seen.get(which);
      if (status !== 200) failure = `status ${status}: ${body.toString('utf8', 0, 200)}`;
      else if (!known) seen.set(which, { length: body.length, sum: crc32(body) });
      else if (known.length !== body.length)
        failure = `a reply had ${body.length} bytes, then ${known.length}`;
      else if (latencies.length % CHECK_EVERY === 0 && known.sum !== crc32(body)) failure = 'a reply changed';
    }
  };

  const connections = Array.from({ length: order.connections }, () => new Connection(order.port));
  try {
    await Promise.all(connections.map(drive));
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  for (const connection of connections) connection.close();
  const seconds = (performance.now() - start) / 1_000;
  const sorted = Float64Array.from(latencies).sort();
  return {
    requests: latencies.length,
    seconds,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    failure,
  };
}

process.on('message', (order: Order) => {
  void run(order).then((tally) => process.send?.(tally));
});
