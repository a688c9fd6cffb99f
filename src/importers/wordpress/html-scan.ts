const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const LESS = 0x3c;
const GREATER = 0x3e;

/** The name of a tag at `start` in lower case, '' when none begins there. */
export function tagNameAt(html: string, start: number): string {
  TAG_NAME.lastIndex = start;
  return TAG_NAME.exec(html)?.[1]?.toLowerCase() ?? '';
}

const TAG_NAME = /<\/?([a-zA-Z][a-zA-Z0-9:-]{0,63})/y;

/**
 * Finds the ends of tags and comments. Remembers in vain searches, so that a text full of openings costs one pass.
 */
export class HtmlScanner {
  private readonly missing = new Set<string>();
  private lowerCase: string | null = null;

  constructor(readonly html: string) {}

  /** The index behind the tag that begins at `start`; -1 when it never ends. A `>` within quotes ends nothing. */
  tagEnd(start: number): number {
    const { html } = this;
    for (let at = start + 1; at < html.length; at += 1) {
      const code = html.charCodeAt(at);
      if (code === GREATER) return at + 1;
      if (code === LESS) return -1;
      if (code !== QUOTE && code !== APOSTROPHE) continue;
      const closing = this.find(code === QUOTE ? '"' : "'", at + 1);
      if (closing === -1) return -1;
      at = closing;
    }
    return -1;
  }

  /** The index behind the comment that begins at `start`; -1 when it never ends. */
  commentEnd(start: number): number {
    const end = this.find('-->', start + 4);
    return end === -1 ? -1 : end + 3;
  }

  /** The index behind `</name>`, searched from `from`; -1 when there is none. */
  elementEnd(name: string, from: number): number {
    const needle = `</${name}`;
    if (this.missing.has(needle)) return -1;
    this.lowerCase ??= this.html.toLowerCase();
    // Some letters change their length in lower case; then indices do not match.
    const text = this.lowerCase.length === this.html.length ? this.lowerCase : this.html;
    for (let at = text.indexOf(needle, from); at !== -1; at = text.indexOf(needle, at + needle.length)) {
      const end = text.indexOf('>', at);
      if (end === -1) break;
      if (text.slice(at + needle.length, Math.min(end, at + needle.length + 64)).trim() === '')
        return end + 1;
    }
    this.missing.add(needle);
    return -1;
  }

  private find(needle: string, from: number): number {
    if (this.missing.has(needle)) return -1;
    const found = this.html.indexOf(needle, from);
    if (found === -1) this.missing.add(needle);
    return found;
  }
}
