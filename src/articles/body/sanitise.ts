import sanitizeHtml from 'sanitize-html';
import { EMBED_HOST_NAMES } from './embeds';
import { type Nesting, NestingTokenizer } from './nesting';

/** The longest attribute value that is kept, in UTF-16 code units. */
export const MAX_ATTRIBUTE_LENGTH = 4096;

/**
 * The safety boundary: nothing reaches a reader that did not pass here, and whatever is written of the
 * result passes here unchanged. Allowed are the tags and attributes of an article, links to http, https,
 * mailto and relative addresses, media from http, https and relative ones, and frames of `embeds.ts`.
 */
export function sanitise(html: string): string {
  const nesting: Nesting = { depth: 0, html };
  const parser: object = { decodeEntities: true, Tokenizer: NestingTokenizer, nesting };
  return sanitizeHtml(html, {
    ...POLICY,
    parser,
    onOpenTag: (_name, attributes) => {
      nesting.depth += 1;
      dropLongValues(attributes);
    },
    onCloseTag: () => {
      nesting.depth -= 1;
    },
  });
}

const WEB = ['https', 'http'];
const SIZED = ['width', 'height'];

const POLICY: sanitizeHtml.IOptions = {
  // The most frequent first, as the list is searched from its start.
  allowedTags: [
    ...['p', 'a', 'strong', 'em', 'br', 'img', 'figure', 'figcaption', 'li', 'ul', 'div', 'h2', 'h3', 'span'],
    ...[
      'b',
      'i',
      'blockquote',
      'cite',
      'h1',
      'h4',
      'h5',
      'h6',
      'hr',
      'ol',
      'td',
      'tr',
      'th',
      'table',
      'tbody',
    ],
    ...['thead', 'tfoot', 'caption', 'pre', 'code', 'iframe', 'video', 'audio', 'source', 'dl', 'dt', 'dd'],
    ...[
      'details',
      'summary',
      'u',
      's',
      'sub',
      'sup',
      'small',
      'mark',
      'q',
      'abbr',
      'dfn',
      'time',
      'del',
      'ins',
    ],
    ...['kbd', 'samp', 'var', 'bdi', 'bdo', 'ruby', 'rb', 'rt', 'rp', 'wbr'],
    // These never come out: the tree that is built of the result takes them for boundaries of paragraphs.
    ...['section', 'article', 'main', 'aside', 'header', 'footer', 'nav', 'address', 'center', 'hgroup'],
  ],
  allowedAttributes: {
    '*': ['dir', 'lang'],
    a: ['href', 'title', 'rel'],
    img: ['src', 'srcset', 'sizes', 'alt', 'title', ...SIZED],
    video: ['src', 'poster', 'controls', ...SIZED],
    audio: ['src', 'controls'],
    source: ['src', 'type'],
    iframe: ['src', 'title', 'allowfullscreen', ...SIZED],
    blockquote: ['cite'],
    q: ['cite'],
    ol: ['start', 'reversed', 'type'],
    li: ['value'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan', 'scope'],
    time: ['datetime'],
    abbr: ['title'],
    dfn: ['title'],
    details: ['open'],
  },
  // The language of code and the mark of a poem are all that cannot be told from the elements themselves.
  allowedClasses: { code: [/^lang(?:uage)?-[\w+#.-]{1,30}$/], pre: ['wp-block-verse'] },
  allowedSchemes: [...WEB, 'mailto'],
  allowedSchemesByTag: {
    img: WEB,
    video: WEB,
    audio: WEB,
    source: WEB,
    iframe: WEB,
    blockquote: WEB,
    q: WEB,
    srcset: WEB,
  },
  allowedIframeHostnames: [...EMBED_HOST_NAMES],
  allowIframeRelativeUrls: false,
  nonBooleanAttributes: [],
  selfClosing: ['img', 'br', 'hr', 'wbr', 'source'],
  // Dropped with what is in them: programs, controls, drawings, and what old browsers show instead.
  nonTextTags: [
    ...['script', 'style', 'title', 'template', 'textarea', 'xmp', 'form', 'select', 'option', 'optgroup'],
    ...['datalist', 'button', 'svg', 'canvas', 'object', 'applet', 'noembed', 'noframes', 'frameset'],
  ],
};

/** The sanitiser's look at a URL takes time that grows with the square of its length. */
function dropLongValues(attributes: Record<string, string>): void {
  for (const name in attributes) {
    if ((attributes[name] ?? '').length > MAX_ATTRIBUTE_LENGTH) delete attributes[name];
  }
}
