/** The composition root: the only place that puts the rooms together. */
import type { GraphQLSchema } from 'graphql';
import { Authenticator, IdentityKeys, KeyVerifier, TokenVerifier, ViewerResolver } from './access';
import {
  ArticleBodyResolver,
  ArticleMutations,
  ArticlePublications,
  ArticleReads,
  ArticleResolver,
  ArticleService,
  ArticleSubscriptions,
  articleScheduler,
  BLOCK_TYPES,
  Moment,
  PreviewResolver,
  PreviewService,
  RevisionResolver,
  RevisionService,
  reviseArticlesWith,
} from './articles';
import { AuthorMutations, AuthorReads, AuthorResolver, AuthorService } from './authors';
import { CategoryMutations, CategoryReads, CategoryResolver, CategoryService } from './categories';
import { AuditResolver, AuditService, ChangeFeed, changeRetention } from './changes';
import { CollectionMutations, CollectionReads, CollectionResolver, CollectionService } from './collections';
import {
  Akismet,
  COMMENT_DEFAULTS,
  type CommentChecker,
  CommenterMutations,
  CommentingMutations,
  CommentModerationResolver,
  CommentMutations,
  CommentNews,
  CommentReads,
  CommentResolver,
  CommentService,
  type CommentSettings,
  CommentSubscriptions,
  commentRetention,
  DiscussionResolver,
  ModerationDetailsResolver,
  ModerationResolver,
  NO_CHECKER,
  type Origin,
} from './comments';
import type { Config } from './config';
import type { ReadsMemo, RequestContext, Services } from './context';
import { type Actor, ANONYMOUS, systemActor } from './core/actor';
import { type Clock, type Instant, systemClock } from './core/clock';
import { faultReport } from './core/faults';
import type { Log } from './core/log';
import { SecretBox } from './core/sealed';
import { type Database, migrate, openDatabase } from './database';
import { buildSchema } from './graphql/schema';
import { USER_ERROR_TYPES } from './graphql/user-errors';
import { Idempotency, idempotencySweep } from './idempotency';
import { ImageMutations, ImageReads, ImageResolver, ImageService } from './images';
import { indexUpkeep } from './indexing';
import { JobRunner, type OverdueJob } from './jobs';
import {
  ArchiveIndex,
  BurstResolver,
  CoverageBucketResolver,
  RelatedArticlesResolver,
  RelationReads,
  RelationResolver,
  TopicRelationsResolver,
} from './relations';
import { NodeResolver } from './routes';
import { loadSample } from './sample/load';
import { SearchEdgeResolver, SearchFacetsResolver, SearchReads, SearchResolver } from './search';
import { obtainSecret } from './secret';
import { StatsBucketResolver, StatsResolver, StatsService } from './stats';
import { TopicMutations, TopicReads, TopicResolver, TopicService } from './topics';

export interface App {
  readonly schema: GraphQLSchema;
  readonly database: Database;
  /** What the resolvers of one request share, or those of one event that a subscription tells of. */
  context(request: Asked): RequestContext;
  /**
   * Who stands behind the value of an Authorization header.
   * @throws DatelineError UNAUTHENTICATED; SERVICE_UNAVAILABLE when that cannot be found out now
   */
  authenticate(authorization: string): Promise<Actor>;
  /** Resolves when requests can be answered. @throws otherwise */
  ready(): Promise<void>;
  /** What is to be done from time to time, and has not been when it should have. */
  overdueJobs(): Promise<readonly OverdueJob[]>;
  /** Begins to do what is to be done from time to time: in a process that serves, and while it does. */
  startJobs(): void;
  close(): Promise<void>;
}

export interface AppParts {
  readonly config: Config;
  readonly log: Log;
  readonly clock?: Clock;
}

/**
 * Opens the database, brings its tables up to date, and loads the sample newsroom into one that is empty.
 * @throws ConfigError for a missing secret; DatabaseDamaged, DatabaseUnavailable, DatelineError for a database
 *   that cannot be served
 */
