/** How many brackets are tried as the beginning of the data. */
const MOST_STARTS = 200;
/**
 * What may follow the first bracket of an answer, which is an object or a list of objects; PHP's messages have brackets
 * as well. An answer may also break off there.
 */
const START = /\[\s*(?=[{\]]|$)|\{\s*(?=["}]|$)/g;

export interface ParsedText {
  readonly value: unknown;
  /** Whether something that is no data stood around it. */
  readonly mended: boolean;
}

/**
 * The data of an answer. A byte order mark and what PHP prints around the data (warnings, notices) are left out.
 * Undefined where there is no data, or where it breaks off.
 */
export function parseJsonText(text: string): ParsedText | undefined {
  const plain = text.replace(/^[\ufeff\s]+/, '');
  try {
    return { value: JSON.parse(plain), mended: false };
  } catch {
    return longestValue(plain);
  }
}

function longestValue(text: string): ParsedText | undefined {
  let best: { value: unknown; length: number } | undefined;
  START.lastIndex = 0;
  for (let tries = 0; tries < MOST_STARTS; tries += 1) {
    const start = START.exec(text)?.index;
    if (start === undefined) break;
    const end = endOfValue(text, start);
    // Data that breaks off: a part of it must not be taken for the whole.
    if (end === -1) return undefined;
    const value = parsed(text.slice(start, end));
    // Text that begins with a bracket is nothing but data up to its end.
    if (value === undefined && start === 0) return undefined;
    if (value === undefined || (isEmpty(value) && text.slice(end).trim() !== '')) continue;
    if (best === undefined || end - start > best.length) best = { value, length: end - start };
    START.lastIndex = end;
  }
  return best === undefined ? undefined : { value: best.value, mended: true };
}

/** Behind the bracket that closes the one at `start`; -1 where none does. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x5b || code === 0x7b) depth += 1;
    else if (code === 0x5d || code === 0x7d) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/** So may be brackets in a message, and an answer that it stands before. */
function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
