import { GraphQLError } from 'graphql';

/** The limits of one operation, by the names that clients read. */
export type LimitName =
  | 'tokens'
  | 'depth'
  | 'fields'
  | 'rootFields'
  | 'aliases'
  | 'directives'
  | 'directivesInOnePlace'
  | 'introspectionDepth'
  | 'introspectionLists'
  | 'variableValues'
  | 'variableDepth'
  | 'cost';

/** What `extensions.code` of such an error is. */
export const LIMIT_EXCEEDED = 'LIMIT_EXCEEDED';

/**
 * An operation asks for more than it may. Answered with status 400; the extensions name the limit and its number, and
 * nothing of the schema.
 */
export class LimitExceeded extends GraphQLError {
  /** @param found what the operation has, where that was counted to the end */
  constructor(
    readonly limit: LimitName,
    readonly max: number,
    message: string,
    readonly found?: number,
  ) {
    // Apollo Server takes what plugins throw for a fault of the server, unless it is told a status.
    super(message, { extensions: { code: LIMIT_EXCEEDED, http: { status: 400 } } });
  }

  /** What a client reads of it beside the message. */
  get facts() {
    const { limit, max, found } = this;
    return { code: LIMIT_EXCEEDED, limit, max, ...(found === undefined ? {} : { found }) };
  }

  /** The same for another request. */
  again(): LimitExceeded {
    return new LimitExceeded(this.limit, this.max, this.message, this.found);
  }
}
