/** Clients of live connections, as plain as can be. */
import { once } from 'node:events';
import WebSocket, { type ClientOptions } from 'ws';
import { until } from '../support/until';

export interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

/** A client that speaks graphql-transport-ws message by message. */
export class LiveSocket {
  readonly messages: Message[] = [];
  /** Code and reason, once it is closed. */
  closed: { readonly code: number; readonly reason: string } | null = null;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => void this.messages.push(JSON.parse(String(data))));
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) };
    });
    socket.on('error', () => undefined);
  }

  /** Opened, but not introduced. @throws Refused */
  static async open(url: string, options: ClientOptions = {}, protocol = 'graphql-transport-ws') {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocol, options);
    const client = new LiveSocket(socket);
    await new Promise<void>((resolve, reject) => {
      socket.on('open', resolve);
      socket.on('error', reject);
      socket.on('unexpected-response', (_request, response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () => reject(new Refused(response.statusCode ?? 0, body)));
      });
    });
    return client;
  }

  /** Opened and acknowledged. */
  static async connect(url: string, params: object = {}, options: ClientOptions = {}): Promise<LiveSocket> {
    const client = await LiveSocket.open(url, options);
    client.send({ type: 'connection_init', payload: params });
    await until(() => client.messages.length > 0 || client.closed !== null);
    if (client.closed === null) expect(client.messages.shift()).toEqual({ type: 'connection_ack' });
    return client;
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables: object = {}): void {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
  }

  /** The next message that has not been taken. */
  async message(): Promise<Message> {
    await until(() => this.messages.length > 0);
    const message = this.messages.shift();
    if (!message) throw new Error('There is none');
    return message;
  }

  async end(): Promise<{ readonly code: number; readonly reason: string }> {
    await until(() => this.closed !== null);
    return this.closed ?? { code: 0, reason: '' };
  }

  async close(): Promise<void> {
    if (this.closed !== null) return;
    this.socket.close();
    await once(this.socket, 'close');
  }
}

/** The answer to a request for a WebSocket that was not let in. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly body: string,
  ) {
    super(`${status} ${body}`);
  }

  get code(): string {
    return JSON.parse(this.body).errors[0].extensions.code;
  }
}

export interface Event {
  readonly event: string;
  readonly data: unknown;
}

/** A stream of server-sent events. */
export class LiveStream {
  readonly events: Event[] = [];
  ended = false;

  private constructor(
    readonly response: Response,
    private readonly abort: AbortController,
  ) {}

  /** By POST, unless there is a query in the URL. */
  static async open(url: string, query: string, headers: object = {}, get = false): Promise<LiveStream> {
    const abort = new AbortController();
    const { signal } = abort;
    const accept = { accept: 'text/event-stream', ...headers };
    const response = get
      ? await fetch(`${url}/graphql/stream?query=${encodeURIComponent(query)}`, { headers: accept, signal })
      : await fetch(`${url}/graphql/stream`, {
          ...{ method: 'POST', signal, body: JSON.stringify({ query }) },
          headers: { 'content-type': 'application/json', ...accept },
        });
    const stream = new LiveStream(response, abort);
    if (response.status === 200) void stream.read().catch(() => undefined);
    else stream.ended = true;
    return stream;
  }

  async code(): Promise<string> {
    const answer = JSON.parse(await this.response.text());
    return answer.errors[0].extensions.code;
  }

  async event(): Promise<Event> {
    await until(() => this.events.length > 0 || this.ended);
    return this.events.shift() ?? { event: 'end', data: null };
  }

  close(): void {
    this.abort.abort();
  }

  private async read(): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    try {
      for await (const chunk of this.response.body ?? []) {
        text += decoder.decode(chunk, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const [, event] = /^event: (.*)$/m.exec(block) ?? [];
          const [, data] = /^data: (.*)$/m.exec(block) ?? [];
          if (event) this.events.push({ event, data: data ? JSON.parse(data) : null });
        }
      }
    } finally {
      this.ended = true;
    }
  }
}
