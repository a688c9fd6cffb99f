import { HtmlScanner, tagNameAt } from './html-scan';

/** A piece of text in square brackets that may be a shortcode. */
export interface ShortcodeToken {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly closing: boolean;
  readonly selfClosing: boolean;
  /** What stands behind the name. */
  readonly attributes: string;
  /** `[[name]]`: shown, not done. */
  readonly escaped: boolean;
}

/** In characters. Nothing in brackets that is longer is a shortcode. */
const MAX_LENGTH = 20_000;
const NAME = /\[(\/?)([a-zA-Z][a-zA-Z0-9_-]{0,63})(?=[\s\]/=])/y;
/** Shown as they are: what stands in them is about code. */
const SHOWN = new Set(['pre', 'code', 'script', 'style', 'textarea']);

/** What may be a shortcode, in order; not within tags, comments, <pre> and <code>. Linear in the text's length. */
export function scanShortcodes(html: string): ShortcodeToken[] {
  const tokens: ShortcodeToken[] = [];
  const scanner = new HtmlScanner(html);
  const brackets = new Finder(html, '[');
  const tags = new Finder(html, '<');
  let at = 0;
  for (;;) {
    const bracket = brackets.from(at);
    if (bracket === -1) return tokens;
    const tag = tags.from(at);
    if (tag !== -1 && tag < bracket) {
      at = behindTag(scanner, tag);
      continue;
    }
    const token = tokenAt(html, bracket);
    if (token !== null) tokens.push(token);
    at = token?.end ?? bracket + 1;
  }
}

function behindTag(scanner: HtmlScanner, start: number): number {
  if (scanner.html.startsWith('<!--', start)) {
    const end = scanner.commentEnd(start);
    return end === -1 ? start + 1 : end;
  }
  const name = tagNameAt(scanner.html, start);
  const end = name === '' ? -1 : scanner.tagEnd(start);
  if (end === -1) return start + 1;
  if (!SHOWN.has(name) || scanner.html.charCodeAt(start + 1) === 0x2f) return end;
  const behind = scanner.elementEnd(name, end);
  return behind === -1 ? end : behind;
}

function tokenAt(html: string, bracket: number): ShortcodeToken | null {
  const doubled = html.charCodeAt(bracket + 1) === 0x5b;
  const start = doubled ? bracket + 1 : bracket;
  NAME.lastIndex = start;
  const match = NAME.exec(html);
  if (match === null) return null;
  const behindName = NAME.lastIndex;
  const end = closingBracket(html, behindName);
  if (end === -1) return null;
  const escaped = doubled && html.charCodeAt(end + 1) === 0x5d;
  const selfClosing =
    html.charCodeAt(end - 1) === 0x2f && !html.slice(behindName, end).trimEnd().endsWith('//');
  return {
    start: escaped ? bracket : start,
    end: escaped ? end + 2 : end + 1,
    name: (match[2] ?? '').toLowerCase(),
    closing: match[1] === '/',
    selfClosing,
    attributes: html.slice(behindName, selfClosing ? end - 1 : end).trim(),
    escaped,
  };
}

/** The `]` that ends it: the first, unless another `[` comes before. */
function closingBracket(html: string, from: number): number {
  const limit = Math.min(html.length, from + MAX_LENGTH);
  for (let at = from; at < limit; at += 1) {
    const code = html.charCodeAt(at);
    if (code === 0x5d) return at;
    if (code === 0x5b) return -1;
  }
  return -1;
}

/** indexOf for places that only rise: no part of the text is searched twice. */
class Finder {
  private known = -2;

  constructor(
    private readonly text: string,
    private readonly needle: string,
  ) {}

  from(at: number): number {
    if (this.known !== -1 && this.known < at) this.known = this.text.indexOf(this.needle, at);
    return this.known;
  }
}

export interface ShortcodeAttributes {
  readonly named: ReadonlyMap<string, string>;
  readonly positional: readonly string[];
}

const ATTRIBUTE = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s'"]+))|"([^"]*)"|'([^']*)'|(\S+)/g;

/** `src="a.mp4" width=300 "x"`: with the typographic quotes that editors like to put in their place, too. */
export function parseShortcodeAttributes(source: string): ShortcodeAttributes {
  const named = new Map<string, string>();
  const positional: string[] = [];
  const text = source
    .replace(/[\u201c\u201d\u201e\u2033]|&#82(?:20|21|43);|&quot;/g, '"')
    .replace(/[\u2018\u2019\u2032]|&#82(?:16|17|42);/g, "'");
  for (const match of text.matchAll(ATTRIBUTE)) {
    const [, name, double, single, bare, quoted, quotedSingle, word] = match;
    const value = double ?? single ?? bare ?? '';
    if (name !== undefined) named.set(name.toLowerCase(), value);
    else positional.push(quoted ?? quotedSingle ?? word ?? '');
  }
  return { named, positional };
}
