import { BalancedOutput, type MenderLimits, type MenderSink } from './balanced-output';
import { PlainRecords } from './plain-record';
import type { ProblemKind, ProblemSeverity } from './problem';
import type { ProblemLog } from './problem-log';
import { type OnRepair, repairCdata, repairText } from './text-repair';
import { type Stretch, TextWindow } from './text-window';
import { type ElementKind, isStructure, kindOf, USUAL_PREFIXES } from './wxr-grammar';
import { doctypeEnd, endsCdata, MAX_ASIDE_LENGTH, safeTextEnd } from './xml-lookahead';
import { type BrokenTag, type ScannedTag, scanTag } from './xml-tag';

type Mode = 'markup' | 'cdata' | 'ended';

/** In characters: how much may stand before <rss>, such as a warning that PHP printed. */
const MAX_PREAMBLE_LENGTH = 65_536;
/** In characters: a record that is longer is read token by token. */
const MAX_PLAIN_LENGTH = 1_048_576;
/** How much of a comment is passed on, in characters. */
const COMMENT_HEAD = 500;
const MAX_DEPTH = 64;
const MAX_PREFIXES = 1000;
const OTHER_FORMATS = /^(?:html|feed|rdf:RDF|svg|urlset)$/i;

/**
 * Stands between a file and a strict XML parser. A well-formed export passes unchanged but for comments,
 * processing instructions and the white space between its elements. What is broken is mended in place, so that the
 * parser never loses its footing: stray characters are escaped, forbidden ones removed, elements that were not closed
 * are closed, end tags without a beginning are dropped, and a record that is not whole is marked to be discarded.
 * Each repair is reported. Records that are plain are not even parsed.
 *
 * Holds one plain record, one token or one chunk at a time, whichever is longer, all bounded.
 */
export class XmlMender {
  /** The first element that was met, for the message that a file is no export at all. */
  firstElement: string | null = null;
  /** Whether the <rss> of an export was met. */
  sawRoot = false;

  private readonly window = new TextWindow();
  private readonly output: BalancedOutput;
  private readonly plain: PlainRecords;
  private readonly prefixes = new Set(USUAL_PREFIXES);
  private mode: Mode = 'markup';
  private atEnd = false;
  private preambleLength = 0;
  private toldTrailing = false;
  private toldStray = false;

  constructor(
    private readonly sink: MenderSink,
    private readonly log: ProblemLog,
    private readonly limits: MenderLimits,
  ) {
    this.output = new BalancedOutput(sink, log, limits, this.here);
    this.plain = new PlainRecords(sink.canonicalName);
  }

  /** The line on which the record, or the comment within it, that was passed on last begins. */
  get recordLine(): number {
    return this.output.recordLine;
  }

  /** No export: too much was read without meeting its first element, or it is a web page. */
  get hopeless(): boolean {
    if (this.sawRoot) return false;
    return this.preambleLength > MAX_PREAMBLE_LENGTH || OTHER_FORMATS.test(this.firstElement ?? '');
  }

  /** Whether all that was written has been dealt with, the head of the file among it, and a record may come next. */
  get betweenRecords(): boolean {
    return (
      this.mode === 'markup' &&
      this.window.isUsedUp &&
      this.output.sawRecord &&
      this.output.top?.kind === 'channel'
    );
  }

  write(chunk: string): void {
    this.window.append(chunk);
    this.run();
  }

  /** Between records: one more stands in the file, of which nothing is wanted. */
  passOver(record: Stretch): void {
    this.window.passOver(record);
    this.toldStray = false;
    this.output.passOver();
  }

  /** Closes whatever is still open and reports it. */
  end(): void {
    this.atEnd = true;
    this.window.finish();
    this.run();
    this.output.finish();
    this.log.finish(this.here);
  }

  private readonly here = () => this.window.position(this.window.at);

  private run(): void {
    while (this.step()) {
      // Each step uses up some of the window.
    }
    this.output.flush();
  }

  /** False when more text is needed. */
  private step(): boolean {
    if (this.mode === 'ended') return this.trailing();
    if (this.window.at >= this.window.length) return false;
    if (this.mode === 'cdata') return this.cdata();
    const next = this.window.find('<', this.window.at);
    if (next !== this.window.at) return this.text(next);
    return this.output.top?.kind === 'channel' ? this.plainRecord() : this.markup();
  }

  /** A whole record at once, where nothing in it has to be mended. */
  private plainRecord(): boolean {
    const { window } = this;
    // The parser has to have seen the declarations of the channel.
    this.output.flush();
    const name = this.plain.nameAt(window.text, window.at);
    if (name === null) return this.markup();
    const most = Math.min(MAX_PLAIN_LENGTH, this.limits.maxRecordLength);
    const endTag = window.find(`</${name}>`, window.at);
    if (endTag === -1) {
      return !this.atEnd && window.length - window.at <= most ? false : this.markup();
    }
    const record = this.plain.read(window.text, window.at, this.here().line);
    if (record === null || record.end - window.at > most) return this.markup();
    window.at = record.endTag;
    this.toldStray = false;
    this.output.passRecord(record);
    window.at = record.end;
    return true;
  }

