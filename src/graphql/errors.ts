import { randomUUID } from 'node:crypto';
import type { ApolloServerPlugin, HTTPGraphQLRequest } from '@apollo/server';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { causes, faultReport, messageOf, publicError } from '../core/faults';
import type { Log } from '../core/log';
import type { OperationFacts, OperationType } from '../core/signals';
import { Refused } from './refused';

/** One request, as far as its errors and its line in the log need to know it. */
export interface RequestTrace {
  /** What a client quotes when it reports a fault. */
  readonly requestId: string;
  /** Null until the document is parsed, and for an operation without a name. */
  operationName: string | null;
  /** `extensions.code` of every error in the answer. */
  readonly errorCodes: string[];
  /** Of an answer that was there already. */
  readonly cached?: true;
  /** Absent until the document is parsed. */
  operationType?: OperationType;
  /** Absent for an operation that was not let through. */
  facts?: () => OperationFacts;
}

export interface ErrorOptions {
  readonly log: Log;
  /** Whether clients are strangers: faults then say no more than a reference. */
  readonly production: boolean;
  /** Whether typing errors are told what may have been meant, which names what the schema has. */
  readonly hints: boolean;
}

/** Codes of mistakes in the request itself; their messages are graphql-js's and Apollo's own. */
const REQUEST_CODES = new Set<unknown>(Object.values(ApolloServerErrorCode));
REQUEST_CODES.delete(ApolloServerErrorCode.INTERNAL_SERVER_ERROR);

/** What graphql-js says of a kind of operation that the schema does not have. */
const NO_SUCH_OPERATION = /^Schema is not configured to execute (mutation|subscription) operation/;
/** How graphql-js begins when a variable is null or absent where an argument must have a value. */
const ARGUMENT_MISTAKE = /^Argument "\w+" (of (non-null|required) type|has invalid value)/;
const SUGGESTION = / ?Did you mean .+?\?/g;

/**
 * Decides what a client reads of an error: DatelineErrors as they are, mistakes in the request as GraphQL
 * puts them, and of everything else no more than a reference to the log line that has the rest.
 */
export class ErrorFormatter {
  /** Which request an error belongs to: Apollo's `formatError` is told the error and nothing else. */
  private readonly traces = new WeakMap<object, RequestTrace>();

  constructor(private readonly options: ErrorOptions) {}

  /** Notes that `error` stands in the answer to this request. */
  claim(error: unknown, trace: RequestTrace): void {
    if (typeof error === 'object' && error !== null) this.traces.set(error, trace);
  }

  /** For Apollo's `formatError`. */
  readonly format = (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const trace = causes(error)
      .map((each) => (typeof each === 'object' && each !== null ? this.traces.get(each) : undefined))
      .find((each) => each !== undefined);
    const { message, extensions } = this.describe(formatted, error, trace);
    trace?.errorCodes.push(String(extensions.code));
    const { locations, path } = formatted;
    return { message, ...(locations && { locations }), ...(path && { path }), extensions };
  };

  /** For an error that Apollo never sees: of something that happens after its request was answered. */
  report(error: unknown, trace: RequestTrace): GraphQLFormattedError {
    this.claim(error, trace);
    const formatted = error instanceof GraphQLError ? error.toJSON() : { message: messageOf(error) };
    return this.format(formatted, error);
  }

  private describe(
    formatted: GraphQLFormattedError,
    error: unknown,
    trace: RequestTrace | undefined,
  ): { message: string; extensions: Record<string, unknown> } {
    const known = publicError(error);
    if (known) return { message: known.message, extensions: { ...known.details, code: known.code } };
    if (error instanceof Refused) return { message: error.message, extensions: error.facts };
    const code = formatted.extensions?.code;
    if (REQUEST_CODES.has(code))
      return { message: this.withoutHints(formatted.message), extensions: { code } };
    if (isClientsMistake(error)) {
      return { message: this.withoutHints(formatted.message), extensions: { code: 'BAD_USER_INPUT' } };
    }
    if (isRefusal(error)) {
      return { message: formatted.message, extensions: { code: ApolloServerErrorCode.BAD_REQUEST } };
    }
    return this.fault(error, trace);
  }

  private fault(error: unknown, trace: RequestTrace | undefined) {
    const reference = trace?.requestId ?? randomUUID();
    const facts = { reference, operation: trace?.operationName ?? null, fault: faultReport(error) };
    this.options.log.error(facts, 'A request failed');
    const message = `Something went wrong on our side. Reference: ${reference}`;
    const extensions = { code: ApolloServerErrorCode.INTERNAL_SERVER_ERROR, reference };
    if (this.options.production) return { message, extensions };
    return { message: `${message}. ${messageOf(causes(error).at(-1))}`, extensions };
  }

  private withoutHints(message: string): string {
    return this.options.hints ? message : message.replace(SUGGESTION, '');
  }
}

/** Tells the formatter which errors belong to which request; `traces` is filled by the route. */
export function errorTracing(
  formatter: ErrorFormatter,
  traces: WeakMap<HTTPGraphQLRequest, RequestTrace>,
): ApolloServerPlugin {
  return {
    async requestDidStart({ request }) {
      const trace = request.http && traces.get(request.http);
      if (!trace) return;
      return {
        async didResolveOperation({ operationName, operation }) {
          trace.operationName = operationName;
          if (operation) trace.operationType = operation.operation;
        },
        async didEncounterErrors({ errors, operationName }) {
          trace.operationName ??= operationName ?? null;
          for (const error of errors) formatter.claim(error, trace);
        },
      };
    },
  };
}

/** Whether graphql-js itself, and no resolver, refused an argument while it ran the operation. */
function isClientsMistake(error: unknown): boolean {
  const innermost = causes(error).at(-1);
  if (!(innermost instanceof GraphQLError)) return false;
  return ARGUMENT_MISTAKE.test(innermost.message) || NO_SUCH_OPERATION.test(innermost.message);
}

/** Whether it is one of those with which Apollo Server refuses a request, telling a status and no code. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.originalError) return false;
  const { http } = error.extensions;
  if (typeof http !== 'object' || http === null || !('status' in http)) return false;
  return http.status === 400;
}
