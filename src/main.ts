import { createApp } from './app';
import { FIELD_COSTS } from './app.costs';
import { type Config, debugWanted, loadConfig } from './config';
import { details, explain } from './failure';
import { createLog } from './http/logging';
import { createServer } from './http/server';
import { Stop, stopOnSignals } from './http/shutdown';

/** Serves until the process is told to stop. Resolves with the code that it should end with. */
export async function serve(config: Config): Promise<number> {
  const log = createLog(config);
  for (const warning of config.warnings) log.warn({}, warning);
  const app = await createApp({ config, log });
  const { schema } = app;
  const ready = () => app.ready();
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
    config,
    log,
  });
  server.drain.signal.addEventListener('abort', () => app.stopWaiting(), { once: true });
  const stop = new Stop({ server, close: () => app.close(), timeout: config.shutdownTimeout, log });
  const stopped = new Promise<number>((resolve) => stopOnSignals(stop, resolve));
  try {
    await server.listen({ port: config.port, host: config.host });
  } catch (error) {
    await server.close();
    await app.close();
    throw error;
  }
  app.startJobs();
  const [address] = server.addresses();
  announce(config, typeof address === 'object' ? address.port : config.port);
  return stopped;
}

/** Tells a person at a terminal where to look first; the log has the rest. */
function announce({ host, graphiql }: Config, port: number): void {
  if (process.stdout.isTTY !== true) return;
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
