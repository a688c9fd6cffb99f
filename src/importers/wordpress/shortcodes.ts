import { embedHtml, escapeHtml, webAddress } from './embeds';
import { type GalleryImages, galleryOf } from './gallery-guide';
import {
  parseShortcodeAttributes,
  type ShortcodeAttributes,
  type ShortcodeToken,
  scanShortcodes,
} from './shortcode-scan';

export interface ShortcodeImage {
  readonly url: string;
  readonly alt?: string | null;
  readonly caption?: string | null;
}

export interface ShortcodeContext {
  readonly images: GalleryImages;
  /** The id of the post that the text belongs to. */
  readonly postId: string;
  /** Told of every shortcode that leaves no trace but the text that it encloses. */
  readonly onRemoved: (name: string) => void;
}

/** Handlers nest this deep at most; what is nested deeper is treated as unknown. */
const MAX_DEPTH = 16;

/**
 * Replaces WordPress's shortcodes by HTML. Those that need a plugin to mean anything go, the text that they enclose
 * stays. Brackets that are no shortcode, such as [sic] and [1], stay as they are; `[[name]]` becomes `[name]`.
 */
export function replaceShortcodes(html: string, context: ShortcodeContext): string {
  if (!html.includes('[')) return html;
  const tokens = scanShortcodes(html);
  if (tokens.length === 0) return html;
  const partners = pair(tokens);
  const frames: Frame[] = [{ token: null, closedBy: -1, parts: [] }];
  let at = 0;
  tokens.forEach((token, index) => {
    const partner = partners.get(index);
    const top = frames[frames.length - 1];
    if (top === undefined || (token.closing && partner === undefined && !token.escaped && !isPlugin(token)))
      return;
    const replaced = token.escaped ? unescaped(html, token) : null;
    if (replaced === null && partner === undefined && !isShortcode(token)) return;
    top.parts.push(html.slice(at, token.start));
    at = token.end;
    if (replaced !== null) top.parts.push(replaced);
    else if (partner === undefined) top.parts.push(render(token, '', context));
    else if (!token.closing) open(frames, token, partner, context);
    else close(frames, index, context);
  });
  frames[0]?.parts.push(html.slice(at));
  return frames[0]?.parts.join('') ?? html;
}

interface Frame {
  /** Null for the text itself. */
  readonly token: ShortcodeToken | null;
  /** The index of the token that ends it. */
  readonly closedBy: number;
  readonly parts: string[];
}

function open(frames: Frame[], token: ShortcodeToken, closedBy: number, context: ShortcodeContext): void {
  // What has no handler writes straight into what surrounds it: however deep it nests, nothing is copied.
  if (HANDLERS.has(token.name) && frames.length <= MAX_DEPTH) frames.push({ token, closedBy, parts: [] });
  else context.onRemoved(token.name);
}

function close(frames: Frame[], index: number, context: ShortcodeContext): void {
  const top = frames[frames.length - 1];
  if (top === undefined || top.token === null || top.closedBy !== index) return;
  frames.pop();
  frames[frames.length - 1]?.parts.push(render(top.token, top.parts.join(''), context));
}

/** Which opening token belongs to which closing one: the nearest before it; both ways. */
function pair(tokens: readonly ShortcodeToken[]): Map<number, number> {
  const partners = new Map<number, number>();
  const open: number[] = [];
  const waiting = new Map<string, number>();
  const lower = (name: string) => waiting.set(name, (waiting.get(name) ?? 1) - 1);
  tokens.forEach((token, index) => {
    if (token.escaped || token.selfClosing) return;
    if (!token.closing) {
      open.push(index);
      waiting.set(token.name, (waiting.get(token.name) ?? 0) + 1);
      return;
    }
    // Counting first keeps a text full of closing tokens from searching the stack again and again.
    while ((waiting.get(token.name) ?? 0) > 0) {
      const candidate = open.pop();
      if (candidate === undefined) return;
      const name = tokens[candidate]?.name ?? '';
      lower(name);
      if (name !== token.name) continue;
      partners.set(candidate, index);
      partners.set(index, candidate);
      return;
    }
  });
  return partners;
}

/** Null when the double brackets are something else, such as a wiki's link. */
function unescaped(html: string, token: ShortcodeToken): string | null {
  const plain =
    token.attributes === '' ||
    token.closing ||
    /[\w-]\s*=/.test(token.attributes) ||
    HANDLERS.has(token.name);
  return plain ? html.slice(token.start + 1, token.end - 1) : null;
}

/**
 * A plugin may register any name, and an export does not tell which it did. So it counts as one what WordPress itself
 * knows, what has attributes like a tag's, and what is named as no word is. Words in brackets are a writer's.
 */
function isShortcode(token: ShortcodeToken): boolean {
  if (HANDLERS.has(token.name) || isPlugin(token)) return true;
  if (token.closing) return false;
  return ATTRIBUTE_LIKE.test(token.attributes) || (token.selfClosing && token.attributes === '');
}

