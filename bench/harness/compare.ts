import type { LoadProcess } from './load-process';
import { median } from './quantile';
import type { Server } from './servers';

export interface Figures {
  readonly perSecond: number;
  /** Milliseconds of processor time a request. */
  readonly cpu: number;
}

export interface Compared<N extends string> {
  /** Of the requests, which are sent one after the other and over again: to all alike, or to each its own. */
  readonly bodies: readonly string[] | Readonly<Record<N, readonly string[]>>;
  /** That the client takes; undefined for none. */
  readonly coding?: string | undefined;
  readonly rounds: number;
  /** A round's. */
  readonly seconds: number;
}

const CONNECTIONS = 8;

/** The medians of servers that take turns, in another order each round; a first round warms them up. */
export async function compare<N extends string>(
  load: LoadProcess,
  servers: Readonly<Record<N, Server>>,
  { bodies: all, coding, rounds, seconds }: Compared<NoInfer<N>>,
): Promise<Record<N, Figures>> {
  const names = Object.keys(servers) as N[];
  const seen = new Map<N, Figures[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const name of [...names.slice(round % names.length), ...names.slice(0, round % names.length)]) {
      const server = servers[name];
      const bodies: readonly string[] = 'length' in all ? all : all[name];
      const sequence = bodies.map((_, place) => place);
      const before = server.cpu();
      const tally = await load.run({
        ...{ port: server.port, path: server.path, bodies, sequence, offset: round },
        ...{ connections: CONNECTIONS, milliseconds: seconds * 1_000 },
        ...(coding === undefined ? {} : { coding }),
      });
      if (tally.failure !== null) throw new Error(`${name}: ${tally.failure}`);
      const cpu = (server.cpu() - before) / tally.requests;
      if (round > 0) seen.get(name)?.push({ perSecond: tally.requests / tally.seconds, cpu });
    }
  }
  const middle = (figures: readonly Figures[]): Figures => ({
    perSecond: median(figures.map(({ perSecond }) => perSecond)),
    cpu: median(figures.map(({ cpu }) => cpu)),
  });
  return Object.fromEntries([...seen].map(([name, figures]) => [name, middle(figures)])) as Record<
    N,
    Figures
  >;
}
