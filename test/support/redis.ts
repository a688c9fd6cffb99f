import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { until } from './until';

/** Whether Redis is installed on this machine. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

export interface RedisServer {
  readonly url: string;
  /** What it answers to a command. */
  says(...command: string[]): string;
  /** Harmless when it has been stopped before. */
  stop(): Promise<void>;
}

/** Starts a Redis that keeps nothing, on a port of its own. */
export async function startRedis(): Promise<RedisServer> {
  const port = String(await freePort());
  const server = spawn('redis-server', ['--port', port, '--save', '', '--bind', '127.0.0.1']);
  const says = (...command: string[]) => spawnSync('redis-cli', ['-p', port, ...command]).stdout.toString();
  await until(() => says('ping').includes('PONG'));
  return {
    url: `redis://127.0.0.1:${port}`,
    says,
    stop: async () => {
      server.kill();
      await until(() => server.exitCode !== null || server.signalCode !== null);
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
