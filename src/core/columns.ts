import { oncePer } from './once-per';

/** What tells lists of columns apart; the same list is asked for again and again. */
export const columnsKey = oncePer((columns: readonly string[]) => columns.join());

/**
 * From the fields that a client asks for of a thing to the columns that a statement reads for them: what is not asked
 * for is not read.
 * @param always what is needed whatever is asked for
 * @param behind the columns of each field; a field that is not here needs no more than `always`
 */
export function columnsBehind<C extends string>(
  always: readonly C[],
  behind: Readonly<Record<string, readonly C[]>>,
): (fields: ReadonlySet<string>) => readonly C[] {
  // Documents that are seen again ask with the very same set.
  const known = new WeakMap<ReadonlySet<string>, readonly C[]>();
  return (fields) => {
    let columns = known.get(fields);
    if (columns === undefined) {
      columns = [...new Set([...always, ...[...fields].sort().flatMap((field) => behind[field] ?? [])])];
      known.set(fields, columns);
    }
    return columns;
  };
}
