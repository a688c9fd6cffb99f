/** Where a text has what was searched for, as safe HTML cut from the text as it is written. Pure. */
import { analyse, type Token } from '../core/text';
import type { Match } from '../database';
import { surfaceTerm } from '../indexing';

/** Characters of a body that are looked through. */
const MAX_TEXT = 100_000;
/** Of a body, at most so many pieces of about so many characters. */
const MAX_FRAGMENTS = 3;
const FRAGMENT = 180;
/** Places from the start on among which pieces are chosen. */
const MAX_HITS = 100;
/** Characters before the first word that is marked. */
const LEAD = 50;

/** Finds in texts what a query looks for, whatever it was looked for in. */
export class Highlighter {
  private readonly terms = new Set<string>();
  private readonly prefixes: string[] = [];
  private readonly phrases: (readonly string[])[] = [];

  constructor(match: Match) {
    this.gather(match);
  }

  /** Whether the query looks for the term: what a subject is found by is one. */
  has(term: string): boolean {
    return this.terms.has(term);
  }

  /** The whole text, marked; null where nothing is to be marked. */
  whole(text: string): string | null {
    const hits = this.hitsIn(analyse(text));
    return hits.length === 0 ? null : marked(text, 0, text.length, hits);
  }

  /** The pieces of a long text that say most of what was searched for, in their order. */
  fragments(text: string): string[] {
    const looked = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
    const tokens = analyse(looked);
    const hits = this.hitsIn(tokens);
    return piecesOf(hits.slice(0, MAX_HITS)).map(([first, last]) => {
      const start = boundary(tokens, first.start - LEAD, first.start);
      const end = Math.max(last.end, endBefore(tokens, start + FRAGMENT));
      const before = start > 0 ? '… ' : '';
      const after = end < looked.trimEnd().length ? ' …' : '';
      return `${before}${marked(looked, start, end, hits)}${after}`;
    });
  }

  private gather(match: Match): void {
    if (match.kind === 'term') this.terms.add(match.term);
    else if (match.kind === 'prefix') this.prefixes.push(match.prefix);
    else if (match.kind === 'phrase') this.phrases.push(match.terms);
    else if (match.kind === 'except') this.gather(match.match);
    else for (const each of match.of) this.gather(each);
  }

  /** In their order, none within another. */
  private hitsIn(tokens: readonly Token[]): Hit[] {
    const hits: Hit[] = [];
    for (const [at, token] of tokens.entries()) {
      const length = this.lengthAt(tokens, at);
      if (length === 0) continue;
      const last = tokens[at + length - 1] ?? token;
      const previous = hits.at(-1);
      if (previous && token.start < previous.end) {
        if (last.end > previous.end) previous.end = last.end;
      } else hits.push({ start: token.start, end: last.end, what: token.term });
    }
    return hits;
  }

  /** How many words from there on are to be marked together. */
  private lengthAt(tokens: readonly Token[], at: number): number {
    const token = tokens[at];
    if (token === undefined) return 0;
    if (this.phrases.length === 0) return this.finds(token) ? 1 : 0;
    const phrases = this.phrases.filter((terms) => terms.every((term, i) => tokens[at + i]?.term === term));
    const longest = Math.max(0, ...phrases.map((terms) => terms.length));
    return longest > 0 || !this.finds(token) ? longest : 1;
  }

  private finds({ term, word, parts }: Token): boolean {
    if (this.terms.has(term) || parts.some((part) => this.terms.has(part))) return true;
    return this.prefixes.some(
      (prefix) =>
        term.startsWith(prefix) ||
        surfaceTerm(word).startsWith(prefix) ||
        parts.some((part) => part.startsWith(prefix)),
    );
  }
}

interface Hit {
  readonly start: number;
  end: number;
  /** Tells different words apart. */
  readonly what: string;
}

/** First and last hit of the pieces that have the most different words, and of those the most hits. */
function piecesOf(hits: readonly Hit[]): [first: Hit, last: Hit][] {
  const pieces = hits.map((first, at) => {
    const inside: Hit[] = [];
    for (let i = at; i < hits.length; i++) {
      const hit = hits[i];
      if (hit === undefined || (i > at && hit.end > first.start + FRAGMENT - LEAD)) break;
      inside.push(hit);
    }
    const worth = new Set(inside.map(({ what }) => what)).size * 1_000 + inside.length;
    return { first, last: inside.at(-1) ?? first, worth };
  });
  const chosen: typeof pieces = [];
  for (const piece of pieces.sort((a, b) => b.worth - a.worth || a.first.start - b.first.start)) {
    if (chosen.length === MAX_FRAGMENTS) break;
    const apart = chosen.every(
      ({ first, last }) =>
        piece.first.start - LEAD >= Math.max(last.end, first.start - LEAD + FRAGMENT) ||
        Math.max(piece.last.end, piece.first.start - LEAD + FRAGMENT) <= first.start - LEAD,
    );
    if (apart) chosen.push(piece);
  }
  return chosen.sort((a, b) => a.first.start - b.first.start).map(({ first, last }) => [first, last]);
}

/** The start of the first word at or behind `from`, not behind `latest`. */
function boundary(tokens: readonly Token[], from: number, latest: number): number {
  if (from <= 0) return 0;
  return Math.min(tokens[firstFrom(tokens, from)]?.start ?? latest, latest);
}

/** The end of the last word that ends at or before `to`. */
function endBefore(tokens: readonly Token[], to: number): number {
  for (let at = firstFrom(tokens, to); at >= 0; at--) {
    const token = tokens[at];
    if (token !== undefined && token.end <= to) return token.end;
  }
  return 0;
}

/** The place of the first token that starts at `from` or behind it. */
function firstFrom(tokens: readonly Token[], from: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tokens[middle]?.start ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

function marked(text: string, start: number, end: number, hits: readonly Hit[]): string {
  let html = '';
  let at = start;
  for (const hit of hits) {
    if (hit.start < start || hit.end > end) continue;
    html += `${safe(text.slice(at, hit.start))}<mark>${safe(text.slice(hit.start, hit.end))}</mark>`;
    at = hit.end;
  }
  return (html + safe(text.slice(at, end))).trim();
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function safe(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '').replace(/\s+/g, ' ');
}
