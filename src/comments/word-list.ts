import { tokens } from '../core/text';

interface Entry {
  readonly written: string;
  readonly words: readonly string[];
  /** Whether the last word may go on. */
  readonly open: boolean;
}

/**
 * Words and phrases that are looked for in texts, in whatever spelling: joiners, vowel signs, forms of letters and
 * case make no difference, as nowhere in Dateline. One that ends in "*" stands for all words that begin so.
 */
export class WordList {
  private readonly byFirst = new Map<string, Entry[]>();
  private readonly beginnings: Entry[] = [];

  constructor(list: readonly string[]) {
    for (const written of list) {
      const words = tokens(written);
      const [first] = words;
      if (first === undefined) continue;
      const entry = { written, words, open: written.trim().endsWith('*') };
      if (entry.open && words.length === 1) this.beginnings.push(entry);
      else this.byFirst.set(first, [...(this.byFirst.get(first) ?? []), entry]);
    }
  }

  /** The first entry that stands in the text, as it was written; null where none does. */
  findIn(text: string): string | null {
    if (this.byFirst.size === 0 && this.beginnings.length === 0) return null;
    const words = tokens(text);
    for (const [index, word] of words.entries()) {
      const begun = this.beginnings.find(({ words: [beginning = ''] }) => word.startsWith(beginning));
      const found = begun ?? this.byFirst.get(word)?.find((entry) => standsAt(entry, words, index));
      if (found) return found.written;
    }
    return null;
  }
}

function standsAt({ words, open }: Entry, text: readonly string[], index: number): boolean {
  return words.every((word, place) => {
    const here = text[index + place];
    return open && place === words.length - 1 ? here?.startsWith(word) : here === word;
  });
}

const lists = new WeakMap<readonly string[], WordList>();

/** The list that is made of the words, once. */
export function wordListOf(words: readonly string[]): WordList {
  let list = lists.get(words);
  if (list === undefined) {
    list = new WordList(words);
    lists.set(words, list);
  }
  return list;
}
