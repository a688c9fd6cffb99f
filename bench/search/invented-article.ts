/** What an article is, by its key: so that its index can be made without anything being read again. */
import { Random, zipf } from '../generator/random';
import { AUTHOR_COUNT, type Subjects, TOPIC_COUNT } from '../generator/subjects';
import { prose, type SearchedLanguage } from './language';

/** The archive ends here, and begins ten years before. */
export const LAST = Date.parse('2026-11-01T00:00:00.000Z');
const YEARS = 10;
const DAY = 86_400_000;
/** Topics of an article, without those above them. */
const TOPICS = 8;
/** Words of a field. */
const TITLE = 8;
const STANDFIRST = 20;
export const BODY = 80;
/** The share of articles that bring a wire story which another one has brought shortly before, with so many words of their own. */
const COPIES = 0.04;
const INTRODUCTION = 12;
/** Articles between the two, at most. */
const APART = 100;

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
  const draw = (id: number) => {
    const random = new Random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(id, 0x85ebca6b));
    const language: SearchedLanguage = random.chance(0.6) ? 'en' : 'fa';
    return { random, language, body: prose(random, language, BODY) };
  };
  return (id) => {
    const { random, ...own } = draw(id);
    const earlier = id - random.between(1, APART);
    const isCopy = random.chance(COPIES) && earlier > 0;
    const { language, body } = isCopy ? draw(earlier) : own;
    // Some come later than they are dated.
    const publishedAt = Math.floor(LAST - YEARS * 365 * DAY * (1 - id / total) - random.next() * DAY);
    return {
      ...{ id, publishedAt, language },
      embargoUntil: random.chance(0.0005) ? LAST + 100 * 365 * DAY : null,
      expiresAt: random.chance(0.002) ? publishedAt + 365 * DAY : null,
      title: prose(random, language, TITLE),
      standfirst: prose(random, language, STANDFIRST),
      body: isCopy ? `${prose(random, language, INTRODUCTION)}. ${body}` : body,
      authorId: pickAuthor(random) + 1,
      categoryId: pickCategory(random) + 1,
      topics: carried(random, pickTopic, subjects.topicParents),
    };
  };
}

/** The first two topics stand on a third of all articles each, often together; the others by Zipf's law. */
function carried(random: Random, pick: (random: Random) => number, parents: ReadonlyMap<number, number>) {
  const own = new Set<number>();
  if (random.chance(0.34)) own.add(1);
  if (random.chance(own.size > 0 ? 0.6 : 0.2)) own.add(2);
  while (own.size < TOPICS) own.add(pick(random) + 3);
  const all = new Map<number, boolean>([...own].map((topic) => [topic, true]));
  for (const topic of own) {
    for (let parent = parents.get(topic); parent !== undefined; parent = parents.get(parent)) {
      if (!all.has(parent)) all.set(parent, false);
    }
  }
  return all;
}
