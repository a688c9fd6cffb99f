import { countWords } from '../core/text';
import { readingMinutes } from './article';
import type { Block } from './blocks';
import { isPlainParagraphs } from './body/plain-paragraphs';
import { recognise, textOf } from './body/recognise';
import { sanitise } from './body/sanitise';
import { buildTree } from './body/tree-builder';

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
  const blocks: Block[] = [];
  const texts: string[] = [];
  for (const element of buildTree(sanitise(html))) {
    const block = recognise(element);
    const text = textOf(block, element);
    blocks.push(block);
    if (text !== '') texts.push(text);
  }
  const text = texts.join('\n\n');
  const wordCount = countWords(text);
  return {
    html: blocks.map((block) => block.html).join('\n'),
    text,
    blocks,
    wordCount,
    readingMinutes: readingMinutes(wordCount),
  };
}

/** `parseBody(html).html`, at little cost where there is nothing to clean: for comments. */
export function cleanHtml(html: string): string {
  if (!isPlainParagraphs(html)) return parseBody(html).html;
  return html.endsWith('\n') ? html.slice(0, -1) : html;
}
