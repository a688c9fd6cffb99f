import type { ProblemKind, ProblemSeverity } from './problem';
import type { ProblemLog } from './problem-log';
import { MAX_ENTITY_LENGTH, type OnRepair, repairCdata, repairText } from './text-repair';
import { TextWindow } from './text-window';
import { type ElementKind, isStructure, kindOf, USUAL_PREFIXES } from './wxr-grammar';
import { type BrokenTag, type ScannedTag, scanTag } from './xml-tag';

export interface MenderSink {
  /** Well-formed XML, in pieces. */
  xml(text: string): void;
  /** A comment ahead of the first record. */
  comment(text: string): void;
  /** The record that is open now is not whole: nothing of it may be used. */
  discardRecord(): void;
}

export interface MenderLimits {
  /** In characters, with its markup: a longer record is left out and reported. */
  readonly maxRecordLength: number;
}

interface OpenElement {
  readonly name: string;
  readonly kind: ElementKind;
}

type Mode = 'markup' | 'cdata' | 'ended';

/** In characters: a comment, instruction or document type that is longer counts as never closed. */
const MAX_ASIDE_LENGTH = 65_536;
/** In characters: how much may stand before <rss>, such as a warning that PHP printed. */
const MAX_PREAMBLE_LENGTH = 65_536;
/** In characters: how far behind a `]]>` is looked to tell whether it really ends the section. */
const CDATA_LOOKAHEAD = 1024;
const MAX_DEPTH = 64;

/**
 * Stands between a file and a strict XML parser. A well-formed export passes unchanged but for comments,
 * processing instructions and the white space between its elements. What is broken is mended in place, so that the parser never loses its footing:
 * stray characters are escaped, forbidden ones removed, elements that were not closed are closed, end tags
 * without a beginning are dropped, and a record that is not whole is marked to be discarded. Each repair is reported.
 *
 * Holds one token or one chunk at a time, whichever is longer, both bounded.
 */
export class XmlMender {
  /** The line on which the record, or the comment within it, that was passed on last begins. */
  recordLine = 1;
  /** The first element that was met, for the message that a file is no export at all. */
  firstElement: string | null = null;
  /** Whether the <rss> of an export was met. */
  sawRoot = false;

  private readonly window = new TextWindow();
  private readonly stack: OpenElement[] = [];
  private readonly prefixes = new Set(USUAL_PREFIXES);
  private out: string[] = [];
  private mode: Mode = 'markup';
  private atEnd = false;
  private passingCdata = false;
  private preambleLength = 0;
  private sawRecord = false;
  /** Depth of the open record, 0 when there is none. */
  private recordDepth = 0;
  private recordLength = 0;
  private recordStart = { line: 1, column: 1 };
  private skipping = false;
  private toldTrailing = false;
  private toldStray = false;

  constructor(
    private readonly sink: MenderSink,
    private readonly log: ProblemLog,
    private readonly limits: MenderLimits,
  ) {}

  /** No export: too much was read without meeting its first element, or it is a web page. */
  get hopeless(): boolean {
    if (this.sawRoot) return false;
    return (
      this.preambleLength > MAX_PREAMBLE_LENGTH ||
      /^(html|feed|rdf:RDF|svg|urlset)$/i.test(this.firstElement ?? '')
    );
  }

  write(chunk: string): void {
    this.window.append(chunk);
    this.run();
  }

  /** Closes whatever is still open and reports it. */
  end(): void {
    this.atEnd = true;
    this.window.finish();
    this.run();
    if (this.mode === 'cdata') this.closeCdata();
    this.reportTruncation();
    while (this.stack.length > 0) this.pop();
    this.flush();
    this.log.finish(this.here);
  }

  private readonly here = () => this.window.position(this.window.at);

  private run(): void {
    while (this.step()) {
      // Each step uses up some of the window.
    }
    this.flush();
  }

  /** False when more text is needed. */
  private step(): boolean {
    if (this.mode === 'ended') return this.trailing();
    if (this.window.at >= this.window.length) return false;
    if (this.mode === 'cdata') return this.cdata();
    const next = this.window.find('<', this.window.at);
    if (next === this.window.at) return this.markup();
    return this.text(next);
  }

