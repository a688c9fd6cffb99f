/** What fields of an article must be like. Everything throws DatelineError BAD_USER_INPUT that names the field. */
import type { Instant } from '../core/clock';
import { badInput } from '../core/errors';
import { webAddress } from '../core/fields';
import { canonicalLanguageTag, normalisePath, slugify, UNTITLED_SLUG } from '../core/text';

/** Characters that the fields may have. */
export const MAX_LENGTHS = {
  title: 500,
  standfirst: 5_000,
  /** Some 300 printed pages. */
  html: 1_000_000,
  slug: 1_000,
  path: 1_000,
  canonicalUrl: 2_000,
  'dateline.place': 200,
  'dateline.source': 200,
  byline: 500,
  'rights.credit': 500,
  'rights.licence': 500,
  note: 2_000,
  text: 5_000,
} as const satisfies Readonly<Record<string, number>>;

export type LimitedField = keyof typeof MAX_LENGTHS;

const MAX_TERRITORIES = 300;
/** ISO 3166-1 in capitals, or a region of UN M49. */
const TERRITORY = /^([A-Z]{2}|\d{3})$/;

export function checkLength(field: LimitedField, text: string): void {
  const max = MAX_LENGTHS[field];
  if (text.length > max)
    throw badInput(field, `"${field}" has ${text.length} characters; at most ${max} are allowed.`);
}

/** Also not of white space alone. */
export function checkNotEmpty(field: LimitedField, text: string): void {
  if (text.trim() === '') throw badInput(field, `"${field}" must not be empty.`);
  checkLength(field, text);
}

export function checkDistinct(field: string, values: readonly (number | string)[], max: number): void {
  if (values.length > max)
    throw badInput(field, `"${field}" has ${values.length} values; at most ${max} are allowed.`);
  if (new Set(values).size !== values.length) throw badInput(field, `"${field}" names the same one twice.`);
}

/** The slug in the one form in which slugs are looked for. */
export function checkedSlug(slug: string): string {
  checkNotEmpty('slug', slug);
  const canonical = slugify(slug);
  if (canonical === UNTITLED_SLUG && slug.trim().toLowerCase() !== UNTITLED_SLUG)
    throw badInput('slug', '"slug" needs a letter or a digit.');
  return canonical;
}

/** The path in the one form in which paths are looked for. */
export function checkedPath(path: string): string {
  checkNotEmpty('path', path);
  const canonical = normalisePath(path);
  if (canonical === '/') throw badInput('path', "The site's root is no place for an article.");
  return canonical;
}

export function checkedLanguage(language: string): string {
  return canonicalLanguageTag(language);
}

/** An address that a reader's browser may be sent to. */
export function checkWebAddress(field: LimitedField, url: string): void {
  webAddress(field, url, MAX_LENGTHS[field]);
}

export function checkTerritories(territories: readonly string[]): void {
  checkDistinct('rights.territories', territories, MAX_TERRITORIES);
  const wrong = territories.findIndex((territory) => !TERRITORY.test(territory));
  if (wrong === -1) return;
  const field = `rights.territories.${wrong}`;
  throw badInput(field, `"${field}" is neither a country such as "AF" (ISO 3166-1) nor a region of UN M49.`);
}

/** Rights that run out before the embargo ends would never begin. */
export function checkRightsBegin(
  field: string,
  embargoUntil: Instant | null,
  expiresAt: Instant | null,
): void {
  if (embargoUntil === null || expiresAt === null || embargoUntil < expiresAt) return;
  throw badInput(field, `By "${field}" the rights would run out before the embargo has ended.`);
}
