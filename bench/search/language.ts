/** Two invented languages whose words are as unevenly frequent as those of real ones. */
import { type Random, zipf } from '../generator/random';

export type SearchedLanguage = 'en' | 'fa';

/** Words that a language has. */
const WORDS = 50_000;
/** The frequency of a word falls with its rank by the law of Zipf and Mandelbrot: 1 / (rank + FLAT). */
const FLAT = 2.7;

const SYLLABLES: Readonly<Record<SearchedLanguage, readonly string[]>> = {
  en: combined('b c d f g h k l m n p r s t v w', 'a e i o u'),
  fa: combined('ب پ ت ج چ خ د ر ز س ش ف ک گ ل م ن ه', 'ا و ی'),
};

const pickRank = zipf(WORDS, 1, FLAT);

/** Of a rank, from 0; the more frequent the shorter. The last syllable keeps the stemmer from making two of them one. */
export function wordOf(language: SearchedLanguage, rank: number): string {
  const syllables = SYLLABLES[language];
  let word = language === 'en' ? 'x' : 'ق';
  for (let rest = rank + 1; rest > 0; rest = Math.floor(rest / syllables.length))
    word = (syllables[rest % syllables.length] ?? '') + word;
  return word;
}

const WORDS_OF: Readonly<Record<SearchedLanguage, readonly string[]>> = {
  en: Array.from({ length: WORDS }, (_, rank) => wordOf('en', rank)),
  fa: Array.from({ length: WORDS }, (_, rank) => wordOf('fa', rank)),
};

/** So many words, drawn by their frequency, with a full stop behind every twelfth. */
export function prose(random: Random, language: SearchedLanguage, count: number): string {
  const words = WORDS_OF[language];
  let text = '';
  for (let at = 0; at < count; at++) {
    if (at > 0) text += at % 12 === 0 ? '. ' : ' ';
    text += words[pickRank(random)] ?? '';
  }
  return text;
}

function combined(first: string, second: string): string[] {
  return first.split(' ').flatMap((a) => second.split(' ').map((b) => a + b));
}