  // ------------------------------------------------------------------ text

  private text(next: number): boolean {
    const end = next === -1 ? this.safeTextEnd() : next;
    if (end <= this.window.at) return false;
    this.characterData(this.window.text.slice(this.window.at, end));
    this.window.at = end;
    return true;
  }

  /** Keeps back what may be the beginning of a character reference or of `]]>`. */
  private safeTextEnd(): number {
    const { text, at } = this.window;
    if (this.atEnd) return text.length;
    let end = text.length;
    const ampersand = text.lastIndexOf('&');
    if (ampersand >= at && end - ampersand < MAX_ENTITY_LENGTH && text.indexOf(';', ampersand) === -1)
      end = ampersand;
    const floor = Math.max(at, end - 2);
    while (end > floor && text.charCodeAt(end - 1) === 0x5d) end -= 1;
    return end;
  }

  private characterData(raw: string): void {
    const top = this.top();
    if (top === undefined) {
      this.preambleLength += raw.length;
      return;
    }
    if (top.kind !== 'leaf' && top.kind !== 'open') {
      const first = raw.search(/\S/);
      if (first !== -1) this.strayText(top.name, first);
      return;
    }
    if (this.skipping) return;
    this.emit(this.withoutCdataEnd(repairText(raw, this.onRepair)));
  }

  private withoutCdataEnd(text: string): string {
    if (!text.includes(']]>')) return text;
    this.report(
      'unescaped-cdata-end',
      'mended',
      '"]]>" stands outside of a CDATA section; it is kept as text',
    );
    return text.replaceAll(']]>', ']]&gt;');
  }

  private readonly onRepair: OnRepair = (kind, index, message) => {
    this.log.report(kind, kind === 'forbidden-character' ? 'lost' : 'mended', message, () =>
      this.window.position(this.window.at + index),
    );
  };

  // ---------------------------------------------------------------- markup

  private markup(): boolean {
    const { text, at } = this.window;
    const second = text.charCodeAt(at + 1);
    if (second === 0x21) return this.declaration();
    if (second === 0x3f) return this.aside('<?', '?>', 'instruction');
    if (Number.isNaN(second) && !this.atEnd) return false;
    const tag = scanTag(text, at, this.atEnd);
    if (tag.type === 'more') return false;
    if (tag.type === 'none') this.strayLessThan(1);
    else if (tag.type === 'broken') return this.brokenTag(tag);
    else if (tag.closing) this.closeTag(tag);
    else this.openTag(tag, text.slice(at, tag.end));
    if (tag.type === 'tag') this.window.at = tag.end;
    return true;
  }

  /** A `<` that begins nothing: it and what belongs to it is kept as text. */
  private strayLessThan(length: number): void {
    const { text, at } = this.window;
    const top = this.top();
    if (top?.kind === 'leaf' || top?.kind === 'open') {
      this.report('stray-character', 'mended', '"<" begins no element; it is kept as text');
      this.emit(`&lt;${text.slice(at + 1, at + length)}`);
    } else if (top === undefined) this.preambleLength += length;
    else this.strayText(top.name);
    this.window.at = at + length;
  }

  /** Told once, however many chunks and stray characters it consists of. */
  private strayText(within: string, index = 0): void {
    if (this.toldStray) return;
    this.toldStray = true;
    const message = `text directly within <${within}> is left out`;
    this.log.report('stray-text', 'lost', message, () => this.window.position(this.window.at + index));
  }

  /** `<!--`, `<![CDATA[` or `<!DOCTYPE`. */
  private declaration(): boolean {
    const { text, at } = this.window;
    const head = text.slice(at, at + 9).toUpperCase();
    if (head.startsWith('<!--')) return this.aside('<!--', '-->', 'comment');
    if (head === '<![CDATA[') return this.openCdata();
    if (head === '<!DOCTYPE') return this.doctype();
    const may = ['<!--', '<![CDATA[', '<!DOCTYPE'].some((opening) => opening.startsWith(head));
    if (may && head.length < 9 && !this.atEnd) return false;
    this.strayLessThan(1);
    return true;
  }

