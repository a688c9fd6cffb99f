import type { ArticleRow } from '../articles';
import { type Kept, type Recall, Recalled, type Told } from '../changes';
import { type Loader, manyLoader, memberLoader, oneLoader } from '../core/batch';
import { type Page, type Slice, toSlice } from '../core/paging';
import type { Reader } from '../database';
import { slugLoader } from '../slugs';
import type { AuthorFacts, AuthorRow } from './author';
import {
  authorsById,
  authorsBySlug,
  authorsOfArticles,
  authorsToKeep,
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
  private readonly recalled: Recalled<AuthorFacts>;
  private readonly tied: Loader<number, readonly AuthorFacts[]>;

  constructor(
    private readonly reader: Reader,
    recall: Recall,
    kept: Kept<AuthorFacts>,
  ) {
    this.recalled = new Recalled(recall, kept, authorsToKeep);
    this.tied = manyLoader(
      (articles) => authorsOfArticles(reader, { articles }),
      (row) => row.articleId,
    );
    this.byId = oneLoader(
      (ids) => authorsById(reader, { ids: [...ids] }),
      (row) => row.id,
    );
    this.bySlug = slugLoader(reader, { kind: 'author', bySlug: authorsBySlug, byId: authorsById });
    this.showsImage = memberLoader((images) => portraitsAmong(reader, { images: [...images] }));
  }

  /** The authors of an article, in the order of the byline: at once where they are at hand. */
  ofArticle({ id, authorIds }: Pick<ArticleRow, 'id' | 'authorIds'>): Told<AuthorFacts> {
    return this.recalled.ofArticle(id, authorIds, this.tied);
  }

  async page(page: Page): Promise<Slice<AuthorRow>> {
    return toSlice(await listAuthors(this.reader, page), page);
  }

  total(): Promise<number> {
    return countAuthors(this.reader);
  }
}
