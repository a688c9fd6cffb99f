/** Categories: the sections of the site, as a tree. */
export type { CategoryFacts, CategoryRow, CategoryTree } from './category';
export { COMMENTING, commentingSetting } from './category.commenting';
export { CategoryMutations } from './category.mutations';
export { CategoryPayload } from './category.payload';
export { CategoryReads, readTree } from './category.reads';
export { CategoryResolver } from './category.resolver';
export { CategoryService } from './category.service';
export {
  addCategories,
  type CategoryDescription,
  type CategoryFields,
  categoriesById,
  describeCategories,
  reparentCategories,
  saveCategories,
  storeCategories,
  topicsOfCategories,
} from './category.store';
export { Category } from './category.type';