  /** Comments and processing instructions: nothing of an export is in them. */
  private aside(opening: string, ending: string, name: string): boolean {
    const { at, length } = this.window;
    const end = this.window.find(ending, at + opening.length);
    const bounded = end !== -1 && end - at <= MAX_ASIDE_LENGTH;
    if (end === -1 && !this.atEnd && length - at <= MAX_ASIDE_LENGTH) return false;
    if (!bounded) {
      this.report(
        'unclosed-comment',
        'mended',
        `the ${name} that begins here never ends; it is read as text`,
      );
      this.strayLessThan(opening.length);
      return true;
    }
    if (name === 'comment' && !this.sawRecord)
      this.sink.comment(this.window.text.slice(at + 4, Math.min(end, at + 504)));
    this.window.at = end + ending.length;
    return true;
  }

  /** Passed over, whatever it declares: no entity is ever defined, none is ever fetched or expanded. */
  private doctype(): boolean {
    const { text, at, length } = this.window;
    const limit = Math.min(length, at + MAX_ASIDE_LENGTH);
    let depth = 0;
    for (let end = at; end < limit; end += 1) {
      const code = text.charCodeAt(end);
      if (code === 0x5b) depth += 1;
      else if (code === 0x5d) depth -= 1;
      else if (code === 0x3e && depth <= 0) {
        const declared = text.slice(at, end + 1);
        if (/^<!doctype\s+html/i.test(declared)) this.firstElement ??= 'html';
        else
          this.report(
            'doctype',
            'mended',
            'the document type is passed over; no entity that it declares is expanded',
          );
        this.window.at = end + 1;
        return true;
      }
    }
    if (!this.atEnd && length - at <= MAX_ASIDE_LENGTH) return false;
    this.strayLessThan(1);
    return true;
  }

  private brokenTag(tag: BrokenTag): boolean {
    const { text, at, length } = this.window;
    if (this.top() === undefined || !isStructure(tag.name, this.prefixes)) {
      this.strayLessThan(1);
      return true;
    }
    // What cannot be read of the tag is left out, up to its `>` or the next `<`.
    const greater = text.indexOf('>', tag.goodEnd);
    const less = text.indexOf('<', tag.goodEnd);
    const end = greater !== -1 && (less === -1 || greater < less) ? greater + 1 : less;
    if (end === -1 && !this.atEnd && length - at <= MAX_ASIDE_LENGTH) return false;
    this.report(
      'malformed-tag',
      'mended',
      `the tag <${tag.closing ? '/' : ''}${tag.name}> is malformed; what can be read of it is used`,
    );
    const selfClosing = end > 1 && text.startsWith('/>', end - 2);
    const behind = end === -1 ? length : end;
    const mended: ScannedTag = {
      type: 'tag',
      name: tag.name,
      closing: tag.closing,
      selfClosing,
      end: behind,
    };
    if (tag.closing) this.closeTag(mended);
    else this.openTag(mended, `${text.slice(at, tag.goodEnd)}${selfClosing ? '/>' : '>'}`);
    this.window.at = behind;
    return true;
  }

  // ------------------------------------------------------------------ tags

  private openTag(tag: ScannedTag, source: string): void {
    this.toldStray = false;
    if (this.stack.length === 0) {
      this.rootTag(tag, source);
      return;
    }
    const local = tag.name;
    if (source.includes('xmlns:')) this.learnPrefixes(source);
    if (this.top()?.kind === 'leaf') {
      if (!isStructure(local, this.prefixes)) {
        this.markupInText(tag.end);
        return;
      }
      this.implyEnd('the next element begins');
    }
    if (this.recordDepth > 0 && (local === 'item' || local === this.stack[this.recordDepth - 1]?.name))
      this.abandonRecord();
    if (this.stack.length >= MAX_DEPTH) {
      this.report('too-deep', 'lost', `<${local}> is nested more than ${MAX_DEPTH} deep and is left out`);
      return;
    }
    this.push(tag, source, kindOf(local, this.top()?.kind ?? 'root'));
  }

