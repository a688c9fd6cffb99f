/** Whether the values of an answer are what graphql-js would send of them as they are: checked together, rather than one by one. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  type NamedTypeNode,
  type SelectionNode,
  typeFromAST,
} from 'graphql';

/** Whether the data of an answer without errors may be sent as it is. */
export type LeavesCheck = (data: unknown) => boolean;

/** By the specification (§ 3.5, result coercion): what each of its scalars passes on unchanged. */
const SCALARS: Readonly<Record<string, (value: string) => string>> = {
  Boolean: (value) => `typeof ${value} === 'boolean'`,
  Float: (value) => `Number.isFinite(${value})`,
  ID: (value) => `typeof ${value} === 'string'`,
  Int: (value) => `(${value} | 0) === ${value}`,
  String: (value) => `typeof ${value} === 'string'`,
};

/**
 * The check for the one operation of a document, in which nothing depends on a condition any more. graphql-jit calls two
 * functions for each value to have it serialised, which took a twentieth of a front page; nearly all values are texts,
 * numbers and names of enums that are sent as they are. An answer for which this does not hold is graphql-js's to make.
 * Null where the document does not tell the type of everything, as below an interface or a union, and where an enum has
 * values that are not called as they are: what is to be sent of those has to be worked out.
 *
 * Generated code, whose text comes from names of the document and the schema: to go through the selections again for each
 * answer would take as long as what it saves.
 */
export function leavesCheck(schema: GraphQLSchema, document: DocumentNode): LeavesCheck | null {
  const root = schema.getQueryType();
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (!root || !operation) return null;
  const writer = new CheckWriter(schema, document);
  const check = writer.object(root, operation.selectionSet.selections);
  return check === null ? null : writer.made(check);
}

class CheckWriter {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly functions: string[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    { definitions }: DocumentNode,
  ) {
    this.fragments = new Map(
      definitions.flatMap((each) =>
        each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
      ),
    );
  }

  made(name: string): LeavesCheck | null {
    const check: unknown = new Function(`${this.functions.join('\n')}\nreturn ${name};`)();
    return isCheck(check) ? check : null;
  }

  /** The name of a function that checks an object; null where there is none. */
  object(type: GraphQLObjectType, selections: readonly SelectionNode[]): string | null {
    const fields = new Map<string, FieldNode[]>();
    this.gather(type, selections, fields);
    const checks: string[] = [];
    for (const [key, nodes] of fields) {
      const name = nodes[0]?.name.value ?? '';
      // That of an object is what the document says.
      if (name === '__typename') continue;
      const field = type.getFields()[name];
      const below = nodes.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
      const check = field ? this.value(field.type, below, `o.${key}`) : null;
      if (check === null) return null;
      if (check !== '') checks.push(check);
    }
    return this.write('o', checks.length === 0 ? 'return true;' : `return ${checks.join(' && ')};`);
  }

  /** An expression; none for what is always right, and null where nobody can tell. */
  private value(type: GraphQLOutputType, below: readonly SelectionNode[], value: string): string | null {
    if (!isNonNullType(type)) {
      const check = this.present(type, below, value);
      return check ? `(${value} === null || ${check})` : check;
    }
    return this.present(type.ofType, below, value);
  }

  private present(type: GraphQLOutputType, below: readonly SelectionNode[], value: string): string | null {
    if (isLeafType(type)) return leaf(type, value);
    if (isListType(type)) {
      const check = this.value(type.ofType, below, 'each');
      if (!check) return check;
      const loop = `for (const each of list) if (!(${check})) return false; return true;`;
      return `${this.write('list', loop)}(${value})`;
    }
    const check = isObjectType(type) ? this.object(type, below) : null;
    return check && `${check}(${value})`;
  }

  private write(parameter: string, body: string): string {
    const name = `check${this.functions.length}`;
    this.functions.push(`function ${name}(${parameter}) { ${body} }`);
    return name;
  }

  /** The fields of an object of the type by the names that they have in the answer. */
  private gather(
    type: GraphQLObjectType,
    selections: readonly SelectionNode[],
    fields: Map<string, FieldNode[]>,
  ): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const known = fields.get(key);
        if (known) known.push(selection);
        else fields.set(key, [selection]);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value);
      if (fragment && this.applies(type, fragment.typeCondition))
        this.gather(type, fragment.selectionSet.selections, fields);
    }
  }

  private applies(type: GraphQLObjectType, condition: NamedTypeNode | undefined): boolean {
    const named = condition && typeFromAST(this.schema, condition);
    if (!named || named === type) return true;
    return isAbstractType(named) && this.schema.isSubType(named, type);
  }
}

/** What a custom scalar makes of a value is graphql-jit's to ask. */
function leaf(type: GraphQLLeafType, value: string): string | null {
  if (isSpecifiedScalarType(type)) return SCALARS[type.name]?.(value) ?? null;
  if (!isEnumType(type)) return '';
  const values = type.getValues();
  if (values.some((each) => each.value !== each.name)) return null;
  return `(${values.map(({ name }) => `${value} === ${JSON.stringify(name)}`).join(' || ')})`;
}

function isCheck(value: unknown): value is LeavesCheck {
  return typeof value === 'function';
}
