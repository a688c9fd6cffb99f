/** Names that are told apart beside those that are known beforehand. */
const MOST = 100;
const OTHER = 'other';
const NONE = 'unnamed';

/**
 * Names of operations as labels of metrics. Clients make them up, and every label costs memory for ever: those of the
 * manifest are kept apart, and of the others the first hundred.
 */
export class OperationNames {
  private readonly known: Set<string>;
  private room = MOST;

  constructor(listed: Iterable<string>) {
    this.known = new Set(listed);
  }

  labelOf(name: string | null): string {
    if (name === null) return NONE;
    if (this.known.has(name)) return name;
    if (this.room === 0) return OTHER;
    this.room--;
    this.known.add(name);
    return name;
  }
}
