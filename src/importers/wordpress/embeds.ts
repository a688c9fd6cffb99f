/** A page that a player shows: its address from the address that people share. */
interface Player {
  readonly pattern: RegExp;
  readonly source: (id: string) => string;
  readonly title: string;
}

const PLAYERS: readonly Player[] = [
  {
    pattern:
      /^https?:\/\/(?:www\.|m\.|music\.)?(?:youtube(?:-nocookie)?\.com\/(?:watch\?(?:[^#]{0,500}&)?v=|embed\/|shorts\/|live\/|v\/)|youtu\.be\/)([\w-]{6,20})/i,
    source: (id) => `https://www.youtube-nocookie.com/embed/${id}`,
    title: 'YouTube',
  },
  {
    pattern: /^https?:\/\/(?:www\.|player\.)?vimeo\.com\/(?:video\/|channels\/[\w-]{1,60}\/)?(\d{4,15})/i,
    source: (id) => `https://player.vimeo.com/video/${id}`,
    title: 'Vimeo',
  },
  {
    pattern: /^https?:\/\/(?:www\.)?(?:dailymotion\.com\/(?:embed\/)?video\/|dai\.ly\/)([a-z0-9]{4,20})/i,
    source: (id) => `https://www.dailymotion.com/embed/video/${id}`,
    title: 'Dailymotion',
  },
];

/** Sites whose address WordPress replaces by what it shows, when it stands alone on a line. */
const LINKED =
  /^https?:\/\/(?:[\w-]{1,30}\.){0,3}(?:twitter\.com|x\.com|facebook\.com|instagram\.com|tiktok\.com|soundcloud\.com|spotify\.com|flickr\.com|flic\.kr|ted\.com|scribd\.com|slideshare\.net|reddit\.com|tumblr\.com|imgur\.com|bsky\.app|issuu\.com|mixcloud\.com|t\.me|kickstarter\.com|wordpress\.tv|videopress\.com|pinterest\.com|aparat\.com)\//i;

const ADDRESS = /^https?:\/\/[^\s<>"'[\]]{3,2000}$/i;

/** An address of the web, as it may stand in HTML; null for anything else. */
export function webAddress(text: string): string | null {
  const address = text.trim().replaceAll('&amp;', '&').replaceAll('&#038;', '&');
  return ADDRESS.test(address) && URL.canParse(address) ? address : null;
}

/** What an embedded address becomes: a player where one is known, else a link. Null when it is no address. */
export function embedHtml(text: string): string | null {
  const address = webAddress(text);
  return address === null ? null : `<figure>${embedContent(address)}</figure>\n`;
}

/** The same without the figure around it. */
export function embedContent(address: string): string {
  for (const { pattern, source, title } of PLAYERS) {
    const id = pattern.exec(address)?.[1];
    if (id !== undefined) return `<iframe src="${source(id)}" title="${title}" allowfullscreen></iframe>`;
  }
  return `<a href="${escapeHtml(address)}">${escapeHtml(address)}</a>`;
}

/** Whether WordPress would show something else in place of this address on a line of its own. */
export function isEmbeddable(address: string): boolean {
  return LINKED.test(address) || PLAYERS.some(({ pattern }) => pattern.test(address));
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