/** `[name id="5"]`: the first thing behind the name. "[see <a href="…">]" and "[where x = 5]" are prose. */
const ATTRIBUTE_LIKE = /^[\w-]+\s*=\s*["'\u201c\u201d\u2018\u2019\u2033&]|^[\w-]+=\S/;

function isPlugin(token: ShortcodeToken): boolean {
  return token.name.includes('_') || PLUGINS.has(token.name);
}

const PLUGINS = new Set(
  `contact-form contact-form-7 gravityform gravityforms ninja-forms wpforms formidable mc4wp mailpoet playlist
   rev-slider slider slideshow nggallery ngg singlepic album foogallery metaslider smartslider3 tablepress table-sort
   googlemap googlemaps gmap poll polls polldaddy crowdsignal quiz toc ez-toc recent-posts display-posts related-posts
   social-share addtoany sharethis woocommerce products add-to-cart members-only restrict wp-rss-aggregator instagram-feed
   custom-facebook-feed jetpack-related-posts subscribe2 latex wpdm adsense adrotate accordion accordions tabs tab tabgroup
   toggle toggles spoiler dropcap pullquote column columns row one-half one-third two-third one-fourth button divider
   spacer highlight tooltip iconbox sourcecode syntaxhighlighter archives bloglist`.split(/\s+/),
);

// ------------------------------------------------------------------ what WordPress knows

type Handler = (attributes: ShortcodeAttributes, content: string, context: ShortcodeContext) => string | null;

/** Null from a handler: nothing can be shown, so it counts as removed. */
function render(token: ShortcodeToken, content: string, context: ShortcodeContext): string {
  const handler = HANDLERS.get(token.name);
  const shown = handler?.(parseShortcodeAttributes(token.attributes), content, context) ?? null;
  if (shown !== null) return shown;
  if (!token.closing) context.onRemoved(token.name);
  return content;
}

const LINKED_IMAGE = /^\s*(<a\s[^>]*>\s*<img\s[^>]*>\s*<\/a>|<img\s[^>]*>)/i;

const caption: Handler = ({ named }, content) => {
  const image = LINKED_IMAGE.exec(content)?.[1];
  const text = (
    named.get('caption') ?? (image === undefined ? '' : content.slice(content.indexOf(image) + image.length))
  ).trim();
  if (image === undefined) return content.trim() === '' ? null : `<figure>${content.trim()}</figure>\n`;
  return `<figure>${image}${text === '' ? '' : `<figcaption>${text.replaceAll('\n', ' ')}</figcaption>`}</figure>\n`;
};

const gallery: Handler = ({ named }, _content, { images, postId, onRemoved }) => {
  const { ids, post } = galleryOf(named);
  const wanted = ids ?? images.attachedTo(post ?? postId);
  const known = wanted.flatMap((id) => images.image(id) ?? []);
  if (known.length === 0) return null;
  for (let missing = wanted.length - known.length; missing > 0; missing--) onRemoved('an image of a gallery');
  const figures = known.map(({ url, alt, caption: text }) => {
    const told = text ? `<figcaption>${escapeHtml(text)}</figcaption>` : '';
    return `<figure><img src="${escapeHtml(url)}" alt="${escapeHtml(alt ?? '')}" />${told}</figure>`;
  });
  return `<figure>${figures.join('')}</figure>\n`;
};

const embed: Handler = ({ named, positional }, content) =>
  embedHtml(content) ?? embedHtml(named.get('src') ?? named.get('url') ?? positional[0] ?? '');

/** `[youtube=https://…]`, `[youtube https://…]`, `[youtube id="…"]`. */
const player =
  (address: (id: string) => string): Handler =>
  ({ named, positional }, content) => {
    const said =
      [named.get('id'), named.get('url'), named.get('src'), positional[0], content.trim()].find(Boolean) ??
      '';
    const cleaned = said.replace(/^=\s*["']?|["']$/g, '');
    return embedHtml(cleaned) ?? (/^[\w-]{4,20}$/.test(cleaned) ? embedHtml(address(cleaned)) : null);
  };

const media =
  (element: 'video' | 'audio', formats: readonly string[]): Handler =>
  ({ named, positional }, content) => {
    const said = [...formats.map((name) => named.get(name)), positional[0], content].map((text) =>
      webAddress(text ?? ''),
    );
    const address = said.find((text) => text !== null) ?? null;
    if (address === null) return /<(?:video|audio|source|iframe|a)\s/i.test(content) ? content : null;
    if (named.get('src') === address && /youtu\.?be|vimeo/i.test(address)) return embedHtml(address);
    return `<figure><${element} controls src="${escapeHtml(address)}"></${element}></figure>\n`;
  };

const HANDLERS = new Map<string, Handler>([
  ['caption', caption],
  ['wp_caption', caption],
  ['gallery', gallery],
  ['embed', embed],
  ['youtube', player((id) => `https://youtu.be/${id}`)],
  ['vimeo', player((id) => `https://vimeo.com/${id}`)],
  ['dailymotion', player((id) => `https://dai.ly/${id}`)],
  ['video', media('video', ['src', 'mp4', 'webm', 'm4v', 'ogv', 'wmv', 'flv'])],
  ['audio', media('audio', ['src', 'mp3', 'm4a', 'ogg', 'wav', 'wma'])],
  ['tweet', embed],
  ['soundcloud', embed],
  ['instagram', embed],
  ['facebook', embed],
]);