  private rootTag(tag: ScannedTag, source: string): void {
    if (tag.name === 'rss' && !tag.selfClosing) {
      this.sawRoot = true;
      this.learnPrefixes(source);
      this.push(tag, source, 'root');
      return;
    }
    this.firstElement ??= tag.name;
    this.preambleLength += tag.name.length;
  }

  private push(tag: ScannedTag, source: string, kind: ElementKind): void {
    if (kind === 'channel' && tag.name !== 'channel') {
      this.report(
        'not-a-channel',
        'mended',
        `<${tag.name}> stands where <channel> belongs; it is read as if it were one`,
      );
    }
    if (kind === 'record') this.openRecord();
    else if (kind === 'container') this.mark();
    this.emit(source.includes('&') ? repairText(source, this.onRepair) : source);
    if (!tag.selfClosing) this.stack.push({ name: tag.name, kind });
    else if (kind === 'record') this.closeRecord();
  }

  private closeTag(tag: ScannedTag): void {
    this.toldStray = false;
    const index = this.stack.findLastIndex((open) => open.name === tag.name);
    if (index === -1) {
      if (this.top()?.kind === 'leaf') this.markupInText(tag.end);
      else if (this.stack.length > 0) {
        this.report(
          'unmatched-end',
          'mended',
          `</${tag.name}> ends nothing that was begun; it is passed over`,
        );
      }
      return;
    }
    while (this.stack.length - 1 > index) {
      if (this.stack.length === this.recordDepth) this.abandonRecord();
      else this.implyEnd(`</${tag.name}> follows`);
    }
    this.pop();
    if (this.stack.length === 0) this.mode = 'ended';
  }

  /** Behind the end of the export. */
  private trailing(): boolean {
    const { at, length } = this.window;
    const less = this.window.find('<', at);
    this.window.at = less === -1 || this.toldTrailing ? length : less;
    if (this.window.at === length || (less + 1 === length && !this.atEnd)) return false;
    if (/[a-zA-Z]/.test(this.window.text.charAt(less + 1))) {
      this.toldTrailing = true;
      this.report(
        'trailing-content',
        'lost',
        'something follows the end of the export (</rss>); it is not read',
      );
    }
    this.window.at = less + 1;
    return true;
  }

  private markupInText(end: number): void {
    const { text, at } = this.window;
    this.report('markup-in-text', 'mended', 'an unescaped tag stands within a text; it is kept as text');
    this.emit(`&lt;${repairText(text.slice(at + 1, end), this.onRepair)}`);
  }

  private learnPrefixes(source: string): void {
    for (const match of source.matchAll(/\sxmlns:([^\s=]+)/g))
      if (match[1] !== undefined) this.prefixes.add(match[1]);
  }

  // --------------------------------------------------------------- records

  /** The parser is brought up to here first, so that the line is the one that its next event belongs to. */
  private mark(): void {
    this.flush();
    this.recordLine = this.here().line;
  }

  private openRecord(): void {
    this.mark();
    this.recordStart = this.here();
    this.recordDepth = this.stack.length + 1;
    this.recordLength = 0;
    this.skipping = false;
    this.sawRecord = true;
  }

  private closeRecord(): void {
    this.recordDepth = 0;
    this.skipping = false;
    this.flush();
    this.log.closeRecord(this.here);
  }

  /** Ends a record that has no end of its own. Half an article must not pass for a whole one. */
  private abandonRecord(): void {
    const name = this.stack[this.recordDepth - 1]?.name ?? 'item';
    const { line } = this.recordStart;
    this.report(
      'unclosed-record',
      'lost',
      `<${name}> of line ${line} is not closed before this place; it is left out`,
    );
    this.discard();
    while (this.stack.length >= this.recordDepth && this.recordDepth > 0) this.pop();
  }

  private discard(): void {
    this.flush();
    this.sink.discardRecord();
  }

  private implyEnd(why: string): void {
    const name = this.top()?.name ?? '';
    this.report(
      'unclosed-element',
      'mended',
      `<${name}> is not closed; it is taken to end here, because ${why}`,
    );
    this.pop();
  }

