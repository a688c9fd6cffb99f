import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionNode } from 'graphql';

type Fragments = GraphQLResolveInfo['fragments'];

/** Documents that are seen again keep their nodes, and so what was found in them. */
const known = new WeakMap<FieldNode, ReadonlySet<string>>();

/**
 * The names of the fields that a client asks for of the nodes of a connection, through `nodes` and through
 * `edges { node }`, whatever @skip and @include may leave out of them.
 */
export function nodeFields({ fieldNodes, fragments }: GraphQLResolveInfo): ReadonlySet<string> {
  const [first, ...others] = fieldNodes;
  if (first === undefined || others.length > 0) return fieldsIn(fieldNodes, fragments);
  let names = known.get(first);
  if (names === undefined) {
    names = fieldsIn(fieldNodes, fragments);
    known.set(first, names);
  }
  return names;
}

function fieldsIn(connections: readonly FieldNode[], fragments: Fragments): ReadonlySet<string> {
  const inside = subfields(connections, fragments);
  const edges = inside.filter(({ name }) => name.value === 'edges');
  const nodes = [
    ...inside.filter(({ name }) => name.value === 'nodes'),
    ...subfields(edges, fragments).filter(({ name }) => name.value === 'node'),
  ];
  return new Set(subfields(nodes, fragments).map(({ name }) => name.value));
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
