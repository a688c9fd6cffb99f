import { createHash } from 'node:crypto';

/**
 * What does not make an author, a category, a tag or an image another one: where it stood, what is not kept, and what
 * only some exports and APIs tell.
 */
const BY_THE_WAY = new Set(['line', 'kind', 'externalId', 'email', 'title', 'articleExternalId']);

/** A hash of what was read, the same whether a file or an API told it. */
export function subjectFingerprint(record: object): string {
  const facts = Object.entries(record)
    .filter(([name]) => !BY_THE_WAY.has(name))
    .map(([name, value]) => [name, typeof value === 'string' ? straightened(value) : value])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
}

const TYPOGRAPHY: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201a\u2032]/g, "'"],
  [/[\u201c\u201d\u201e\u2033]/g, '"'],
  [/[\u2013\u2014]|-{2,3}/g, '-'],
  [/\u2026/g, '...'],
  [/\u2122/g, '(tm)'],
  [/(?<=\d)\u00d7(?=\d)/g, 'x'],
  [/\s+/g, ' '],
];

/** As somebody typed it: WordPress improves quotation marks and dashes where it shows a text. */
function straightened(text: string): string {
  return TYPOGRAPHY.reduce((typed, [improved, plain]) => typed.replace(improved, plain), text);
}
