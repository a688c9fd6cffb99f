import type { ReadBlock } from './plain-blocks';
import { recognise, textOf } from './recognise';
import { sanitise } from './sanitise';
import { buildTree } from './tree-builder';

/** The blocks of any body: sanitised, mended and recognised. */
export function anyBlocks(html: string): ReadBlock[] {
  return buildTree(sanitise(html)).map((element) => {
    const block = recognise(element);
    return { block, text: textOf(block, element) };
  });
}
