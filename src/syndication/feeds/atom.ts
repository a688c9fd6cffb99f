import { type Child, xml } from '../../core/markup';
import { licenceAddress, rightsInWords } from '../rights';
import { dated } from '../values';
import type { Entry, Feed, FeedFormat } from './feed';

/** Atom (RFC 4287), in pages (RFC 5005, section 3), with what was withdrawn (RFC 6721) and under what terms (RFC 4946). */
export const ATOM: FeedFormat = {
  type: 'application/atom+xml; charset=utf-8',
  write: (feed: Feed) =>
    String(xml`<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"${feed.language !== null && xml` xml:lang="${feed.language}"`}>
<id>${feed.first}</id>
<title>${feed.title}</title>
<updated>${dated(feed.updated)}</updated>
<author><name>${feed.siteName}</name></author>
<link rel="alternate" href="${feed.home}"/>
<link rel="self" type="application/atom+xml" href="${feed.self}"/>
<link rel="first" type="application/atom+xml" href="${feed.first}"/>
${feed.next !== null && xml`<link rel="next" type="application/atom+xml" href="${feed.next}"/>\n`}${feed.withdrawn.map(
  ({ id, at }) => xml`<at:deleted-entry ref="${id}" when="${dated(at)}"/>\n`,
)}${feed.entries.map(entryElement)}</feed>
`),
};

function entryElement(entry: Entry): Child {
  const { summary, image, rights } = entry;
  const terms = rights && licenceAddress(rights);
  return xml`<entry xml:lang="${entry.language}">
<id>${entry.id}</id>
<title>${entry.title}</title>
<link rel="alternate" type="text/html" hreflang="${entry.language}" href="${entry.url}"/>
<published>${dated(entry.published)}</published>
<updated>${dated(entry.updated)}</updated>
${entry.authors.map((name) => xml`<author><name>${name}</name></author>\n`)}${entry.categories.map(
  ({ slug, name }) => xml`<category term="${slug}" label="${asAttribute(name)}"/>\n`,
)}${summary !== null && xml`<summary>${summary}</summary>\n`}<content type="html">${entry.html}</content>
${image && xml`<link rel="enclosure" href="${image.url}"${image.alt !== null && xml` title="${asAttribute(image.alt)}"`}/>\n`}${terms && xml`<link rel="license" href="${terms}"/>\n`}${rights && xml`<rights>${rightsInWords(rights)}</rights>\n`}</entry>
`;
}

/** Parsers make spaces of the line breaks in attributes: here they are made for all of them alike. */
function asAttribute(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
