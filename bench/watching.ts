/**
 * What it costs to be watched: the same operations of a server that nobody watches, one that looks out for slow
 * operations (as it does by default), one with metrics besides, and one that traces everything, in one interleaved run:
 * `npm run bench:watching -- [seconds] [rounds] [articles]`.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ensureDatabase } from './generate';
import { compare } from './harness/compare';
import { LoadProcess } from './harness/load-process';
import { runWithNumbers } from './harness/numbers';
import { OPERATIONS, requestBody } from './harness/operations';
import { print, say } from './harness/program';
import { machine } from './harness/report';
import { type Server, startServer } from './harness/servers';
import { makeWorkload } from './harness/variables';

const NAMES = ['unwatched', 'slow', 'metrics', 'traced'] as const;
type Name = (typeof NAMES)[number];

async function main(seconds: number, rounds: number, articles: number): Promise<void> {
  const file = await ensureDatabase({ articles, seed: 1, say });
  const collector = createServer((request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end('{}'));
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  const settings: Readonly<Record<Name, Record<string, string>>> = {
    unwatched: { SLOW_OPERATION: '0s' },
    slow: {},
    metrics: { METRICS_PORT: '0' },
    traced: { METRICS_PORT: '0', OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` },
  };
  const load = new LoadProcess(true);
  const servers = new Map<Name, Server>();
  try {
    for (const name of NAMES) servers.set(name, await startServer('dateline', file, true, settings[name]));
    print(`${machine()}; ${articles} articles, ${rounds} rounds of ${seconds} s each, medians\n`);
    print(
      `| operation | ${NAMES.map((name) => `${name}, CPU ms`).join(' | ')} | ${NAMES.slice(1).join(' | ')} |`,
    );
    print(`|-----------|${'---:|'.repeat(2 * NAMES.length - 1)}`);
    for (const name of OPERATIONS) {
      const bodies = makeWorkload(file, name, 'uniform', 1).variables.map((each) => requestBody(name, each));
      const seen = await compare(load, Object.fromEntries(servers) as Record<Name, Server>, {
        ...{ bodies, rounds, seconds },
      });
      const figures = NAMES.map((each) => seen[each].cpu.toFixed(3));
      const ratios = NAMES.slice(1).map((each) => (seen[each].cpu / seen.unwatched.cpu).toFixed(2));
      print(`| ${[name, ...figures, ...ratios].join(' | ')} |`);
    }
  } finally {
    load.stop();
    await Promise.all([...servers.values()].map((server) => server.stop()));
    collector.close();
  }
}

runWithNumbers(
  'bench:watching --',
  {
    seconds: [2, 'of load for each operation, server and round'],
    rounds: [4, 'every server has its turn in each'],
    articles: [10_000, 'of the archive'],
  },
  ({ seconds, rounds, articles }) => main(seconds, rounds, articles),
);
