/** Categories: the sections of the site, as a tree. */
export type { CategoryRow } from './category';
export { CategoryReads } from './category.reads';
export { CategoryResolver } from './category.resolver';
export {
  type CategoryFields,
  reparentCategories,
  saveCategories,
  storeCategories,
} from './category.store';
export { Category } from './category.type';
