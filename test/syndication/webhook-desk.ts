/** A newsroom with a partner who is told of changes, and receivers of that over real HTTP. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ApiKeyService } from '../../src/access';
import { createServices } from '../../src/app';
import type { ArticleService } from '../../src/articles';
import { CategoryService } from '../../src/categories';
import { ChangeFeed } from '../../src/changes';
import { type Actor, ANONYMOUS } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { silentLog } from '../../src/core/log';
import type { Database } from '../../src/database';
import { EntitlementService, type WebhookService } from '../../src/syndication';
import { ACTORS } from '../support/actors';
import { NOW } from '../support/archive';
import { BOX } from '../support/discussions';
import { LOOPBACK, Process } from './webhook-process';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: {
    readonly type: string;
    readonly data: {
      readonly sequence: number;
      readonly item: string;
      readonly action: string;
      readonly revision: number;
      readonly article: { readonly title: string; readonly html: string } | null;
    };
  };
}

/** What a receiver answers. */
type Answer = (response: ServerResponse, received: Received) => void;
export const answering =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, headers).end();

const receivers = new Set<Receiver>();
afterAll(async () => {
  for (const receiver of receivers) await receiver.close();
});

/** Takes what is sent to it, and answers as it is told to. */
export class Receiver {
  readonly received: Received[] = [];
  answer: Answer = answering(204);
  private readonly server: Server;

  constructor() {
    receivers.add(this);
    this.server = createServer(async (request, response) => {
      const body = await text(request);
      const received = { headers: request.headers, text: body, body: JSON.parse(body) };
      this.received.push(received);
      this.answer(response, received);
    });
  }

  async open(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  /** `host` leads to it as well. */
  url(host = '127.0.0.1'): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://${host}:${port}/hook`;
  }

  /** Of what was received. */
  get actions(): string[] {
    return this.received.map(({ body }) => body.data.action);
  }

  async close(): Promise<void> {
    receivers.delete(this);
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

export class WebhookDesk {
  readonly clock = heldClock(NOW);
  readonly articles: ArticleService;
  readonly webhooks: WebhookService;
  private readonly running: Process[] = [];

  constructor(readonly database: Database) {
    const { clock } = this;
    const changes = new ChangeFeed({ database, log: silentLog });
    const parts = { database, clock, box: BOX, changes, log: silentLog, webhookNetworks: LOOPBACK };
    const { articles, webhooks } = createServices(parts);
    this.articles = articles;
    this.webhooks = webhooks;
  }

  /** The categories world and sport; a partner, who is entitled to world. */
  async open(): Promise<Actor> {
    for (const slug of ['world', 'sport'])
      await new CategoryService(this.database, this.clock).create(ACTORS.editor, { name: slug, slug });
    return this.partner(['world']);
  }

  async partner(categories: readonly string[]): Promise<Actor> {
    const { database, clock } = this;
    const { kept } = await new ApiKeyService(database, clock).create(ACTORS.admin, { roles: ['PARTNER'] });
    await new EntitlementService(database, clock).entitle(ACTORS.admin, kept.publicId, { categories });
    return { ...ANONYMOUS, kind: 'PARTNER', name: `key:${kept.publicId}` };
  }

  /** Another process over the same database. */
  run(): Process {
    const process = new Process(this.database, this.clock).start();
    this.running.push(process);
    return process;
  }

  async publish(title: string, category = 'world') {
    const draft = { title, language: 'en', html: `<p>${title}.</p>`, categories: [category] };
    return this.articles.publish(ACTORS.editor, await this.articles.create(ACTORS.editor, draft));
  }

  async close(): Promise<void> {
    await Promise.all(this.running.splice(0).map((process) => process.stop()));
  }
}
