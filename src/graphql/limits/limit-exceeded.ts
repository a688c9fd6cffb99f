import { Refused } from '../refused';

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

/** An operation asks for more than it may. The facts name the limit and its number, and nothing of the schema. */
export class LimitExceeded extends Refused {
  /** @param found what the operation has, where that was counted to the end */
  constructor(
    readonly limit: LimitName,
    readonly max: number,
    message: string,
    found?: number,
  ) {
    super(message, { code: 'LIMIT_EXCEEDED', limit, max, ...(found === undefined ? {} : { found }) });
  }
}
