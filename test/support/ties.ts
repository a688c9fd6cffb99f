/**
 * What article_authors, article_categories, article_topics and the coverage of their subjects have to be, made
 * from scratch out of the articles, their direct ties and the trees. It shares no code with the server.
 */
import type { Database } from '../../src/database';

interface Tie {
  readonly articleId: number;
  readonly subjectId: number;
  readonly direct: boolean;
  readonly listedAt: number | null;
  readonly embargoUntil: number | null;
  readonly expiresAt: number | null;
}

interface Ties {
  readonly ties: readonly Tie[];
  /** By the subject's key. */
  readonly coverage: ReadonlyMap<number, number>;
}

type Facet = 'author' | 'category' | 'topic';

/** The ties as they are stored. */
export async function storedTies(database: Database, facet: Facet): Promise<Ties> {
  const { articleAuthors, articleCategories, articleTopics, authors, categories, topics } = database.tables;
  const rows = {
    author: async () =>
      (await database.select().from(articleAuthors)).map(({ authorId, ...tie }) => ({
        ...tie,
        subjectId: authorId,
        direct: true,
      })),
    category: async () =>
      (await database.select().from(articleCategories)).map(({ categoryId, ...tie }) => ({
        ...tie,
        subjectId: categoryId,
      })),
    topic: async () =>
      (await database.select().from(articleTopics)).map(({ topicId, ...tie }) => ({
        ...tie,
        subjectId: topicId,
      })),
  };
  const table = { author: authors, category: categories, topic: topics }[facet];
  const subjects = await database.select({ id: table.id, coverage: table.coverage }).from(table);
  return {
    ties: (await rows[facet]())
      .map(({ articleId, subjectId, direct, listedAt, embargoUntil, expiresAt }) => ({
        ...{ articleId, subjectId, direct, listedAt, embargoUntil, expiresAt },
      }))
      .sort(byKeys),
    coverage: new Map(subjects.map(({ id, coverage }) => [id, coverage])),
  };
}

/** The same, worked out from the articles and from which subjects each of them was given itself. */
export async function expectedTies(
  database: Database,
  facet: Facet,
  given: ReadonlyMap<number, readonly number[]>,
): Promise<Ties> {
  const { articles, categories, topics, authors } = database.tables;
  const parents = new Map<number, number | null>();
  const tree = { category: categories, topic: topics };
  if (facet === 'author') {
    for (const { id } of await database.select({ id: authors.id }).from(authors)) parents.set(id, null);
  } else {
    const { id, parentId } = tree[facet];
    for (const row of await database.select({ id, parentId }).from(tree[facet]))
      parents.set(row.id, row.parentId);
  }
  const ties: Tie[] = [];
  for (const article of await database.select().from(articles)) {
    const direct = new Set(given.get(article.id) ?? []);
    const carried = new Set(direct);
    for (const subject of direct) {
      for (let above = parents.get(subject) ?? null; above !== null; above = parents.get(above) ?? null) {
        carried.add(above);
      }
    }
    const { kind, status, publishedAt, embargoUntil, expiresAt } = article;
    const isDated = status === 'PUBLISHED' || status === 'SCHEDULED';
    const listedAt = kind === 'ARTICLE' && isDated ? publishedAt : null;
    for (const subjectId of carried) {
      const listing = { listedAt, embargoUntil, expiresAt };
      ties.push({ articleId: article.id, subjectId, direct: direct.has(subjectId), ...listing });
    }
  }
  const coverage = new Map([...parents.keys()].map((id) => [id, 0]));
  for (const { subjectId, listedAt } of ties) {
    if (listedAt !== null) coverage.set(subjectId, (coverage.get(subjectId) ?? 0) + 1);
  }
  return { ties: ties.sort(byKeys), coverage };
}

/** Which subjects the articles were given themselves, as the ties say. */
export function givenBy({ ties }: Ties): Map<number, number[]> {
  const given = new Map<number, number[]>();
  for (const { articleId, subjectId, direct } of ties) {
    if (direct) given.set(articleId, [...(given.get(articleId) ?? []), subjectId]);
  }
  return given;
}

function byKeys(a: Tie, b: Tie): number {
  return a.articleId - b.articleId || a.subjectId - b.subjectId;
}
