/**
 * Text that both engines hold alike. PostgreSQL refuses U+0000 in text and in JSON, and half a surrogate pair
 * in JSON; SQLite stores the first and garbles the second. Both become U+FFFD, the replacement character, in
 * whatever is bound to a statement, a search as much as a write: nothing of the text goes missing, and a name
 * with such a character in it never turns into somebody else's.
 */
const REPLACEMENT = '\u{fffd}';
/** U+0000 or any half of a pair, also of a whole one: hardly a text has them, and this is found out fast. */
const PERHAPS_UNSTORABLE = /[\0\ud800-\udfff]/;
/** `\p{Cs}`, under the u flag, is half a pair: whole ones count as the character that they stand for. */
const UNSTORABLE = /[\p{Cs}\0]/u;
const UNSTORABLE_ALL = new RegExp(UNSTORABLE, 'gu');
/** In JSON as `JSON.stringify` writes it: only these two are ever escaped; an escaped backslash is passed over. */
const UNSTORABLE_IN_JSON = /\\u(?:0000|d[89a-f])/;
const ESCAPES = /\\(u0000|ud[89a-f][0-9a-f]{2}|.)/g;

export function storableText(text: string): string {
  if (!PERHAPS_UNSTORABLE.test(text)) return text;
  return UNSTORABLE.test(text) ? text.replace(UNSTORABLE_ALL, REPLACEMENT) : text;
}

/** A value to bind; the elements of a list alike. */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  return Array.isArray(value) ? value.map(storable) : value;
}

/** A value of which `toJson` has made the JSON already: stored as it is. */
export class WrittenJson<T> {
  constructor(readonly json: string) {}

  /** Itself, in place of the value where that would be stored. */
  get stored(): T {
    return this as unknown as T;
  }

  /** For where it becomes part of something larger. */
  toJSON(): unknown {
    return JSON.parse(this.json);
  }
}

/** The JSON that is stored for a value. */
export function toJson(value: unknown): string {
  if (value instanceof WrittenJson) return value.json;
  const text = JSON.stringify(value);
  if (!UNSTORABLE_IN_JSON.test(text)) return text;
  return text.replace(ESCAPES, (all, code: string) => (code.length > 1 ? REPLACEMENT : all));
}
