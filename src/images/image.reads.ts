import { type Loader, oneLoader } from '../core/batch';
import type { Reader } from '../database';
import type { ImageRow } from './image';
import { imagesById } from './image.store';

/** What one request may read of the images, batched. */
export class ImageReads {
  readonly byId: Loader<number, ImageRow | null>;

  constructor(reader: Reader) {
    this.byId = oneLoader(
      (ids) => imagesById(reader, { ids: [...ids] }),
      (row) => row.id,
    );
  }
}
