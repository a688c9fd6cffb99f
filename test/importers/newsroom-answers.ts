/** Everything that a newsroom answers to the operations that clients send. */
import { sql } from 'drizzle-orm';
import type { Actor } from '../../src/core/actor';
import type { Database } from '../../src/database';
import { Api } from '../support/api';
import { OPERATIONS } from '../support/operations';
import { clock } from './json-lines-support';

/** Pages beyond which a list cannot be one of a test's newsroom. */
const MAX_PAGES = 100;

/** The answer to each of the operations for everything that it can be asked for, to the end of each list. */
export async function answersOf(database: Database, actor: Actor): Promise<unknown[]> {
  const api = new Api(database, { clock, actor });
  const variables = await variablesFor(database);
  const given: unknown[] = [];
  for (const [name, document] of OPERATIONS) {
    for (const each of variables[name] ?? [{}]) {
      for (let after: string | null = null, pages = 0; ; pages++) {
        const answer = await api.execute(document, { ...each, ...(after ? { after } : {}) });
        expect([name, each, answer.errors]).toEqual([name, each, undefined]);
        given.push([name, each, answer.data]);
        after = nextPage(answer.data);
        if (after === null) break;
        if (pages > MAX_PAGES) throw new Error(`${name} has no end`);
      }
    }
  }
  return given;
}

/** Of each operation that has variables: everything in the newsroom that they can name. */
async function variablesFor(database: Database): Promise<Readonly<Record<string, readonly object[]>>> {
  const names = async (column: string, table: string) => {
    const rows = await database.rows<{ name: string }>(
      sql`select ${sql.identifier(column)} as name from ${sql.identifier(table)} order by 1`,
    );
    return rows.map(({ name }) => name);
  };
  const categories = await names('slug', 'categories');
  const topics = await names('slug', 'topics');
  const paths = [
    ...(await names('path', 'articles')),
    ...(await names('path', 'redirects')),
    ...categories.map((slug) => `/category/${slug}`),
    ...topics.map((slug) => `/tag/${slug}`),
    '/nowhere',
  ];
  return {
    ArticlePage: (await names('slug', 'articles')).map((slug) => ({ slug })),
    CommentsPage: (await names('slug', 'articles')).map((slug) => ({ slug, first: 2 })),
    CategoryPage: categories.map((slug) => ({ slug, first: 5 })),
    TopicPage: topics.map((slug) => ({ slug, language: 'ur', first: 5 })),
    // What is ranked is told by how often words were counted, and that is counted anew over there.
    Search: [{ query: '"no such words"' }],
    Relation: [{ topics: topics.slice(0, 2) }],
    Resolve: paths.map((path) => ({ path })),
    FrontPage: [{ first: 7 }],
    PartnerList: [
      { first: 6 },
      { first: 9, filter: { languages: ['en', 'ur'] } },
      { first: 9, filter: { topics: { any: topics.slice(0, 3) } } },
      { first: 9, filter: { categories: { none: categories.slice(0, 1) } } },
    ],
  };
}

function nextPage(data: unknown): string | null {
  const found = /"pageInfo":\{"hasNextPage":true[^}]*"endCursor":"([^"]*)"/.exec(JSON.stringify(data));
  return found?.[1] ?? null;
}
