/** Articles with texts of their own, and what is found of them. */
import { ARTICLE_DEFAULTS, type ArticleFields, insertArticles } from '../../src/articles';
import { parseBody } from '../../src/articles/body';
import { saveAuthors } from '../../src/authors';
import type { Actor } from '../../src/core/actor';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { addTopics } from '../../src/topics';
import { Api } from '../support/api';
import { ARCHIVIST, HOUR, NOW } from '../support/archive';

export interface Written extends Partial<ArticleFields> {
  readonly text?: string;
  readonly html?: string;
  readonly authorIds?: readonly number[];
  readonly topicIds?: readonly number[];
  readonly categoryIds?: readonly number[];
}

/** Stores published articles and returns their keys. What is not said is made up. */
export function publish(db: Database, articles: readonly Written[]): Promise<number[]> {
  return db.write((tx) =>
    insertArticles(
      tx,
      ARCHIVIST,
      NOW,
      articles.map(({ text = '', html, authorIds = [], topicIds = [], categoryIds = [], ...fields }, at) => ({
        fields: {
          ...ARTICLE_DEFAULTS,
          ...{ status: 'PUBLISHED', language: 'en', slug: 'article', path: '/article', title: 'Untitled' },
          ...{
            publishedAt: NOW - HOUR * (articles.length - at),
            createdAt: NOW - HOUR,
            updatedAt: NOW - HOUR,
          },
          ...fields,
        },
        body: parseBody(html ?? `<p>${text}</p>`),
        authorIds,
        categoryIds,
        topics: topicIds.map((topicId) => ({ topicId, salience: 1, mentions: 1, source: 'EDITOR' as const })),
      })),
    ),
  );
}

export async function addTopic(
  db: Database,
  slug: string,
  names: readonly { language: string; name: string; aliases?: readonly string[] }[],
): Promise<number> {
  const topic = {
    ...{ slug, kind: 'PLACE' as const, parentId: null, description: null, wikidataId: null },
    names: names.map((name) => ({ aliases: [], ...name })),
  };
  const [id = 0] = await db.write((tx) => addTopics(tx, ARCHIVIST, NOW, [topic]));
  return id;
}

export async function addAuthor(db: Database, slug: string, name: string): Promise<number> {
  const [id = 0] = await db.write((tx) =>
    saveAuthors(tx, ARCHIVIST, NOW, [{ slug, name, bio: null, avatarId: null }]),
  );
  return id;
}

export interface Answer {
  readonly edges: readonly {
    readonly cursor: string;
    readonly score: number;
    readonly node: { readonly id: string; readonly title: string };
    readonly highlights?: readonly { readonly field: string; readonly fragments: readonly string[] }[];
  }[];
  readonly totalCount: number;
  readonly totalCountIsExact: boolean;
  readonly suggestion?: string | null;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const SEARCH = `query ($query: String!, $first: Int, $after: String, $filter: ArticleFilter, $orderBy: SearchOrder! = RELEVANCE) {
  search(query: $query, first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    edges { cursor score node { id title } } totalCount totalCountIsExact pageInfo { hasNextPage endCursor }
  }
}`;

export interface Asked {
  readonly first?: number;
  readonly after?: string | null;
  readonly filter?: object;
  readonly orderBy?: 'RELEVANCE' | 'NEWEST';
}

/** Searches as somebody. */
export class Searcher {
  constructor(
    readonly db: Database,
    readonly actor?: Actor,
    readonly now = NOW,
  ) {}

  get api(): Api {
    return new Api(this.db, {
      ...(this.actor ? { actor: this.actor } : {}),
      clock: { now: () => this.now },
    });
  }

  async search(query: string, asked: Asked = {}): Promise<Answer> {
    return (await this.api.ask<{ search: Answer }>(SEARCH, { query, ...asked })).search;
  }

  /** The titles of what is found, the best first. */
  async titles(query: string, asked: Asked = {}): Promise<string[]> {
    return (await this.search(query, asked)).edges.map(({ node }) => node.title);
  }

  /** Whether the articles are found, in their order. */
  async finds(query: string, ids: readonly number[]): Promise<boolean[]> {
    const { edges } = await this.search(query, { first: 100 });
    const found = new Set(edges.map(({ node }) => node.id));
    return ids.map((id) => found.has(globalId('Article', id)));
  }

  /** The titles of all pages. */
  async allPages(query: string, asked: Asked, between: () => Promise<unknown> = async () => undefined) {
    const titles: string[] = [];
    for (let after: string | null = null; ; ) {
      const { edges, pageInfo } = await this.search(query, { ...asked, after });
      titles.push(...edges.map(({ node }) => node.title));
      if (!pageInfo.hasNextPage) return titles;
      after = pageInfo.endCursor;
      await between();
    }
  }
}