export async function createApp({ config, log, clock = systemClock }: AppParts): Promise<App> {
  const box = new SecretBox(await obtainSecret(config));
  const database = openDatabase(config.databaseUrl);
  try {
    const { applied } = await migrate(database);
    if (applied > 0) log.info({ applied }, 'Migrations applied');
    const articles = config.sampleNewsroom ? await loadSample(database, box, clock) : null;
    if (articles !== null) log.info({ articles }, 'The database was empty: loaded the sample newsroom');
  } catch (error) {
    await database.close();
    throw error;
  }
  const changes = new ChangeFeed({ database, log });
  const { comments, akismet, previewPage } = config;
  const services = createServices({
    ...{ database, clock, box, changes, log, comments, previewPage },
    ...(akismet ? { commentChecker: new Akismet(akismet, log) } : {}),
  });
  const jobs = new JobRunner({
    ...{ database, clock, log },
    jobs: [
      articleScheduler({ database, log }),
      changeRetention(config.changeRetention),
      commentRetention(comments),
      idempotencySweep(),
      indexUpkeep(database),
    ],
  });
  let unfollow = () => {};
  const authenticator = createAuthenticator({ config, log, clock, database, box });
  return {
    schema: datelineSchema(),
    database,
    context: (request) => requestContext({ database, clock, services }, request),
    authenticate: (authorization) => authenticator.authenticate(authorization),
    ready: () => database.check(),
    overdueJobs: () => jobs.overdue(),
    startJobs: () => {
      jobs.start();
      unfollow = services.archive.follow((error) =>
        log.warn({ fault: faultReport(error) }, 'Relations cannot follow what is written'),
      );
    },
    close: async () => {
      changes.close();
      unfollow();
      await jobs.stop();
      await database.close();
    },
  };
}

/** Finds out who sends a request: by API keys, and by the tokens of an identity provider where there is one. */
export function createAuthenticator({
  config: { identity: provider },
  log,
  clock,
  database,
  box,
}: AuthenticatorParts): Authenticator {
  const keys = new KeyVerifier({ database, clock, log });
  if (provider === null) return new Authenticator(keys, null);
  const { find: findKey } = new IdentityKeys({ provider, log });
  const fingerprint = (subject: string) => box.fingerprint(subject);
  return new Authenticator(keys, new TokenVerifier({ provider, findKey, fingerprint, clock }));
}

export interface AuthenticatorParts {
  readonly config: Pick<Config, 'identity'>;
  readonly log: Log;
  readonly clock: Clock;
  readonly database: Database;
  readonly box: SecretBox;
}

/** The public schema with its resolvers. Needs nothing but the code, so it can be printed anywhere. */
export function datelineSchema(): GraphQLSchema {
  return buildSchema({
    resolvers: [
      ArticleResolver,
      ArticleBodyResolver,
      ArticleMutations,
      ArticleSubscriptions,
      PreviewResolver,
      RevisionResolver,
      AuthorResolver,
      AuthorMutations,
      CategoryResolver,
      CategoryMutations,
      CollectionResolver,
      CollectionMutations,
      CommentResolver,
      CommentMutations,
      CommentSubscriptions,
      CommentModerationResolver,
      CommenterMutations,
      CommentingMutations,
      DiscussionResolver,
      ModerationResolver,
      ModerationDetailsResolver,
      ImageResolver,
      ImageMutations,
      TopicResolver,
      TopicMutations,
      RelationResolver,
      CoverageBucketResolver,
      BurstResolver,
      RelatedArticlesResolver,
      TopicRelationsResolver,
      SearchResolver,
      SearchEdgeResolver,
      SearchFacetsResolver,
      NodeResolver,
      ViewerResolver,
      AuditResolver,
      StatsResolver,
      StatsBucketResolver,
    ],
    orphanedTypes: [...BLOCK_TYPES, ...USER_ERROR_TYPES],
  });
}

/** What services are made of. */
export interface ServiceParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly box: SecretBox;
  /** The address of the site's page that shows previews, with `{token}` in it; null where there is none. */
  readonly previewPage?: string | null;
}

export interface LiveServiceParts extends ServiceParts {
  /** What is absent is as it is by default. */
  readonly comments?: CommentSettings;
  /** Nobody when absent. */
  readonly commentChecker?: CommentChecker;
  readonly changes: ChangeFeed;
  readonly log: Log;
}

