/** Text that is markup already. What is not is escaped when it gets in. */
export class Markup {
  constructor(private readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/** What can stand in markup; null and false stand for nothing. */
export type Child = Markup | string | number | null | false | readonly Child[];

/**
 * Markup of HTML and SVG as a template. Whatever is put in is escaped, in text as in attributes with quotation marks
 * around them, unless it is markup itself.
 */
export function html(parts: TemplateStringsArray, ...children: readonly Child[]): Markup {
  let text = parts[0] ?? '';
  for (const [place, child] of children.entries()) text += written(child) + (parts[place + 1] ?? '');
  return new Markup(text);
}

/** The same for any other XML. */
export const xml = html;

/** A style sheet of ours, which HTML takes as it is. */
export function styleElement(style: string): Markup {
  return new Markup(`<style>${style}</style>`);
}

function written(child: Child): string {
  if (child === null || child === false) return '';
  if (child instanceof Markup) return child.toString();
  if (typeof child === 'object') return child.map(written).join('');
  return escaped(String(child));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // Parsers of XML make a line feed of one that stands as it is.
  '\r': '&#13;',
};

/** Characters that XML 1.0 has no place for, not even escaped; halves of pairs are made whole before. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced
const NO_CHARACTERS = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

function escaped(text: string): string {
  return text
    .replace(LONE_SURROGATES, '\ufffd')
    .replace(NO_CHARACTERS, '\ufffd')
    .replace(/[&<>"'\r]/g, (character) => ESCAPES[character] ?? '');
}

const LONE_SURROGATES = /\p{Cs}/gu;
