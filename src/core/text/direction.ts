import type { TextDirection } from './language';

/** Up to the first letter of the text: tags and character references have letters that are none of it. */
const BEFORE_LETTER = /(?:[^\p{L}<&]|<[^>]*>|&[#\w]+;|[<&])*/uy;
/** An address of a page, which ends where `plainToHtml` has it end. */
const ADDRESS = /(?:https?:\/\/|www\.)(?:(?!&(?:lt|gt|quot|#39);)[^\s<>"'`])*/iuy;
const LETTER = /\p{L}/uy;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\p{Script=Mandaic}\p{Script=Samaritan}]/uy;

/**
 * In which direction a text of whatever language runs that is written as sanitised HTML: that of its first letter, as the
 * paragraphs of the Unicode Bidirectional Algorithm (UAX #9, P2) do. Addresses of pages are no words. LTR for a text without
 * letters.
 */
export function directionInHtml(html: string): TextDirection {
  for (let at = endOf(BEFORE_LETTER, html, 0); at < html.length; at = endOf(BEFORE_LETTER, html, at)) {
    const end = endOf(ADDRESS, html, at);
    if (end === at) return isAt(LETTER, html, at) && isAt(RIGHT_TO_LEFT, html, at) ? 'RTL' : 'LTR';
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
