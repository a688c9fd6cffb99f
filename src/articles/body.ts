import { countWords } from '../core/text';
import { readingMinutes } from './article';
import type { Block } from './blocks';
import { anyBlocks } from './body/any-blocks';
import { plainBlocks, type ReadBlock } from './body/plain-blocks';

export type * from './blocks';

/** A body as it is stored: made once, when the article is written, and only read from then on. */
export interface ParsedBody {
  /** Sanitised: safe to show as it is. The HTML of the blocks, each on its own line. */
  readonly html: string;
  /** Plain text, its paragraphs separated by a blank line; for search, excerpts and counting. */
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly wordCount: number;
  /** At 200 words a minute, rounded up; 0 only for a body without words. */
  readonly readingMinutes: number;
}

/**
 * Sanitises a body and takes it apart. Takes any string and never throws; the time is linear in its length,
 * however deep its elements are nested. `parseBody(parseBody(x).html)` equals `parseBody(x)`.
 */
export function parseBody(html: string): ParsedBody {
  const read = plainBlocks(html) ?? anyBlocks(html);
  const texts = read.flatMap(({ text }) => text || []);
  const text = texts.join('\n\n');
  const wordCount = countWords(text);
  return {
    html: htmlOf(read),
    text,
    blocks: read.map(({ block }) => block),
    wordCount,
    readingMinutes: readingMinutes(wordCount),
  };
}

/** `parseBody(html).html`, and no more: for comments. */
export function cleanHtml(html: string): string {
  return htmlOf(plainBlocks(html) ?? anyBlocks(html));
}

function htmlOf(read: readonly ReadBlock[]): string {
  return read.map(({ block }) => block.html).join('\n');
}
