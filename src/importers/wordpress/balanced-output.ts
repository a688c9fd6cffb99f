import type { CanonicalName, PlainRecord } from './plain-record';
import type { ProblemKind, ProblemSeverity } from './problem';
import type { ProblemLog } from './problem-log';
import type { ElementKind } from './wxr-grammar';
import type { WxrElement } from './wxr-tree';

export interface MenderSink {
  /** Well-formed XML, in pieces. */
  xml(text: string): void;
  /** A whole record that needs no parser. It stands between the pieces before and behind it. */
  record(element: WxrElement): void;
  /** What `PlainRecords` has to know: see there. */
  canonicalName: CanonicalName;
  /** A comment ahead of the first record. */
  comment(text: string): void;
  /** The record that is open now is not whole: nothing of it may be used. */
  discardRecord(): void;
}

export interface MenderLimits {
  /** In characters, with its markup: a longer record is left out and reported. */
  readonly maxRecordLength: number;
}

export interface Place {
  readonly line: number;
  readonly column: number;
}

interface OpenElement {
  readonly name: string;
  readonly kind: ElementKind;
}

/** What the mender writes: elements that are always balanced, and records that are whole or marked to be discarded. */
export class BalancedOutput {
  /** The line on which the record, or the comment within it, that was passed on last begins. */
  recordLine = 1;
  sawRecord = false;
  private readonly stack: OpenElement[] = [];
  private out: string[] = [];
  /** Depth of the open record, 0 when there is none. */
  private recordDepth = 0;
  private recordLength = 0;
  private recordStart: Place = { line: 1, column: 1 };
  /** The open record is passed over: the parser was told of the ends of all that is within it. */
  private skipping = false;
  private inCdata = false;

  constructor(
    private readonly sink: MenderSink,
    private readonly log: ProblemLog,
    private readonly limits: MenderLimits,
    private readonly here: () => Place,
  ) {}

  get depth(): number {
    return this.stack.length;
  }

  get top(): OpenElement | undefined {
    return this.stack[this.stack.length - 1];
  }

  get holdsText(): boolean {
    const kind = this.top?.kind;
    return kind === 'leaf' || kind === 'open';
  }

  /** Null when no record is open. */
  get recordName(): string | null {
    return this.stack[this.recordDepth - 1]?.name ?? null;
  }

  /** Where, among the open elements, the innermost of this name is; -1 when there is none. */
  indexOf(name: string): number {
    return this.stack.findLastIndex((open) => open.name === name);
  }

  /** Passes a record on that was read without the parser. */
  passRecord({ element, lastLine }: PlainRecord): void {
    this.flush();
    this.recordLine = lastLine;
    this.sawRecord = true;
    this.sink.record(element);
    this.log.closeRecord(this.here);
  }

  /** A record was dealt with otherwise. */
  passOver(): void {
    this.flush();
    this.log.closeRecord(this.here);
  }

  emit(text: string): void {
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

  openCdata(): void {
    this.emit('<![CDATA[');
    this.inCdata = !this.skipping;
  }

  get passesCdata(): boolean {
    return this.inCdata;
  }

  closeCdata(): void {
    if (this.inCdata) this.out.push(']]>');
    this.inCdata = false;
  }

  push(name: string, kind: ElementKind, source: string, selfClosing: boolean): void {
    if (kind === 'record') this.openRecord();
    else if (kind === 'container') this.mark();
    this.emit(source);
    if (!selfClosing) this.stack.push({ name, kind });
    else if (kind === 'record') this.closeRecord();
  }

  pop(): void {
    const depth = this.stack.length;
    const element = this.stack.pop();
    if (element === undefined) return;
    if (!this.skipping || depth <= this.recordDepth) this.out.push(`</${element.name}>`);
    if (depth === this.recordDepth) this.closeRecord();
  }

  /** Closes what is open above `index`, of which nothing was said. A record among it is not whole. */
  popAbove(index: number, why: string): void {
    while (this.stack.length - 1 > index) {
      if (this.stack.length === this.recordDepth) this.abandonRecord();
      else this.implyEnd(why);
    }
  }

  implyEnd(why: string): void {
    const name = this.top?.name ?? '';
    this.report(
      'unclosed-element',
      'mended',
      `<${name}> is not closed; it is taken to end here, because ${why}`,
    );
    this.pop();
  }

  /** Ends a record that has no end of its own. Half an article must not pass for a whole one. */
  abandonRecord(): void {
    const { line } = this.recordStart;
    const message = `<${this.recordName}> of line ${line} is not closed before this place; it is left out`;
    this.report('unclosed-record', 'lost', message);
    this.discard();
    while (this.recordDepth > 0) this.pop();
  }

  /** The file ends here, whatever is open. */
  finish(): void {
    this.closeCdata();
    if (this.recordDepth > 0) {
      const message = `the file ends within the <${this.recordName}> of line ${this.recordStart.line}; it is left out`;
      this.report('truncated', 'lost', message);
      this.discard();
    } else if (this.stack.length > 0) {
      this.report(
        'truncated',
        'lost',
        'the file ends before </channel> and </rss>; what would follow is missing',
      );
    }
    while (this.stack.length > 0) this.pop();
    this.flush();
  }

  flush(): void {
    if (this.out.length === 0) return;
    const text = this.out.join('');
    this.out = [];
    this.sink.xml(text);
  }

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
    this.sawRecord = true;
  }

  private closeRecord(): void {
    this.recordDepth = 0;
    this.skipping = false;
    this.flush();
    this.log.closeRecord(this.here);
  }

  private skipRecord(): void {
    const { line } = this.recordStart;
    const most = this.limits.maxRecordLength;
    this.report(
      'too-large',
      'lost',
      `the record of line ${line} is longer than ${most} characters; it is left out`,
    );
    this.closeCdata();
    for (let depth = this.stack.length; depth > this.recordDepth; depth -= 1) {
      this.out.push(`</${this.stack[depth - 1]?.name}>`);
    }
    this.discard();
    this.skipping = true;
  }

  private discard(): void {
    this.flush();
    this.sink.discardRecord();
  }

  private report(kind: ProblemKind, severity: ProblemSeverity, message: string): void {
    this.log.report(kind, severity, message, this.here);
  }
}
