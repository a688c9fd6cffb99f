import {
  type ApolloServerPlugin,
  type BaseContext,
  type GraphQLRequestListener,
  type GraphQLResponse,
  HeaderMap,
  type HTTPGraphQLRequest,
} from '@apollo/server';
import type {
  ExecutionResult,
  FormattedExecutionResult,
  GraphQLFormattedError,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import type { Actor } from '../core/actor';
import { publicError } from '../core/faults';
import { type LeavesCheck, leavesCheck } from './executor.leaves';
import { type Plan, planOf, specialise, withCoercedVariables } from './executor.plan';

/** Operations that are remembered, and the characters that their documents may have together. */
const MAX_PLANS = 500;
const MAX_CHARACTERS = 2_000_000;
/** Names whose last operation is at hand. */
const MAX_NAMES = 100;
/** Characters of the longest document that is compiled: compiling takes the event loop. */
const MAX_DOCUMENT = 20_000;
/** Compilations kept of one operation: one for each combination of its @skip and @include. */
const MAX_VARIANTS = 8;

type Variables = Readonly<Record<string, unknown>>;

interface Remembered {
  /** Undefined until the operation is seen a second time; null when graphql-js must always run it. */
  plan: Plan | null | undefined;
  /** By the conditions' values; null where graphql-jit could not compile. */
  readonly variants: Map<string, Compiled | null>;
}

interface Compiled {
  readonly run: CompiledQuery['query'];
  /** Whether what it has made may be sent; null where graphql-jit has seen to that. */
  readonly holds: LeavesCheck | null;
}

export interface ExecutorOptions {
  /** Shapes an error as the client reads it: the same function that Apollo Server is given. */
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  /**
   * Whether an operation that was let through before may run with these variables, as sent and as coerced. It goes
   * Apollo's way otherwise, and is refused there.
   */
  readonly admits?: (
    operation: OperationDefinitionNode,
    variables: Variables,
    coerced: Variables,
    actor: Actor,
  ) => boolean;
  /** Told how each operation was run, e.g. to count. */
  readonly onRun?: (by: 'graphql-jit' | 'graphql-js') => void;
}

/**
 * Runs queries through graphql-jit from the second time that a document is seen. Everything else is left to
 * Apollo and graphql-js: first sightings, mutations, what graphql-jit cannot compile, and every answer with
 * an error or with a value that cannot be sent as it is (see `leavesCheck`), which is thrown away and made again, so that
 * errors have one shape whoever ran first.
 *
 * graphql-jit reads a field that has no resolver straight from its object, up to five times: the value must be there, not a
 * function, a promise, or a getter that throws, and a getter remembers what it has made. See `resolveTypesByName` for what it
 * asks of abstract types.
 */
export class CompilingExecutor {
  /** For Apollo Server. */
  readonly plugin: ApolloServerPlugin;
  private readonly byHash = new LRUCache<string, Remembered>({ max: MAX_PLANS, maxSize: MAX_CHARACTERS });
  /** The same by the text of the document: what `answer` needs no parsing for. */
  private readonly byText = new LRUCache<string, Ready>({ max: MAX_PLANS, maxSize: MAX_CHARACTERS });
  /**
   * Of each name the operation that was asked for last. Most clients ask for the same again under a name: to see that a text
   * is the same takes less than to find it among many.
   */
  private readonly latest = new Map<string, Latest>();

  private readonly failed = new WeakSet<HTTPGraphQLRequest>();

  constructor(private readonly options: ExecutorOptions) {
    this.plugin = {
      requestDidStart: async () => ({ responseForOperation: (request) => this.respond(request) }),
    };
  }

  /**
   * Answers a request whose very document has been parsed, validated and compiled before, for nothing of that
   * needs doing twice. Null where that is not so, and FAILED where the answer would have an error in it: then
   * the request goes Apollo's way, and in the second case should be told to `leaveToGraphqlJs`. At once where nothing has to
   * be waited for. @throws whatever `context` throws
   */
  answer(request: PlainRequest, actor: Actor, context: () => object): Answered | Promise<Answered> {
    const ready = this.readyFor(request.query, request.operationName ?? null);
    const variables = request.variables ?? {};
    const prepared = ready && prepare(ready.schema, ready.known, ready.plan, variables);
    if (!ready || !prepared) return null;
    const { admits } = this.options;
    if (admits && !admits(ready.plan.operation, variables, prepared.coerced, actor)) return null;
    const { operation } = ready.plan;
    const { coerced } = prepared;
    const told = (result: ExecutionResult): Answered => {
      const body = bodyOf(result, prepared, this.options.formatError);
      if (body === null) return FAILED;
      this.options.onRun?.('graphql-jit');
      return { body, operationName: operation.name?.value ?? null, operation, coerced };
    };
    const result = prepared.run(context());
    return result instanceof Promise ? result.then(told) : told(result);
  }

  private readyFor(query: string, operationName: string | null): Ready | undefined {
    const name = operationName ?? '';
    const latest = this.latest.get(name);
    if (latest?.query === query) return latest.ready;
    const ready = this.byText.get(textKey(query, operationName));
    if (ready) {
      if (this.latest.size >= MAX_NAMES) this.latest.clear();
      this.latest.set(name, { query, ready });
    }
    return ready;
  }

  /** For a request that the compiled operation has failed once already: errors are graphql-js's to report. */
  leaveToGraphqlJs(request: HTTPGraphQLRequest): void {
    this.failed.add(request);
  }

  private async respond({
    schema,
    document,
    operation,
    request,
    queryHash,
    contextValue,
    source,
  }: OperationRequest): Promise<GraphQLResponse | null> {
    const { formatError, onRun } = this.options;
    // Undefined, whatever its type says, when the request names no operation of the document.
    if (operation?.operation !== 'query') return null;
    if (source.length > MAX_DOCUMENT || (request.http && this.failed.has(request.http))) return null;
    const key = `${queryHash}:${operation.name?.value ?? ''}`;
    const known = this.byHash.get(key);
    if (known === undefined) {
      this.byHash.set(key, { plan: undefined, variants: new Map() }, { size: source.length + 1 });
      onRun?.('graphql-js');
      return null;
    }
    if (known.plan === undefined) known.plan = planOf(schema, document, operation);
    const { plan } = known;
    const prepared = plan && prepare(schema, known, plan, request.variables ?? {});
    const result = prepared ? await prepared.run(contextValue) : null;
    const body = prepared && result && bodyOf(result, prepared, formatError);
    onRun?.(body ? 'graphql-jit' : 'graphql-js');
    if (plan && body) {
      const text = textKey(source, request.operationName ?? null);
      this.byText.set(text, { schema, known, plan }, { size: source.length + 1 });
    }
    return body && respond(body);
  }
}

/** What `answer` says of an operation that ran and has an error to report. */
export const FAILED = Symbol('failed');

/** A request as its client wrote it. */
export interface PlainRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

export interface PlainAnswer {
  readonly body: FormattedExecutionResult;
  /** Of the operation that ran, also where the request did not name it. */
  readonly operationName: string | null;
  readonly operation: OperationDefinitionNode;
  /** Its variables, as graphql-js has made them. */
  readonly coerced: Variables;
}

/** Null for an operation that is not known. */
export type Answered = PlainAnswer | typeof FAILED | null;

type OperationRequest = Parameters<
  NonNullable<GraphQLRequestListener<BaseContext>['responseForOperation']>
>[0];

/** What `answer` needs to run an operation. */
interface Ready {
  readonly schema: GraphQLSchema;
  readonly known: Remembered;
  readonly plan: Plan;
}

interface Latest {
  readonly query: string;
  readonly ready: Ready;
}

/** A name cannot hold a line break, so no two requests share a key. */
function textKey(query: string, operationName: string | null): string {
  return `${operationName ?? ''}\n${query}`;
}

interface Prepared extends Pick<Compiled, 'holds'> {
  readonly coerced: Variables;
  run(context: unknown): ExecutionResult | Promise<ExecutionResult>;
}

/** The compiled operation with its variables bound, or null when graphql-js has to run this request. */
function prepare(
  schema: GraphQLSchema,
  known: Remembered,
  plan: Plan,
  variables: Record<string, unknown>,
): Prepared | null {
  // graphql-jit's own coercion refuses absent values of non-null types with a default, and keeps defaults of
  // custom scalars as JSON. So it is done beforehand; what fails, graphql-js shall report.
  const coerced = plan.coerce(variables);
  if (coerced === null) return null;
  // An absent variable inside a literal leaves its field out; graphql-jit would send null.
  if (plan.insideLiterals.some((name) => !(name in coerced))) return null;

  const variant = plan.conditions.length === 0 ? '' : variantOf(plan.conditions, coerced);
  if (variant === null) return null;
  const compiled = known.variants.get(variant) ?? compile(schema, known, plan, variant, coerced);
  if (compiled === null) return null;
  const { run, holds } = compiled;
  return { coerced, holds, run: (context) => run(undefined, context, coerced) };
}

/** Null where a condition is null, which is possible where its variable has a default: an error for graphql-js to report. */
function variantOf(names: readonly string[], coerced: Variables): string | null {
  const conditions = names.map((name) => coerced[name]);
  return conditions.every((value) => typeof value === 'boolean') ? conditions.join() : null;
}

function compile(
  schema: GraphQLSchema,
  known: Remembered,
  plan: Plan,
  variant: string,
  coerced: Record<string, unknown>,
): Compiled | null {
  if (known.variants.has(variant) || known.variants.size >= MAX_VARIANTS) return null;
  const document = specialise(plan, coerced);
  const holds = leavesCheck(schema, document);
  const result = compileQuery(withCoercedVariables(schema), document, plan.operation.name?.value ?? '', {
    // Faults carry the stack of what was thrown; a second one, of the generated code, tells nothing.
    disablingCapturingStackErrors: true,
    disableLeafSerialization: holds !== null,
  });
  const compiled = isCompiledQuery(result) ? { run: result.query, holds } : null;
  known.variants.set(variant, compiled);
  return compiled;
}

/** Null where graphql-js shall make the answer again, for the sake of its errors or of values that have to be coerced. */
function bodyOf(
  result: ExecutionResult,
  { holds }: Pick<Compiled, 'holds'>,
  formatError: ExecutorOptions['formatError'],
): FormattedExecutionResult | null {
  const { data = null } = result;
  if (data !== null && holds?.(data) === false) return null;
  if (result.errors === undefined) return { data };
  // Asking a database again that has just not answered would double its load when it has least to spare.
  if (!result.errors.some((error) => publicError(error)?.code === 'SERVICE_UNAVAILABLE')) return null;
  const errors = result.errors.map((error) => formatError(error.toJSON(), error));
  return { errors, data };
}

function respond(singleResult: FormattedExecutionResult): GraphQLResponse {
  return {
    http: { headers: new HeaderMap() },
    body: { kind: 'single', singleResult },
  };
}
