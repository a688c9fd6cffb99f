import type { TextDirection } from './language';

/** How a text is read that is written in one of two ways; each pattern is tried at one place. */
interface Writing {
  /** Up to the first letter. */
  readonly before: RegExp;
  /** An address of a page, which ends where `plainToHtml` has it end. */
  readonly address: RegExp;
}

const PLAIN: Writing = { before: /[^\p{L}]*/uy, address: /(?:https?:\/\/|www\.)[^\s<>"'`]*/iuy };

/** Tags and character references have letters that are none of the text. */
const HTML: Writing = {
  before: /(?:[^\p{L}<&]|<[^>]*>|&[#\w]+;|[<&])*/uy,
  address: /(?:https?:\/\/|www\.)(?:(?!&(?:lt|gt|quot|#39);)[^\s<>"'`])*/iuy,
};

const LETTER = /\p{L}/uy;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\p{Script=Mandaic}\p{Script=Samaritan}]/uy;

/**
 * In which direction a text of whatever language runs: that of its first letter, as the paragraphs of the Unicode
 * Bidirectional Algorithm (UAX #9, P2) do. Addresses of pages are no words. LTR for a text without letters.
 */
export function directionIn(text: string): TextDirection {
  return directionOfFirst(PLAIN, text);
}

/** The same of a text as sanitised HTML has it. */
export function directionInHtml(html: string): TextDirection {
  return directionOfFirst(HTML, html);
}

function directionOfFirst({ before, address }: Writing, text: string): TextDirection {
  for (let at = endOf(before, text, 0); at < text.length; at = endOf(before, text, at)) {
    const end = endOf(address, text, at);
    if (end === at) return isAt(LETTER, text, at) && isAt(RIGHT_TO_LEFT, text, at) ? 'RTL' : 'LTR';
    at = end;
  }
  return 'LTR';
}

/** Where what is found at a place ends; the place itself where nothing is. */
function endOf(pattern: RegExp, text: string, at: number): number {
  return isAt(pattern, text, at) ? pattern.lastIndex : at;
}

function isAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}
