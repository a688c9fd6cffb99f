import type { Block } from '../blocks';
import { levelOfName } from './text-blocks';

/** A block with the text that it adds to its body's. */
export interface ReadBlock {
  readonly block: Block;
  readonly text: string;
}

/**
 * The blocks of a body in which the sanitiser would find nothing and the tree builder nothing to mend, as most articles
 * and comments are: paragraphs, headings and quotations of plain text, with simple links and emphasis. Of such a body
 * this is what the long way makes, at a tenth of its cost; of any other it is null.
 */
export function plainBlocks(html: string): ReadBlock[] | null {
  if (MAY_CHANGE.test(html)) return null;
  const blocks: ReadBlock[] = [];
  for (let at = behindSpace(html, 0); at < html.length; at = behindSpace(html, at)) {
    BLOCK.lastIndex = at;
    const [whole, name, line, quoted] = BLOCK.exec(html) ?? [];
    if (whole === undefined) return null;
    const block = name !== undefined && line !== undefined ? lineBlock(name, line) : quotation(quoted ?? '');
    if (block === null) return null;
    blocks.push(block);
    at += whole.length;
  }
  return blocks;
}

/** No reference, no white space but single spaces, no character that would be tidied, no half of a pair. */
const TEXT =
  '[^<>&\\0-\\x1f\\x7f-\\xa0\\u1680\\u2000-\\u200b\\u2028-\\u202f\\u205f\\u3000\\ud800-\\udfff\\ufeff\\ufff0-\\uffff]';
const SOLID = `(?! )${TEXT}`;
/** Does not begin or end with a space. */
const PHRASE = `${SOLID}(?:${TEXT}*${SOLID})?`;
const ADDRESS = 'https?://[A-Za-z0-9][A-Za-z0-9./_~%=+,;:@!*()?#-]{0,2000}';
const REL = '(?:noreferrer noopener|noopener noreferrer|noopener)';
const LINK = `a href="${ADDRESS}"(?: target="_blank")?(?: rel="${REL}")?>${PHRASE}</a`;
const INLINE = `<(?:${LINK}|strong>${PHRASE}</strong|em>${PHRASE}</em|b>${PHRASE}</b|i>${PHRASE}</i)>`;
const LINE = `${TEXT}*(?:${INLINE}${TEXT}*)*`;
/** Classes are left out. */
const CLASS = '(?: class="[\\w -]*")?';
const BLOCK = new RegExp(
  `<(p|h[1-6])${CLASS}>(${LINE})</\\1>|<blockquote${CLASS}>\\n*((?:<p>${LINE}</p>\\n*)+(?:<cite>${PHRASE}</cite>\\n*)?)</blockquote>`,
  'y',
);
const QUOTED = /<(p|cite)>(.*?)<\/\1>/g;
const ANCHOR = /<a (href="[^"]*")[^>]*>/g;
/** What is trimmed or collapsed, a beginning that may be all of an invisible text, an address that may be a player's. */
const MAY_CHANGE = / {2}|>\p{Cf}|:\/\/(?<!="https?:\/\/)/u;

function lineBlock(name: string, line: string): ReadBlock | null {
  if (!isTrimmed(line)) return null;
  const html = `<${name}>${tidied(line)}</${name}>`;
  const level = levelOfName(name);
  const block: Block = level === null ? { type: 'paragraph', html } : { type: 'heading', html, level };
  return { block, text: textOf(line) };
}

function quotation(quoted: string): ReadBlock | null {
  const texts: string[] = [];
  let html = '';
  let citation: string | null = null;
  for (const [, name = '', line = ''] of quoted.matchAll(QUOTED)) {
    if (!isTrimmed(line)) return null;
    html += `<${name}>${tidied(line)}</${name}>`;
    texts.push(textOf(line));
    if (name === 'cite') citation = line;
  }
  const block: Block = { type: 'quote', html: `<blockquote>${html}</blockquote>`, citation };
  return { block, text: texts.join('\n\n') };
}

function isTrimmed(line: string): boolean {
  return line !== '' && !line.startsWith(' ') && !line.endsWith(' ');
}

function tidied(line: string): string {
  return line.includes('<a ') ? line.replace(ANCHOR, '<a $1 rel="noopener">') : line;
}

function textOf(line: string): string {
  return line.includes('<') ? line.replace(/<[^>]*>/g, '') : line;
}

function behindSpace(html: string, from: number): number {
  let at = from;
  while (html.charCodeAt(at) === 0x0a) at += 1;
  return at;
}
