/**
 * Hosts whose players may stand in an article as an iframe, and the provider that a block names. The host
 * is compared as a whole: a subdomain that is not listed is not trusted. A frame from anywhere else is
 * dropped, since it is mostly advertising and tracking.
 */
const EMBED_HOSTS: ReadonlyMap<string, string> = new Map([
  ['www.youtube.com', 'youtube'],
  ['youtube.com', 'youtube'],
  ['www.youtube-nocookie.com', 'youtube'],
  ['player.vimeo.com', 'vimeo'],
  ['www.dailymotion.com', 'dailymotion'],
  ['geo.dailymotion.com', 'dailymotion'],
  ['www.aparat.com', 'aparat'],
  ['www.facebook.com', 'facebook'],
  ['www.instagram.com', 'instagram'],
  ['platform.twitter.com', 'twitter'],
  ['www.tiktok.com', 'tiktok'],
  ['t.me', 'telegram'],
  ['embed.bsky.app', 'bluesky'],
  ['rumble.com', 'rumble'],
  ['open.spotify.com', 'spotify'],
  ['w.soundcloud.com', 'soundcloud'],
  ['embed.podcasts.apple.com', 'apple-podcasts'],
  ['www.google.com', 'google-maps'],
  ['maps.google.com', 'google-maps'],
  ['www.openstreetmap.org', 'openstreetmap'],
  ['datawrapper.dwcdn.net', 'datawrapper'],
  ['flo.uri.sh', 'flourish'],
  ['e.infogram.com', 'infogram'],
  ['embed.documentcloud.org', 'documentcloud'],
  ['archive.org', 'internet-archive'],
  ['www.ted.com', 'ted'],
  ['embed.ted.com', 'ted'],
]);

/** Hosts of pages that WordPress turns into a player when their address stands alone in a paragraph. */
const PAGE_HOSTS: ReadonlyMap<string, string> = new Map([
  ['m.youtube.com', 'youtube'],
  ['youtu.be', 'youtube'],
  ['vimeo.com', 'vimeo'],
  ['dai.ly', 'dailymotion'],
  ['twitter.com', 'twitter'],
  ['x.com', 'twitter'],
  ['soundcloud.com', 'soundcloud'],
  ['bsky.app', 'bluesky'],
]);

export const EMBED_HOST_NAMES: readonly string[] = [...EMBED_HOSTS.keys()];

/** The known provider of a page or player, or null. Never throws, whatever the URL. */
export function knownProvider(url: string): string | null {
  const host = hostOf(url);
  return EMBED_HOSTS.get(host) ?? PAGE_HOSTS.get(host) ?? null;
}

/** The known provider, or the host name without `www.`; an empty string for what is no absolute URL. */
export function providerOf(url: string): string {
  return knownProvider(url) ?? hostOf(url).replace(/^www\./, '');
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}
