import type { ListOrder } from '../core/paging';
import { normalise } from '../core/text';

export interface ImageRow {
  readonly id: number;
  readonly url: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly alt: string | null;
  readonly caption: string | null;
  readonly credit: string | null;
  readonly revision: number;
}

/** What somebody decides on about an image. */
export type ImageFields = Omit<ImageRow, 'id' | 'revision'>;

/** An image as an editor describes it: what is absent stays as it is known, null clears. */
export type ImageDescription = Pick<ImageRow, 'url'> & Partial<Omit<ImageFields, 'url'>>;

/** Images that are kept in memory; half a kilobyte each. */
export const IMAGES_KEPT = 5_000;

/** An image of which nothing is known but where it is. */
export const UNDESCRIBED = { width: null, height: null, alt: null, caption: null, credit: null } as const;

/** The one order of lists of images: those that came last first. */
export const NEWEST_FIRST = { name: 'NEWEST', sort: 'integer' } as const satisfies ListOrder;

/** What an image is found by, normalised: the name of its file, and all that is said of it. */
export function wordsOf({ url, alt, caption, credit }: ImageFields): string {
  return normalise([fileName(url), alt, caption, credit].filter((text) => text !== null).join(' '));
}

/** Names of files are found as people read them; an escape that is none stays as it stands. */
function fileName(url: string): string {
  const name = url.slice(url.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
