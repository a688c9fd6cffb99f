import type { TextDirection } from './language';

const ADDRESSES = /(?:https?:\/\/|www\.)\S+/giu;
const LETTER = /\p{L}/u;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\p{Script=Mandaic}\p{Script=Samaritan}]/u;

/**
 * In which direction a text of whatever language runs: that of its first letter, as the paragraphs of the Unicode
 * Bidirectional Algorithm (UAX #9, P2) do. Addresses of pages are no words. LTR for a text without letters.
 */
export function directionIn(text: string): TextDirection {
  const [first] = LETTER.exec(text) ?? [];
  if (first === undefined || RIGHT_TO_LEFT.test(first)) return first === undefined ? 'LTR' : 'RTL';
  if (!text.includes('://') && !/www\./i.test(text)) return 'LTR';
  const [word] = LETTER.exec(text.replace(ADDRESSES, '')) ?? [];
  return word !== undefined && RIGHT_TO_LEFT.test(word) ? 'RTL' : 'LTR';
}
