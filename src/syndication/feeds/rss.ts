import type { Instant } from '../../core/clock';
import { type Child, xml } from '../../core/markup';
import { rightsInWords } from '../rights';
import type { Entry, EntryImage, Feed, FeedFormat } from './feed';

/** RSS 2.0, with the modules that readers know: content, Dublin Core, Atom's links for pages (RFC 5005), Media RSS. */
export const RSS: FeedFormat = {
  type: 'application/rss+xml; charset=utf-8',
  write: (feed: Feed) =>
    String(xml`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>${feed.title}</title>
<link>${feed.home}</link>
<description>${feed.title}</description>
${feed.language !== null && xml`<language>${feed.language}</language>\n`}<lastBuildDate>${date(feed.updated)}</lastBuildDate>
<atom:link rel="self" type="application/rss+xml" href="${feed.self}"/>
<atom:link rel="first" type="application/rss+xml" href="${feed.first}"/>
${feed.next !== null && xml`<atom:link rel="next" type="application/rss+xml" href="${feed.next}"/>\n`}${feed.entries.map(item)}</channel>
</rss>
`),
};

function item(entry: Entry): Child {
  const { summary, image, rights } = entry;
  return xml`<item>
<title>${entry.title}</title>
<link>${entry.url}</link>
<guid isPermaLink="false">${entry.id}</guid>
<pubDate>${date(entry.published)}</pubDate>
<atom:updated>${new Date(entry.updated).toISOString()}</atom:updated>
<dc:language>${entry.language}</dc:language>
${entry.authors.map((name) => xml`<dc:creator>${name}</dc:creator>\n`)}${entry.categories.map(({ name }) => xml`<category>${name}</category>\n`)}${summary !== null && xml`<description>${summary}</description>\n`}<content:encoded>${entry.html}</content:encoded>
${image && media(image)}${rights && xml`<dc:rights>${rightsInWords(rights)}</dc:rights>\n`}</item>
`;
}

function media({ url, width, height, alt, credit }: EntryImage): Child {
  const size = [width !== null && xml` width="${width}"`, height !== null && xml` height="${height}"`];
  return xml`<media:content url="${url}" medium="image"${size}>${alt !== null && xml`<media:description>${alt}</media:description>`}${credit !== null && xml`<media:credit>${credit}</media:credit>`}</media:content>
`;
}

/** As RFC 822 has dates, with four digits of the year. */
function date(at: Instant): string {
  return new Date(at).toUTCString();
}
