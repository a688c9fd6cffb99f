import { type Loader, LoadersByKey, manyLoader, memberLoader, oneLoader } from '../core/batch';
import { type Page, type Slice, toSlice } from '../core/paging';
import type { Reader } from '../database';
import { slugLoader } from '../slugs';
import type { AuthorRow } from './author';
import { authorColumnsFor } from './author.columns';
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
  readonly byId: Loader<number, AuthorRow | null>;
  readonly bySlug: Loader<string, AuthorRow | null>;
  /** Whether an image is the portrait of an author. */
  readonly showsImage: Loader<number, boolean>;
  private readonly articles = new LoadersByKey<Loader<number, readonly AuthorRow[]>>();

  constructor(private readonly reader: Reader) {
    this.byId = oneLoader(
      (ids) => authorsById(reader, { ids: [...ids] }),
      (row) => row.id,
    );
    this.bySlug = slugLoader(reader, { kind: 'author', bySlug: authorsBySlug, byId: authorsById });
    this.showsImage = memberLoader((images) => portraitsAmong(reader, { images: [...images] }));
  }

  /** The authors of an article, in the order of the byline, with the fields that are asked for. */
  ofArticle(article: number, fields: ReadonlySet<string>): Promise<readonly AuthorRow[]> {
    const columns = authorColumnsFor(fields);
    return this.articles
      .get(columns.join(), () =>
        manyLoader(
          (articles) => authorsOfArticles(this.reader, articles, columns),
          (row) => row.articleId,
        ),
      )
      .load(article);
  }

  async page(page: Page): Promise<Slice<AuthorRow>> {
    return toSlice(await listAuthors(this.reader, page), page);
  }

  total(): Promise<number> {
    return countAuthors(this.reader);
  }
}
