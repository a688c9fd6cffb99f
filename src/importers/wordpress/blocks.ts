import { embedContent, embedHtml, webAddress } from './embeds';

/** A stretch of a post: either of one of the editor's blocks, or classic text outside of any. */
export interface ContentPiece {
  readonly html: string;
  readonly classic: boolean;
}

/** Told of a block that is drawn by WordPress or a plugin and has no HTML of its own. */
export type OnRemovedBlock = (name: string) => void;

const OPENING = '<!-- wp:';
const CLOSING = '<!-- /wp:';
const DELIMITER =
  /^<!--\s+(\/)?wp:([a-z][a-z0-9_-]*(?:\/[a-z][a-z0-9_-]*)?)\s+(?:(\{[\s\S]*\})\s+)?(\/)?-->$/;
const EMBEDS = /^(?:core\/)?embed$|^core-embed\//;
/** Blocks whose content is what the classic editor writes. */
const CLASSIC = new Set(['freeform', 'core/freeform']);
const WRAPPED_ADDRESS = /<div class="wp-block-embed__wrapper">\s*([^\s<>]{1,2000})\s*<\/div>/;

/** Whether the block editor wrote this. */
export function hasBlocks(content: string): boolean {
  return content.includes(OPENING);
}

/**
 * Takes the editor's block comments out. Their HTML stays; an embed's address becomes a player or a link; a block
 * without HTML is dropped and told of. Linear in the text's length; comments that are out of balance do no harm.
 */
export function splitBlocks(content: string, onRemoved: OnRemovedBlock): ContentPiece[] {
  const pieces: ContentPiece[] = [];
  const names: string[] = [];
  let at = 0;
  let searchFrom = 0;
  for (;;) {
    const start = nextDelimiter(content, searchFrom);
    if (start === -1) break;
    const end = content.indexOf('-->', start);
    if (end === -1) break;
    const delimiter = DELIMITER.exec(content.slice(start, end + 3));
    searchFrom = end + 3;
    if (delimiter === null) continue;
    const [, closes, name = '', attributes, selfClosing] = delimiter;
    addPiece(pieces, names, content.slice(at, start));
    at = end + 3;
    if (selfClosing !== undefined) addDrawn(pieces, name, attributes, onRemoved);
    else if (closes === undefined) names.push(name);
    else if (names[names.length - 1] === name) names.pop();
    else if (names.includes(name)) names.length = names.lastIndexOf(name);
  }
  addPiece(pieces, names, content.slice(at));
  return pieces;
}

function nextDelimiter(content: string, from: number): number {
  for (let at = content.indexOf('<!-- ', from); at !== -1; at = content.indexOf('<!-- ', at + 5)) {
    if (content.startsWith(OPENING, at) || content.startsWith(CLOSING, at)) return at;
  }
  return -1;
}

function addPiece(pieces: ContentPiece[], names: readonly string[], html: string): void {
  if (html === '') return;
  const name = names[names.length - 1];
  const classic = name === undefined || CLASSIC.has(name);
  pieces.push({ html: name !== undefined && EMBEDS.test(name) ? withPlayer(html) : html, classic });
}

function withPlayer(html: string): string {
  return html.replace(WRAPPED_ADDRESS, (whole: string, text: string) => {
    const address = webAddress(text);
    return address === null ? whole : embedContent(address);
  });
}

function addDrawn(
  pieces: ContentPiece[],
  name: string,
  attributes: string | undefined,
  onRemoved: OnRemovedBlock,
): void {
  const address = EMBEDS.test(name)
    ? /"url":"((?:[^"\\]|\\.){1,2000})"/.exec(attributes ?? '')?.[1]
    : undefined;
  const shown = address === undefined ? null : embedHtml(unescapeJson(address));
  if (shown === null) onRemoved(`wp:${name}`);
  else pieces.push({ html: shown, classic: false });
}

function unescapeJson(text: string): string {
  return text
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\(.)/g, '$1');
}
