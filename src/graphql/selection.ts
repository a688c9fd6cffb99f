import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionNode } from 'graphql';

type Fragments = GraphQLResolveInfo['fragments'];

type Find = (fields: readonly FieldNode[], fragments: Fragments) => ReadonlySet<string>;

/**
 * The names of the fields that a client asks for of the nodes of a connection, through `nodes` and through
 * `edges { node }`, whatever @skip and @include may leave out of them.
 */
export const nodeFields = remembered((connections, fragments) => names(ofNodes(connections, fragments)));

/** The same, and beside them the fields of one of them, each behind its name and a full stop: `body.html`. */
export const nodeFieldsAndThoseOf = (part: string) =>
  remembered((connections, fragments) => withThoseOf(part, ofNodes(connections, fragments), fragments));

/** The same of these nodes and of those of the connections `below` them together, however deep they are below each other. */
export const nodeFieldsThroughout = (part: string, below: string) =>
  remembered((connections, fragments) =>
    withThoseOf(part, ofNodesThroughout(connections, below, fragments), fragments),
  );

/** The same of the things themselves that a field answers with, one or a list. */
export const ownFields = remembered((fields, fragments) => names(subfields(fields, fragments)));

/** The same of the things that stand below one field of what a field answers with. */
export const fieldsBelow = (below: string) =>
  remembered((fields, fragments) => names(subfields(named(below, subfields(fields, fragments)), fragments)));

/**
 * Whether a field is the only one at the root of a query, or right below that one, and has its own name there: nobody else then asks
 * for the same while it is resolved, for whoever asks twice has to give it another name, and there is nothing to wait for. To
 * gather what is asked for together and to hand it out again takes a twentieth of a page of comments. Subscriptions share what
 * they read with each other.
 */
export function standsAlone({
  operation,
  path,
  fieldName,
}: Pick<GraphQLResolveInfo, 'operation' | 'path' | 'fieldName'>): boolean {
  const { selections } = operation.selectionSet;
  const isAlone = operation.operation === 'query' && selections.length === 1;
  return isAlone && selections[0]?.kind === Kind.FIELD && !path.prev?.prev && path.key === fieldName;
}

/** Documents that are seen again keep their nodes, and so what was found in them. */
function remembered(find: Find): (info: GraphQLResolveInfo) => ReadonlySet<string> {
  const known = new WeakMap<FieldNode, ReadonlySet<string>>();
  return ({ fieldNodes, fragments }) => {
    const [first, ...others] = fieldNodes;
    if (first === undefined || others.length > 0) return find(fieldNodes, fragments);
    let found = known.get(first);
    if (found === undefined) {
      found = find(fieldNodes, fragments);
      known.set(first, found);
    }
    return found;
  };
}

function withThoseOf(part: string, fields: readonly FieldNode[], fragments: Fragments): ReadonlySet<string> {
  const within = names(subfields(named(part, fields), fragments));
  return new Set([...names(fields), ...[...within].map((name) => `${part}.${name}`)]);
}

function ofNodes(connections: readonly FieldNode[], fragments: Fragments): FieldNode[] {
  const inside = subfields(connections, fragments);
  const edges = subfields(named('edges', inside), fragments);
  return subfields([...named('nodes', inside), ...named('node', edges)], fragments);
}

function ofNodesThroughout(
  connections: readonly FieldNode[],
  below: string,
  fragments: Fragments,
): FieldNode[] {
  const fields = ofNodes(connections, fragments);
  const deeper = named(below, fields);
  return deeper.length === 0 ? fields : [...fields, ...ofNodesThroughout(deeper, below, fragments)];
}

function named(wanted: string, fields: readonly FieldNode[]): FieldNode[] {
  return fields.filter(({ name }) => name.value === wanted);
}

function names(fields: readonly FieldNode[]): ReadonlySet<string> {
  return new Set(fields.map(({ name }) => name.value));
}

/** The fields directly below the given ones, with those of the fragments that stand there. */
function subfields(parents: readonly FieldNode[], fragments: Fragments): FieldNode[] {
  return parents.flatMap(({ selectionSet }) =>
    (selectionSet?.selections ?? []).flatMap((each) => flat(each, fragments)),
  );
}

function flat(selection: SelectionNode, fragments: Fragments): FieldNode[] {
  if (selection.kind === Kind.FIELD) return [selection];
  const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value] : selection;
  return (fragment?.selectionSet.selections ?? []).flatMap((each) => flat(each, fragments));
}
