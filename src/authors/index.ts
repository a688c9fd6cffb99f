/** Authors: who wrote it. */
export { AUTHORS_KEPT, type AuthorFacts, type AuthorRow } from './author';
export { AuthorMutations } from './author.mutations';
export { AuthorReads } from './author.reads';
export { AuthorResolver } from './author.resolver';
export { AuthorService } from './author.service';
export {
  type AuthorFields,
  addAuthors,
  authorsById,
  describeAuthors,
  saveAuthors,
  storeAuthors,
} from './author.store';
export { Author } from './author.type';
