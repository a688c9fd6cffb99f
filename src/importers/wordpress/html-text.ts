import { Parser } from 'htmlparser2';

const ELEMENTS_THAT_BREAK = new Set([
  'p',
  'br',
  'div',
  'li',
  'tr',
  'blockquote',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
]);
const ELEMENTS_WITHOUT_TEXT = new Set(['script', 'style', 'template', 'noscript']);

/** Decodes the character references of HTML once: `Q&amp;amp;A` gives `Q&amp;A`. Tags stay as they are. */
export function decodeHtmlEntities(text: string): string {
  if (!text.includes('&')) return text;
  const parts: string[] = [];
  const parser = new Parser({ ontext: (part) => parts.push(part) }, { decodeEntities: true });
  parser.end(text.replaceAll('<', '&lt;'));
  return parts.join('');
}

/** The text of an HTML fragment, decoded, with a line break where a block or `<br>` stands. */
export function htmlToText(html: string): string {
  if (!html.includes('<')) return decodeHtmlEntities(html).trim();
  const parts: string[] = [];
  let hidden = 0;
  const parser = new Parser(
    {
      onopentagname: (name) => {
        if (ELEMENTS_WITHOUT_TEXT.has(name)) hidden += 1;
        if (ELEMENTS_THAT_BREAK.has(name)) parts.push('\n');
      },
      onclosetag: (name) => {
        if (ELEMENTS_WITHOUT_TEXT.has(name)) hidden -= 1;
        else if (name !== 'br' && ELEMENTS_THAT_BREAK.has(name)) parts.push('\n');
      },
      ontext: (part) => {
        if (hidden === 0) parts.push(part);
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return parts
    .join('')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** A headline or a name as WordPress stores it, which is HTML: without tags, decoded once, on one line. */
export function plainLine(html: string): string {
  return onOneLine(decodeHtmlEntities(withoutTags(html)));
}

/** The same where the entities have been decoded before. */
export function plainLineOfDecoded(text: string): string {
  return onOneLine(withoutTags(text));
}

function withoutTags(text: string): string {
  return text.includes('<') ? text.replace(/<\/?[a-zA-Z][^<>]*>|<!--[^<>]*-->/g, '') : text;
}

function onOneLine(text: string): string {
  return text.replace(/[\s\u00a0]+/g, ' ').trim();
}
