import { type GraphQLResponse, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import {
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
} from 'graphql';
import type { Effort } from '../core/effort';
import { Stream } from '../core/stream';
import type { RequestTrace } from '../graphql/errors';
import type { PlainRequest } from '../graphql/executor';
import { type Carrier, runSubscription } from '../graphql/subscriptions';
import type { Asker, GraphqlEngine } from './apollo';
import { inTime, LATE } from './in-time';
import { counted, watchOperation } from './operation-watch';
import { problem, TOO_LATE } from './problems';
import { type OperationRates, RATE_LIMITED } from './rates';

/** What comes of an operation: its answer, or answers one after the other. `refused`: it was not run at all. */
export type Outcome =
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLError[] }
  | { readonly kind: 'answer'; readonly answer: ExecutionResult }
  | { readonly kind: 'stream'; readonly stream: Stream<ExecutionResult, ExecutionResult> };

export interface Started {
  readonly outcome: Outcome;
  /** What a log line may say of it. */
  readonly trace: RequestTrace;
}

export interface StartParts {
  readonly asker: Asker;
  readonly carrier: Carrier;
  readonly rates: OperationRates;
  /** Milliseconds for an answer to be made. */
  readonly timeout: number;
}

export interface OperationRequest extends PlainRequest {
  readonly extensions?: Record<string, unknown> | null | undefined;
}

/** Runs an operation that comes over a connection that stays open, with all the checks that HTTP requests pass. */
export async function startOperation(
  engine: GraphqlEngine,
  request: OperationRequest,
  parts: StartParts,
): Promise<Started> {
  const { effort, end } = watchOperation(engine.watch);
  const started = await counted(effort, () => start(engine, request, parts, effort));
  end(started.trace);
  return started;
}

async function start(
  engine: GraphqlEngine,
  { query, operationName, variables, extensions }: OperationRequest,
  { asker, carrier, rates, timeout }: StartParts,
  effort: Effort | null,
): Promise<Started> {
  const trace: RequestTrace = { requestId: asker.requestId, operationName: null, errorCodes: [] };
  const standing = await rates.take(asker.actor, asker.client.address);
  if (standing?.allowed === false) {
    trace.errorCodes.push('RATE_LIMITED');
    const facts = { retryAfterSeconds: standing.reset };
    return { trace, outcome: outcomeOf(problem('RATE_LIMITED', RATE_LIMITED, facts)) };
  }
  const http: HTTPGraphQLRequest = { method: 'POST', headers: new HeaderMap(), search: '', body: null };
  engine.subscriptions.carry(http, carrier);
  engine.traces.set(http, trace);
  engine.limits.note(http, asker.actor);
  const request = {
    query,
    variables: variables ?? {},
    ...(operationName == null ? {} : { operationName }),
    ...(extensions == null ? {} : { extensions }),
    http,
  };
  let late = false;
  const ended = () => late || asker.ended?.() === true;
  const contextValue = engine.context({ ...asker, ended, effort });
  const response = await inTime(engine.apollo.executeOperation(request, { contextValue }), timeout);
  if (response === LATE) {
    late = true;
    trace.errorCodes.push('SERVICE_UNAVAILABLE');
    return { trace, outcome: outcomeOf(TOO_LATE) };
  }
  const accepted = engine.subscriptions.acceptedOf(http);
  if (accepted === null) return { trace, outcome: outcomeOf(bodyOf(response)) };
  const results = await runSubscription(accepted, (event) => engine.context({ ...asker, ended, event }));
  const format = ({ data, errors }: ExecutionResult): FormattedExecutionResult => ({
    ...(errors ? { errors: errors.map((error) => engine.formatter.report(error, trace)) } : {}),
    ...(data === undefined ? {} : { data }),
  });
  if (!('next' in results)) return { trace, outcome: outcomeOf(format(results)) };
  const stream = new Stream(results, {
    map: (result) => presented(format(result)),
    failed: (error) => presented({ errors: [engine.formatter.report(error, trace)] }),
  });
  return { trace, outcome: { kind: 'stream', stream } };
}

/** The answer in the shape of graphql-js's results, which the libraries of the transports expect. */
export function presented({ data, errors, extensions }: FormattedExecutionResult): ExecutionResult {
  return {
    ...(errors ? { errors: errors.map((error) => new PresentedError(error)) } : {}),
    ...(data === undefined ? {} : { data }),
    ...(extensions ? { extensions } : {}),
  };
}

/** An error that is sent as it is. */
class PresentedError extends GraphQLError {
  constructor(private readonly formatted: GraphQLFormattedError) {
    super(formatted.message, { extensions: formatted.extensions });
  }

  override toJSON(): GraphQLFormattedError {
    return this.formatted;
  }
}

/** Without data nothing was run. */
function outcomeOf(body: FormattedExecutionResult): Outcome {
  const answer = presented(body);
  return answer.data === undefined && answer.errors
    ? { kind: 'refused', errors: answer.errors }
    : { kind: 'answer', answer };
}

function bodyOf({ body }: GraphQLResponse): FormattedExecutionResult {
  // Incremental delivery needs graphql 17; until then every answer is complete.
  return body.kind === 'single' ? body.singleResult : {};
}
