import { type Kept, type Recall, Recalled, type ToldOne } from '../changes';
import { type Loader, oneLoader } from '../core/batch';
import type { Reader } from '../database';
import type { ImageRow } from './image';
import { imagesById } from './image.store';

/** What one request may read of the images, batched. */
export class ImageReads {
  readonly byId: Loader<number, ImageRow | null>;
  private readonly recalled: Recalled<ImageRow>;

  constructor(reader: Reader, recall: Recall, kept: Kept<ImageRow>) {
    this.recalled = new Recalled(recall, kept, imagesById);
    this.byId = oneLoader(
      (ids) => imagesById(reader, { ids: [...ids] }),
      (row) => row.id,
    );
  }

  /** The same for what many ask for: out of what is kept in memory, if it is there. */
  known(id: number): ToldOne<ImageRow> {
    return this.recalled.known(id);
  }
}
