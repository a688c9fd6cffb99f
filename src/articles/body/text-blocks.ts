import type { CodeBlock, HeadingBlock, HtmlBlock, QuoteBlock, TableBlock } from '../blocks';
import { isCell } from './content-model';
import { plainLine } from './plain-text';
import { find, rawText, serialise, type TreeElement, type TreeNode } from './tree';

const LEVELS: Readonly<Record<string, HeadingBlock['level']>> = { h1: 1, h2: 2, h3: 3, h4: 4, h5: 5, h6: 6 };

/** Of a heading, else null. */
export function levelOf(element: TreeElement): HeadingBlock['level'] | null {
  return levelOfName(element.name);
}

export function levelOfName(name: string): HeadingBlock['level'] | null {
  return LEVELS[name] ?? null;
}

/** `caption` is that of the figure around it; a `<cite>` in the quotation goes before. */
export function quoteBlock(blockquote: TreeElement, html: string, caption: string | null): QuoteBlock {
  return { type: 'quote', html, citation: plainLine(lastCite(blockquote.children)) ?? caption };
}

/** Preformatted text is taken for code, unless WordPress marked it as a poem. */
export function codeBlock(pre: TreeElement, html: string): CodeBlock | HtmlBlock {
  if (pre.attributes.class !== undefined) return { type: 'html', html };
  const language = find(pre.children, 'code')?.attributes.class;
  return {
    type: 'code',
    html,
    text: rawText(pre.children),
    language: language?.split(' ')[0]?.replace(/^lang(?:uage)?-/, '') ?? null,
  };
}

/** `caption` is that of the figure around it; the table's own goes before. */
export function tableBlock(table: TreeElement, html: string, caption: string | null): TableBlock {
  const rows = rowsOf(table);
  const isHeader = (row: TreeElement) =>
    row.children.every((cell) => typeof cell !== 'string' && cell.name === 'th');
  const firstBodyRow = rows.findIndex(({ row, inHead }) => !inHead && !isHeader(row));
  return {
    type: 'table',
    html,
    rows: rows.map(({ row }) =>
      elementsOf(row)
        .filter(({ name }) => isCell(name))
        .map((cell) => serialise(cell.children)),
    ),
    headerRows: firstBodyRow < 0 ? rows.length : firstBodyRow,
    caption: plainLine(elementsOf(table).find(({ name }) => name === 'caption') ?? null) ?? caption,
  };
}

function rowsOf(table: TreeElement): Array<{ row: TreeElement; inHead: boolean }> {
  return elementsOf(table).flatMap((part) => {
    if (part.name === 'tr') return [{ row: part, inHead: false }];
    if (part.name === 'caption') return [];
    return elementsOf(part).map((row) => ({ row, inHead: part.name === 'thead' }));
  });
}

/** In a quotation that cites works in its text, the source comes last. */
function lastCite(nodes: readonly TreeNode[]): TreeElement | null {
  for (let position = nodes.length - 1; position >= 0; position -= 1) {
    const node = nodes[position];
    if (node === undefined || typeof node === 'string') continue;
    const found = node.name === 'cite' ? node : lastCite(node.children);
    if (found !== null) return found;
  }
  return null;
}

function elementsOf(element: TreeElement): TreeElement[] {
  return element.children.filter((node) => typeof node !== 'string');
}
