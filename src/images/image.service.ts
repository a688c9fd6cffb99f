/** What can be done to images, and by whom. */
import { type GuardedWrite, guardedWrite } from '../changes';
import type { Actor } from '../core/actor';
import type { Clock, Instant } from '../core/clock';
import { type Page, type Slice, toSlice } from '../core/paging';
import type { Seen } from '../core/revision';
import type { Database, Tx } from '../database';
import { EVERY_TIME, type Once } from '../idempotency';
import type { ImageDescription, ImageRow } from './image';
import { checkImage } from './image.checks';
import { deleteImage, type ImageEdit, insertImage, updateImage } from './image.edit';
import { assertMayActOnImages, assertMayListImages, type ImageAction } from './image.policy';
import { countImages, type ImageQuery, listImages } from './image.store';

/** Raises the revisions of the articles that show images which are described anew: articles know how. */
export type ReviseArticles = (
  tx: Tx,
  actor: Actor,
  at: Instant,
  images: readonly number[],
) => Promise<unknown>;

/** Every method throws Refusal, or DatelineError FORBIDDEN, BAD_USER_INPUT; then nothing was written. */
export class ImageService {
  private readonly write: GuardedWrite<ImageAction>;

  constructor(
    private readonly database: Database,
    clock: Clock,
    private readonly reviseArticles: ReviseArticles,
  ) {
    this.write = guardedWrite(database, clock, assertMayActOnImages);
  }

  /** An image is known by its URL, and so there is one of each. */
  create(actor: Actor, image: ImageDescription, once: Once = EVERY_TIME): Promise<Seen> {
    return this.write(actor, 'CREATE', () => {
      checkImage(image);
      return (scope) => once(scope, async () => ({ id: await insertImage(scope, image), revision: 1 }));
    });
  }

  /** Describes an image anew, wherever it is shown. */
  update(actor: Actor, seen: Seen, edit: ImageEdit): Promise<Seen> {
    return this.write(actor, 'EDIT', () => {
      checkImage(edit);
      return async (scope) => {
        const { revision, isRedescribed } = await updateImage(scope, seen, edit);
        if (isRedescribed) await this.reviseArticles(scope.tx, actor, scope.at, [seen.id]);
        return { id: seen.id, revision };
      };
    });
  }

  /** Only an image that nothing shows. */
  delete(actor: Actor, seen: Seen): Promise<void> {
    return this.write(actor, 'DELETE', () => (scope) => deleteImage(scope, seen));
  }

  async page(actor: Actor, query: ImageQuery, page: Page): Promise<Slice<ImageRow>> {
    assertMayListImages(actor);
    return toSlice(await listImages(this.database, query, page), page);
  }

  async total(actor: Actor, query: ImageQuery): Promise<number> {
    assertMayListImages(actor);
    return countImages(this.database, query);
  }
}
