import type { Tables } from '../../src/database';

/** The tables that a generated database fills. */
export type TableName =
  | 'images'
  | 'authors'
  | 'topics'
  | 'topicNames'
  | 'categories'
  | 'articles'
  | 'articleBodies'
  | 'articleAuthors'
  | 'articleCategories'
  | 'articleTopics'
  | 'comments'
  | 'changes';

export type Row<N extends TableName> = Tables[N]['$inferInsert'];

/** Rows by table: one batch of articles with everything that hangs on them. */
export type Rows = { readonly [N in TableName]: Row<N>[] };

export function noRows(): Rows {
  return {
    images: [],
    authors: [],
    topics: [],
    topicNames: [],
    categories: [],
    articles: [],
    articleBodies: [],
    articleAuthors: [],
    articleCategories: [],
    articleTopics: [],
    comments: [],
    changes: [],
  };
}

/** Parents before children, as foreign keys want it. */
export const TABLE_ORDER = Object.keys(noRows()) as TableName[];

/** How many listed articles each subject has; the index is the key. */
export interface Coverage {
  readonly authors: Int32Array;
  readonly categories: Int32Array;
  readonly topics: Int32Array;
}

/** A database that is being filled. */
export interface Sink {
  /** Tables are empty and stand without their secondary indexes when this resolves. */
  open(): Promise<void>;
  write(rows: Rows): Promise<void>;
  /** Writes the counts and the head of the change log, builds the indexes and checks foreign keys. */
  finish(coverage: Coverage, lastChange: number, step: (what: string) => void): Promise<void>;
}
