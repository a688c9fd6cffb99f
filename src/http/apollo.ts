import { ApolloServer, type ApolloServerPlugin, type HTTPGraphQLRequest } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Config } from '../config';
import type { Actor } from '../core/actor';
import type { Effort } from '../core/effort';
import type { Log } from '../core/log';
import { ErrorFormatter, errorTracing, type RequestTrace } from '../graphql/errors';
import { CompilingExecutor } from '../graphql/executor';
import type { FieldCosts } from '../graphql/limits/cost';
import { Limits } from '../graphql/limits/limits';
import { PersistedOperations } from '../graphql/persisted/persisted-operations';
import { Subscriptions } from '../graphql/subscriptions';
import type { Client } from './client';
import { OperationWatch, type Tracing } from './operation-watch';
import { plainJsonStatus } from './plain-json-status';

/** Whose context it is, and the event that a subscription tells of, if that is why it is made. */
export interface Asker {
  readonly actor: Actor;
  readonly requestId: string;
  readonly log: Log;
  readonly client: Client;
  readonly event?: unknown;
  /** Whether nobody waits for the answer any more. */
  readonly ended?: () => boolean;
  /** Where what is read for the answer is to be noted, if it may be kept. */
  readonly footprint?: unknown;
  /** Where what is done for the answer is counted, if anybody wants to know. */
  readonly effort?: Effort | null;
}

export interface GraphqlParts {
  readonly schema: GraphQLSchema;
  /** Makes the context of one request, or of one event. Apollo hands resolvers a shallow copy of it. */
  readonly context: (asker: Asker) => object;
  readonly config: Pick<Config, 'mode' | 'introspection' | 'limits' | 'persisted'>;
  readonly log: Log;
  /** What single fields cost. */
  readonly costs?: FieldCosts;
  /** Told how each operation was run. */
  readonly onRun?: (by: 'graphql-jit' | 'graphql-js') => void;
  /** Where operations are traced; nowhere when absent. */
  readonly tracing?: Tracing | null;
}

/** What answers operations, by whatever way they come. */
export interface GraphqlEngine {
  readonly schema: GraphQLSchema;
  readonly apollo: ApolloServer;
  readonly executor: CompilingExecutor;
  readonly subscriptions: Subscriptions;
  readonly formatter: ErrorFormatter;
  readonly limits: Limits;
  readonly persisted: PersistedOperations;
  /** What is known of a request is kept here for its errors. */
  readonly traces: WeakMap<HTTPGraphQLRequest, RequestTrace>;
  readonly context: GraphqlParts['context'];
  readonly watch: OperationWatch;
}

/** Starts Apollo Server, which parses, validates and limits every operation. */
export async function startApollo({
  schema,
  context,
  config,
  log,
  costs,
  onRun,
  tracing = null,
}: GraphqlParts): Promise<GraphqlEngine> {
  const production = config.mode === 'production';
  const formatter = new ErrorFormatter({ log, production, hints: !production && config.introspection });
  const traces = new WeakMap<HTTPGraphQLRequest, RequestTrace>();
  const persisted = new PersistedOperations(config.persisted);
  const limits = new Limits({
    settings: config.limits,
    admitHash: (hash) => persisted.admit(hash),
    onAdmitted: ({ http }, facts) => {
      const trace = http && traces.get(http);
      if (trace) trace.facts = () => facts;
    },
    ...(costs && { costs }),
  });
  const executor = new CompilingExecutor({
    formatError: formatter.format,
    admits: (...operation) => limits.admits(...operation),
    ...(onRun && { onRun }),
  });
  const subscriptions = new Subscriptions();
  const apollo = new ApolloServer({
    schema,
    introspection: config.introspection,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    // Stacks stand in the log, never in an answer: the messages at their head can hold a client's data.
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: production,
    stopOnTerminationSignals: false,
    nodeEnv: config.mode,
    documentStore: limits.documentStore,
    persistedQueries: { cache: persisted.cache, ttl: null },
    parseOptions: { maxTokens: config.limits.document.tokens },
    formatError: formatter.format,
    logger: apolloLogger(log),
    plugins: [
      ...disabledPlugins(),
      errorTracing(formatter, traces),
      limits.plugin,
      subscriptions.plugin,
      plainJsonStatus,
      executor.plugin,
    ],
  });
  await apollo.start();
  const watch = new OperationWatch(tracing);
  return { schema, apollo, executor, subscriptions, formatter, limits, persisted, traces, context, watch };
}

/** Reporting to a vendor is off however the environment is set; caching hints cost time and go nowhere. */
function disabledPlugins(): ApolloServerPlugin[] {
  return [
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
    ApolloServerPluginSchemaReportingDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginLandingPageDisabled(),
  ];
}

function apolloLogger(log: Log) {
  return {
    debug: (message: string) => log.debug({}, message),
    info: (message: string) => log.info({}, message),
    warn: (message: string) => log.warn({}, message),
    error: (message: string) => log.error({}, message),
  };
}
