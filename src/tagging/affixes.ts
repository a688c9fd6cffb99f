/** What is written together with a name, or changes its end, in the languages that do so. In the normaliser's spelling. */

/**
 * The words that an Arabic one may be with what is joined to its front: و and ف "and", ب "in, with", ل "to, for",
 * ک "like", one or two of them, where at least three letters are left. «للصين» is ل with «الصين».
 */
export function withoutClitics(word: string): string[] {
  const found: string[] = [];
  const first = word[0] ?? '';
  if (CONJUNCTIONS.has(first)) addRest(found, word.slice(1));
  addPreposition(found, CONJUNCTIONS.has(first) ? word.slice(1) : word);
  if (CONJUNCTIONS.has(first)) addPreposition(found, word);
  return found;
}

/** Whether a word with this first letter, however it is typed, may be one with something joined to its front. */
export function mayHaveClitics(letter: number): boolean {
  return CLITICS.has(letter);
}

const CLITICS: ReadonlySet<number> = new Set(Array.from('وفبلكک', (letter) => letter.charCodeAt(0)));

const CONJUNCTIONS: ReadonlySet<string> = new Set(['و', 'ف']);
const PREPOSITIONS: ReadonlySet<string> = new Set(['ب', 'ل', 'ک']);
/** Letters. */
const SHORTEST = 3;

function addPreposition(found: string[], word: string): void {
  if (!PREPOSITIONS.has(word[0] ?? '')) return;
  if (word.startsWith('لل')) addRest(found, `ا${word.slice(1)}`);
  addRest(found, word.slice(1));
}

function addRest(found: string[], rest: string): void {
  if (rest.length >= SHORTEST && !found.includes(rest)) found.push(rest);
}

/**
 * A Pashto word as names have it, and as it is behind a preposition: «روسیه» is «له روسیې», «ایالات» «ایالاتو»,
 * «ملګري» «ملګرو».
 */
export function pashtoForms(word: string): string[] {
  const last = word.at(-1) ?? '';
  if (word.length < SHORTEST) return [word];
  if (last === 'ه' || last === 'ا') return [word, `${word.slice(0, -1)}ې`, `${word.slice(0, -1)}و`];
  if (last === 'ی') return [word, `${word.slice(0, -1)}و`];
  return last === 'و' ? [word] : [word, `${word}و`];
}

/**
 * What Persian writes behind a name after a zero-width non-joiner without making another word of it: plural, ezafe,
 * را. «ترکیه‌ای» is somebody from there, «ایران‌خودرو» a company.
 */
const SUFFIXES: ReadonlySet<string> = new Set(['ها', 'های', 'هایی', 'هایش', 'هایشان', 'ی', 'را', 'اش', 'و']);

export function leavesNameWhole(suffix: string): boolean {
  return SUFFIXES.has(suffix);
}
