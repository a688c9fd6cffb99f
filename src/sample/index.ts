import { sampleArticles } from './articles';
import { sampleAuthors } from './authors';
import { sampleCategories } from './categories';
import { sampleComments } from './comments';
import { sampleTopics } from './topics';
import type { SampleNewsroom } from './types';

export type * from './types';

/** Fictional throughout; see the page `about-this-sample`. */
export const sampleNewsroom: SampleNewsroom = {
  authors: sampleAuthors,
  categories: sampleCategories,
  topics: sampleTopics,
  articles: sampleArticles,
  comments: sampleComments,
};
