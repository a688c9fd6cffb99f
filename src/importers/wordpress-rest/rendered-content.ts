import { NO_IMAGES } from '../wordpress/gallery-guide';
import { htmlToText } from '../wordpress/html-text';
import { replaceShortcodes } from '../wordpress/shortcodes';

export interface RenderedContent {
  /** Not sanitised. */
  readonly html: string;
  /** Shortcodes that WordPress itself did not know when it made the page, by name. */
  readonly removed: ReadonlyMap<string, number>;
}

/** How many different names are counted. */
const MAX_NAMES = 1_000;
const IMAGE = /<img\b[^>]{0,8000}>/gi;
const LAZY_SOURCE = /\sdata-(?:lazy-src|src|orig-file|original)\s*=\s*("[^"]*"|'[^']*')/i;
const SOURCE = /\ssrc\s*=\s*("[^"]*"|'[^']*')/i;
const MORE_LINK = /<a\b[^>]{0,2000}class\s*=\s*["'][^"']*more-link[^>]*>[\s\S]{0,2000}?<\/a>/gi;

/**
 * A post as WordPress shows it: blocks and shortcodes are done, paragraphs are there. What is left in brackets belongs
 * to plugins that do their work on pages only; pictures that pages load late get their address back.
 */
export function convertRendered(html: string): RenderedContent {
  const removed = new Map<string, number>();
  const onRemoved = (name: string) => {
    if (removed.size < MAX_NAMES || removed.has(name)) removed.set(name, (removed.get(name) ?? 0) + 1);
  };
  const plain = replaceShortcodes(html.replace(/\r\n?/g, '\n'), { images: NO_IMAGES, postId: '', onRemoved });
  return { html: plain.replace(IMAGE, withSource).trim(), removed };
}

function withSource(image: string): string {
  const late = LAZY_SOURCE.exec(image)?.[1];
  const source = SOURCE.exec(image);
  if (late === undefined || (source !== null && !/^["']\s*data:/i.test(source[1] ?? ''))) return image;
  return source === null
    ? image.replace(/^<img/i, `<img src=${late}`)
    : image.replace(source[0], ` src=${late}`);
}

/**
 * The excerpt that somebody wrote, as plain text; null where there is none. WordPress then shows the beginning of the
 * text instead, which is no standfirst.
 */
export function writtenExcerpt(excerpt: string, content: string): string | null {
  const text = htmlToText(excerpt.replace(MORE_LINK, ''));
  const words = wordsOf(text.replace(/\s*(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.)\s*$/, ''));
  if (words === '' || wordsOf(htmlToText(content)).startsWith(words)) return null;
  return text;
}

function wordsOf(text: string): string {
  return (text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ');
}
