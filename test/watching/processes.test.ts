/** Several processes that serve one database on one port, as `WEB_CONCURRENCY` has them. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, createServer as createHttpServer, request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json, text } from 'node:stream/consumers';
import { cli, startCli } from '../cli/run-cli';
import { operation } from '../support/operations';
import { until } from '../support/until';

const READ = 'query Read($slug: String!) { topic(slug: $slug) { name } }';
const MAKE = `mutation Make($name: String!, $slug: String!) {
  createTopic(input: { kind: PLACE, slug: $slug, names: [{ language: "en", name: $name }] }) {
    topic { id revision }
    userErrors { message }
  }
}`;
const RENAME = `mutation Rename($id: ID!, $revision: Int!, $name: String!) {
  updateTopic(input: { id: $id, expectedRevision: $revision, names: [{ language: "en", name: $name }] }) {
    topic { id revision }
    userErrors { message }
  }
}`;

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
}

interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: Pick<Span, 'attributes'>;
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

interface Line {
  readonly msg: string;
  readonly port?: number;
  readonly pid?: number;
  readonly traceId?: string;
  readonly operation?: string;
}

interface Answer {
  readonly status: number;
  readonly data: Record<
    string,
    { topic?: { id: string; revision: number } | null; name?: string } | null
  > | null;
  readonly remaining: number;
}

describe('two processes on one SQLite file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-processes-'));
  const lines: Line[] = [];
  let child: ChildProcess;
  let port = 0;
  let metricsPort = 0;
  let desk = '';
  const traced: Span[] = [];
  const collector = createHttpServer(async (sent, response) => {
    const { resourceSpans } = (await json(sent)) as Sent;
    for (const { scopeSpans } of resourceSpans) traced.push(...scopeSpans.flatMap(({ spans }) => spans));
    response.setHeader('content-type', 'application/json').end('{}');
  });
  /** Each keeps one connection, which stays with the process that has taken it. */
  const agents = Array.from({ length: 6 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));

  const logged = (msg: RegExp) => lines.filter((line) => msg.test(line.msg));

  beforeAll(async () => {
    collector.listen(0, '127.0.0.1');
    await once(collector, 'listening');
    child = startCli(folder, ['serve', '--port', '0', '--database', 'x.db'], {
      ...{ WEB_CONCURRENCY: '2', METRICS_PORT: '0', RATE_ANONYMOUS: '100000', RATE_KNOWN: '0' },
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
      OTEL_BSP_SCHEDULE_DELAY: '100',
    });
    let rest = '';
    child.stdout?.on('data', (chunk) => {
      const parts = `${rest}${chunk}`.split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts.map((line): Line => JSON.parse(line)));
    });
    // Three processes that compile what they load: on a busy machine that takes its time.
    while (logged(/^Server listening/).length < 2) await once(child.stdout ?? child, 'data');
    const { out } = await cli(folder, ['keys', 'create', '--role', 'admin', '--database', 'x.db']);
    desk = out.trim();
    port = Number(/:(\d+)$/.exec(logged(/^Server listening/)[0]?.msg ?? '')?.[1]);
    metricsPort = logged(/^Metrics are served/)[0]?.port ?? 0;
  }, 120_000);
  afterAll(async () => {
    for (const agent of agents) agent.destroy();
    collector.close();
    if (child.exitCode === null) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (agent: Agent, query: string, variables: object, key?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = request({
        ...{ port, host: '127.0.0.1', path: '/graphql', method: 'POST', agent },
        headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
      });
      sent.on('error', reject).on('response', async (response) => {
        const { data = null } = JSON.parse(await text(response));
        const remaining = Number(response.headers['ratelimit-remaining']);
        resolve({ status: response.statusCode ?? 0, data, remaining });
      });
      sent.end(JSON.stringify({ query, variables }));
    });
  const [one, ...others] = agents as [Agent, ...Agent[]];

  test('what one changes the other tells anew, also where it has kept its answer', async () => {
    const made = await ask(one, MAKE, { name: 'First', slug: 'kept' }, desk);
    let topic = made.data?.createTopic?.topic;
    for (let time = 1; time <= 5; time++) {
      // Twice, so that it is kept wherever it may be.
      for (const agent of [...agents, ...agents]) await ask(agent, READ, { slug: 'kept' });
      const name = `Name ${time}`;
      const variables = { id: topic?.id, revision: topic?.revision, name };
      const renamed = (await ask(one, RENAME, variables, desk)).data?.updateTopic;
      expect(renamed).toEqual({ topic: expect.anything(), userErrors: [] });
      topic = renamed?.topic;
      for (const agent of others) {
        await until(async () => (await ask(agent, READ, { slug: 'kept' })).data?.topic?.name === name);
      }
    }
  });

  test('no change fails while both write', async () => {
    const writers = agents.map(async (agent, writer) => {
      for (let time = 1; time <= 15; time++) {
        const names = { name: `Written ${writer} ${time}`, slug: `written-${writer}-${time}` };
        const { status, data } = await ask(agent, MAKE, names, desk);
        expect([status, data?.createTopic]).toEqual([200, { topic: expect.anything(), userErrors: [] }]);
      }
    });
    await Promise.all(writers);
  });

  test('operations are counted together', async () => {
    const seen: number[] = [];
    for (const agent of agents) seen.push((await ask(agent, '{ __typename }', {})).remaining);
    expect(seen).toEqual(seen.map((_, place) => (seen[0] ?? 0) - place));
    expect(seen.at(-1)).toBeGreaterThanOrEqual(0);
  });

  test('metrics are those of all', async () => {
    const answer = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    const count = Number(
      /^dateline_operation_duration_seconds_count\{name="Make",.*\} (\d+)$/m.exec(answer)?.[1],
    );
    expect(count).toBe(6 * 15 + 1);
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(404);
  });

  test('a request is a span of its caller, with the operation, its statements and batches below it', async () => {
    const front = { query: operation('FrontPage'), variables: { first: 3 } };
    const sent = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent: `00-${TRACE}-${PARENT}-01` },
      body: JSON.stringify(front),
    });
    expect(await sent.json()).not.toHaveProperty('errors');
    const below = (id: string | undefined) =>
      traced.filter(({ traceId, parentSpanId }) => traceId === TRACE && parentSpanId === id);
    await until(() => below(PARENT).length === 1);
    const [caller] = below(PARENT);
    expect(caller?.name).toBe('POST /graphql');
    const [run, ...more] = below(caller?.spanId);
    expect([run?.name, more]).toEqual(['query FrontPage', []]);
    const steps = below(run?.spanId);
    expect(new Set(steps.map(({ name }) => name))).toEqual(new Set(['SQL', 'batch']));
    for (const step of steps) {
      expect(BigInt(step.startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(run?.startTimeUnixNano ?? 0));
      expect(BigInt(step.endTimeUnixNano)).toBeLessThanOrEqual(BigInt(run?.endTimeUnixNano ?? 0));
    }
    const [line] = logged(/^Request$/).filter((each) => each.operation === 'FrontPage');
    expect(line?.traceId).toBe(TRACE);
  });

  test('one that dies is replaced, and all end well at SIGTERM', async () => {
    const pids = children(child.pid ?? 0);
    expect(pids).toHaveLength(2);
    process.kill(pids[0] ?? 0, 'SIGKILL');
    while (logged(/^Server listening/).length < 3) await once(child.stdout ?? child, 'data');
    expect(logged(/^A process has ended/)).toMatchObject([{ pid: pids[0] }]);
    expect((await ask(new Agent(), '{ __typename }', {})).status).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(logged(/^Stopped/)).toHaveLength(2);
  }, 60_000);

  test('where none can start, that is said once and for all', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const taken = String((other.address() as AddressInfo).port);
    const failed = await cli(folder, ['serve', '--port', taken, '--database', 'x.db'], {
      WEB_CONCURRENCY: '2',
    });
    other.close();
    expect(failed.code).toBe(1);
    expect(failed.out).toContain('A process cannot start: giving up');
    expect(failed.err).toContain('The port is taken by another program.');
  }, 120_000);
});

function children(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
}
