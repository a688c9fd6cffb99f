import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/**
 * Tags nested deeper than this are left out, their content is not. The parser searches its open elements at
 * every closing tag and moves them all at every opening one; without a limit 100,000 `<div>` take minutes.
 * The tree that is built of the output is flatter, so that a second pass finds nothing to leave out.
 */
export const MAX_NESTING = 128;

/** The state of one document. */
export interface Nesting {
  /** Open elements, kept by whoever hears of the parser's opening and closing tags. */
  depth: number;
  readonly html: string;
}

/** The parser makes one per document and hands it its own options, which carry the document's nesting. */
export class NestingTokenizer extends Tokenizer {
  constructor(options: { nesting?: Nesting; decodeEntities?: boolean }, callbacks: TokenizerCallbacks) {
    super(options, options.nesting === undefined ? callbacks : new NestingGuard(options.nesting, callbacks));
  }
}

// These hold no elements, so they cannot go deeper, and in most of them what looks like tags is text.
const CANNOT_NEST = /^(?:br|hr|img|wbr|source|input|meta|link|script|style|title|textarea|xmp)$/i;

/** Between tokenizer and parser: holds back opening tags, with their attributes, that are nested too deep. */
class NestingGuard implements TokenizerCallbacks {
  private holdsBack = false;

  constructor(
    private readonly nesting: Nesting,
    private readonly parser: TokenizerCallbacks,
  ) {}

  onopentagname(start: number, end: number): void {
    this.holdsBack =
      this.nesting.depth >= MAX_NESTING &&
      !CANNOT_NEST.test(this.nesting.html.slice(start, Math.min(end, start + 9)));
    if (!this.holdsBack) this.parser.onopentagname(start, end);
  }

  onopentagend(end: number): void {
    if (!this.released()) this.parser.onopentagend(end);
  }

  onselfclosingtag(end: number): void {
    if (!this.released()) this.parser.onselfclosingtag(end);
  }

  onattribname(start: number, end: number): void {
    if (!this.holdsBack) this.parser.onattribname(start, end);
  }

  onattribdata(start: number, end: number): void {
    if (!this.holdsBack) this.parser.onattribdata(start, end);
  }

  onattribentity(codePoint: number): void {
    if (!this.holdsBack) this.parser.onattribentity(codePoint);
  }

  onattribend(quote: Parameters<TokenizerCallbacks['onattribend']>[0], end: number): void {
    if (!this.holdsBack) this.parser.onattribend(quote, end);
  }

  onclosetag(start: number, end: number): void {
    this.parser.onclosetag(start, end);
  }

  ontext(start: number, end: number): void {
    this.parser.ontext(start, end);
  }

  ontextentity(codePoint: number, end: number): void {
    this.parser.ontextentity(codePoint, end);
  }

  oncdata(start: number, end: number, offset: number): void {
    this.parser.oncdata(start, end, offset);
  }

  oncomment(start: number, end: number, offset: number): void {
    this.parser.oncomment(start, end, offset);
  }

  ondeclaration(start: number, end: number): void {
    this.parser.ondeclaration(start, end);
  }

  onprocessinginstruction(start: number, end: number): void {
    this.parser.onprocessinginstruction(start, end);
  }

  onend(): void {
    this.parser.onend();
  }

  private released(): boolean {
    const held = this.holdsBack;
    this.holdsBack = false;
    return held;
  }
}
