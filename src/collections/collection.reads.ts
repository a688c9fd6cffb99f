import { type Loader, manyLoader, oneLoader } from '../core/batch';
import type { Reader } from '../database';
import { slugLoader } from '../slugs';
import type { CollectionRow } from './collection';
import {
  allCollections,
  articlesInCollections,
  collectionsById,
  collectionsBySlug,
} from './collection.store';

/** What one request may read of the collections, batched. */
export class CollectionReads {
  readonly byId: Loader<number, CollectionRow | null>;
  readonly bySlug: Loader<string, CollectionRow | null>;
  /** Keys, in the editor's order. Whether the viewer may see the articles is for their own reads to say. */
  readonly articleIds: Loader<number, readonly { readonly articleId: number }[]>;

  constructor(private readonly reader: Reader) {
    this.byId = oneLoader(
      (ids) => collectionsById(reader, { ids: [...ids] }),
      (row) => row.id,
    );
    this.bySlug = slugLoader(reader, {
      kind: 'collection',
      bySlug: collectionsBySlug,
      byId: collectionsById,
    });
    this.articleIds = manyLoader(
      (collections) => articlesInCollections(reader, { collections: [...collections] }),
      (row) => row.collectionId,
    );
  }

  all(): Promise<readonly CollectionRow[]> {
    return allCollections(this.reader, {});
  }
}
