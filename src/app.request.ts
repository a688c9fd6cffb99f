/** What the resolvers of one request share. */
import { Footprint, TracedContext } from './answers';
import { ArticleReads, Moment } from './articles';
import { AuthorReads } from './authors';
import { CategoryReads } from './categories';
import { Recall } from './changes';
import { CollectionReads } from './collections';
import { CommentReads, type Origin } from './comments';
import { nothingRead, type ReadsMemo, type RequestContext, type Services } from './context';
import type { Actor } from './core/actor';
import type { Clock, Instant } from './core/clock';
import type { Effort } from './core/effort';
import { DatelineError } from './core/errors';
import { CountedReader, type Database, type Reader } from './database';
import { ImageReads } from './images';
import { RelationReads } from './relations';
import { SearchReads } from './search';
import { TopicReads } from './topics';

/** Who asks, and what a subscription tells them of at the moment, if that is why it runs. */
export interface Asked {
  readonly actor: Actor;
  readonly requestId: string;
  /** Nowhere when absent, e.g. of a job. */
  readonly client?: Origin;
  readonly event?: unknown;
  /** Whether nobody waits for the answer any more: its time is over, or its client has gone. Never when absent. */
  readonly ended?: () => boolean;
  /** Where what is read is to be noted, if the answer may be kept. */
  readonly footprint?: unknown;
  /** Where what is read is to be counted, if anybody wants to know. */
  readonly effort?: Effort | null;
}

/** What the resolvers of one request share. */
export function requestContext(
  { database, clock, services }: { database: Database; clock: Clock; services: Services },
  { actor, requestId, client = NOWHERE, event, footprint, ended, effort }: Asked,
): RequestContext {
  const moment = momentOf(event);
  const [now, memo] = moment ? [moment.now, moment.memoFor(actor)] : [clock.now(), nothingRead()];
  const reader = effort ? new CountedReader(database, effort) : database;
  const request = new Request({
    database: reader,
    clock,
    services,
    actor,
    requestId,
    client,
    now,
    memo,
    ended,
  });
  return footprint instanceof Footprint ? new TracedContext(request, footprint) : request;
}

/** Where what no client has sent comes from. */
export const NOWHERE: Origin = { address: null, userAgent: null };

interface RequestParts {
  readonly database: Reader;
  readonly clock: Clock;
  readonly services: Services;
  readonly actor: Actor;
  readonly requestId: string;
  readonly client: Origin;
  readonly now: Instant;
  /** What has been read already by who may read the same at the same instant. */
  readonly memo: ReadsMemo;
  readonly ended?: (() => boolean) | undefined;
}

function momentOf(event: unknown): Moment | null {
  const hasOne = typeof event === 'object' && event !== null && 'moment' in event;
  return hasOne && event.moment instanceof Moment ? event.moment : null;
}

/**
 * Makes the reads of a room when they are first asked for: few requests need all of them. Each resolver asks for one before
 * it reads, so that here is where one that nobody waits for is stopped.
 */
export class Request implements RequestContext {
  readonly services: Services;
  readonly actor: Actor;
  readonly requestId: string;
  readonly client: Origin;
  now: Instant;
  private readonly database: Reader;
  private readonly clock: Clock;
  private readonly ended: (() => boolean) | undefined;
  private reads: ReadsMemo;

  constructor({ database, clock, services, actor, requestId, client, now, memo, ended }: RequestParts) {
    this.database = database;
    this.clock = clock;
    this.services = services;
    this.actor = actor;
    this.requestId = requestId;
    this.client = client;
    this.now = now;
    this.reads = memo;
    this.ended = ended;
  }

  get articles(): ArticleReads {
    this.goOn();
    this.reads.articles ??= new ArticleReads(this.database, this.actor, this.now, {
      counter: this.services.articleCounts,
      recall: this.recall,
    });
    return this.reads.articles;
  }

  get authors(): AuthorReads {
    this.goOn();
    this.reads.authors ??= new AuthorReads(this.database, this.recall, this.services.kept.authors);
    return this.reads.authors;
  }

  get categories(): CategoryReads {
    this.goOn();
    this.reads.categories ??= new CategoryReads(this.database, this.recall, this.services.kept.categories);
    return this.reads.categories;
  }

  get collections(): CollectionReads {
    this.goOn();
    this.reads.collections ??= new CollectionReads(this.database);
    return this.reads.collections;
  }

  get comments(): CommentReads {
    this.goOn();
    this.reads.comments ??= new CommentReads(this.database, this.actor, this.now, {
      settings: this.services.comments.settings,
      recall: this.recall,
      rules: this.services.kept.commentingRules,
    });
    return this.reads.comments;
  }

  get images(): ImageReads {
    this.goOn();
    this.reads.images ??= new ImageReads(this.database, this.recall, this.services.kept.images);
    return this.reads.images;
  }

  get relations(): RelationReads {
    this.goOn();
    this.reads.relations ??= new RelationReads(this.services.archive, this.now);
    return this.reads.relations;
  }

  get search(): SearchReads {
    this.goOn();
    this.reads.search ??= new SearchReads(this.database, this.articles.audience, this.now);
    return this.reads.search;
  }

  get topics(): TopicReads {
    this.goOn();
    this.reads.topics ??= new TopicReads(this.database, this.recall, this.services.kept.topics);
    return this.reads.topics;
  }

  private get recall(): Recall {
    this.reads.recall ??= new Recall(this.services.kept.memory, this.database);
    return this.reads.recall;
  }

  goOn(): void {
    if (this.ended?.())
      throw new DatelineError('SERVICE_UNAVAILABLE', 'Nobody waits for the answer any more.');
  }

  forget(): void {
    this.reads = nothingRead();
    this.now = this.clock.now();
  }
}
