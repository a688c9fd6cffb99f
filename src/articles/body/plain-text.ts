import type { TreeElement, TreeNode } from './tree';
import { collapse } from './white-space';

/**
 * The text of nodes as one reads it: paragraphs and other blocks separated by a blank line, items, rows and
 * line breaks on lines of their own, cells by a space, white space collapsed except in preformatted text.
 */
export function plainText(nodes: readonly TreeNode[]): string {
  const writer = new PlainTextWriter();
  writer.writeAll(nodes, false);
  return writer.text.trim();
}

/** A caption or the like: plain text on one line, null when there is none. */
export function plainLine(element: TreeElement | null): string | null {
  return element === null ? null : plainText(element.children).replace(/\s+/g, ' ').trim() || null;
}

enum Gap {
  None,
  Space,
  Line,
  Paragraph,
}

const GAPS: Readonly<Record<string, Gap>> = {
  p: Gap.Paragraph,
  h1: Gap.Paragraph,
  h2: Gap.Paragraph,
  h3: Gap.Paragraph,
  h4: Gap.Paragraph,
  h5: Gap.Paragraph,
  h6: Gap.Paragraph,
  ul: Gap.Paragraph,
  ol: Gap.Paragraph,
  dl: Gap.Paragraph,
  pre: Gap.Paragraph,
  table: Gap.Paragraph,
  figure: Gap.Paragraph,
  details: Gap.Paragraph,
  blockquote: Gap.Paragraph,
  figcaption: Gap.Line,
  summary: Gap.Line,
  caption: Gap.Line,
  br: Gap.Line,
  hr: Gap.Line,
  li: Gap.Line,
  tr: Gap.Line,
  dt: Gap.Line,
  dd: Gap.Line,
  td: Gap.Space,
  th: Gap.Space,
};

class PlainTextWriter {
  text = '';
  private gap: Gap = Gap.None;

  writeAll(nodes: readonly TreeNode[], verbatim: boolean): void {
    for (const node of nodes) {
      if (typeof node === 'string') this.write(node, verbatim);
      else this.writeElement(node, verbatim);
    }
  }

  private writeElement(element: TreeElement, verbatim: boolean): void {
    const gap = GAPS[element.name] ?? Gap.None;
    this.separate(gap);
    this.writeAll(element.children, verbatim || element.name === 'pre');
    this.separate(gap);
  }

  private separate(gap: Gap): void {
    if (gap > this.gap) this.gap = gap;
  }

  private write(text: string, verbatim: boolean): void {
    const written = verbatim ? text : collapse(text);
    const visible = this.gap > Gap.None && !verbatim ? written.trimStart() : written;
    if (visible === '') return;
    if (this.text !== '') this.text += SEPARATORS[this.gap];
    this.gap = Gap.None;
    this.text += visible;
  }
}

const SEPARATORS: Readonly<Record<Gap, string>> = {
  [Gap.None]: '',
  [Gap.Space]: ' ',
  [Gap.Line]: '\n',
  [Gap.Paragraph]: '\n\n',
};
