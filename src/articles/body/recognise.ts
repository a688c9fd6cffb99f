import type { Block, BodyImage } from '../blocks';
import { knownProvider, providerOf } from './embeds';
import { plainLine, plainText } from './plain-text';
import { codeBlock, levelOf, quoteBlock, tableBlock } from './text-blocks';
import { find, isBlank, serialise, serialiseElement, type TreeElement } from './tree';

/**
 * The block that an element at the top of the tree is. It is told from the elements alone and not from
 * WordPress's classes, so that bodies from anywhere, and our own output read again, give the same blocks.
 */
export function recognise(element: TreeElement): Block {
  const level = levelOf(element);
  if (level !== null) return { type: 'heading', html: serialiseElement(element), level };
  switch (element.name) {
    case 'p':
      return fromParagraph(element);
    case 'ul':
    case 'ol':
      return fromList(element);
    case 'figure':
      return fromFigure(element);
    case 'hr':
      return { type: 'divider', html: serialiseElement(element) };
    default:
      return fromSingle(element, element, null);
  }
}

/** The text that a block adds to its body's; the bare address of an embedded page is none. */
export function textOf(block: Block, element: TreeElement): string {
  return block.type === 'embed' ? (block.caption ?? '') : plainText([element]);
}

/** What there is to see in a paragraph, list or figure, apart from its wrappers and captions. */
interface Sights {
  readonly images: BodyImage[];
  /** Players, tables, quotations and the like. */
  readonly others: TreeElement[];
  readonly texts: SeenText[];
}

interface SeenText {
  readonly text: string;
  readonly parent: TreeElement;
  readonly linked: boolean;
}

function fromParagraph(element: TreeElement): Block {
  const sights = look(element);
  const address = bareAddress(sights);
  if (address !== null && knownProvider(address) !== null)
    return embeddedPage(element, address, null, sights);
  return onlyImages(element, sights, null) ?? { type: 'paragraph', html: serialiseElement(element) };
}

function fromList(element: TreeElement): Block {
  const gallery = onlyImages(element, look(element), null);
  if (gallery !== null) return gallery;
  const items = element.children
    .filter((item) => typeof item !== 'string')
    .map((item) => serialise(item.children));
  return { type: 'list', html: serialiseElement(element), ordered: element.name === 'ol', items };
}

function fromFigure(figure: TreeElement): Block {
  const sights = look(figure);
  const caption = plainLine(captionOf(figure));
  const address = bareAddress(sights);
  if (address !== null) return embeddedPage(figure, address, caption, sights);
  const images = onlyImages(figure, sights, caption);
  if (images !== null) return images;
  const [only] = sights.others;
  if (only === undefined || sights.others.length > 1 || sights.images.length > 0 || sights.texts.length > 0) {
    return { type: 'html', html: serialiseElement(figure) };
  }
  return fromSingle(only, figure, caption);
}

/** Of the one thing that an element or figure shows. */
function fromSingle(element: TreeElement, outer: TreeElement, caption: string | null): Block {
  const html = serialiseElement(outer);
  const url = element.attributes.src ?? find(element.children, 'source')?.attributes.src ?? '';
  switch (element.name) {
    case 'iframe':
      return { type: 'embed', html, url, provider: providerOf(url), caption };
    case 'video':
      return { type: 'video', html, url, poster: element.attributes.poster ?? null, caption };
    case 'audio':
      return { type: 'audio', html, url, caption };
    case 'blockquote':
      return quoteBlock(element, html, caption);
    case 'pre':
      return codeBlock(element, html);
    case 'table':
      return tableBlock(element, html, caption);
    default:
      return { type: 'html', html };
  }
}

/** An image or gallery when there are images and nothing else, otherwise null. */
function onlyImages(outer: TreeElement, sights: Sights, caption: string | null): Block | null {
  const [first] = sights.images;
  if (first === undefined || sights.others.length > 0 || sights.texts.length > 0) return null;
  const html = serialiseElement(outer);
  const isGallery =
    sights.images.length > 1 || (outer.name === 'figure' && find(outer.children, 'figure') !== null);
  if (isGallery) return { type: 'gallery', html, images: sights.images, caption };
  return { type: 'image', html, ...first, caption: caption ?? first.caption };
}

function look(outer: TreeElement): Sights {
  const sights: Sights = { images: [], others: [], texts: [] };
  lookInto(outer, null, false, sights);
  return sights;
}

function lookInto(outer: TreeElement, caption: string | null, inLink: boolean, sights: Sights): void {
  const linked = inLink || outer.name === 'a';
  for (const node of outer.children) {
    if (typeof node === 'string') {
      if (!isBlank(node)) sights.texts.push({ text: node, parent: outer, linked });
    } else if (node.name === 'img') {
      sights.images.push(imageOf(node, caption));
    } else if (node.name === 'figure') {
      lookInto(node, plainLine(captionOf(node)), linked, sights);
    } else if (SHOWN_AS_ONE.has(node.name)) {
      sights.others.push(node);
    } else if (node.name !== 'figcaption') {
      lookInto(node, caption, linked, sights);
    }
  }
}

const SHOWN_AS_ONE: ReadonlySet<string> = new Set(
  'iframe video audio blockquote pre table dl details hr h1 h2 h3 h4 h5 h6'.split(' '),
);

function imageOf(img: TreeElement, caption: string | null): BodyImage {
  const { src = '', width, height, alt } = img.attributes;
  return {
    url: src,
    width: width === undefined ? null : Number(width),
    height: height === undefined ? null : Number(height),
    alt: alt ?? null,
    caption,
  };
}

function captionOf(figure: TreeElement): TreeElement | null {
  for (const node of figure.children) if (typeof node !== 'string' && node.name === 'figcaption') return node;
  return null;
}

/** The address that is all there is to see: how WordPress stores what it embeds when the page is shown. */
function bareAddress(sights: Sights): string | null {
  const [only] = sights.texts;
  if (only === undefined || sights.texts.length > 1 || sights.images.length > 0 || sights.others.length > 0)
    return null;
  const text = only.text.length > MAX_ADDRESS_LENGTH ? '' : only.text.trim();
  return ADDRESS.test(text) && URL.canParse(text) ? text : null;
}

const MAX_ADDRESS_LENGTH = 2000;
const ADDRESS = /^https?:\/\/[^\s\p{Cc}<>"\\]+$/u;

function embeddedPage(outer: TreeElement, url: string, caption: string | null, sights: Sights): Block {
  // A reader whose app cannot embed the page can at least follow it.
  for (const seen of sights.texts) if (!seen.linked) link(seen, url);
  return { type: 'embed', html: serialiseElement(outer), url, provider: providerOf(url), caption };
}

function link({ parent, text }: SeenText, url: string): void {
  const anchor: TreeElement = { name: 'a', attributes: { href: url, rel: 'noopener' }, children: [url] };
  parent.children.splice(parent.children.indexOf(text), 1, anchor);
}
