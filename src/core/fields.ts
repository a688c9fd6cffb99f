/** What is checked of single input fields. Every message names the field as its client wrote it. */
import { badInput } from './errors';
import { slugify, tokens } from './text';

/** The text without space around it. @throws DatelineError BAD_USER_INPUT where there is none, or too much */
export function requiredText(field: string, text: string, max: number): string {
  const trimmed = text.trim();
  if (trimmed === '') throw badInput(field, `"${field}" must not be empty.`);
  return withinLength(field, trimmed, max);
}

/** The same for text that there need not be: null where nothing is left of it. */
export function optionalText(field: string, text: string | null, max: number): string | null {
  return text === null || text.trim() === '' ? null : withinLength(field, text.trim(), max);
}

/** The slug that somebody has chosen. @throws DatelineError BAD_USER_INPUT where nothing of it can stand in a slug */
export function chosenSlug(text: string): string {
  if (tokens(text).length === 0) throw badInput('slug', '"slug" must have a letter or a digit.');
  return slugify(text);
}

/** @throws DatelineError BAD_USER_INPUT for more than `max` values, or for the same one twice */
export function distinctValues<T extends string | number>(
  field: string,
  values: readonly T[],
  max: number,
): readonly T[] {
  if (values.length > max) {
    throw badInput(field, `"${field}" has ${values.length} values; at most ${max} are allowed.`);
  }
  const seen = new Set<T>();
  for (const [index, value] of values.entries()) {
    if (seen.has(value)) throw badInput(`${field}.${index}`, `"${field}" names the same one twice.`);
    seen.add(value);
  }
  return values;
}

/** An address that a reader's browser may be sent to. @throws DatelineError BAD_USER_INPUT */
export function webAddress(field: string, url: string, max: number): string {
  withinLength(field, url, max);
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return url;
  throw badInput(field, `"${field}" is no address that begins with https:// or http://.`);
}

/** @throws DatelineError BAD_USER_INPUT for more characters than `max` */
export function withinLength(field: string, text: string, max: number): string {
  if (text.length <= max) return text;
  throw badInput(field, `"${field}" has ${text.length} characters; at most ${max} are allowed.`);
}
