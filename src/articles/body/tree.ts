import { hasEnd, isCell } from './content-model';

export type Attributes = Readonly<Record<string, string>>;

/** A text is the string itself. Trees are at most as deep as the sanitiser's nesting, so recursion is safe. */
export type TreeNode = string | TreeElement;

export interface TreeElement {
  readonly name: string;
  readonly attributes: Attributes;
  readonly children: TreeNode[];
}

/** The HTML of nodes, written exactly as the sanitiser writes it. */
export function serialise(nodes: readonly TreeNode[]): string {
  let html = '';
  for (const node of nodes) html += typeof node === 'string' ? escapeText(node) : serialiseElement(node);
  return html;
}

export function serialiseElement(element: TreeElement): string {
  let tag = `<${element.name}`;
  for (const name in element.attributes) {
    const value = element.attributes[name] ?? '';
    tag += value !== '' ? ` ${name}="${escapeAttribute(value)}"` : name === 'alt' ? ' alt=""' : ` ${name}`;
  }
  if (!hasEnd(element.name)) return `${tag} />`;
  return `${tag}>${serialise(element.children)}</${element.name}>`;
}

/** The text as it is, e.g. of code; `<br>` is a line break. */
export function rawText(nodes: readonly TreeNode[]): string {
  let text = '';
  for (const node of nodes) {
    text += typeof node === 'string' ? node : node.name === 'br' ? '\n' : rawText(node.children);
  }
  return text;
}

/** The first descendant of that name in reading order, or null. */
export function find(nodes: readonly TreeNode[], name: string): TreeElement | null {
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    const found = node.name === name ? node : find(node.children, name);
    if (found !== null) return found;
  }
  return null;
}

/** Whether a reader would see nothing: white space of any kind at most. Cells of tables count as content. */
export function isBlank(node: TreeNode): boolean {
  if (typeof node === 'string') return BLANK.test(node);
  if (node.name === 'br' || node.name === 'wbr') return true;
  return hasEnd(node.name) && !isCell(node.name) && !MEDIA.has(node.name) && node.children.every(isBlank);
}

const BLANK = /^[\s\p{Cf}]*$/u;
const MEDIA: ReadonlySet<string> = new Set(['iframe', 'video', 'audio']);

function escapeText(text: string): string {
  return SPECIAL.test(text)
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    : text;
}

function escapeAttribute(value: string): string {
  return SPECIAL.test(value) ? escapeText(value).replaceAll('"', '&quot;') : value;
}

const SPECIAL = /[&<>"]/;
