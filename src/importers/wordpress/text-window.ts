/** A part of a file by its length. */
export interface Stretch {
  readonly lineBreaks: number;
  /** Characters behind the last line break, or all of them. */
  readonly lastLine: number;
}

/**
 * The part of a stream of text that is not used up yet. Knows the line and column of any place in it, and
 * remembers what it searched for in vain, so that a search repeated from a later place costs nothing.
 * Line breaks become `\n`, as XML demands.
 */
export class TextWindow {
  text = '';
  /** Index of the next unused character. */
  at = 0;
  private carried = '';
  private line = 1;
  private column = 1;
  /** Up to where `line` and `column` were counted. */
  private counted = 0;
  /** The next line break behind that, -1 for none; null where it has not been looked for. */
  private lineBreak: number | null = null;
  private readonly searches = new Map<string, { from: number; found: number }>();

  append(chunk: string): void {
    let added = this.carried + chunk;
    this.carried = '';
    const last = added.charCodeAt(added.length - 1);
    // A carriage return may be half of a line break, a high surrogate is half of a character.
    if (last === 0x0d || (last >= 0xd800 && last <= 0xdbff)) {
      this.carried = added.slice(-1);
      added = added.slice(0, -1);
    }
    this.add(added);
  }

  finish(): void {
    this.add(this.carried);
    this.carried = '';
  }

  /** Nothing is left that has not been used. */
  get isUsedUp(): boolean {
    return this.at === this.text.length && this.carried === '';
  }

  /** Counts what stands in the file behind what is used up, and is not read. */
  passOver({ lineBreaks, lastLine }: Stretch): void {
    this.position(this.at);
    this.line += lineBreaks;
    this.column = lastLine + (lineBreaks > 0 ? 1 : this.column);
  }

  get length(): number {
    return this.text.length;
  }

  /** Where `needle` next stands at or behind `from`, or -1. `from` must not lie before an earlier search's. */
  find(needle: string, from: number): number {
    const known = this.searches.get(needle);
    if (known !== undefined && known.from <= from && (known.found === -1 || known.found >= from))
      return known.found;
    const found = this.text.indexOf(needle, from);
    this.searches.set(needle, { from, found });
    return found;
  }

  /** Counts from 1. `index` must not lie before one that was asked for earlier. */
  position(index: number): { line: number; column: number } {
    let next = this.nextBreak();
    while (next !== -1 && next < index) {
      this.line += 1;
      this.column = 1;
      this.counted = next + 1;
      this.lineBreak = null;
      next = this.nextBreak();
    }
    if (index > this.counted) {
      this.column += index - this.counted;
      this.counted = index;
    }
    return { line: this.line, column: this.column };
  }

  /** At or behind `counted`. */
  private nextBreak(): number {
    this.lineBreak ??= this.text.indexOf('\n', this.counted);
    return this.lineBreak;
  }

  private add(raw: string): void {
    if (raw === '') return;
    const added = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
    this.position(this.at);
    this.text = this.at === this.text.length ? added : this.text.slice(this.at) + added;
    this.counted = Math.max(0, this.counted - this.at);
    this.at = 0;
    this.lineBreak = null;
    this.searches.clear();
  }
}
