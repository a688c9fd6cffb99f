const ADDRESS = /https?:\/\/[^\s<>"'`]+/giu;
/** What stands behind an address and is none of it. */
const TRAILING = /[.,;:!?\u060c\u061b\u061f\u06d4)\]}»”’]+$/u;
/** Addresses that nothing is made of here, but that other programs make links of. */
const OTHER_LINKS = /\[(?:url|link)\b|(?<![/\w.])www\.[^\s<>"']+/giu;

/**
 * Plain text as HTML: paragraphs, line breaks and links, and nothing else whatever the text holds. Search engines are
 * told that others than the publisher have set the links.
 */
export function plainToHtml(text: string): { readonly html: string; readonly links: number } {
  let links = text.match(OTHER_LINKS)?.length ?? 0;
  const line = (each: string): string => {
    let html = '';
    let end = 0;
    for (const { 0: found, index } of each.matchAll(ADDRESS)) {
      const address = found.replace(TRAILING, '');
      links += 1;
      html += escaped(each.slice(end, index)) + link(address);
      end = index + address.length;
    }
    return html + escaped(each.slice(end));
  };
  const paragraphs = text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${paragraph.split('\n').map(line).join('<br>')}</p>`);
  return { html: paragraphs.join('\n'), links };
}

function link(address: string): string {
  if (!URL.canParse(address)) return escaped(address);
  return `<a href="${escaped(address)}" rel="nofollow ugc noopener">${escaped(address)}</a>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
