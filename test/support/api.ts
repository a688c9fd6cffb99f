import { type DocumentNode, type ExecutionResult, execute, GraphQLError, parse, validate } from 'graphql';
import { createServices, datelineSchema, requestContext } from '../../src/app';
import { ChangeFeed } from '../../src/changes';
import type { CommentChecker, CommentSettings, Origin } from '../../src/comments';
import type { Services } from '../../src/context';
import { type Actor, ANONYMOUS } from '../../src/core/actor';
import { type Clock, heldClock } from '../../src/core/clock';
import { silentLog } from '../../src/core/log';
import { SecretBox } from '../../src/core/sealed';
import type { Database } from '../../src/database';
import { NOW } from './archive';
import { SECRET } from './discussions';

export const schema = datelineSchema();

const box = new SecretBox(SECRET);

export const PREVIEW_PAGE = 'https://news.example/preview?token={token}';

export interface ApiOptions {
  readonly actor?: Actor;
  readonly clock?: Clock;
  readonly comments?: CommentSettings;
  readonly commentChecker?: CommentChecker;
  readonly client?: Origin;
}

export type Variables = Readonly<Record<string, unknown>>;

/** The GraphQL API over a database, as one viewer has it. */
export class Api {
  private readonly actor: Actor;
  private readonly clock: Clock;
  private readonly services: Services;

  constructor(
    private readonly database: Database,
    private readonly options: ApiOptions = {},
  ) {
    const { actor = ANONYMOUS, clock = heldClock(NOW), comments, commentChecker } = options;
    this.actor = actor;
    this.clock = clock;
    const changes = new ChangeFeed({ database, log: silentLog });
    this.services = createServices({
      ...{ database, clock, box, changes, log: silentLog, previewPage: PREVIEW_PAGE },
      ...(comments ? { comments } : {}),
      ...(commentChecker ? { commentChecker } : {}),
    });
  }

  /** The answer as it is, errors included. Plain objects, so that answers can be compared. */
  async execute(source: string, variableValues: Variables = {}): Promise<ExecutionResult> {
    const { database, clock, actor, services } = this;
    const { client } = this.options;
    const facts = { actor, requestId: 'test', ...(client ? { client } : {}) };
    const contextValue = requestContext({ database, clock, services }, facts);
    const document = valid(source);
    if (!('kind' in document)) return { ...document, data: null };
    const result = await execute({ schema, document, variableValues, contextValue });
    return { ...result, data: structuredClone(result.data) ?? null };
  }

  /** The data of an answer that has no errors. @throws the first of them otherwise */
  async ask<T>(source: string, variables?: Variables): Promise<T> {
    const { data, errors } = await this.execute(source, variables);
    const [error] = errors ?? [];
    if (error) throw error.originalError ?? error;
    return data as T;
  }
}

const documents = new Map<string, DocumentNode | Pick<ExecutionResult, 'errors'>>();

/** What is asked again and again is parsed and validated once: that takes longer than to answer it. */
function valid(source: string): DocumentNode | Pick<ExecutionResult, 'errors'> {
  let document = documents.get(source);
  if (!document) {
    document = validDocument(source);
    documents.set(source, document);
  }
  return document;
}

function validDocument(source: string): DocumentNode | Pick<ExecutionResult, 'errors'> {
  try {
    const document = parse(source);
    const errors = validate(schema, document);
    return errors.length > 0 ? { errors } : document;
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}
