import { type DocumentNode, Kind, Lexer, Source, TokenKind } from 'graphql';
import { LimitExceeded } from './limit-exceeded';
import { fragmentsOf, type Shape, shapeOf } from './shape';

/**
 * How much a document may hold, whatever its variables are. What a fragment holds counts each time that it is spread;
 * a document with several operations is held to these in each of them.
 */
export interface DocumentLimits {
  /** Words and signs; comments and white space left out. */
  readonly tokens: number;
  /** Fields below each other. */
  readonly depth: number;
  readonly fields: number;
  /** Fields of the query, the mutation or the subscription itself. */
  readonly rootFields: number;
  readonly aliases: number;
  readonly directives: number;
}

/** Directives on one field, fragment or operation: there are two that a query can use, each once. */
const DIRECTIVES_IN_ONE_PLACE = 5;
/** Fields below each other in an introspection: tools unwrap types nine times. */
const INTROSPECTION_DEPTH = 18;
/** What tools send has no two of the schema's lists below each other. */
const INTROSPECTION_LISTS = 1;

/** @throws LimitExceeded for a text of more tokens; what is no GraphQL is left to the parser */
export function limitTokens(text: string, max: number): void {
  const lexer = new Lexer(new Source(text));
  try {
    for (let count = 0; count <= max; count++) {
      if (lexer.advance().kind === TokenKind.EOF) return;
    }
  } catch {
    return;
  }
  throw new LimitExceeded('tokens', max, `A document may have at most ${max} tokens.`);
}

/**
 * Holds a document to its limits before it is validated, which takes quadratic time for some.
 * @throws LimitExceeded
 */
export function limitDocument(document: DocumentNode, limits: DocumentLimits): void {
  const fragments = fragmentsOf(document);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const shape = shapeOf(definition, fragments);
    for (const { limit, of, max, message } of rules(limits)) {
      if (shape[of] > max) throw new LimitExceeded(limit, max, message, shape[of]);
    }
  }
}

interface Rule {
  readonly limit: ConstructorParameters<typeof LimitExceeded>[0];
  readonly of: keyof Shape;
  readonly max: number;
  readonly message: string;
}

function rules({ depth, fields, rootFields, aliases, directives }: DocumentLimits): Rule[] {
  const most = (count: number, of: string) => `An operation may have at most ${count} ${of}.`;
  return [
    { limit: 'depth', of: 'depth', max: depth, message: most(depth, 'levels of fields') },
    { limit: 'fields', of: 'fields', max: fields, message: most(fields, 'fields') },
    {
      limit: 'rootFields',
      of: 'rootFields',
      max: rootFields,
      message: most(rootFields, 'fields at the top'),
    },
    { limit: 'aliases', of: 'aliases', max: aliases, message: most(aliases, 'aliases') },
    { limit: 'directives', of: 'directives', max: directives, message: most(directives, 'directives') },
    {
      limit: 'directivesInOnePlace',
      of: 'directivesInOnePlace',
      max: DIRECTIVES_IN_ONE_PLACE,
      message: most(DIRECTIVES_IN_ONE_PLACE, 'directives in one place'),
    },
    {
      limit: 'introspectionDepth',
      of: 'introspectionDepth',
      max: INTROSPECTION_DEPTH,
      message: most(INTROSPECTION_DEPTH, 'levels of introspection'),
    },
    {
      limit: 'introspectionLists',
      of: 'introspectionLists',
      max: INTROSPECTION_LISTS,
      message: 'An introspection may not ask for the fields or types of fields or types.',
    },
  ];
}
