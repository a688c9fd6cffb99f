import { kindOf } from './content-model';
import type { TreeElement } from './tree';
import { trimEnd } from './white-space';

/** Whether it holds inline content only. */
export function isLeaf(block: TreeElement): boolean {
  return kindOf(block.name) === 'leaf';
}

/** Whether a paragraph or heading ends the one that is open; in others, e.g. a summary, it is a new line. */
export function takesTurns(open: string, next: string): boolean {
  return open === 'p' || (isHeading(open) && isHeading(next));
}

/** Whether the last thing in the block is text or an inline element. */
export function endsInline(block: TreeElement): boolean {
  const last = block.children[block.children.length - 1];
  if (last === undefined) return false;
  return typeof last === 'string' || kindOf(last.name) === 'inline' || kindOf(last.name) === 'point';
}

/** Takes away what nobody sees at the end of a block: white space and line breaks. */
export function trimBlock(block: TreeElement): void {
  if (block.name === 'pre') return;
  for (;;) {
    trimLastText(block);
    const last = block.children[block.children.length - 1];
    if (last === undefined || typeof last === 'string' || last.name !== 'br') return;
    block.children.pop();
  }
}

/** Takes away the white space at the end of the block's own text. */
export function trimLastText(block: TreeElement): void {
  const last = block.children[block.children.length - 1];
  if (typeof last !== 'string') return;
  const trimmed = trimEnd(last);
  block.children.pop();
  if (trimmed !== '') block.children.push(trimmed);
}

function isHeading(name: string): boolean {
  return name.length === 2 && name.startsWith('h') && name !== 'hr';
}
