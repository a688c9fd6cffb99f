import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** How large an operation is, with every fragment counted each time that it is spread. */
export interface Shape {
  /** Fields below each other. */
  readonly depth: number;
  /** The same of what introspection is asked for, which has to unwrap types. */
  readonly introspectionDepth: number;
  /** Lists of the schema's fields below each other: each multiplies the answer by the size of the schema. */
  readonly introspectionLists: number;
  readonly fields: number;
  /** Fields of the operation itself. */
  readonly rootFields: number;
  readonly aliases: number;
  readonly directives: number;
  /** The most on one field, fragment or operation. */
  readonly directivesInOnePlace: number;
}

interface Measure {
  depth: number;
  introspectionDepth: number;
  introspectionLists: number;
  /** Lists of the schema's fields below each other, so far under no introspection. */
  lists: number;
  fields: number;
  rootFields: number;
  aliases: number;
  directives: number;
  directivesInOnePlace: number;
}

/** Fields of introspection that lead from a type to many. */
const LISTS = new Set(['fields', 'interfaces', 'possibleTypes', 'inputFields']);
/** Fields of a query under which the schema is described. */
const INTROSPECTION = new Set(['__schema', '__type']);

/**
 * Measures an operation of a document that need not be valid. Each fragment is measured once, however often it is
 * spread; one that is spread within itself counts as empty there, since validation refuses it.
 */
export function shapeOf(
  { selectionSet, directives }: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Shape {
  const known = new Map<string, Measure>();

  const ofFragment = (name: string): Measure => {
    const measured = known.get(name);
    if (measured) return measured;
    known.set(name, nothing());
    const fragment = fragments.get(name);
    const measure = fragment ? ofSelections(fragment.selectionSet) : nothing();
    addDirectives(measure, fragment?.directives?.length ?? 0);
    known.set(name, measure);
    return measure;
  };

  const ofSelection = (node: SelectionNode): Measure => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return ofFragment(node.name.value);
    const inside = node.selectionSet ? ofSelections(node.selectionSet) : nothing();
    if (node.kind === Kind.INLINE_FRAGMENT) return inside;
    const measure = field(node.name.value, inside);
    if (node.alias) measure.aliases++;
    return measure;
  };

  const ofSelections = ({ selections }: SelectionSetNode): Measure => {
    const measure = nothing();
    for (const node of selections) {
      add(measure, ofSelection(node));
      addDirectives(measure, node.directives?.length ?? 0);
    }
    return measure;
  };

  const measure = ofSelections(selectionSet);
  addDirectives(measure, directives?.length ?? 0);
  return measure;
}

/** The fragments of a document by their names. */
export function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((each) => [each.name.value, each]));
}

function nothing(): Measure {
  return {
    ...{ depth: 0, introspectionDepth: 0, introspectionLists: 0, lists: 0 },
    ...{ fields: 0, rootFields: 0, aliases: 0, directives: 0, directivesInOnePlace: 0 },
  };
}

/** What stands beside each other. */
function add(measure: Measure, other: Measure): void {
  measure.depth = Math.max(measure.depth, other.depth);
  measure.introspectionDepth = Math.max(measure.introspectionDepth, other.introspectionDepth);
  measure.introspectionLists = Math.max(measure.introspectionLists, other.introspectionLists);
  measure.lists = Math.max(measure.lists, other.lists);
  measure.fields += other.fields;
  measure.rootFields += other.rootFields;
  measure.aliases += other.aliases;
  measure.directives += other.directives;
  measure.directivesInOnePlace = Math.max(measure.directivesInOnePlace, other.directivesInOnePlace);
}

function addDirectives(measure: Measure, count: number): void {
  measure.directives += count;
  measure.directivesInOnePlace = Math.max(measure.directivesInOnePlace, count);
}

/** A field with what it holds. */
function field(name: string, inside: Measure): Measure {
  const below = { ...inside, fields: inside.fields + 1, rootFields: 1 };
  if (INTROSPECTION.has(name)) {
    const { depth, lists } = inside;
    return { ...below, depth: 1, introspectionDepth: depth + 1, introspectionLists: lists, lists: 0 };
  }
  return { ...below, depth: inside.depth + 1, lists: inside.lists + (LISTS.has(name) ? 1 : 0) };
}
