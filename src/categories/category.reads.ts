import { type Loader, LoadersByKey, manyLoader, oneLoader } from '../core/batch';
import type { Reader } from '../database';
import { slugLoader } from '../slugs';
import { type CategoryRow, CategoryTree } from './category';
import { categoryColumnsFor } from './category.columns';
import {
  allCategories,
  categoriesById,
  categoriesBySlug,
  categoriesOfArticles,
  childrenOfCategories,
} from './category.store';

/** What one request may read of the categories, batched. */
export class CategoryReads {
  readonly byId: Loader<number, CategoryRow | null>;
  readonly bySlug: Loader<string, CategoryRow | null>;
  private readonly articles = new LoadersByKey<Loader<number, readonly CategoryRow[]>>();
  private readonly childrenById: Loader<number, readonly CategoryRow[]>;
  private whole: Promise<CategoryTree> | undefined;

  constructor(private readonly reader: Reader) {
    this.byId = oneLoader(
      (ids) => categoriesById(reader, { ids: [...ids] }),
      (row) => row.id,
    );
    this.bySlug = slugLoader(reader, { kind: 'category', bySlug: categoriesBySlug, byId: categoriesById });
    this.childrenById = manyLoader(
      (parents) => childrenOfCategories(reader, { parents: [...parents] }),
      (row) => row.parentId ?? 0,
    );
  }

  /** The categories that an article was given, in that order, with the fields that are asked for. */
  ofArticle(article: number, fields: ReadonlySet<string>): Promise<readonly CategoryRow[]> {
    const columns = categoryColumnsFor(fields);
    return this.articles
      .get(columns.join(), () =>
        manyLoader(
          (articles) => categoriesOfArticles(this.reader, articles, columns),
          (row) => row.articleId,
        ),
      )
      .load(article);
  }

  /** In the order in which they are shown: out of the tree where that has been read anyway. */
  async children(id: number): Promise<readonly CategoryRow[]> {
    return this.whole ? (await this.whole).children(id) : this.childrenById.load(id);
  }

  /** The whole tree, read at most once a request. */
  tree(): Promise<CategoryTree> {
    this.whole ??= allCategories(this.reader, {}).then((rows) => new CategoryTree(rows));
    return this.whole;
  }
}
