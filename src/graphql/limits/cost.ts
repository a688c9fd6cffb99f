import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../../core/paging';

/** What one field costs beyond what it holds. */
export interface FieldCost {
  /** Of each object that it answers with; of the field itself where it answers with none. Default: 1, and 0. */
  readonly each?: number;
  /** How many it answers with, as a rule: for lists that no argument sizes. Default: 10. */
  readonly size?: number;
}

/** By "Type.field". */
export type FieldCosts = Readonly<Record<string, FieldCost>>;

export type Coerced = Readonly<Record<string, unknown>>;

/** The cost of an operation with these variables, as graphql-js has coerced them. */
export type Cost = (variables: Coerced) => number;

/** Arguments that say how many objects a field answers with. */
const SIZES = ['first', 'last'];
/** Arguments that name each of the objects. */
const NAMES = ['ids'];
const UNKNOWN_SIZE = 10;
/** Of counting a whole list. */
const COUNT = 5;
/** Of a change. */
const CHANGE = 10;

/** A cost that is known, or one that depends on variables. */
type Term = number | Cost;

/** What a selection costs: once, and for each item of the connection that it is made on. */
interface Selected {
  readonly once: Term;
  readonly perItem: Term;
}

const NOTHING: Selected = { once: 0, perItem: 0 };

/**
 * Works out what an operation costs at most: one for every object that it may answer with, as often as the pages around
 * it have room for, with what some fields cost more. Each fragment is gone through once, however often it is spread, and
 * what does not depend on variables is added up here. The document has been validated.
 */
export function compileCost(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  costs: FieldCosts,
): Cost {
  const root = schema.getRootType(operation.operation);
  if (!root) return () => 0;
  const { once } = new Compilation(schema, fragments, costs).selections(root, operation.selectionSet);
  return typeof once === 'number' ? () => once : once;
}

class Compilation {
  private readonly known = new Map<string, Selected>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly costs: FieldCosts,
  ) {}

  selections(type: GraphQLNamedType, { selections }: SelectionSetNode): Selected {
    const parts = selections.map((node) => this.included(node, this.selection(type, node)));
    return { once: sum(parts.map(({ once }) => once)), perItem: sum(parts.map(({ perItem }) => perItem)) };
  }

  private selection(type: GraphQLNamedType, node: SelectionNode): Selected {
    if (node.kind === Kind.FIELD) return this.field(type, node);
    if (node.kind === Kind.FRAGMENT_SPREAD) return this.fragment(node.name.value);
    const condition = node.typeCondition?.name.value;
    const inner = condition === undefined ? type : this.schema.getType(condition);
    return inner ? this.selections(inner, node.selectionSet) : NOTHING;
  }

  private fragment(name: string): Selected {
    const known = this.known.get(name);
    if (known) return known;
    const fragment = this.fragments.get(name);
    const type = fragment && this.schema.getType(fragment.typeCondition.name.value);
    const selected = type ? this.selections(type, fragment.selectionSet) : NOTHING;
    this.known.set(name, selected);
    return selected;
  }

  private field(parent: GraphQLNamedType, node: FieldNode): Selected {
    const name = node.name.value;
    // What introspection may ask for has limits of its own.
    if (name.startsWith('__')) return NOTHING;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (!field) return NOTHING;
    const { each, size } = this.costs[`${parent.name}.${name}`] ?? {};
    const type = getNamedType(field.type);
    const isItem = isConnection(parent) && (name === 'nodes' || name === 'edges');
    if (!isCompositeType(type) || !node.selectionSet) {
      return { once: each ?? (name === 'totalCount' && isConnection(parent) ? COUNT : 0), perItem: 0 };
    }
    const inside = this.selections(type, node.selectionSet);
    const own = each ?? this.usualCost(parent, name, type);
    if (isItem) return { once: 0, perItem: sum([own, inside.once]) };
    const count = sizeOf(field, node, size);
    if (isConnection(type))
      return { once: sum([own, inside.once, product(count, inside.perItem)]), perItem: 0 };
    return { once: product(count, sum([own, inside.once])), perItem: 0 };
  }

  private usualCost(parent: GraphQLNamedType, name: string, type: GraphQLNamedType): number {
    if (parent === this.schema.getMutationType()) return CHANGE;
    // Pages, their edges and what they say of themselves are no objects of the newsroom.
    return isConnection(type) || (isConnection(parent) && name !== 'nodes') ? 0 : 1;
  }

  /** Nothing where @skip or @include leave it out. */
  private included({ directives = [] }: SelectionNode, selected: Selected): Selected {
    let { once, perItem } = selected;
    for (const { name, arguments: [argument] = [] } of directives) {
      if (argument === undefined || (name.value !== 'skip' && name.value !== 'include')) continue;
      const out = name.value === 'skip';
      once = unless(argument.value, out, once);
      perItem = unless(argument.value, out, perItem);
    }
    return { once, perItem };
  }
}

