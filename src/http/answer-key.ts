import type { AnyRequest } from './exchange';

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
export function answerKey(request: AnyRequest): string | null {
  const { actor, headers } = request;
  if (actor?.kind !== 'ANONYMOUS' || headers.authorization !== undefined) return null;
  const { accept = '*/*' } = headers;
  const asked = request.method === 'POST' ? postedBy(request.body) : askedBy(request);
  if (asked === null || accept.length > MAX_ACCEPT || NOT_FOR_ALL.test(asked.query)) return null;
  const { operationName = null, variables, hash } = asked;
  const key = `${accept}\n${JSON.stringify([operationName, variables ?? {}, hash])}\n${asked.query}`;
  return key.length > MAX_KEY ? null : key;
}

interface Asked {
  /** Empty where the document goes by its hash alone. What a hash stands for never changes. */
  readonly query: string;
  readonly hash: string | null;
  readonly operationName: unknown;
  readonly variables: unknown;
}

function postedBy(body: unknown): Asked | null {
  return isRecord(body) ? askedIn(body) : null;
}

function askedIn({ query, operationName, variables, extensions }: Record<string, unknown>): Asked | null {
  const hash = extensions == null ? null : hashIn(extensions);
  const isText = typeof query === 'string' || (query == null && hash !== null);
  if (hash === undefined || !isText || (variables != null && !isRecord(variables))) return null;
  return { query: query ?? '', operationName, variables, hash };
}

/** Undefined where anything else is asked for, e.g. what an operation costs whoever asks. */
function hashIn(extensions: unknown): string | undefined {
  if (!isRecord(extensions) || Object.keys(extensions).join() !== 'persistedQuery') return undefined;
  const { persistedQuery } = extensions;
  const hash =
    isRecord(persistedQuery) && persistedQuery.version === 1 ? persistedQuery.sha256Hash : undefined;
  return typeof hash === 'string' ? hash : undefined;
}

/** Only of a client that no other site's page can be: Apollo Server refuses the others. */
function askedBy({ method, url, headers }: AnyRequest): Asked | null {
  if (method !== 'GET' || !(headers['apollo-require-preflight'] || headers['x-apollo-operation-name']))
    return null;
  const start = url.indexOf('?');
  if (start === -1 || url.length > MAX_KEY) return null;
  // Read as Apollo Server reads it: two requests that differ there must not be the same here.
  const given = new URLSearchParams(url.slice(start));
  const names = [...given.keys()];
  if (new Set(names).size < names.length) return null;
  const parsed = (name: string): unknown => JSON.parse(given.get(name) ?? 'null');
  try {
    return askedIn({
      ...{ query: given.get('query'), operationName: given.get('operationName') },
      ...{ variables: parsed('variables'), extensions: parsed('extensions') },
    });
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
