import { SaxesParser, type SaxesTagNS } from 'saxes';
import { canonicalPrefix, usualNamespace } from './wxr-namespaces';

/** One element of a record. Text and child elements never mix in an export. */
export interface WxrElement {
  /** With the usual prefix, whatever the file uses; '' for an element of a foreign namespace. */
  readonly name: string;
  readonly line: number;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: WxrElement[];
  /** Joined over sections; white space around CDATA sections is not part of it. */
  text: string;
  /** Whether the text stands in CDATA, where XML decodes nothing. */
  cdata: boolean;
}

export interface WxrTreeSink {
  /** A direct child of the channel is complete. */
  element(element: WxrElement): void;
  error(message: string): void;
  undeclaredPrefix(prefix: string): void;
}

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();
const DEPTH_OF_RECORDS = 2;
const MAX_NAMESPACES = 1000;

/** Builds the tree of one child of the channel at a time out of well-formed XML. */
export class WxrTree {
  private readonly parser: SaxesParser<{ xmlns: true }>;
  private readonly prefixes = new Map<string, string | null>();
  private readonly undeclared = new Set<string>();
  private readonly open: WxrElement[] = [];
  /** What root and channel declare: prefix -> namespace. */
  private readonly declared = new Map<string, string>();
  private depth = 0;
  private discarded = false;

  /** `lineOfRecord` answers for the record, or the comment within it, whose tag was written last. */
  constructor(
    private readonly sink: WxrTreeSink,
    private readonly lineOfRecord: () => number,
  ) {
    this.parser = new SaxesParser({
      xmlns: true,
      position: false,
      resolvePrefix: (prefix: string) => this.undeclaredNamespace(prefix),
    });
    this.parser.on('opentag', (tag) => this.begin(tag));
    this.parser.on('closetag', () => this.finish());
    this.parser.on('text', (text) => this.addText(text));
    this.parser.on('cdata', (text) => this.addCdata(text));
    this.parser.on('error', (error) => this.sink.error(error.message));
  }

  write(xml: string): void {
    this.parser.write(xml);
  }

  /** The name that an element directly within the channel has; null where its prefix is not declared. */
  canonicalName(name: string): string | null {
    const colon = name.indexOf(':');
    const prefix = name.slice(0, Math.max(0, colon));
    const uri = this.declared.get(prefix) ?? (prefix === '' ? '' : undefined);
    const canonical = uri === undefined ? null : canonicalPrefix(uri);
    return canonical === null ? null : canonical + name.slice(colon + 1);
  }

  /** The record that is open now is not handed out. */
  discard(): void {
    this.discarded = true;
  }

  private begin(tag: SaxesTagNS): void {
    this.depth += 1;
    if (this.depth <= DEPTH_OF_RECORDS) {
      for (const [prefix, uri] of Object.entries(tag.ns)) this.declared.set(prefix, uri);
      return;
    }
    const parent = this.open[this.open.length - 1];
    if (parent === undefined) this.discarded = false;
    const element: WxrElement = {
      name: this.nameOf(tag),
      line: this.lineOfRecord(),
      attributes: attributesOf(tag),
      children: [],
      text: '',
      cdata: false,
    };
    if (parent !== undefined && element.name !== '') parent.children.push(element);
    this.open.push(element);
  }

  private finish(): void {
    this.depth -= 1;
    const element = this.open.pop();
    if (element !== undefined && this.open.length === 0 && !this.discarded) this.sink.element(element);
  }

  private addText(text: string): void {
    const element = this.open[this.open.length - 1];
    if (element === undefined) return;
    if (element.cdata && text.trim() === '') return;
    element.text += text;
  }

  private addCdata(text: string): void {
    const element = this.open[this.open.length - 1];
    if (element === undefined) return;
    if (!element.cdata && element.text.trim() === '') element.text = '';
    element.cdata = true;
    element.text += text;
  }

  private nameOf(tag: SaxesTagNS): string {
    let prefix = this.prefixes.get(tag.uri);
    if (prefix === undefined) {
      prefix = canonicalPrefix(tag.uri);
      // A file that declares a new one on every item must not fill the memory.
      if (this.prefixes.size >= MAX_NAMESPACES) this.prefixes.clear();
      this.prefixes.set(tag.uri, prefix);
    }
    return prefix === null ? '' : prefix + tag.local;
  }

  private undeclaredNamespace(prefix: string): string {
    if (prefix === '') return '';
    if (!this.undeclared.has(prefix) && this.undeclared.size < MAX_NAMESPACES) {
      this.undeclared.add(prefix);
      this.sink.undeclaredPrefix(prefix);
    }
    return usualNamespace(prefix);
  }
}

function attributesOf(tag: SaxesTagNS): ReadonlyMap<string, string> {
  const names = Object.keys(tag.attributes);
  if (names.length === 0) return NO_ATTRIBUTES;
  const attributes = new Map<string, string>();
  for (const name of names) attributes.set(name, tag.attributes[name]?.value ?? '');
  return attributes;
}
