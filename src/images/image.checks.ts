import { badInput } from '../core/errors';
import { webAddress, withinLength } from '../core/fields';
import type { ImageDescription } from './image';

/** Characters. */
const MAX_LENGTHS = { url: 2_000, alt: 2_000, caption: 5_000, credit: 500 } as const;
const MAX_PIXELS = 100_000;

/**
 * @param at what stands before the names of the fields, e.g. "leadImage."
 * @throws DatelineError BAD_USER_INPUT that names the field
 */
export function checkImage(image: Partial<ImageDescription>, at = ''): void {
  if (image.url !== undefined) webAddress(`${at}url`, image.url, MAX_LENGTHS.url);
  for (const name of ['width', 'height'] as const) {
    const pixels = image[name];
    if (pixels == null || (pixels >= 1 && pixels <= MAX_PIXELS)) continue;
    throw badInput(`${at}${name}`, `"${at}${name}" is ${pixels}; it must be from 1 to ${MAX_PIXELS}.`);
  }
  for (const name of ['alt', 'caption', 'credit'] as const) {
    const text = image[name];
    if (text != null) withinLength(`${at}${name}`, text, MAX_LENGTHS[name]);
  }
}
