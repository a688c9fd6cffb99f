import type { FastifyRequest } from 'fastify';

/** Characters of the longest key: document, variables, and what else an answer depends on. */
const MAX_KEY = 30_000;
const MAX_ACCEPT = 200;
/**
 * Every operation that changes or follows something, or shows what somebody has a token for, has one of these words in
 * its document.
 */
const NOT_FOR_ALL = /\b(?:mutation|subscription|editToken|preview)\b/;

/**
 * What an answer to somebody who is anonymous depends on, beside what is stored and the time: the document, the name
 * of its operation, the variables, and the media types that the client takes. No language: none but what the
 * variables say has any effect. Null for a request whose answer is not kept, whoever sends it and whatever comes of it.
 */
export function answerKey(request: FastifyRequest): string | null {
  const { actor, headers, routeOptions } = request;
  if (routeOptions.url !== '/graphql' || actor?.kind !== 'ANONYMOUS' || headers.authorization !== undefined)
    return null;
  const { accept = '*/*' } = headers;
  const asked = request.method === 'POST' ? postedBy(request.body) : askedBy(request);
  if (asked === null || accept.length > MAX_ACCEPT || NOT_FOR_ALL.test(asked.query)) return null;
  const key = `${accept}\n${JSON.stringify([asked.operationName ?? null, asked.variables ?? {}])}\n${asked.query}`;
  return key.length > MAX_KEY ? null : key;
}

interface Asked {
  readonly query: string;
  readonly operationName: unknown;
  readonly variables: unknown;
}

function postedBy(body: unknown): Asked | null {
  if (!isRecord(body) || typeof body.query !== 'string') return null;
  const { query, operationName, variables, extensions } = body;
  return extensions == null && (variables == null || isRecord(variables))
    ? { query, operationName, variables }
    : null;
}

/** Only of a client that no other site's page can be: Apollo Server refuses the others. */
function askedBy({ method, url, headers }: FastifyRequest): Asked | null {
  if (method !== 'GET' || !(headers['apollo-require-preflight'] || headers['x-apollo-operation-name']))
    return null;
  const start = url.indexOf('?');
  if (start === -1 || url.length > MAX_KEY) return null;
  // Read as Apollo Server reads it: two requests that differ there must not be the same here.
  const given = new URLSearchParams(url.slice(start));
  const names = [...given.keys()];
  if (new Set(names).size < names.length || given.has('extensions')) return null;
  const query = given.get('query');
  const variables = given.get('variables');
  try {
    const parsed: unknown = variables === null ? null : JSON.parse(variables);
    return query !== null && (parsed === null || isRecord(parsed))
      ? { query, operationName: given.get('operationName'), variables: parsed }
      : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
