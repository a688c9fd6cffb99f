import { oncePer } from './once-per';

/** Lists of columns that are told apart by a number; beyond them the numbering goes on, but from memory they are gone. */
const MAX_LISTS = 10_000;

const numbers = new Map<string, string>();
let numbered = 0;

/**
 * What tells lists of columns apart; the same list is asked for again and again. A number rather than their names: it becomes
 * part of keys that are put together, and looked up, several times for each request.
 */
export const columnsKey = oncePer((columns: readonly string[]) => {
  const names = columns.join();
  const known = numbers.get(names);
  if (known !== undefined) return known;
  if (numbers.size >= MAX_LISTS) numbers.clear();
  const number = String(numbered++);
  numbers.set(names, number);
  return number;
});

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