function isConnection(type: GraphQLNamedType): boolean {
  return isObjectType(type) && type.name.endsWith('Connection') && 'pageInfo' in type.getFields();
}

/** How many objects a field answers with at most. */
function sizeOf(
  field: GraphQLField<unknown, unknown>,
  { arguments: given = [] }: FieldNode,
  size?: number,
): Term {
  const named = field.args.find(({ name }) => NAMES.includes(name));
  if (named) {
    const value = given.find((argument) => argument.name.value === named.name)?.value;
    return value ? reading(value, lengthOf) : 0;
  }
  const sizing = field.args.filter(({ name }) => SIZES.includes(name));
  if (sizing.length === 0) return isList(field) ? (size ?? UNKNOWN_SIZE) : 1;
  const sizes = sizing.map(({ name, defaultValue }): Term => {
    const value = given.find((argument) => argument.name.value === name)?.value;
    return value
      ? reading(value, (each) => pageOf(each === undefined ? defaultValue : each))
      : pageOf(defaultValue);
  });
  return largest(sizes);
}

function isList({ type }: GraphQLField<unknown, unknown>): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

/** What a value comes to, now or once the variables are known. */
function reading(value: ValueNode, read: (value: unknown) => number): Term {
  switch (value.kind) {
    case Kind.VARIABLE: {
      const name = value.name.value;
      return (variables) => read(variables[name]);
    }
    case Kind.INT:
      return read(Number(value.value));
    case Kind.LIST:
      return read(value.values);
    default:
      return read(null);
  }
}

/** Other sizes than these are refused when the field is resolved. 0 where none is given. */
function pageOf(size: unknown): number {
  return typeof size === 'number' ? Math.min(Math.max(size, 1), MAX_PAGE_SIZE) : 0;
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 1;
}

/** Of the sizes that are given; the usual one where none is. */
function largest(sizes: readonly Term[]): Term {
  const known = sizes.filter((size) => typeof size === 'number');
  const most = Math.max(0, ...known);
  const open = sizes.filter((size) => typeof size !== 'number');
  if (open.length === 0) return most || DEFAULT_PAGE_SIZE;
  return (variables) => {
    let size = most;
    for (const each of open) size = Math.max(size, each(variables));
    return size || DEFAULT_PAGE_SIZE;
  };
}

function sum(terms: readonly Term[]): Term {
  let known = 0;
  const open: Cost[] = [];
  for (const term of terms) {
    if (typeof term === 'number') known += term;
    else open.push(term);
  }
  const [only] = open;
  if (only === undefined) return known;
  if (open.length === 1) return known === 0 ? only : (variables) => known + only(variables);
  return (variables) => {
    let total = known;
    for (const term of open) total += term(variables);
    return total;
  };
}

function product(a: Term, b: Term): Term {
  if (typeof a === 'number')
    return typeof b === 'number' ? a * b : a === 1 ? b : (variables) => a * b(variables);
  if (typeof b !== 'number') return (variables) => a(variables) * b(variables);
  return b === 0 ? 0 : (variables) => a(variables) * b;
}

/** The term, but nothing where the condition has the value `out`. */
function unless(condition: ValueNode, out: boolean, term: Term): Term {
  if (term === 0) return 0;
  if (condition.kind === Kind.BOOLEAN) return condition.value === out ? 0 : term;
  if (condition.kind !== Kind.VARIABLE) return term;
  const name = condition.name.value;
  const cost: Cost = typeof term === 'number' ? () => term : term;
  return (variables) => (variables[name] === out ? 0 : cost(variables));
}
