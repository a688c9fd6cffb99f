import { asLine, withoutUnseen } from '../core/text';

/** What a comment says, and under which name. */
export interface CommentWords {
  readonly authorName: string;
  readonly text: string;
  readonly html: string;
}

/** The same without characters that nobody sees and that could turn around the page. */
export function wordsToStore({ authorName, text, html }: CommentWords): CommentWords {
  return { authorName: asLine(authorName), text: withoutUnseen(text), html: withoutUnseen(html) };
}
