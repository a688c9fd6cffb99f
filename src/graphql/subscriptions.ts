import { type ApolloServerPlugin, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { Stream } from '../core/stream';

/** By what operations come: only some ways can carry the answers of a subscription. */
export type Carrier =
  /** One answer. */
  | 'ANSWERS'
  /** Answers and streams. */
  | 'STREAMS'
  /** Streams alone: by a way that other sites' pages can make a browser go. */
  | 'STREAMS_ONLY';

/** A subscription that has passed every check that operations have to. */
export interface Accepted {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variableValues: Record<string, unknown>;
}

const WAYS =
  'Subscribe at /graphql by WebSocket (graphql-transport-ws), or at /graphql/stream by server-sent events.';

/**
 * Lets subscriptions through Apollo Server, which has everything that operations are checked with, but no way to run
 * one: it is left when nothing but the running is to be done.
 */
export class Subscriptions {
  private readonly carriers = new WeakMap<HTTPGraphQLRequest, Carrier>();
  private readonly accepted = new WeakMap<HTTPGraphQLRequest, Accepted>();

  readonly plugin: ApolloServerPlugin = {
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation, request: { http } }) => {
        const carrier = (http && this.carriers.get(http)) ?? 'ANSWERS';
        const isStream = operation?.operation === 'subscription';
        if (isStream && carrier === 'ANSWERS') throw refused(`No stream can be sent here. ${WAYS}`);
        if (!isStream && carrier === 'STREAMS_ONLY')
          throw refused('Only subscriptions are taken by GET here. Send this operation by POST.');
      },
      responseForOperation: async ({ operation, operationName, document, schema, request }) => {
        if (operation?.operation !== 'subscription' || !request.http) return null;
        const variableValues = request.variables ?? {};
        this.accepted.set(request.http, { schema, document, operationName, variableValues });
        return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: {} } };
      },
    }),
  };

  /** To be told of a request before Apollo is. */
  carry(request: HTTPGraphQLRequest, carrier: Carrier): void {
    this.carriers.set(request, carrier);
  }

  /** The subscription that the request was found to ask for; null where it asked for something else. */
  acceptedOf(request: HTTPGraphQLRequest): Accepted | null {
    return this.accepted.get(request) ?? null;
  }
}

/**
 * Runs a subscription. Unlike graphql-js's `subscribe` each event gets a context of its own: what one has read is
 * not true any more for the next.
 * @returns results as they come, or the errors that there are instead
 */
export async function runSubscription(
  { schema, document, operationName, variableValues }: Accepted,
  context: (event?: unknown) => object,
): Promise<AsyncIterator<ExecutionResult, unknown, undefined> | ExecutionResult> {
  const args: ExecutionArgs = { schema, document, operationName, variableValues };
  const source = await createSourceEventStream({ ...args, contextValue: context() });
  if (!(Symbol.asyncIterator in source)) return source;
  return new Stream(source[Symbol.asyncIterator](), {
    map: async (event) => execute({ ...args, rootValue: event, contextValue: context(event) }),
  });
}

function refused(message: string): GraphQLError {
  // Apollo Server takes what is thrown here for a fault of the server, unless it is told a status.
  return new GraphQLError(message, {
    extensions: { code: ApolloServerErrorCode.BAD_REQUEST, http: { status: 400 } },
  });
}
