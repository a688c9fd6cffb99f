import { createHash } from 'node:crypto';

/** Statements that each connection keeps prepared, at most: the server holds them in memory until it closes. */
const MAX_NAMES = 1_000;

const names = new Map<string, string | null>();
let given = 0;

/**
 * A name by which each connection keeps the statement prepared, or null while it is not worth one: what is
 * sent for the first time may never come again.
 */
export function statementName(text: string): string | null {
  const known = names.get(text);
  if (known) return known;
  if (known === undefined) {
    if (names.size >= 2 * MAX_NAMES) forgetUnnamed();
    names.set(text, null);
    return null;
  }
  if (given >= MAX_NAMES) return null;
  const name = createHash('sha1').update(text).digest('base64url');
  names.set(text, name);
  given++;
  return name;
}

function forgetUnnamed(): void {
  for (const [text, name] of names) if (name === null) names.delete(text);
}
