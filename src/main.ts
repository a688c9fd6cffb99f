import { createApp } from './app';
import { type Config, loadConfig } from './config';
import { createLog } from './http/logging';
import { createServer } from './http/server';
import { Stop, stopOnSignals } from './http/shutdown';

/**
 * Serves until a signal stops the process.
 * @throws ConfigError, DatelineError; Error with the code EADDRINUSE and the like when it cannot listen
 */
export async function main(config: Config = loadConfig()): Promise<void> {
  const log = createLog(config);
  for (const warning of config.warnings) log.warn(warning);
  const app = await createApp({ config, log });
  const { schema, context, ready, close } = app;
  const server = await createServer({ schema, context, ready, config, log });
  const stop = new Stop({ server, close, timeout: config.shutdownTimeout, log });
  stopOnSignals(stop, (code) => process.exit(code));
  try {
    await server.listen({ host: config.host, port: config.port });
  } catch (error) {
    await close();
    throw error;
  }
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  log.info({ port, database: app.database.engine }, greeting(config, port));
}

function greeting({ host, graphiql }: Config, port: number): string {
  const url = `http://${host === '127.0.0.1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`;
  return graphiql
    ? `Ready: GraphiQL at ${url}/ and the API at ${url}/graphql`
    : `Ready: the API at ${url}/graphql`;
}
