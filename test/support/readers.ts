/** What readers and moderators do to comments over the API, and what is answered. */
import { COMMENT_DEFAULTS, type CommentSettings } from '../../src/comments';
import type { Actor } from '../../src/core/actor';
import type { Instant } from '../../src/core/clock';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { Api, type ApiOptions } from './api';
import { HOUR, NOW, type PlannedArticle, storeArchive } from './archive';

export const COMMENT = `id authorName authorKind body { text html } direction held depth replyCount featured version
  editedAt parent { id } viewerCan { edit delete report reply }
  moderation { status reasons reportCount email history { actor from to reason } reports { reason details }
    versions { text } author { approved pending rejected spam deleted banned } }`;
const ERRORS =
  'userErrors { __typename code message field ... on RateLimited { retryAfterSeconds } ... on VersionConflict { current } }';

export interface ReadComment {
  readonly id: string;
  readonly authorName: string | null;
  readonly body: { readonly text: string; readonly html: string } | null;
  readonly held: boolean;
  readonly version: number;
  readonly replyCount: number;
  readonly viewerCan: Readonly<Record<'edit' | 'delete' | 'report' | 'reply', boolean>>;
  readonly moderation: {
    readonly status: string;
    readonly reasons: readonly string[];
    readonly reportCount: number;
    readonly email: string | null;
    readonly history: readonly object[];
    readonly reports: readonly object[];
    readonly versions: readonly { readonly text: string }[];
    readonly author: object | null;
  } | null;
  readonly [field: string]: unknown;
}

export interface Answered {
  readonly comment: ReadComment | null;
  readonly outcome?: string | null;
  readonly editToken?: string | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
}

/** Without limits, unless a test is about them. */
export const GENEROUS: CommentSettings = { ...COMMENT_DEFAULTS, rates: [{ count: 100_000, period: 1_000 }] };

export const GUEST = { name: 'Amina Durrani', email: 'Amina.Durrani@private.example' };

/** Somebody who comments, or moderates, with the settings of a newsroom. */
export class Readers {
  readonly api: Api;

  constructor(
    private readonly database: Database,
    private readonly options: ApiOptions = {},
  ) {
    this.api = new Api(database, { comments: GENEROUS, ...options });
  }

  as(actor: Actor, options: ApiOptions = {}): Readers {
    return new Readers(this.database, { ...this.options, ...options, actor });
  }

  with(options: ApiOptions): Readers {
    return new Readers(this.database, { ...this.options, ...options });
  }

  from(address: string): Readers {
    return this.with({ client: { address, userAgent: 'A browser' } });
  }

  /** Any mutation that answers with a comment. */
  async send(mutation: string, input: object): Promise<Answered> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const more = mutation === 'createComment' ? 'outcome editToken' : '';
    const source = `mutation ($input: ${type}!) { answer: ${mutation}(input: $input) { comment { ${COMMENT} } ${more} ${ERRORS} } }`;
    return (await this.api.ask<{ answer: Answered }>(source, { input })).answer;
  }

  /** Writes a comment as a guest, unless told otherwise. */
  write(article: number, body: string, fields: object = {}): Promise<Answered> {
    const guest = this.options.actor === undefined ? { guest: GUEST } : {};
    return this.send('createComment', { articleId: globalId('Article', article), body, ...guest, ...fields });
  }

  /** The same, done. @throws what was refused */
  async written(
    article: number,
    body: string,
    fields: object = {},
  ): Promise<Answered & { comment: ReadComment }> {
    const answer = await this.write(article, body, fields);
    if (!answer.comment) throw new Error(JSON.stringify(answer.userErrors));
    return { ...answer, comment: answer.comment };
  }

  /** Any mutation that answers with something else. */
  async call<T>(mutation: string, input: object, selection: string): Promise<T> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const source = `mutation ($input: ${type}!) { answer: ${mutation}(input: $input) { ${selection} ${ERRORS} } }`;
    return (await this.api.ask<{ answer: T }>(source, { input })).answer;
  }

  async moderate(
    to: string,
    ...comments: readonly { id: string; version: number }[]
  ): Promise<readonly Answered[]> {
    const items = comments.map(({ id, version }) => ({ id, expectedVersion: version }));
    const { results, userErrors } = await this.call<{ results: Answered[]; userErrors: object[] }>(
      'moderateComments',
      { items, to, reason: 'as it is' },
      `results { comment { ${COMMENT} } ${ERRORS} }`,
    );
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
    return results;
  }

  async read(id: string, editToken: string | null = null): Promise<ReadComment | null> {
    const source = `query ($id: ID!, $editToken: String) { comment(id: $id, editToken: $editToken) { ${COMMENT} } }`;
    return (await this.api.ask<{ comment: ReadComment | null }>(source, { id, editToken })).comment;
  }

  async count(article: number): Promise<number> {
    const source = 'query ($id: ID!) { article(id: $id) { commentCount } }';
    const { article: found } = await this.api.ask<{ article: { commentCount: number } }>(source, {
      id: globalId('Article', article),
    });
    return found.commentCount;
  }
}

/** Articles with the keys from 1 on, all published an hour ago, unless told otherwise. */
export async function storePublished(
  database: Database,
  count: number,
  fields: Partial<PlannedArticle> = {},
  categories: readonly (number | null)[] = [],
): Promise<void> {
  const publishedAt: Instant = NOW - HOUR;
  const article: PlannedArticle = {
    ...{ kind: 'ARTICLE', status: 'PUBLISHED', language: 'en', publishedAt, updatedAt: NOW },
    ...{ embargoUntil: null, expiresAt: null, authors: [], categories: [], topics: [] },
    ...fields,
  };
  await storeArchive(database, {
    ...{ authors: 0, categories, topics: [] },
    articles: Array.from({ length: count }, () => article),
  });
}
