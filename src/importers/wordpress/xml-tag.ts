/** One tag as it stands in the text. `end` is the index behind its `>`. */
export interface ScannedTag {
  readonly type: 'tag';
  readonly name: string;
  readonly closing: boolean;
  readonly selfClosing: boolean;
  readonly end: number;
}

/** A tag whose name can be read, but not all that follows; its attributes are good up to `goodEnd`. */
export interface BrokenTag {
  readonly type: 'broken';
  readonly name: string;
  readonly closing: boolean;
  readonly goodEnd: number;
}

/** `more`: the text ends before it can be said what this is. `none`: no tag begins here. */
export type TagScan = ScannedTag | BrokenTag | { readonly type: 'more' } | { readonly type: 'none' };

/** In characters. A longer tag is taken as broken, so that an unclosed quote cannot eat the file. */
export const MAX_TAG_LENGTH = 16_384;
const MAX_NAME_LENGTH = 256;

const MORE: TagScan = { type: 'more' };
const NONE: TagScan = { type: 'none' };
const NC_START =
  'A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u2C00-\\u2FEF\\u3001-\\uD7FF';
const NC_REST = `${NC_START}0-9.\\u00B7\\u0300-\\u036F-`;
const NAME = new RegExp(`[${NC_START}][${NC_REST}]{0,99}(?::[${NC_START}][${NC_REST}]{0,99})?`, 'y');
const NAME_REST = new RegExp(`[:${NC_REST}]`);

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const SLASH = 0x2f;
const LESS = 0x3c;
const EQUALS = 0x3d;
const GREATER = 0x3e;

/**
 * Reads the tag that begins with the `<` at `start`. Whether a tag is whole, broken or none never depends on how
 * much of the text happens to be there: it answers `more` until it can be sure.
 */
export function scanTag(text: string, start: number, atEnd: boolean): TagScan {
  const closing = text.charCodeAt(start + 1) === SLASH;
  const nameStart = start + (closing ? 2 : 1);
  if (!atEnd && text.length - nameStart < MAX_NAME_LENGTH && text.indexOf('>', nameStart) === -1) return MORE;
  NAME.lastIndex = nameStart;
  const name = NAME.exec(text)?.[0];
  if (name === undefined) return NONE;
  const behindName = nameStart + name.length;
  if (NAME_REST.test(text.charAt(behindName))) return NONE;
  return scanAttributes(text, start, behindName, name, closing, atEnd);
}

function scanAttributes(
  text: string,
  start: number,
  behindName: number,
  name: string,
  closing: boolean,
  atEnd: boolean,
): TagScan {
  const limit = Math.min(text.length, start + MAX_TAG_LENGTH);
  let goodEnd = behindName;
  for (;;) {
    const at = skipSpaces(text, goodEnd, limit);
    const code = text.charCodeAt(at);
    if (at < limit && code === GREATER)
      return { type: 'tag', name, closing, selfClosing: false, end: at + 1 };
    const next = at < limit && code === SLASH ? at + 1 : -1;
    if (next !== -1 && next < limit && text.charCodeAt(next) === GREATER) {
      return { type: 'tag', name, closing, selfClosing: true, end: next + 1 };
    }
    const attributeEnd = at < limit && at > goodEnd && next === -1 ? scanAttribute(text, at, limit) : -1;
    if (attributeEnd === -1 || attributeEnd === limit || at >= limit || next === limit) {
      const cut = at >= limit || next === limit || attributeEnd === limit;
      const mayGrow = cut && limit === text.length && limit < start + MAX_TAG_LENGTH && !atEnd;
      return mayGrow ? MORE : { type: 'broken', name, closing, goodEnd };
    }
    goodEnd = attributeEnd;
  }
}

/** The index behind the attribute, `limit` when the text ends inside it, -1 when it is not one. */
function scanAttribute(text: string, start: number, limit: number): number {
  NAME.lastIndex = start;
  const name = NAME.exec(text)?.[0];
  if (name === undefined) return -1;
  let at = skipSpaces(text, start + name.length, limit);
  if (at >= limit) return limit;
  if (text.charCodeAt(at) !== EQUALS) return -1;
  at = skipSpaces(text, at + 1, limit);
  if (at >= limit) return limit;
  const quote = text.charCodeAt(at);
  if (quote !== QUOTE && quote !== APOSTROPHE) return -1;
  for (at += 1; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1 === limit ? limit : at + 1;
    if (code === LESS) return -1;
  }
  return limit;
}

function skipSpaces(text: string, start: number, limit: number): number {
  let at = start;
  while (at < limit) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x09 && code !== 0x0d) break;
    at += 1;
  }
  return at;
}