  // ------------------------------------------------------------------ text

  private text(next: number): boolean {
    const end = next === -1 ? this.textEnd() : next;
    if (end <= this.window.at) return false;
    this.characterData(this.window.text.slice(this.window.at, end));
    this.window.at = end;
    return true;
  }

  private textEnd(): number {
    return this.atEnd ? this.window.length : safeTextEnd(this.window);
  }

  private characterData(raw: string): void {
    const top = this.output.top;
    if (top === undefined) {
      this.preambleLength += raw.length;
      return;
    }
    if (!this.output.holdsText) {
      const first = raw.search(/\S/);
      if (first !== -1) this.strayText(top.name, first);
      return;
    }
    this.output.emit(this.withoutCdataEnd(repairText(raw, this.onRepair)));
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
    const top = this.output.top;
    if (this.output.holdsText) {
      this.report('stray-character', 'mended', '"<" begins no element; it is kept as text');
      this.output.emit(`&lt;${text.slice(at + 1, at + length)}`);
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
    if (name === 'comment' && !this.output.sawRecord) {
      this.sink.comment(this.window.text.slice(at + 4, Math.min(end, at + 4 + COMMENT_HEAD)));
    }
    this.window.at = end + ending.length;
    return true;
  }

  /** Passed over, whatever it declares: no entity is ever defined, none is ever fetched or expanded. */
  private doctype(): boolean {
    const end = doctypeEnd(this.window, this.atEnd);
    if (end === null) return false;
    if (end === -1) {
      this.strayLessThan(1);
      return true;
    }
    if (/^<!doctype\s+html/i.test(this.window.text.slice(this.window.at, end))) this.firstElement ??= 'html';
    else
      this.report(
        'doctype',
        'mended',
        'the document type is passed over; no entity that it declares is expanded',
      );
    this.window.at = end;
    return true;
  }

  private brokenTag(tag: BrokenTag): boolean {
    const { text, at, length } = this.window;
    if (this.output.top === undefined || !isStructure(tag.name, this.prefixes)) {
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
    if (this.output.depth === 0) {
      this.rootTag(tag, source);
      return;
    }
    const { name } = tag;
    if (source.includes('xmlns:')) this.learnPrefixes(source);
    if (this.output.top?.kind === 'leaf') {
      if (!isStructure(name, this.prefixes)) {
        this.markupInText(tag.end);
        return;
      }
      this.output.implyEnd('the next element begins');
    }
    const record = this.output.recordName;
    if (record !== null && (name === 'item' || name === record)) this.output.abandonRecord();
    if (this.output.depth >= MAX_DEPTH) {
      this.report('too-deep', 'lost', `<${name}> is nested more than ${MAX_DEPTH} deep and is left out`);
      return;
    }
    this.push(tag, source, kindOf(name, this.output.top?.kind ?? 'root'));
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
    const mended = source.includes('&') ? repairText(source, this.onRepair) : source;
    this.output.push(tag.name, kind, mended, tag.selfClosing);
  }

  private closeTag(tag: ScannedTag): void {
    this.toldStray = false;
    const index = this.output.indexOf(tag.name);
    if (index === -1) {
      if (this.output.top?.kind === 'leaf') this.markupInText(tag.end);
      else if (this.output.depth > 0) {
        this.report(
          'unmatched-end',
          'mended',
          `</${tag.name}> ends nothing that was begun; it is passed over`,
        );
      }
      return;
    }
    this.output.popAbove(index, `</${tag.name}> follows`);
    this.output.pop();
    if (this.output.depth === 0) this.mode = 'ended';
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
    this.output.emit(`&lt;${repairText(text.slice(at + 1, end), this.onRepair)}`);
  }

  private learnPrefixes(source: string): void {
    for (const [, prefix] of source.matchAll(/\sxmlns:([^\s=]+)/g)) {
      if (prefix !== undefined && this.prefixes.size < MAX_PREFIXES) this.prefixes.add(prefix);
    }
  }

  // ----------------------------------------------------------------- CDATA

  private openCdata(): boolean {
    this.mode = 'cdata';
    if (this.output.holdsText) this.output.openCdata();
    else if (this.output.top !== undefined) this.strayText(this.output.top.name);
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
    const ends = endsCdata(this.window, end + 3, this.atEnd);
    this.passCdata(end);
    if (ends === null) return false;
    if (ends) {
      this.output.closeCdata();
      this.mode = 'markup';
    } else if (this.output.passesCdata) {
      this.report(
        'unescaped-cdata-end',
        'mended',
        '"]]>" within a CDATA section is not escaped; it is kept as text',
      );
      this.output.emit(']]]]><![CDATA[>');
    }
    this.window.at = end + 3;
    return true;
  }

  private passCdata(end: number): void {
    if (end <= this.window.at) return;
    const { text, at } = this.window;
    if (this.output.passesCdata) this.output.emit(repairCdata(text.slice(at, end), this.onRepair));
    this.window.at = end;
  }

  private report(kind: ProblemKind, severity: ProblemSeverity, message: string): void {
    this.log.report(kind, severity, message, this.here);
  }
}
