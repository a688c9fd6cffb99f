import { Random } from '../generator/random';
import type { LoadProcess } from './load-process';
import { type OperationName, requestBody, UNANSWERED } from './operations';
import type { Options } from './options';
import type { Server, ServerName } from './servers';
import type { Workload } from './variables';

/** One server under one operation in one round. */
export interface Sample {
  readonly server: ServerName;
  readonly operation: OperationName;
  readonly round: number;
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of processor time a request. */
  readonly cpu: number;
  readonly memory: number;
}

type BenchServer = Server & { readonly name: ServerName };

export type Workloads = ReadonlyMap<OperationName, Workload>;

/**
 * All servers run all the time and have their turns in every round, in an order that is drawn anew: whatever
 * else the machine does falls on all of them alike.
 */
export async function measure(
  servers: readonly BenchServer[],
  workloads: Workloads,
  load: LoadProcess,
  options: Options,
  say: (text: string) => void,
): Promise<Sample[]> {
  const random = new Random(options.seed);
  const samples: Sample[] = [];
  for (let round = 0; round <= options.rounds; round++) {
    say(round === 0 ? '\rwarming up          ' : `\rround ${round} of ${options.rounds}          `);
    const seconds = round === 0 ? options.warmup : options.seconds;
    for (const operation of options.operations) {
      for (const server of shuffled(servers, random)) {
        if (UNANSWERED[server.name]?.includes(operation)) continue;
        const sample = await turn(server, operation, seconds, round);
        if (round > 0) samples.push(sample);
      }
    }
  }
  say('\r');
  return samples;

  async function turn(
    server: BenchServer,
    operation: OperationName,
    seconds: number,
    round: number,
  ): Promise<Sample> {
    const workload = workloads.get(operation);
    if (!workload) throw new Error(`There is no workload for ${operation}`);
    const before = server.cpu();
    const tally = await load.run({
      port: server.port,
      path: server.path,
      bodies: workload.variables.map((variables) => requestBody(operation, variables)),
      sequence: workload.sequence,
      offset: round * 1_000,
      connections: options.connections,
      milliseconds: seconds * 1_000,
    });
    if (tally.failure !== null) throw new Error(`${server.name}, ${operation}: ${tally.failure}`);
    return {
      server: server.name,
      operation,
      round,
      requestsPerSecond: tally.requests / tally.seconds,
      p50: tally.p50,
      p99: tally.p99,
      cpu: (server.cpu() - before) / tally.requests,
      memory: server.memory(),
    };
  }
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
