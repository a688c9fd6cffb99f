/** Arrays and the fields of objects come as maps; what kind of object it was is not kept. */
export type PhpValue = null | boolean | number | string | PhpMap;
export type PhpMap = ReadonlyMap<string | number, PhpValue>;

/** Deeper values are refused, so that nesting cannot exhaust the stack. */
const MAX_DEPTH = 32;

/**
 * Reads what PHP's serialize() wrote: plugins keep such values in WordPress's meta fields. Nothing is executed, and no
 * class is looked up.
 *
 * Null for what is not such a value, or not wholly: a wrong length, something behind its end, a reference, a
 * self-serialising class, more than 32 levels. PHP's own null is null, too.
 */
export function parsePhpSerialized(text: string): PhpValue {
  if (!/^(?:N;|[bid]:|s:\d|a:\d|O:\d)/.test(text)) return null;
  const reader = new Reader(Buffer.from(text, 'utf8'));
  const value = reader.value(0);
  return value === undefined || !reader.atEnd ? null : value;
}

export function isPhpMap(value: PhpValue | undefined): value is PhpMap {
  return value instanceof Map;
}

const COLON = 0x3a;
const SEMICOLON = 0x3b;
const QUOTE = 0x22;

/** Every method answers undefined when the bytes are not what they should be. Lengths count bytes. */
class Reader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  get atEnd(): boolean {
    return this.at === this.bytes.length;
  }

  value(depth: number): PhpValue | undefined {
    const type = String.fromCharCode(this.bytes[this.at] ?? 0);
    this.at += 1;
    if (type === 'N') return this.take(SEMICOLON) ? null : undefined;
    if (!this.take(COLON)) return undefined;
    switch (type) {
      case 'b':
        return this.boolean();
      case 'i':
        return this.number(/^-?\d{1,19}$/);
      case 'd':
        return this.float();
      case 's':
        return this.closed(this.string());
      case 'a':
        return this.entries(depth);
      case 'O':
        return this.string() !== undefined && this.take(COLON) ? this.entries(depth) : undefined;
      default:
        return undefined;
    }
  }

  private boolean(): boolean | undefined {
    const digit = this.upTo(SEMICOLON);
    if (digit === '1') return true;
    return digit === '0' ? false : undefined;
  }

  private number(pattern: RegExp): number | undefined {
    const digits = this.upTo(SEMICOLON);
    return digits !== undefined && pattern.test(digits) ? Number(digits) : undefined;
  }

  private float(): number | undefined {
    const start = this.at;
    const special = { INF: Number.POSITIVE_INFINITY, '-INF': Number.NEGATIVE_INFINITY, NAN: Number.NaN };
    const text = this.upTo(SEMICOLON);
    for (const [name, value] of Object.entries(special)) if (text === name) return value;
    this.at = start;
    return this.number(/^-?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,4})?$/);
  }

  /** `length:"bytes"`, without what follows. */
  private string(): string | undefined {
    const length = this.length();
    if (length === undefined || !this.take(QUOTE)) return undefined;
    const end = this.at + length;
    if (end >= this.bytes.length || this.bytes[end] !== QUOTE) return undefined;
    const text = this.bytes.toString('utf8', this.at, end);
    this.at = end + 1;
    return text;
  }

  private closed(text: string | undefined): string | undefined {
    return text !== undefined && this.take(SEMICOLON) ? text : undefined;
  }

  private entries(depth: number): PhpMap | undefined {
    const count = this.length();
    if (count === undefined || depth >= MAX_DEPTH || !this.take(0x7b)) return undefined;
    const entries = new Map<string | number, PhpValue>();
    for (let index = 0; index < count; index += 1) {
      const key = this.value(MAX_DEPTH);
      const value = this.value(depth + 1);
      if ((typeof key !== 'string' && typeof key !== 'number') || value === undefined) return undefined;
      // The names of an object's private fields come as \0Class\0name.
      entries.set(typeof key === 'string' ? key.slice(key.lastIndexOf('\0') + 1) : key, value);
    }
    return this.take(0x7d) ? entries : undefined;
  }

  private length(): number | undefined {
    const digits = this.upTo(COLON);
    if (digits === undefined || !/^\d{1,10}$/.test(digits)) return undefined;
    const length = Number(digits);
    // Nothing can be longer than what is there: a count that lies costs no memory.
    return length <= this.bytes.length ? length : undefined;
  }

  private upTo(mark: number): string | undefined {
    const end = this.bytes.indexOf(mark, this.at);
    if (end === -1 || end - this.at > 100) return undefined;
    const text = this.bytes.toString('latin1', this.at, end);
    this.at = end + 1;
    return text;
  }

  private take(byte: number): boolean {
    if (this.bytes[this.at] !== byte) return false;
    this.at += 1;
    return true;
  }
}
