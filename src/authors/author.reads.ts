import type DataLoader from 'dataloader';
import { manyLoader, memberLoader, oneLoader } from '../core/batch';
import { type Page, type Slice, toSlice } from '../core/paging';
import type { Reader } from '../database';
import { slugLoader } from '../slugs';
import type { AuthorRow } from './author';
import {
  authorsById,
  authorsBySlug,
  authorsOfArticles,
  countAuthors,
  listAuthors,
  portraitsAmong,
} from './author.store';

/** What one request may read of the authors, batched. */
export class AuthorReads {
  readonly byId: DataLoader<number, AuthorRow | null>;
  readonly bySlug: DataLoader<string, AuthorRow | null>;
  /** In the order of the byline. */
  readonly byArticle: DataLoader<number, readonly AuthorRow[]>;
  /** Whether an image is the portrait of an author. */
  readonly showsImage: DataLoader<number, boolean>;

  constructor(private readonly reader: Reader) {
    this.byId = oneLoader(
      (ids) => authorsById(reader, { ids: [...ids] }),
      (row) => row.id,
    );
    this.bySlug = slugLoader(reader, { kind: 'author', bySlug: authorsBySlug, byId: authorsById });
    this.showsImage = memberLoader((images) => portraitsAmong(reader, { images: [...images] }));
    this.byArticle = manyLoader(
      (articles) => authorsOfArticles(reader, { articles: [...articles] }),
      (row) => row.articleId,
    );
  }

  async page(page: Page): Promise<Slice<AuthorRow>> {
    return toSlice(await listAuthors(this.reader, page), page);
  }

  total(): Promise<number> {
    return countAuthors(this.reader);
  }
}
