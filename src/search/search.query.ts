/** What somebody types into a search box, taken apart. Pure; there is no text that is an error but one that is too long. */
import { badInput } from '../core/errors';
import { analyse, type Token } from '../core/text';

/** UTF-16 code units. */
export const MAX_QUERY = 500;
export const MAX_QUERY_WORDS = 32;
/** Letters; what begins with fewer is nearly everything. */
const MIN_PREFIX = 3;

export type Clause =
  /** `plain`: nothing stands between it and the next clause but white space. */
  | { readonly kind: 'word'; readonly token: Token; readonly plain: boolean }
  /** Side by side. Also what the text holds together without quotes: `covid-19`. */
  | { readonly kind: 'phrase'; readonly tokens: readonly Token[] }
  | { readonly kind: 'prefix'; readonly prefix: string };

export interface ParsedQuery {
  readonly text: string;
  /** All of them must be there. */
  readonly wanted: readonly Clause[];
  /** None of them may be there. */
  readonly unwanted: readonly Clause[];
}

/**
 * Several words, "a phrase" (also “so” and «so»), -without, -"without this", prefix*. Everything else is text; a quote
 * that nothing closes is none.
 * @throws DatelineError BAD_USER_INPUT for a text that is too long
 */
export function parseQuery(text: string): ParsedQuery {
  if (text.length > MAX_QUERY)
    throw badInput('query', `"query" has ${text.length} characters; at most ${MAX_QUERY} are allowed.`);
  const tokens = analyse(text);
  if (tokens.length > MAX_QUERY_WORDS)
    throw badInput('query', `"query" has ${tokens.length} words; at most ${MAX_QUERY_WORDS} are allowed.`);
  const wanted: Clause[] = [];
  const unwanted: Clause[] = [];
  let next = 0;
  for (const { isUnwanted, isQuoted, isPrefix, end } of segmentsOf(text)) {
    const own: Token[] = [];
    for (let token = tokens[next]; token && token.start < end; token = tokens[++next]) own.push(token);
    (isUnwanted ? unwanted : wanted).push(...clausesOf(own, isPrefix, !isQuoted && !isUnwanted));
  }
  return { text, wanted, unwanted };
}

interface Segment {
  readonly isUnwanted: boolean;
  readonly isQuoted: boolean;
  readonly isPrefix: boolean;
  readonly end: number;
}

const SEGMENTS = /(-?)["“”„«»]([^"“”„«»]+)["“”„«»]|[^\s"“”„«»]+/g;

function segmentsOf(text: string): Segment[] {
  return Array.from(text.matchAll(SEGMENTS), (match) => {
    const [whole, minus, quoted] = match;
    const isQuoted = quoted !== undefined;
    return {
      isUnwanted: isQuoted ? minus === '-' : whole.startsWith('-'),
      isQuoted,
      isPrefix: !isQuoted && whole.endsWith('*'),
      end: match.index + whole.length,
    };
  });
}

function clausesOf(tokens: readonly Token[], isPrefix: boolean, plain: boolean): Clause[] {
  const last = tokens.at(-1);
  if (last === undefined) return [];
  if (isPrefix && Array.from(last.word).length >= MIN_PREFIX)
    return [...clausesOf(tokens.slice(0, -1), false, false), { kind: 'prefix', prefix: last.word }];
  return tokens.length === 1 ? [{ kind: 'word', token: last, plain }] : [{ kind: 'phrase', tokens }];
}
