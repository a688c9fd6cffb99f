import { ENDS, NESTS_IN_ITSELF } from './content-model';
import type { Attributes, TreeElement } from './tree';
import { trimStart } from './white-space';

/** An inline element that is open in the source. */
export interface Inline {
  readonly name: string;
  readonly attributes: Attributes;
  written: boolean;
}

/** More open inline elements than this are not written; their text is. */
const MAX_INLINE = 32;

/**
 * The line of inline content that is being written. An inline element is written only when text or an image
 * comes, so that none is empty, and is written again when blocks divide it: `<b>a<p>b</p></b>` becomes two
 * paragraphs with `<b>` in each.
 */
export class Line {
  /** Within preformatted text, white space is kept. */
  verbatim = false;
  private start = true;
  private broken = false;
  private readonly active: Inline[] = [];
  /** The elements of the first of `active` on this line. */
  private readonly written: TreeElement[] = [];
  private parent: TreeElement | null = null;

  /**
   * @param budget in UTF-16 code units: how much writing elements again may add in all. Without it a few
   *   open links around many paragraphs would make a body a hundred times as long.
   * @param findParent the block that the line belongs to, asked for when there is something to write.
   */
  constructor(
    private budget: number,
    private readonly findParent: () => TreeElement,
  ) {}

  /** Whether nothing was written since the last boundary. */
  isStart(): boolean {
    return this.start;
  }

  /** Whether the last that was written is a `<br>`. */
  endsInBreak(): boolean {
    return this.broken;
  }

  /** A boundary of blocks: what follows stands on another line. */
  break(): void {
    this.start = true;
    this.broken = false;
    this.parent = null;
    this.written.length = 0;
  }

  begin(name: string, attributes: Attributes): Inline | null {
    if (this.active.length >= MAX_INLINE || saysNothing(name, attributes)) return null;
    const ended = ENDS[name];
    if (ended !== undefined) {
      for (const inline of this.active.filter((open) => ended.includes(open.name))) this.end(inline);
    } else if (isBare(attributes) && !NESTS_IN_ITSELF.has(name)) {
      if (this.active.some((open) => open.name === name)) return null;
    }
    const inline: Inline = { name, attributes, written: false };
    this.active.push(inline);
    return inline;
  }

  end(inline: Inline | null): void {
    const position = inline === null ? -1 : this.active.indexOf(inline);
    if (position < 0) return;
    this.active.splice(position, 1);
    if (this.written.length > position) this.written.length = position;
  }

  add(element: TreeElement): void {
    this.target().children.push(element);
    this.broken = element.name === 'br';
  }

  addText(text: string): void {
    const kept = this.visible(text);
    if (kept === '') return;
    const { children } = this.target();
    const last = children[children.length - 1];
    if (typeof last === 'string') children[children.length - 1] = last + kept;
    else children.push(kept);
    this.broken = false;
  }

  private visible(text: string): string {
    // Browsers drop a line break after <pre>; it would be lost on the way through one.
    if (this.verbatim) return this.start ? text.replace(/^\n+/, '') : text;
    return this.start || this.broken ? trimStart(text) : text;
  }

  /** The innermost element that is open on this line; writes those that are not on it yet. */
  private target(): TreeElement {
    this.parent ??= this.findParent();
    this.start = false;
    let target = this.written[this.written.length - 1] ?? this.parent;
    while (this.written.length < this.active.length) {
      const inline = this.active[this.written.length];
      if (inline === undefined || !this.mayWrite(inline)) {
        this.active.splice(this.written.length, 1);
        continue;
      }
      const element: TreeElement = { name: inline.name, attributes: inline.attributes, children: [] };
      target.children.push(element);
      this.written.push(element);
      target = element;
    }
    return target;
  }

  private mayWrite(inline: Inline): boolean {
    if (inline.written) this.budget -= lengthOf(inline);
    inline.written = true;
    return this.budget >= 0;
  }
}

function saysNothing(name: string, attributes: Attributes): boolean {
  if (name === 'a') return attributes.href === undefined;
  return name === 'span' && isBare(attributes);
}

function isBare(attributes: Attributes): boolean {
  for (const _ in attributes) return false;
  return true;
}

function lengthOf(inline: Inline): number {
  let length = 2 * inline.name.length + 5;
  for (const name in inline.attributes) length += name.length + (inline.attributes[name] ?? '').length + 4;
  return length;
}
