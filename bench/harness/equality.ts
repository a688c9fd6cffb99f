import { isDeepStrictEqual } from 'node:util';
import { type OperationName, requestBody, type Variables } from './operations';
import type { Server } from './servers';

/** Requests per operation whose answers are compared, beside the edges. */
const COMPARED = 150;

/**
 * Compares every server's answers with the first one's, as JSON: bytes may differ in spelling, values may not.
 * Returns what differs, in words; nothing where all agree.
 */
export async function differences(
  servers: readonly Server[],
  operation: OperationName,
  variables: readonly Variables[],
  edges: readonly Variables[],
): Promise<string[]> {
  const [first, ...others] = servers;
  if (!first) return [];
  const found: string[] = [];
  const step = Math.max(1, Math.floor(variables.length / COMPARED));
  const chosen = [...variables.filter((_, index) => index % step === 0), ...edges];
  for (const each of chosen) {
    const body = requestBody(operation, each);
    const expected = await answer(first, body);
    if (!isAnswer(expected)) found.push(`${operation} ${JSON.stringify(each)}: ${first.name} gives no data`);
    for (const other of others) {
      const actual = await answer(other, body);
      if (isDeepStrictEqual(actual, expected)) continue;
      found.push(
        `${operation} ${JSON.stringify(each)}: ${other.name} differs from ${first.name} ${where(actual, expected, '')}`,
      );
    }
  }
  return found;
}

async function answer({ port, path }: Server, body: string): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
  return response.json();
}

function isAnswer(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'data' in value && !('errors' in value);
}

/** The first place where two JSON values differ. */
function where(actual: unknown, expected: unknown, path: string): string {
  if (isObject(actual) && isObject(expected)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    for (const key of keys) {
      if (!isDeepStrictEqual(actual[key], expected[key])) {
        return where(actual[key], expected[key], `${path}.${key}`);
      }
    }
  }
  return `at ${path.slice(1)}: ${short(actual)} instead of ${short(expected)}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function short(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 120);
}
