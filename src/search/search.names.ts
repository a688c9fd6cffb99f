/** Topics and authors whose names have what a query asks for. */
import type { Reader } from '../database';
import { surfaceTerm } from '../indexing';
import type { Named, NamesOf } from './search.plan';
import type { Clause, ParsedQuery } from './search.query';
import { formerSubjects, type NameEntry, namesBeginning, namesHaving } from './search.store';

/** Subjects that one clause of a query may stand for. */
const MAX_SUBJECTS = 100;

/** Sorts above every text that begins with what stands before it. */
const LAST_CHARACTER = '\u{10FFFF}';

/** Looks up everything that the clauses of the query may name. */
export async function lookUpNames(reader: Reader, { wanted, unwanted }: ParsedQuery): Promise<NamesOf> {
  const clauses = [...wanted, ...unwanted];
  const terms = [...new Set(clauses.flatMap(termsOf))];
  const entries = terms.length === 0 ? [] : await namesHaving(reader, { terms });
  const byTerm = new Map<string, NameEntry[]>();
  for (const entry of entries) {
    const known = byTerm.get(entry.term);
    if (known) known.push(entry);
    else byTerm.set(entry.term, [entry]);
  }
  const found = new Map<Clause, Named[]>();
  for (const clause of clauses) {
    const having =
      clause.kind === 'prefix' ? await beginning(reader, clause.prefix) : inARow(termsOf(clause), byTerm);
    found.set(clause, distinct(having));
  }
  const ids = [...new Set([...found.values()].flatMap((named) => named.map(({ id }) => id)))];
  const former = ids.length === 0 ? [] : await formerSubjects(reader, { ids });
  return (clause) =>
    (found.get(clause) ?? []).flatMap((named) => [
      named,
      ...former.flatMap(({ kind, formerId, subjectId }) =>
        kind === named.kind && subjectId === named.id ? [{ kind, id: formerId }] : [],
      ),
    ]);
}

function termsOf(clause: Clause): string[] {
  if (clause.kind === 'prefix') return [];
  return (clause.kind === 'word' ? [clause.token] : clause.tokens).map(({ term }) => term);
}

async function beginning(reader: Reader, prefix: string): Promise<NameEntry[]> {
  const found: NameEntry[] = [];
  for (const each of [prefix, surfaceTerm(prefix)]) {
    found.push(...(await namesBeginning(reader, { prefix: each, end: each + LAST_CHARACTER })));
  }
  return found;
}

/** The entries of the first term in names that go on with the others. */
function inARow(
  [first = '', ...others]: readonly string[],
  byTerm: ReadonlyMap<string, NameEntry[]>,
): NameEntry[] {
  const entries = byTerm.get(first) ?? [];
  if (others.length === 0) return entries;
  const places = others.map((term) => new Set((byTerm.get(term) ?? []).map(placeOf)));
  return entries.filter((entry) =>
    places.every((known, at) => known.has(placeOf({ ...entry, position: entry.position + at + 1 }))),
  );
}

function placeOf({ kind, subjectId, name, position }: NameEntry): string {
  return `${kind} ${subjectId} ${name} ${position}`;
}

function distinct(entries: readonly NameEntry[]): Named[] {
  const known = new Map(
    entries.map(({ kind, subjectId }) => [`${kind} ${subjectId}`, { kind, id: subjectId }]),
  );
  return [...known.values()].slice(0, MAX_SUBJECTS);
}
