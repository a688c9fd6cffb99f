import cluster from 'node:cluster';
import { createApp, prepareShared } from './app';
import { FIELD_COSTS } from './app.costs';
import { startWatching } from './app.watching';
import { type Config, debugWanted, loadConfig } from './config';
import { details, explain } from './failure';
import { createLog } from './http/logging';
import { createServer } from './http/server';
import { Stop, stopOnSignals } from './http/shutdown';
import { serveByProcesses, startsOthers } from './processes';

/** Serves until the process is told to stop. Resolves with the code that it should end with. */
export async function serve(config: Config): Promise<number> {
  const log = createLog(config);
  if (!cluster.isWorker) for (const warning of config.warnings) log.warn({}, warning);
  if (startsOthers(config))
    return serveByProcesses({ config, log, prepare: () => prepareShared({ config, log }) });
  try {
    return await serveHere(config, log);
  } catch (error) {
    // The channel to the process that has started this one would keep it alive.
    cluster.worker?.disconnect();
    throw error;
  }
}

/** The same in this very process, be it the only one or one of several. */
async function serveHere(config: Config, log: ReturnType<typeof createLog>): Promise<number> {
  const app = await createApp({ config, log });
  const { schema } = app;
  const ready = () => app.ready();
  const watching = await startWatching({ config, log, app }).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  const close = async () => {
    await watching.close();
    await app.close();
  };
  const server = await createServer({
    schema,
    costs: FIELD_COSTS,
    context: (request) => app.context(request),
    authenticate: (authorization) => app.authenticate(authorization),
    ready,
    overdueJobs: () => app.overdueJobs(),
    page: (request) => app.page(request),
    answers: app.answers,
    documents: app.documents,
    tracing: watching.traces,
    config,
    log,
  });
  server.drain.signal.addEventListener('abort', () => app.stopWaiting(), { once: true });
  const stop = new Stop({ server, close, timeout: config.shutdownTimeout, log });
  const stopped = new Promise<number>((resolve) => stopOnSignals(stop, resolve));
  try {
    await server.listen({ port: config.port, host: config.host });
  } catch (error) {
    await server.close();
    await close();
    throw error;
  }
  app.startJobs();
  const [address] = server.addresses();
  announce(config, typeof address === 'object' ? address.port : config.port);
  return stopped;
}

/** Tells a person at a terminal where to look first; the log has the rest. */
function announce({ host, graphiql }: Config, port: number): void {
  if (process.stdout.isTTY !== true || (cluster.isWorker && cluster.worker?.id !== 1)) return;
  const here = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host;
  const url = `http://${here.includes(':') ? `[${here}]` : here}:${port}`;
  const page = graphiql ? `\n  Try it out  ${url}/` : '';
  process.stdout.write(
    `\n  Dateline is ready.${page}\n  GraphQL     ${url}/graphql\n  Stop it     Ctrl-C\n\n`,
  );
}

if (require.main === module) {
  serveFromEnvironment().then(process.exit);
}

async function serveFromEnvironment(): Promise<number> {
  try {
    return await serve(loadConfig());
  } catch (error) {
    process.stderr.write(`${debugWanted() ? details(error) : explain(error)}\n`);
    return 1;
  }
}
