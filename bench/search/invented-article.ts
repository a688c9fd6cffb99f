/** What an article is, by its key: so that its index can be made without anything being read again. */
import { Random, zipf } from '../generator/random';
import { AUTHOR_COUNT, type Subjects, TOPIC_COUNT } from '../generator/subjects';
import { carried, LAST } from '../relations/generate';
import { prose, type SearchedLanguage } from './language';

const YEARS = 10;
const DAY = 86_400_000;
/** Words of a field. */
const TITLE = 8;
const STANDFIRST = 20;
export const BODY = 80;

export interface InventedArticle {
  readonly id: number;
  readonly publishedAt: number;
  readonly embargoUntil: number | null;
  readonly expiresAt: number | null;
  readonly language: SearchedLanguage;
  readonly title: string;
  readonly standfirst: string;
  readonly body: string;
  readonly authorId: number;
  readonly categoryId: number;
  /** With those above them, and whether the article carries one itself. */
  readonly topics: ReadonlyMap<number, boolean>;
}

const pickTopic = zipf(TOPIC_COUNT - 2, 1, 2);
const pickAuthor = zipf(AUTHOR_COUNT, 0.6);

/** Gives the articles of an archive of `total`, in the order of their dates. */
export function inventor(seed: number, total: number, subjects: Subjects): (id: number) => InventedArticle {
  const pickCategory = zipf(subjects.categoryCount, 0.8);
  return (id) => {
    const random = new Random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(id, 0x85ebca6b));
    const language = random.chance(0.6) ? 'en' : 'fa';
    // Some come later than they are dated.
    const publishedAt = Math.floor(LAST - YEARS * 365 * DAY * (1 - id / total) - random.next() * DAY);
    return {
      ...{ id, publishedAt, language },
      embargoUntil: random.chance(0.0005) ? LAST + 100 * 365 * DAY : null,
      expiresAt: random.chance(0.002) ? publishedAt + 365 * DAY : null,
      title: prose(random, language, TITLE),
      standfirst: prose(random, language, STANDFIRST),
      body: prose(random, language, BODY),
      authorId: pickAuthor(random) + 1,
      categoryId: pickCategory(random) + 1,
      topics: carried(random, pickTopic, subjects.topicParents),
    };
  };
}
