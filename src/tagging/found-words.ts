import { wordsOf } from './words';

export interface ReadTexts {
  readonly title: string;
  readonly standfirst: string | null;
  /** The body, plain. */
  readonly text: string;
}

/** The words of an article's texts, found ahead of reading, perhaps by another thread: can be cloned. See `Words`. */
export interface FoundWords {
  readonly title: Int32Array;
  readonly standfirst: Int32Array;
  readonly text: Int32Array;
}

export function findWords({ title, standfirst, text }: ReadTexts): FoundWords {
  return {
    title: wordsOf(title).numbers,
    standfirst: wordsOf(standfirst ?? '').numbers,
    text: wordsOf(text).numbers,
  };
}