export function createServices({
  database,
  clock,
  box,
  changes,
  log,
  comments: settings = COMMENT_DEFAULTS,
  commentChecker: checker = NO_CHECKER,
  previewPage = null,
}: LiveServiceParts): Services {
  const services: Services = {
    archive: new ArchiveIndex(database),
    articles: new ArticleService(database, clock),
    audit: new AuditService(database),
    authors: new AuthorService(database, clock),
    categories: new CategoryService(database, clock),
    collections: new CollectionService(database, clock),
    commentNews: new CommentNews({ database, changes, log }),
    comments: new CommentService({ database, clock, box, settings, checker }),
    idempotency: new Idempotency(box),
    images: new ImageService(database, clock, reviseArticlesWith),
    publications: new ArticlePublications({
      ...{ database, changes, clock, log },
      reads: (audience, now, memo) => {
        const actor = audience === 'NEWSROOM' ? systemActor('live') : ANONYMOUS;
        return new Request({
          database,
          clock,
          services,
          actor,
          requestId: 'live',
          client: NOWHERE,
          now,
          memo,
        });
      },
    }),
    stats: new StatsService(database, clock),
    previews: new PreviewService({ database, clock, box, page: previewPage }),
    revisions: new RevisionService(database),
    topics: new TopicService(database, clock),
  };
  return services;
}

/** Who asks, and what a subscription tells them of at the moment, if that is why it runs. */
export interface Asked {
  readonly actor: Actor;
  readonly requestId: string;
  /** Nowhere when absent, e.g. of a job. */
  readonly client?: Origin;
  readonly event?: unknown;
}

/** What the resolvers of one request share. */
export function requestContext(
  { database, clock, services }: Pick<ServiceParts, 'database' | 'clock'> & { readonly services: Services },
  { actor, requestId, client = NOWHERE, event }: Asked,
): RequestContext {
  const moment = momentOf(event);
  const [now, memo] = moment ? [moment.now, moment.memoFor(actor)] : [clock.now(), {}];
  return new Request({ database, clock, services, actor, requestId, client, now, memo });
}

const NOWHERE: Origin = { address: null, userAgent: null };

interface RequestParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly services: Services;
  readonly actor: Actor;
  readonly requestId: string;
  readonly client: Origin;
  readonly now: Instant;
  /** What has been read already by who may read the same at the same instant. */
  readonly memo: ReadsMemo;
}

function momentOf(event: unknown): Moment | null {
  const hasOne = typeof event === 'object' && event !== null && 'moment' in event;
  return hasOne && event.moment instanceof Moment ? event.moment : null;
}

/** Makes the reads of a room when they are first asked for: few requests need all of them. */
class Request implements RequestContext {
  readonly services: Services;
  readonly actor: Actor;
  readonly requestId: string;
  readonly client: Origin;
  now: Instant;
  private readonly database: Database;
  private readonly clock: Clock;
  private reads: ReadsMemo;

  constructor({ database, clock, services, actor, requestId, client, now, memo }: RequestParts) {
    this.database = database;
    this.clock = clock;
    this.services = services;
    this.actor = actor;
    this.requestId = requestId;
    this.client = client;
    this.now = now;
    this.reads = memo;
  }

  get articles(): ArticleReads {
    this.reads.articles ??= new ArticleReads(this.database, this.actor, this.now);
    return this.reads.articles;
  }

  get authors(): AuthorReads {
    this.reads.authors ??= new AuthorReads(this.database);
    return this.reads.authors;
  }

  get categories(): CategoryReads {
    this.reads.categories ??= new CategoryReads(this.database);
    return this.reads.categories;
  }

  get collections(): CollectionReads {
    this.reads.collections ??= new CollectionReads(this.database);
    return this.reads.collections;
  }

  get comments(): CommentReads {
    const { settings } = this.services.comments;
    this.reads.comments ??= new CommentReads(this.database, this.actor, this.now, settings);
    return this.reads.comments;
  }

  get images(): ImageReads {
    this.reads.images ??= new ImageReads(this.database);
    return this.reads.images;
  }

  get relations(): RelationReads {
    this.reads.relations ??= new RelationReads(this.services.archive, this.now);
    return this.reads.relations;
  }

  get search(): SearchReads {
    this.reads.search ??= new SearchReads(this.database, this.articles.audience, this.now);
    return this.reads.search;
  }

  get topics(): TopicReads {
    this.reads.topics ??= new TopicReads(this.database);
    return this.reads.topics;
  }

  forget(): void {
    this.reads = {};
    this.now = this.clock.now();
  }
}