  private pop(): void {
    const depth = this.stack.length;
    const element = this.stack.pop();
    if (element === undefined) return;
    // While a record is passed over, the parser has been told of none of its inner elements' ends, nor beginnings.
    if (!this.skipping || depth <= this.recordDepth) this.out.push(`</${element.name}>`);
    if (depth === this.recordDepth) this.closeRecord();
  }

  private emit(text: string): void {
    if (this.skipping) return;
    if (this.recordDepth > 0) {
      this.recordLength += text.length;
      if (this.recordLength > this.limits.maxRecordLength) {
        this.skipRecord();
        return;
      }
    }
    this.out.push(text);
  }

  private skipRecord(): void {
    const { line } = this.recordStart;
    const most = this.limits.maxRecordLength;
    this.report(
      'too-large',
      'lost',
      `the record of line ${line} is longer than ${most} characters; it is left out`,
    );
    if (this.passingCdata) this.out.push(']]>');
    this.passingCdata = false;
    for (let depth = this.stack.length; depth > this.recordDepth; depth -= 1) {
      this.out.push(`</${this.stack[depth - 1]?.name}>`);
    }
    this.discard();
    this.skipping = true;
  }

  private reportTruncation(): void {
    if (this.stack.length === 0) return;
    if (this.recordDepth > 0) {
      const name = this.stack[this.recordDepth - 1]?.name ?? 'item';
      this.report(
        'truncated',
        'lost',
        `the file ends within the <${name}> of line ${this.recordStart.line}; it is left out`,
      );
      this.discard();
    } else
      this.report(
        'truncated',
        'lost',
        'the file ends before </channel> and </rss>; what would follow is missing',
      );
  }

  // ----------------------------------------------------------------- CDATA

  private openCdata(): boolean {
    const top = this.top();
    this.mode = 'cdata';
    this.passingCdata = false;
    if (top?.kind === 'leaf' || top?.kind === 'open') {
      this.emit('<![CDATA[');
      this.passingCdata = !this.skipping;
    } else if (top !== undefined) this.strayText(top.name);
    this.window.at += '<![CDATA['.length;
    return true;
  }

  private cdata(): boolean {
    const { at, length } = this.window;
    const end = this.window.find(']]>', at);
    if (end === -1) {
      this.passCdata(this.atEnd ? length : Math.max(at, length - 2));
      return false;
    }
    const ends = this.endsCdata(end + 3);
    this.passCdata(end);
    if (ends === null) return false;
    if (ends) this.closeCdata();
    else if (this.passingCdata) {
      this.report(
        'unescaped-cdata-end',
        'mended',
        '"]]>" within a CDATA section is not escaped; it is kept as text',
      );
      this.emit(']]]]><![CDATA[>');
    }
    this.window.at = end + 3;
    return true;
  }

  private passCdata(end: number): void {
    if (end <= this.window.at) return;
    if (this.passingCdata) this.emit(repairCdata(this.window.text.slice(this.window.at, end), this.onRepair));
    this.window.at = end;
  }

  private closeCdata(): void {
    if (this.passingCdata) this.out.push(']]>');
    this.passingCdata = false;
    this.mode = 'markup';
  }

  /**
   * Some exporters forget to escape a `]]>` within a section. It shows by a second `]]>` before the next `<`, which
   * XML forbids outside of one; whatever XML allows is read as XML says. Null: more text is needed to tell.
   */
  private endsCdata(behind: number): boolean | null {
    const { text, length } = this.window;
    const less = this.window.find('<', behind);
    const limit = Math.min(less === -1 ? length : less, behind + CDATA_LOOKAHEAD);
    const between = text.slice(behind, limit);
    if (less !== -1 || limit === behind + CDATA_LOOKAHEAD || this.atEnd) return !between.includes(']]>');
    return between.includes(']]>') ? false : null;
  }

  // ------------------------------------------------------------------ rest

  private top(): OpenElement | undefined {
    return this.stack[this.stack.length - 1];
  }

  private report(kind: ProblemKind, severity: ProblemSeverity, message: string): void {
    this.log.report(kind, severity, message, this.here);
  }

  private flush(): void {
    if (this.out.length === 0) return;
    const text = this.out.join('');
    this.out = [];
    this.sink.xml(text);
  }
}
