import type { PlainRequest } from '../graphql/executor';
import type { AnyRequest } from './exchange';

/**
 * The request, where it has nothing that Apollo would have to look at: no choice of media types, and no extension that
 * asks for something but an operation that is known by its hash.
 */
export function plainRequest(
  { headers, body }: Pick<AnyRequest, 'headers' | 'body'>,
  textOf: (hash: string) => string | undefined,
): PlainRequest | null {
  if (headers.accept !== undefined && headers.accept !== '*/*' && headers.accept !== 'application/json')
    return null;
  if (!isRecord(body)) return null;
  const { operationName, variables, extensions } = body;
  if (operationName != null && typeof operationName !== 'string') return null;
  if (variables != null && !isRecord(variables)) return null;
  if (extensions != null && (!isRecord(extensions) || extensions.cost !== undefined)) return null;
  const query =
    extensions?.persistedQuery == null ? body.query : persistedText(body, extensions.persistedQuery, textOf);
  return typeof query === 'string' ? { query, operationName, variables } : null;
}

/** Undefined where there is something to be said about it, or to be learned from it. */
function persistedText(
  { query }: Record<string, unknown>,
  persisted: unknown,
  textOf: (hash: string) => string | undefined,
): string | undefined {
  if (query != null || !isRecord(persisted) || persisted.version !== 1) return undefined;
  return typeof persisted.sha256Hash === 'string' ? textOf(persisted.sha256Hash) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
