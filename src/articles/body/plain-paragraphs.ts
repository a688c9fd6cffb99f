/**
 * Paragraphs of nothing but text, as most comments are: no other tag, no reference, no white space but single
 * spaces and a line break between paragraphs, no characters that would be tidied, no half of a pair.
 */
const PARAGRAPHS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is tidied
  /^<p>[^<>&\0-\x1f\x7f-\xa0\u1680\u2000-\u200b\u2028-\u202f\u205f\u3000\ud800-\udfff\ufeff\ufff0-\uffff]+<\/p>(?:\n<p>[^<>&\0-\x1f\x7f-\xa0\u1680\u2000-\u200b\u2028-\u202f\u205f\u3000\ud800-\udfff\ufeff\ufff0-\uffff]+<\/p>)*\n?$/;
/** White space that is trimmed or collapsed, a beginning that may be all of an invisible text, an address. */
const NOT_PLAIN = /<p>(?:\p{Cf}| )| (?:<| )|:\/\//u;

/** Whether the HTML is such that parsing and writing it again would change nothing but a line break at its end. */
export function isPlainParagraphs(html: string): boolean {
  return PARAGRAPHS.test(html) && !NOT_PLAIN.test(html);
}
