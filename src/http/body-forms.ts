/** Bodies that differ in nothing but their variables: forms, of which those of one operation are read once. */

/** Forms that are remembered, and the bytes of the longest body that is one. */
const MAX_FORMS = 200;
const LONGEST = 20_000;

const VARIABLES = Buffer.from('"variables":');

/** What stands before the variables of a body, and behind them; and the body with other variables. */
interface Form {
  readonly head: Buffer;
  readonly tail: Buffer;
  readonly withVariables: (variables: unknown) => Fields;
}

type Fields = Readonly<Record<string, unknown>>;
/** What a JSON text says; undefined for what is none. */
type Parse = (text: string) => unknown;

/**
 * Apps send the same operations again and again, with other variables: what stands around those need not be decoded and
 * parsed anew. To find that it is the same bytes takes a sixth of that.
 */
export class BodyForms {
  /** By the length of the head. */
  private readonly forms = new Map<number, Form[]>();
  private count = 0;

  /** What `parse` would make of all the bytes; undefined for a body of a form that is not known. */
  read(bytes: Buffer, parse: Parse): Fields | undefined {
    const start = startOf(bytes);
    for (const { head, tail, withVariables } of this.forms.get(start) ?? []) {
      const end = bytes.length - tail.length;
      if (end <= start || !isAt(bytes, head, 0) || !isAt(bytes, tail, end)) continue;
      const variables = parse(bytes.toString('utf8', start, end));
      if (variables !== undefined) return withVariables(variables);
    }
    return undefined;
  }

  /** Remembers the form of a body that was read otherwise, if it has variables and they are written as JSON.stringify does. */
  learn(bytes: Buffer, content: unknown, parse: Parse): void {
    const start = startOf(bytes);
    if (start === -1 || bytes.length > LONGEST || !hasVariables(content)) return;
    const written = Buffer.from(JSON.stringify(content.variables));
    if (!isAt(bytes, written, start)) return;
    const [head, tail] = [bytes.subarray(0, start), bytes.subarray(start + written.length)];
    const fields = fieldsOf(head, tail, parse);
    const withVariables = fields && makerOf(fields);
    if (withVariables) this.add({ head: Buffer.from(head), tail: Buffer.from(tail), withVariables });
  }

  private add(form: Form): void {
    if (this.count >= MAX_FORMS) {
      this.forms.clear();
      this.count = 0;
    }
    this.count++;
    const { length } = form.head;
    this.forms.set(length, [form, ...(this.forms.get(length) ?? [])]);
  }
}

/** Where the variables begin; -1 for none. Within a text there is no such place: its quotation marks are escaped. */
function startOf(bytes: Buffer): number {
  const at = bytes.indexOf(VARIABLES);
  return at === -1 ? -1 : at + VARIABLES.length;
}

function isAt(bytes: Buffer, part: Buffer, at: number): boolean {
  const end = at + part.length;
  return end <= bytes.length && bytes.compare(part, 0, part.length, at, end) === 0;
}

/** What head and tail say by themselves; null where what stands between them is not the value of `variables`. */
function fieldsOf(head: Buffer, tail: Buffer, parse: Parse): Fields | null {
  const around = (value: string) => parse(`${head.toString()}${value}${tail.toString()}`);
  const [one, other] = [around('1'), around('2')];
  if (!hasVariables(one) || !hasVariables(other) || one.variables !== 1 || other.variables !== 2) return null;
  const { variables, ...fields } = one;
  return fields;
}

/**
 * Written out, for what is spread into an object has another shape for V8 each time, and all who look at it look in vain for
 * one that they know. Null for what clients do not send.
 */
function makerOf(fields: Fields): Form['withVariables'] | null {
  const { query, operationName, extensions } = fields;
  switch (Object.keys(fields).sort().join()) {
    case 'query':
      return (variables) => ({ query, variables });
    case 'operationName,query':
      return (variables) => ({ query, operationName, variables });
    case 'extensions,operationName':
      return (variables) => ({ operationName, extensions, variables });
    case 'extensions,operationName,query':
      return (variables) => ({ query, operationName, extensions, variables });
    default:
      return null;
  }
}

function hasVariables(content: unknown): content is Fields {
  return typeof content === 'object' && content !== null && Object.hasOwn(content, 'variables');
}
