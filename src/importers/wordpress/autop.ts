import { HtmlScanner, tagNameAt } from './html-scan';

const BLOCKS = new Set(
  `table thead tfoot caption col colgroup tbody tr td th div dl dd dt ul ol li pre form map area blockquote address
   style p h1 h2 h3 h4 h5 h6 hr fieldset legend section article aside hgroup header footer nav figure figcaption
   details menu summary main script iframe video audio object`.split(/\s+/),
);
/** Passed on as they are, up to their end tag. */
const RAW = new Set([
  'pre',
  'script',
  'style',
  'textarea',
  'svg',
  'math',
  'select',
  'object',
  'video',
  'audio',
  'iframe',
]);
const MAX_DEPTH = 200;
const VOID = new Set(['hr', 'col', 'area']);
/** Their text becomes paragraphs even where no blank line stands. */
const HOLDS_PARAGRAPHS = new Set(['', 'blockquote']);
/** White space there is no content, and a line break is none either. */
const HOLDS_NO_TEXT = new Set([
  'table',
  'thead',
  'tbody',
  'tfoot',
  'tr',
  'colgroup',
  'ul',
  'ol',
  'dl',
  'menu',
  'map',
]);

/**
 * Gives classic WordPress text its paragraphs, as WordPress does when it shows it: a blank line ends a paragraph, a
 * single line break is a <br />, block elements stand for themselves, <pre> and its like are left alone. Time is
 * linear in the length of the text.
 */
export function autop(source: string): string {
  if (source.trim() === '') return '';
  const text = source.replace(/\r\n?/g, '\n');
  return new Paragraphs(new HtmlScanner(text)).run();
}

class Paragraphs {
  private readonly out: string[] = [];
  private readonly open: string[] = [];
  /** Inline content since the last block tag. */
  private inline: string[] = [];

  constructor(private readonly scanner: HtmlScanner) {}

  run(): string {
    const { html } = this.scanner;
    let at = 0;
    while (at < html.length) {
      const less = html.indexOf('<', at);
      if (less === -1) break;
      if (less > at) this.inline.push(html.slice(at, less));
      at = this.markup(less);
    }
    if (at < html.length) this.inline.push(html.slice(at));
    this.flush();
    return this.out.join('').trim();
  }

  /** Takes what begins at `start`; the index behind it. */
  private markup(start: number): number {
    const { html } = this.scanner;
    if (html.startsWith('<!--', start)) {
      const end = this.scanner.commentEnd(start);
      if (end !== -1) return end;
    }
    const name = tagNameAt(html, start);
    const end = name === '' ? -1 : this.scanner.tagEnd(start);
    if (end === -1) {
      this.inline.push(html.charAt(start));
      return start + 1;
    }
    const closing = html.charCodeAt(start + 1) === 0x2f;
    if (!closing && RAW.has(name) && html.charCodeAt(end - 2) !== 0x2f) return this.raw(name, start, end);
    if (!BLOCKS.has(name)) this.inline.push(onOneLine(html.slice(start, end)));
    else this.block(name, closing, html.slice(start, end));
    return end;
  }

  private raw(name: string, start: number, tagEnd: number): number {
    const behind = this.scanner.elementEnd(name, tagEnd);
    const end = behind === -1 ? tagEnd : behind;
    const whole = this.scanner.html.slice(start, end);
    if (!BLOCKS.has(name)) this.inline.push(onOneLine(whole));
    else {
      this.flush();
      this.out.push(`${whole}\n`);
    }
    return end;
  }

  private block(name: string, closing: boolean, tag: string): void {
    this.flush();
    if (closing) {
      const index = this.open.lastIndexOf(name, this.open.length - 1);
      if (index !== -1) this.open.length = index;
    } else if (!VOID.has(name) && !tag.endsWith('/>')) {
      if (this.open[this.open.length - 1] === 'p') this.open.pop();
      if (this.open.length < MAX_DEPTH) this.open.push(name);
    }
    this.out.push(closing || VOID.has(name) ? `${tag}\n` : tag);
  }

  /** Writes the inline content that came together between two block tags. */
  private flush(): void {
    if (this.inline.length === 0) return;
    const raw = this.inline.join('').replace(/<br\s*\/?>\s*<br\s*\/?>/gi, '\n\n');
    this.inline = [];
    const text = raw.trim();
    const parent = this.open[this.open.length - 1] ?? '';
    if (text === '') return;
    if (HOLDS_NO_TEXT.has(parent)) {
      this.out.push(text);
      return;
    }
    const pieces = splitAtBlankLines(text).map(withLineBreaks);
    if (parent === 'p') this.out.push(pieces.join('</p>\n<p>'));
    else if (HOLDS_PARAGRAPHS.has(parent) || pieces.length > 1) {
      for (const piece of pieces) this.out.push(`<p>${piece}</p>\n`);
    } else this.out.push(pieces.join(''));
  }
}

/** A line break within a tag is none of the text's. */
function onOneLine(tag: string): string {
  return tag.includes('\n') ? tag.replaceAll('\n', ' ') : tag;
}

function splitAtBlankLines(text: string): string[] {
  const pieces: string[] = [];
  let lines: string[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() !== '') {
      lines.push(line);
      continue;
    }
    if (lines.length > 0) pieces.push(lines.join('\n'));
    lines = [];
  }
  if (lines.length > 0) pieces.push(lines.join('\n'));
  return pieces;
}

function withLineBreaks(piece: string): string {
  if (!piece.includes('\n')) return piece.trim();
  const lines = piece.split('\n').map((line) => line.trim());
  return lines
    .map((line, index) => (index === lines.length - 1 || ENDS_LINE.test(line) ? line : `${line}<br />`))
    .join('\n');
}

const ENDS_LINE = /<br\s?\/?>$/i;
