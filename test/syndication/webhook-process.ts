/** What a process of Dateline's has to do with webhooks, and nothing else of it. */
import { createServices, requestContext } from '../../src/app';
import { ChangeFeed } from '../../src/changes';
import { ANONYMOUS } from '../../src/core/actor';
import type { Clock } from '../../src/core/clock';
import { silentLog } from '../../src/core/log';
import type { Database } from '../../src/database';
import { JobRunner } from '../../src/jobs';
import { Poster, WebhookDispatcher, webhookFanOut } from '../../src/syndication';
import { BOX } from '../support/discussions';

export const LOOPBACK = ['127.0.0.0/8'];

/** All of a process that has to do with webhooks. */
export class Process {
  private readonly jobs: JobRunner;
  private readonly dispatcher: WebhookDispatcher;

  constructor(database: Database, clock: Clock, { lease = 30_000 }: { lease?: number } = {}) {
    const changes = new ChangeFeed({ database, log: silentLog });
    const services = createServices({ database, clock, box: BOX, changes, log: silentLog });
    const parts = { database, clock, log: silentLog };
    this.dispatcher = new WebhookDispatcher({
      ...{
        ...parts,
        box: BOX,
        poster: new Poster({ allowed: LOOPBACK, timeout: 3_000 }),
        look: 20,
        lease,
        chance: () => 0.5,
      },
      contextFor: ({ requestId }) =>
        requestContext({ database, clock, services }, { actor: ANONYMOUS, requestId }),
    });
    this.jobs = new JobRunner({
      ...{ ...parts, look: 20, lease },
      jobs: [webhookFanOut({ database, clock, log: silentLog, onDelivery: () => this.dispatcher.wake() })],
    });
  }

  start(): this {
    this.jobs.start();
    this.dispatcher.start();
    return this;
  }

  async stop(): Promise<void> {
    await this.jobs.stop();
    await this.dispatcher.stop();
  }
}
