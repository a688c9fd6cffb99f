/** The composition root: opens what there is to open, and puts the rooms together. */
import type { GraphQLSchema } from 'graphql';
import { Authenticator, IdentityKeys, KeyVerifier, TokenVerifier } from './access';
import { AnswerCache, CdnPurge } from './answers';
import { type Asked, requestContext } from './app.request';
import { datelineSchema } from './app.schema';
import { createServices } from './app.services';
import { articleScheduler } from './articles';
import { ChangeFeed, changeRetention, headOfLog } from './changes';
import { Akismet, commentRetention, markFormerAccounts } from './comments';
import type { Config } from './config';
import type { RequestContext } from './context';
import { type Actor, ANONYMOUS } from './core/actor';
import { type Clock, systemClock } from './core/clock';
import { faultReport } from './core/faults';
import type { Log } from './core/log';
import { SecretBox } from './core/sealed';
import type { DocumentAnswer, DocumentRequest, PageAnswer, PageRequest } from './core/web-page';
import { type Database, migrate, openDatabase } from './database';
import { loadGazetteer } from './gazetteer';
import { idempotencySweep } from './idempotency';
import { hideFormerLogins } from './importers';
import { JobRunner, type OverdueJob } from './jobs';
import { showRelations } from './pages';
import { prepareRelatedTopics } from './relations';
import { loadSample } from './sample/load';
import { indexUpkeep } from './search';
import { obtainSecret } from './secret';
import { documentsOf, Poster, WebhookDispatcher, webhookFanOut } from './syndication';
import type { LogPositions } from './watching';

export { requestContext } from './app.request';
export { datelineSchema } from './app.schema';
export { createServices } from './app.services';

export interface App {
  readonly schema: GraphQLSchema;
  readonly database: Database;
  /** What the resolvers of one request share, or those of one event that a subscription tells of. */
  context(request: Asked): RequestContext;
  /** A page for people, about what readers see, whoever asks. */
  page(request: PageRequest): Promise<PageAnswer>;
  /** Documents for programs, by the first part of their path: about what readers see, whoever asks. */
  readonly documents: Readonly<Record<string, (request: DocumentRequest) => Promise<DocumentAnswer>>>;
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
  /** How far those who read the change log have come. @throws when the database does not answer */
  positions(): Promise<LogPositions>;
  /** What is kept of answers to those who have not said who they are; null for nothing. */
  readonly answers: AnswerCache | null;
  /** Answers those who wait for something to happen: the server is about to stop. */
  stopWaiting(): void;
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
  const gazetteer = loadGazetteer(config.gazetteerFile);
  const box = new SecretBox(await obtainSecret(config));
  const database = await openPrepared({ config, log, clock }, box);
  const changes = new ChangeFeed({ database, log });
  const { comments, akismet, previewPage, site } = config;
  const changesKept = Math.min(
    config.changeRetention.details,
    config.changeRetention.entries ?? Number.POSITIVE_INFINITY,
  );
  const services = createServices({
    ...{ database, clock, box, changes, log, comments, previewPage, site, gazetteer },
    changesKept,
    webhookNetworks: config.webhooks.allowed,
    ...(akismet ? { commentChecker: new Akismet(akismet, log) } : {}),
  });
  /** What one request reads that everybody may make. */
  const forAnybody = ({ requestId, footprint }: { requestId: string; footprint?: unknown }) =>
    requestContext({ database, clock, services }, { actor: ANONYMOUS, requestId, footprint });
  const dispatcher = new WebhookDispatcher({
    ...{ database, clock, log, box, poster: new Poster(config.webhooks) },
    contextFor: (request) => forAnybody(request),
  });
  const jobs = new JobRunner({
    ...{ database, clock, log },
    jobs: [
      articleScheduler({ database, log }),
      changeRetention(config.changeRetention),
      commentRetention(comments),
      idempotencySweep(),
      indexUpkeep(database),
      webhookFanOut({ database, clock, log, onDelivery: () => dispatcher.wake(), kept: changesKept }),
    ],
  });
  const { answerCache: maxBytes } = config;
  const answers = maxBytes === 0 ? null : new AnswerCache({ database, clock, maxBytes });
  const { purge: hook } = config.cdn;
  const purge = hook && new CdnPurge({ changes, log, hook });
  let unfollow = () => {};
  const authenticator = createAuthenticator({ config, log, clock, database, box });
  return {
    schema: datelineSchema(),
    database,
    answers,
    positions: async () => ({
      head: await headOfLog(database),
      readers: {
        ...(answers && { answers: answers.position }),
        ...{ feed: changes.readTo, relations: services.archive.position },
      },
    }),
    context: (request) => requestContext({ database, clock, services }, request),
    page: (request) => showRelations(forAnybody(request), request),
    documents: documentsOf({ site, database, clock, contextFor: forAnybody }),
    authenticate: (authorization) => authenticator.authenticate(authorization),
    ready: () => database.check(),
    overdueJobs: () => jobs.overdue(),
    startJobs: () => {
      jobs.start();
      dispatcher.start();
      purge?.start();
      unfollow = services.archive.follow(
        (state, isLatest) => prepareRelatedTopics(state.at(clock.now()), isLatest),
        (error) => log.warn({ fault: faultReport(error) }, 'Relations cannot follow what is written'),
      );
    },
    stopWaiting: () => services.partnerFeed.stop(),
    close: async () => {
      changes.close();
      answers?.close();
      unfollow();
      await purge?.stop();
      await jobs.stop();
      await dispatcher.stop();
      await database.close();
    },
  };
}

/**
 * Makes everything ready that several processes share, so that each of them finds it: the secret, the tables, the sample
 * newsroom. @throws as `createApp` does
 */
export async function prepareShared(parts: AppParts): Promise<void> {
  const box = new SecretBox(await obtainSecret(parts.config));
  await (await openPrepared(parts, box)).close();
}

/** The database, with its tables up to date and something in it. */
async function openPrepared(
  { config, log, clock = systemClock }: AppParts,
  box: SecretBox,
): Promise<ReturnType<typeof openDatabase>> {
  const database = openDatabase(config.databaseUrl);
  try {
    const { applied } = await migrate(database);
    if (applied > 0) log.info({ applied }, 'Migrations applied');
    // What no migration can do: it needs the secret.
    await markFormerAccounts(database, box);
    await hideFormerLogins(database, box);
    const articles = config.sampleNewsroom ? await loadSample(database, box, clock) : null;
    if (articles !== null) log.info({ articles }, 'The database was empty: loaded the sample newsroom');
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
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
