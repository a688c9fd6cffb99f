import { createHash } from 'node:crypto';
import {
  type FieldNode,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  validate,
  visit,
} from 'graphql';
import { z } from 'zod';

/** Operations by the hashes of their texts, in the format of Apollo's `generate-persisted-query-manifest`. */
export interface Manifest {
  readonly format: 'apollo-persisted-query-manifest';
  readonly version: 1;
  readonly operations: readonly ManifestOperation[];
}

export interface ManifestOperation {
  /** Hexadecimal SHA-256 of the body. */
  readonly id: string;
  readonly name: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly body: string;
}

const format = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({
      id: z.string().regex(/^[0-9a-f]{64}$/),
      name: z.string(),
      type: z.enum(['query', 'mutation', 'subscription']),
      body: z.string(),
    }),
  ),
});

/**
 * The manifest of documents with one named operation each, as Apollo's clients send them: printed, with `__typename` in
 * every selection below the operation's own.
 * @throws Error that names the document which is not such a one, or not valid
 */
export function makeManifest(schema: GraphQLSchema, documents: ReadonlyMap<string, string>): Manifest {
  const operations = [...documents].map(([file, source]): ManifestOperation => {
    const document = parse(source);
    const operation = getOperationAST(document);
    if (!operation?.name) throw new Error(`${file} has to have one operation, with a name.`);
    const [error] = validate(schema, document);
    if (error) throw new Error(`${file}: ${error.message}`);
    const body = print(
      visit(document, { SelectionSet: { enter: (node, _key, parent) => withTypeName(node, parent) } }),
    );
    return { id: sha256(body), name: operation.name.value, type: operation.operation, body };
  });
  return {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: operations.sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** @throws Error that says what is wrong with the text */
export function readManifest(text: string): Manifest {
  const manifest = format.parse(JSON.parse(text));
  const wrong = manifest.operations.find(({ id, body }) => id !== sha256(body));
  if (wrong) throw new Error(`The id of ${wrong.name} is not the SHA-256 of its body.`);
  return manifest;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const TYPE_NAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function withTypeName(node: SelectionSetNode, parent: unknown): SelectionSetNode | undefined {
  const isOperation =
    typeof parent === 'object' &&
    parent !== null &&
    'kind' in parent &&
    parent.kind === Kind.OPERATION_DEFINITION;
  const has = node.selections.some(
    ({ kind, ...each }) => kind === Kind.FIELD && 'name' in each && each.name?.value === '__typename',
  );
  return isOperation || has ? undefined : { ...node, selections: [...node.selections, TYPE_NAME] };
}
