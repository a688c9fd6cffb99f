import { decodeHtmlEntities } from './html-text';

export type RepairKind = 'stray-character' | 'unknown-entity' | 'forbidden-character' | 'undecodable';

/** Told of each repair: where in the given text it was made, and what was there. */
export type OnRepair = (kind: RepairKind, index: number, message: string) => void;

/** In characters: the longest named character reference of HTML, with `&` and `;`. */
export const MAX_ENTITY_LENGTH = 34;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
const SUSPICIOUS = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffd-\uffff]|\p{Surrogate}/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
const SUSPICIOUS_OR_AMPERSAND = /[&\0-\x08\x0b\x0c\x0e-\x1f\ufffd-\uffff]|\p{Surrogate}/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same and any half of a pair, which is found faster
const PERHAPS_SUSPICIOUS = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffd-\uffff]/;
const ENTITY = /&(?:#(\d{1,8})|#[xX]([0-9a-fA-F]{1,7})|([a-zA-Z][a-zA-Z0-9]{0,31}));/y;
const XML_ENTITIES = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);

/**
 * Makes character data fit for XML 1.0. Forbidden characters go; a reference that XML does not know becomes the
 * character that HTML means by it, or plain text; an ampersand that begins no reference is escaped.
 * Text that needs none of this comes back as it is.
 */
export function repairText(text: string, onRepair: OnRepair): string {
  return repair(text, SUSPICIOUS_OR_AMPERSAND, onRepair);
}

/** The same for a CDATA section, where an ampersand is an ampersand. */
export function repairCdata(text: string, onRepair: OnRepair): string {
  return repair(text, SUSPICIOUS, onRepair);
}

/** Whether `repairCdata` would find anything. */
export function hasForbidden(text: string): boolean {
  if (!PERHAPS_SUSPICIOUS.test(text)) return false;
  SUSPICIOUS.lastIndex = 0;
  return SUSPICIOUS.test(text);
}

function repair(text: string, suspicious: RegExp, onRepair: OnRepair): string {
  suspicious.lastIndex = 0;
  const parts: string[] = [];
  let copied = 0;
  for (let match = suspicious.exec(text); match !== null; match = suspicious.exec(text)) {
    const found = match[0];
    const replaced =
      found === '&' ? reference(text, match.index, onRepair) : character(found, match.index, onRepair);
    if (replaced === null) continue;
    parts.push(text.slice(copied, match.index), replaced.text);
    copied = match.index + replaced.length;
    suspicious.lastIndex = copied;
  }
  return copied === 0 ? text : parts.join('') + text.slice(copied);
}

interface Replacement {
  readonly text: string;
  /** How many characters of the source it stands for. */
  readonly length: number;
}

function character(found: string, index: number, onRepair: OnRepair): Replacement | null {
  const code = found.charCodeAt(0);
  if (code === 0xfffd) {
    onRepair(
      'undecodable',
      index,
      'a replacement character (U+FFFD) stands where something could not be decoded',
    );
    return null;
  }
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  onRepair('forbidden-character', index, `XML forbids the character ${name}; it is removed`);
  return { text: '', length: found.length };
}

function reference(text: string, index: number, onRepair: OnRepair): Replacement | null {
  ENTITY.lastIndex = index;
  const match = ENTITY.exec(text);
  if (match === null) {
    onRepair('stray-character', index, '"&" begins no character reference; it is kept as text');
    return { text: '&amp;', length: 1 };
  }
  const [whole, decimal, hexadecimal, name] = match;
  if (name !== undefined) return XML_ENTITIES.has(name) ? null : namedReference(whole, index, onRepair);
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10);
  if (isXmlCharacter(code))
    return whole.charAt(2) === 'X' ? { text: `&#x${hexadecimal};`, length: whole.length } : null;
  onRepair('forbidden-character', index, `XML forbids the character that ${whole} stands for; it is removed`);
  return { text: '', length: whole.length };
}

function namedReference(whole: string, index: number, onRepair: OnRepair): Replacement {
  const decoded = decodeHtmlEntities(whole);
  if (decoded === whole) {
    onRepair('unknown-entity', index, `${whole} is not defined; it is kept as text`);
    return { text: `&amp;${whole.slice(1)}`, length: whole.length };
  }
  onRepair('unknown-entity', index, `${whole} is not defined in XML; it is read as HTML means it`);
  return { text: decoded.replaceAll('&', '&amp;').replaceAll('<', '&lt;'), length: whole.length };
}

function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code < 0xd800 || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
