import { kept } from './kept';
import { hasForbidden } from './text-repair';
import { type ElementKind, kindOf } from './wxr-grammar';
import type { WxrElement } from './wxr-tree';

export interface PlainRecord {
  readonly element: WxrElement;
  /** Index of its end tag, and behind it. */
  readonly endTag: number;
  readonly end: number;
  /** The line on which it, or the last container in it, begins. */
  readonly lastLine: number;
}

/** The canonical name of an element as the file calls it; null where its prefix was not declared at the top. */
export type CanonicalName = (name: string) => string | null;

interface Known {
  /** As in the file. */
  readonly name: string;
  readonly canonical: string;
  readonly kind: ElementKind;
  readonly endTag: string;
}

const LESS = 0x3c;
const SPACE = 0x20;
const CDATA = '<![CDATA[';
const ATTRIBUTED = /^([A-Za-z]+)((?: [A-Za-z]+="[^"<&\n\t]*")+)$/;
const ATTRIBUTE = / ([A-Za-z]+)="([^"]*)"/g;
const NOT_OF_XML = /&(?!(?:amp|lt|gt|quot|apos);)/;
const ENTITY = /&(amp|lt|gt|quot|apos);/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** In names of elements, so that a file of a million different ones does not fill the memory. */
const MAX_KNOWN = 1_000;

/**
 * Reads records that are written as WordPress writes them, straight from the text and some five times as fast as
 * the way through mender and parser. Whatever is in any way out of the ordinary is not plain: then the answer is
 * null, nothing was done, and the long way decides. Of a plain record both ways give the same element.
 */
export class PlainRecords {
  private readonly known = new Map<string, Known | null>();
  private text = '';
  private at = 0;
  private line = 0;
  private counted = 0;

  constructor(private readonly canonical: CanonicalName) {}

  /** The name of the record that begins with the `<` at `at`, if it may be a plain one. */
  nameAt(text: string, at: number): string | null {
    const tagEnd = text.indexOf('>', at);
    if (tagEnd === -1 || tagEnd - at > 40) return null;
    const found = this.lookUp(text.slice(at + 1, tagEnd), 'channel');
    return found?.kind === 'record' ? found.name : null;
  }

  /** `line` is that of `at`. */
  read(text: string, at: number, line: number): PlainRecord | null {
    this.text = text;
    this.at = at;
    this.line = line;
    this.counted = at;
    const element = this.holder('channel');
    this.text = '';
    if (element === null || hasForbidden(text.slice(at, this.at))) return null;
    const endTag = text.lastIndexOf('<', this.at);
    return { element, endTag, end: this.at, lastLine: this.line };
  }

  /** A record, or a container in one. */
  private holder(parent: ElementKind): WxrElement | null {
    const tagEnd = this.text.indexOf('>', this.at);
    const known = tagEnd === -1 ? null : this.lookUp(this.text.slice(this.at + 1, tagEnd), parent);
    if (known === null) return null;
    const element = made(known.canonical, this.lineOf(this.at), NO_ATTRIBUTES);
    this.at = tagEnd + 1;
    for (;;) {
      this.skipSpace();
      if (this.text.startsWith(known.endTag, this.at)) {
        this.at += known.endTag.length;
        return element;
      }
      const child = this.child();
      if (child === null) return null;
      element.children.push(child);
    }
  }

  private child(): WxrElement | null {
    if (this.text.charCodeAt(this.at) !== LESS) return null;
    const tagEnd = this.text.indexOf('>', this.at);
    if (tagEnd === -1) return null;
    const tag = this.text.slice(this.at + 1, tagEnd);
    const known = this.lookUp(tag, 'record');
    if (known?.kind === 'leaf') return this.leaf(known, NO_ATTRIBUTES, tagEnd + 1);
    if (known?.kind === 'container') return this.holder('record');
    return known === null ? this.attributed(tag, tagEnd + 1) : null;
  }

  private attributed(tag: string, behind: number): WxrElement | null {
    const match = ATTRIBUTED.exec(tag);
    if (match === null) return null;
    const [, name = '', source = ''] = match;
    const known = this.lookUp(name, 'record');
    if (known?.kind !== 'leaf' || source.includes('xmlns')) return null;
    const attributes = new Map<string, string>();
    for (const [, key = '', value = ''] of source.matchAll(ATTRIBUTE)) {
      if (attributes.has(key)) return null;
      attributes.set(key, value);
    }
    return this.leaf(known, attributes, behind);
  }

  private leaf(
    { canonical, endTag }: Known,
    attributes: ReadonlyMap<string, string>,
    start: number,
  ): WxrElement | null {
    const { text } = this;
    const element = made(canonical, this.line, attributes);
    let end = text.indexOf('<', start);
    if (end === start && text.startsWith(CDATA, start)) {
      end = text.indexOf(']]>', start);
      if (end === -1) return null;
      element.text = text.slice(start + CDATA.length, end);
      element.cdata = true;
      end += 3;
    } else if (end > start) {
      const decoded = decode(text.slice(start, end));
      if (decoded === null) return null;
      element.text = decoded;
    }
    if (end === -1 || !text.startsWith(endTag, end)) return null;
    this.at = end + endTag.length;
    return element;
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== SPACE && code !== 0x0a && code !== 0x09) return;
      this.at += 1;
    }
  }

  /** Counts on from the last one that was asked for. */
  private lineOf(index: number): number {
    let next = this.text.indexOf('\n', this.counted);
    while (next !== -1 && next < index) {
      this.line += 1;
      next = this.text.indexOf('\n', next + 1);
    }
    this.counted = index;
    return this.line;
  }

  private lookUp(tag: string, parent: ElementKind): Known | null {
    const key = parent === 'channel' ? `${tag}>` : tag;
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const canonical = /^[A-Za-z_:]+$/.test(tag) ? this.canonical(tag) : null;
    const known =
      canonical === null ? null : { name: tag, canonical, kind: kindOf(tag, parent), endTag: `</${tag}>` };
    if (this.known.size < MAX_KNOWN) this.known.set(kept(key), kept(known));
    return known;
  }
}

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

function made(name: string, line: number, attributes: ReadonlyMap<string, string>): WxrElement {
  return { name, line, attributes, children: [], text: '', cdata: false };
}

function decode(raw: string): string | null {
  if (raw.includes(']]>')) return null;
  if (!raw.includes('&')) return raw;
  if (NOT_OF_XML.test(raw)) return null;
  return raw.replace(ENTITY, (_, name: string) => ENTITIES[name] ?? '');
}
