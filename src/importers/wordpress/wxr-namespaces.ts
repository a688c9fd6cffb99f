/** The prefix that stands for a namespace in this code, whatever the file calls it; null for foreign ones. */
export function canonicalPrefix(uri: string): string | null {
  const known = CANONICAL.get(uri);
  if (known !== undefined) return known;
  const match = EXPORT.exec(uri);
  if (match === null) return null;
  return match[1] === undefined ? 'wp:' : `${match[1]}:`;
}

/** What an undeclared prefix means, when a file has lost the head that declares it. */
export function usualNamespace(prefix: string): string {
  return USUAL.get(prefix) ?? `urn:undeclared:${prefix}`;
}

// Every version of the format has its own address: http://wordpress.org/export/1.0/ to 1.2/, and /excerpt/ below it.
const EXPORT = /^https?:\/\/(?:www\.)?wordpress\.org\/export\/\d+\.\d+\/(?:(excerpt)\/?)?$/;

const CANONICAL = new Map([
  ['', ''],
  ['http://backend.userland.com/rss2', ''],
  ['http://blogs.law.harvard.edu/tech/rss', ''],
  ['http://purl.org/rss/1.0/modules/content/', 'content:'],
  ['http://purl.org/dc/elements/1.1/', 'dc:'],
]);

const USUAL = new Map([
  ['wp', 'http://wordpress.org/export/1.2/'],
  ['excerpt', 'http://wordpress.org/export/1.2/excerpt/'],
  ['content', 'http://purl.org/rss/1.0/modules/content/'],
  ['dc', 'http://purl.org/dc/elements/1.1/'],
]);
