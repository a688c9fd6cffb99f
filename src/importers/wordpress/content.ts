import { autop } from './autop';
import { hasBlocks, splitBlocks } from './blocks';
import { embedHtml, isEmbeddable } from './embeds';
import { type GalleryImages, NO_IMAGES } from './gallery-guide';
import { replaceShortcodes } from './shortcodes';

export type { ShortcodeImage } from './shortcodes';

export interface ConvertedContent {
  /** Not sanitised. */
  readonly html: string;
  /** What left no trace but the text that it enclosed: shortcodes by name, drawn blocks as `wp:name`. */
  readonly removed: ReadonlyMap<string, number>;
}

/**
 * Turns what WordPress stores as a post's content into plain HTML: without block comments and shortcodes, with
 * paragraphs and embeds. A gallery of which no picture is known is removed and counted. Takes time linear in the length.
 * Does not sanitise.
 */
export function convertContent(
  content: string,
  images: GalleryImages = NO_IMAGES,
  postId = '',
): ConvertedContent {
  const removed = new Map<string, number>();
  const count = (name: string) => {
    if (removed.size < MAX_NAMES || removed.has(name)) removed.set(name, (removed.get(name) ?? 0) + 1);
  };
  const context = { images, postId, onRemoved: count };
  const text = content.replace(/\r\n?/g, '\n');
  if (!hasBlocks(text)) return { html: classicHtml(replaceShortcodes(text, context)), removed };
  // A shortcode may reach over several blocks, so the pieces are joined again before they are looked for.
  const joined = splitBlocks(text, count)
    .map(({ html, classic }) => (classic ? classicPiece(html) : withoutMarkers(html)))
    .join('');
  return {
    html: replaceShortcodes(joined, context)
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    removed,
  };
}

/** A comment's text, or an excerpt: paragraphs only. */
export function plainParagraphs(text: string): string {
  return autop(text);
}

/** How many different names are counted. */
const MAX_NAMES = 1000;
const MORE = /<!--more(?:[^>]{0,300})-->|<!--noteaser-->/g;
const NEXT_PAGE = /<!--nextpage-->/g;
const LONE_ADDRESS = /^[ \t]*(https?:\/\/[^\s<>"[\]]+)[ \t]*$/gm;

function classicHtml(text: string): string {
  return autop(withPlayers(withoutMarkers(text)));
}

/** Between blocks there is mostly nothing, or classic text that already has its paragraphs. */
function classicPiece(text: string): string {
  if (text.trim() === '') return '\n';
  return `\n${classicHtml(text)}\n`;
}

function withoutMarkers(text: string): string {
  return text.includes('<!--') ? text.replace(MORE, '').replace(NEXT_PAGE, '\n\n') : text;
}

/** An address alone on its line is an embed, if it is of a site that WordPress knows. */
function withPlayers(text: string): string {
  if (!text.includes('http')) return text;
  return text.replace(LONE_ADDRESS, (whole: string, address: string) =>
    isEmbeddable(address) ? `\n${embedHtml(address) ?? whole}` : whole,
  );
}
