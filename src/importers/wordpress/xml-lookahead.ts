import { MAX_ENTITY_LENGTH } from './text-repair';
import type { TextWindow } from './text-window';

/** In characters: a comment, instruction or document type that is longer counts as never closed. */
export const MAX_ASIDE_LENGTH = 65_536;
/** In characters: how far behind a `]]>` is looked to tell whether it really ends the section. */
const CDATA_LOOKAHEAD = 1024;

/** The end of the text that can be used now: not what may be the beginning of a reference or of `]]>`. */
export function safeTextEnd({ text, at }: TextWindow): number {
  let end = text.length;
  const ampersand = text.lastIndexOf('&');
  if (ampersand >= at && end - ampersand < MAX_ENTITY_LENGTH && text.indexOf(';', ampersand) === -1)
    end = ampersand;
  const floor = Math.max(at, end - 2);
  while (end > floor && text.charCodeAt(end - 1) === 0x5d) end -= 1;
  return end;
}

/**
 * Some exporters forget to escape a `]]>` within a section. It shows by a second `]]>` before the next `<`, which
 * XML forbids outside of one; whatever XML allows is read as XML says. Null: more text is needed to tell.
 */
export function endsCdata(window: TextWindow, behind: number, atEnd: boolean): boolean | null {
  const { text, length } = window;
  const less = window.find('<', behind);
  const limit = Math.min(less === -1 ? length : less, behind + CDATA_LOOKAHEAD);
  const between = text.slice(behind, limit);
  if (less !== -1 || limit === behind + CDATA_LOOKAHEAD || atEnd) return !between.includes(']]>');
  return between.includes(']]>') ? false : null;
}

/** The index behind the document type that begins here, -1 when it never ends, null when more text is needed. */
export function doctypeEnd({ text, at, length }: TextWindow, atEnd: boolean): number | null {
  const limit = Math.min(length, at + MAX_ASIDE_LENGTH);
  let depth = 0;
  for (let end = at; end < limit; end += 1) {
    const code = text.charCodeAt(end);
    if (code === 0x5b) depth += 1;
    else if (code === 0x5d) depth -= 1;
    else if (code === 0x3e && depth <= 0) return end + 1;
  }
  return atEnd || length - at > MAX_ASIDE_LENGTH ? -1 : null;
}
