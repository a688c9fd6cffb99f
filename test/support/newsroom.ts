/** What the newsroom does to articles over the API, and what is answered. */
import type { Actor } from '../../src/core/actor';
import type { Clock } from '../../src/core/clock';
import type { Database } from '../../src/database';
import { ACTORS } from './actors';
import { Api } from './api';

const FIELDS = `
  id slug path title language kind status revision publishedAt standfirst byline pinned canonicalUrl
  dateline { place source }
  body { html }
  authors { slug }
  primaryCategory { slug }
  categories { slug }
  topics { topic { slug } source salience }
  leadImage { url alt caption width }
  rights { credit licence territories embargoUntil expiresAt textAndDataMining }
  corrections { text at }
  translations { language }
  viewerCan { edit publish withdraw }
`;

export interface Answered {
  readonly id: string;
  readonly slug: string;
  readonly path: string;
  readonly status: string;
  readonly revision: number;
  readonly [field: string]: unknown;
}

export interface Outcome {
  readonly article: Answered | null;
  readonly userErrors: readonly {
    readonly __typename: string;
    readonly code: string;
    readonly message: string;
    readonly field: readonly string[] | null;
    readonly current?: number;
  }[];
}

export interface Desk {
  readonly actor?: Actor;
  readonly clock?: Clock;
}

/** Sends mutations of articles as somebody, by default as an editor. */
export class Newsroom {
  readonly api: Api;

  constructor(
    private readonly database: Database,
    private readonly desk: Desk = {},
  ) {
    this.api = new Api(database, { actor: ACTORS.editor, ...desk });
  }

  as(actor: Actor): Newsroom {
    return new Newsroom(this.database, { ...this.desk, actor });
  }

  /** @param mutation e.g. "publishArticle" */
  async send(mutation: string, input: object): Promise<Outcome> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const source = `mutation ($input: ${type}!) {
      answer: ${mutation}(input: $input) {
        article { ${FIELDS} }
        userErrors { __typename code message field ... on VersionConflict { current } }
      }
    }`;
    return (await this.api.ask<{ answer: Outcome }>(source, { input })).answer;
  }

  /** The article that came of it. @throws what was refused */
  async done(mutation: string, input: object): Promise<Answered> {
    const { article, userErrors } = await this.send(mutation, input);
    if (!article) throw new Error(JSON.stringify(userErrors));
    return article;
  }

  /** A draft of its own. */
  draft(input: object = {}): Promise<Answered> {
    return this.done('createArticle', { title: 'A title', language: 'en', html: '<p>Text</p>', ...input });
  }

  /** Does something to the article as it was answered last. */
  to({ id, revision }: Answered, mutation: string, input: object = {}): Promise<Answered> {
    return this.done(mutation, { id, expectedRevision: revision, ...input });
  }

  /** The same, with what is refused. */
  try({ id, revision }: Answered, mutation: string, input: object = {}): Promise<Outcome> {
    return this.send(mutation, { id, expectedRevision: revision, ...input });
  }
}
