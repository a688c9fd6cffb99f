import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import type { Config } from '../config';
import type { RequestTrace } from '../graphql/errors';
import { type Answered, FAILED, type PlainAnswer, type PlainRequest } from '../graphql/executor';
import { sha256 } from '../graphql/persisted/manifest';
import type { GraphqlEngine } from './apollo';
import { actorOf } from './authentication';
import { clientOf } from './client';
import type { AnyReply, AnyRequest, Payload } from './exchange';
import { inTime, LATE } from './in-time';
import { counted } from './operation-watch';
import { plainRequest } from './plain-request';
import { TOO_LATE } from './problems';
import { sentLine } from './utf8';

/** What is answered depends on who asks and when, drafts and previews among it: nothing on the way may keep it. */
const PRIVATE = 'private, no-store';

/** Answers GraphQL requests by HTTP: known documents straight from what was compiled of them, the others through Apollo. */
export class GraphqlHandler {
  private readonly textOf = (hash: string) => this.engine.persisted.textOf(hash);

  constructor(
    private readonly engine: GraphqlEngine,
    private readonly config: Pick<Config, 'requestTimeout'>,
  ) {}

  /** By Apollo Server, but for whether it is done in time. */
  async handle(request: AnyRequest, reply: AnyReply, attempt?: typeof FAILED): Promise<Payload> {
    const { engine } = this;
    reply.header('cache-control', PRIVATE);
    const httpGraphQLRequest = readRequest(request);
    if (attempt === FAILED) engine.executor.leaveToGraphqlJs(httpGraphQLRequest);
    const trace: RequestTrace = { requestId: request.id, operationName: null, errorCodes: [] };
    request.trace = trace;
    engine.traces.set(httpGraphQLRequest, trace);
    engine.limits.note(httpGraphQLRequest, actorOf(request));
    request.effort ??= engine.watch.newEffort();
    const answer = counted(request.effort, () =>
      engine.apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest,
        context: async () => {
          try {
            return this.contextOf(request);
          } catch (error) {
            engine.formatter.claim(error, trace);
            throw error;
          }
        },
      }),
    );
    const response = await inTime(answer, this.config.requestTimeout);
    if (response === LATE) return this.giveUp(request, reply);
    for (const [name, value] of response.headers) reply.header(name, value);
    reply.code(response.status ?? 200);
    // Incremental delivery needs graphql 17; until then every answer is complete.
    return response.body.kind === 'complete' ? response.body.string : '';
  }

  /** What Apollo would do, for a query that it has been through: the answer is the same to the byte. */
  handlePost(request: AnyRequest, reply: AnyReply): Promise<Payload> {
    const plain = plainRequest(request, this.textOf);
    const answer = plain && this.compiled(plain, request);
    if (!plain || !answer) return this.handle(request, reply);
    return inTime(answer, this.config.requestTimeout).then(
      (told) => this.payloadOf(request, reply, plain, told),
      // Apollo meets the same fault, and reports it.
      () => this.handle(request, reply),
    );
  }

  private payloadOf(
    request: AnyRequest,
    reply: AnyReply,
    { query }: PlainRequest,
    answer: Answered | typeof LATE,
  ): Payload | Promise<Payload> {
    if (answer === null) return this.handle(request, reply);
    if (answer === FAILED) return this.handle(request, reply, FAILED);
    if (answer === LATE) return this.giveUp(request, reply);
    request.trace = this.traceOf(request, query, answer);
    reply.header('content-type', 'application/json; charset=utf-8');
    reply.header('cache-control', PRIVATE);
    const text = JSON.stringify(answer.body);
    // Who keeps it looks at it as a text.
    return request.making === null ? sentLine(text) : `${text}\n`;
  }

  /** Null for an operation that is not known, or whose context cannot be made: Apollo says so. */
  private compiled(plain: PlainRequest, request: AnyRequest): Promise<Answered> | null {
    const { executor, watch } = this.engine;
    const actor = actorOf(request);
    const context = () => this.contextOf(request);
    request.effort ??= watch.newEffort();
    // What anonymous readers ask for goes through the reads of their requests, which count by themselves.
    const isCounted = request.effort === null || (actor.kind === 'ANONYMOUS' && !request.effort.inDetail);
    if (!isCounted) return counted(request.effort, async () => executor.answer(plain, actor, context));
    try {
      const answer = executor.answer(plain, actor, context);
      return answer instanceof Promise ? answer : answer && Promise.resolve(answer);
    } catch {
      return null;
    }
  }

  private contextOf(request: AnyRequest): object {
    return this.engine.context({
      actor: actorOf(request),
      requestId: request.id,
      log: request.log,
      client: clientOf(request),
      ended: () => request.isGone || request.isLate,
      footprint: request.making?.footprint,
      effort: request.effort,
    });
  }

  private traceOf(
    { id: requestId }: AnyRequest,
    query: string,
    { body, operationName, operation, coerced }: PlainAnswer,
  ): RequestTrace {
    const { limits } = this.engine;
    const errorCodes = (body.errors ?? []).map(({ extensions }) => String(extensions?.code));
    const facts = () => ({ document: sha256(query), cost: limits.knownCost(operation, coerced) });
    return { requestId, operationName, operationType: 'query', errorCodes, facts };
  }

  private giveUp(request: AnyRequest, reply: AnyReply): Payload {
    request.isLate = true;
    request.trace ??= { requestId: request.id, operationName: null, errorCodes: [] };
    request.trace.errorCodes.push('SERVICE_UNAVAILABLE');
    reply.code(503);
    return TOO_LATE;
  }
}

function readRequest({ method, url, headers, body }: AnyRequest): HTTPGraphQLRequest {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const query = url.indexOf('?');
  // Not through URL with the Host header as its base: a client may send any text as its host.
  return { method: method.toUpperCase(), headers: map, search: query === -1 ? '' : url.slice(query), body };
}
