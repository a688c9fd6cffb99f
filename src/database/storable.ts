/**
 * Text that both engines hold alike. PostgreSQL refuses U+0000 in text and in JSON, and half a surrogate pair
 * in JSON; SQLite stores the first and garbles the second. Both become U+FFFD, the replacement character, in
 * whatever is bound to a statement, a search as much as a write: nothing of the text goes missing, and a name
 * with such a character in it never turns into somebody else's.
 */
const REPLACEMENT = '\u{fffd}';
/** `\p{Cs}`, under the u flag, is half a pair: whole ones count as the character that they stand for. */
const UNSTORABLE = /[\p{Cs}\0]/u;
const UNSTORABLE_ALL = new RegExp(UNSTORABLE, 'gu');
/** In JSON as `JSON.stringify` writes it: only these two are ever escaped; an escaped backslash is passed over. */
const UNSTORABLE_IN_JSON = /\\u(?:0000|d[89a-f])/;
const ESCAPES = /\\(u0000|ud[89a-f][0-9a-f]{2}|.)/g;

export function storableText(text: string): string {
  return UNSTORABLE.test(text) ? text.replace(UNSTORABLE_ALL, REPLACEMENT) : text;
}

/** A value to bind; the elements of a list alike. */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  return Array.isArray(value) ? value.map(storable) : value;
}

/** The JSON that is stored for a value. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!UNSTORABLE_IN_JSON.test(text)) return text;
  return text.replace(ESCAPES, (all, code: string) => (code.length > 1 ? REPLACEMENT : all));
}
