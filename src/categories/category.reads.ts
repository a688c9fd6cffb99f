import type { ArticleRow } from '../articles';
import { type KeptWhole, type Recall, RecalledWhole, type Told, type ToldOne } from '../changes';
import { type Loader, manyLoader, oneLoader } from '../core/batch';
import type { Reader } from '../database';
import { slugLoader } from '../slugs';
import { type CategoryFacts, type CategoryRow, CategoryTree } from './category';
import { allCategories, categoriesById, categoriesBySlug, categoriesOfArticles } from './category.store';

/** What one request may read of the categories: out of their tree, which is kept in memory, or batched. */
export class CategoryReads {
  readonly byId: Loader<number, CategoryRow | null>;
  readonly bySlug: Loader<string, CategoryRow | null>;
  private readonly whole: RecalledWhole<CategoryTree>;
  private readonly tied: Loader<number, readonly CategoryFacts[]>;

  constructor(reader: Reader, recall: Recall, kept: KeptWhole<CategoryTree>) {
    this.whole = new RecalledWhole(recall, kept, () => readTree(reader));
    this.byId = oneLoader(
      (ids) => categoriesById(reader, { ids: [...ids] }),
      (row) => row.id,
    );
    this.bySlug = slugLoader(reader, { kind: 'category', bySlug: categoriesBySlug, byId: categoriesById });
    this.tied = manyLoader(
      (articles) => categoriesOfArticles(reader, { articles }),
      (row) => row.articleId,
    );
  }

  /** The categories that an article was given, in that order: at once where the tree is at hand. */
  ofArticle({ id, categoryIds }: Pick<ArticleRow, 'id' | 'categoryIds'>): Told<CategoryFacts> {
    const told = (tree: CategoryTree) => {
      const rows = tree.all(categoryIds);
      // One has become part of another since the article was read: its ties know of which.
      return rows.length === categoryIds.length ? rows : this.tied.load(id);
    };
    const { atHand } = this.whole;
    return atHand ? told(atHand) : this.tree().then(told);
  }

  /** What a category says: at once where the tree is at hand. */
  known(id: number): ToldOne<CategoryFacts> {
    const { atHand } = this.whole;
    return atHand ? atHand.get(id) : this.tree().then((tree) => tree.get(id));
  }

  /** The category that has the slug, or else the one that had it last. */
  async underSlug(slug: string): Promise<CategoryFacts | null> {
    return (await this.tree()).under(slug) ?? this.bySlug.load(slug);
  }

  /** The whole tree. */
  tree(): Promise<CategoryTree> {
    return this.whole.get();
  }
}

/** All categories of the site. */
export async function readTree(reader: Reader): Promise<CategoryTree> {
  return new CategoryTree(await allCategories(reader, {}));
}
