/**
 * Characters that nobody sees and that do something to others: controls other than tabs and line breaks, zero-width
 * spaces and the like, and what embeds, overrides or isolates a direction, which can turn around what stands beside
 * the text. Joiners stay, for Persian words and families of emoji are written with them, and so do directional
 * marks, which are no more than letters without a shape.
 */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** The text without such characters, and with line breaks of one kind. */
export function withoutUnseen(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(UNSEEN, '');
}

/** The same on one line, for names. */
export function asLine(text: string): string {
  return withoutUnseen(text).replace(/\s+/g, ' ').trim();
}

const NEVER_SEEN = /[\p{Cf}\p{Cc}\p{Zs}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]/gu;

/** How much of a text there is to see, in characters: of compatibility forms what they stand for. */
export function seenLength(text: string): number {
  let length = 0;
  for (const _ of text.normalize('NFKC').replace(NEVER_SEEN, '')) length += 1;
  return length;
}
