/**
 * Measures Dateline between the floor (hand-written SQL behind a bare HTTP server) and the stock (what the
 * tutorials of its parts make), on the same database, in one interleaved run. See README.md.
 */
import { writeFileSync } from 'node:fs';
import { ensureDatabase } from './generate';
import { differences } from './harness/equality';
import { LoadProcess } from './harness/load-process';
import { measure } from './harness/measure';
import { UNANSWERED } from './harness/operations';
import { HELP, type Options, readOptions } from './harness/options';
import { print, run, say } from './harness/program';
import { machine, summarise, table } from './harness/report';
import { type Server, type ServerName, startServer } from './harness/servers';
import { makeWorkload } from './harness/variables';

async function bench(options: Options): Promise<boolean> {
  const file = await ensureDatabase({ articles: options.articles, seed: options.seed, say });
  const workloads = new Map(
    options.operations.map((operation) => [
      operation,
      makeWorkload(file, operation, options.draw, options.seed),
    ]),
  );
  const servers: (Server & { readonly name: ServerName })[] = [];
  const load = new LoadProcess(options.pin);
  try {
    for (const name of options.servers) servers.push(await startServer(name, file, options.pin));
    for (const [operation, { variables, edges }] of workloads) {
      const answering = servers.filter(({ name }) => !UNANSWERED[name]?.includes(operation));
      const found = await differences(answering, operation, variables, edges);
      if (found.length === 0) continue;
      print(
        `The servers do not answer alike (${found.length} differences):\n${found.slice(0, 20).join('\n')}`,
      );
      return false;
    }
    say('all answer alike\n');
    const samples = await measure(servers, workloads, load, options, say);
    const lines = summarise(samples, options);
    print(`${machine()}; ${options.articles} articles, ${options.connections} connections, `);
    print(`${options.rounds} rounds of ${options.seconds} s each; medians (lowest-highest)\n`);
    print(table(lines));
    if (options.json !== null) {
      const report = { at: new Date().toISOString(), machine: machine(), options, lines, samples };
      writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
    }
    return true;
  } finally {
    load.stop();
    await Promise.all(servers.map((server) => server.stop()));
  }
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') return print(HELP);
  if (!(await bench(options))) process.exitCode = 1;
}

run(main);
