/** How WordPress writes things into an export. */

export function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** A date as in its database: 2024-05-01 10:00:00. */
export function mysqlDate(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

export function rssDate(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}

export function meta(key: string, value: string, element = 'postmeta'): string {
  return `\t\t<wp:${element}>
\t\t<wp:meta_key>${cdata(key)}</wp:meta_key>
\t\t<wp:meta_value>${cdata(value)}</wp:meta_value>
\t\t</wp:${element}>
`;
}

export function head(title: string, address: string, language: string): string {
  return `<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file, made by a program for measurements. -->
<!-- generator="WordPress/6.8" created="2026-01-01 00:00" -->
<rss version="2.0"
\txmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
\txmlns:content="http://purl.org/rss/1.0/modules/content/"
\txmlns:wfw="http://wellformedweb.org/CommentAPI/"
\txmlns:dc="http://purl.org/dc/elements/1.1/"
\txmlns:wp="http://wordpress.org/export/1.2/"
>

<channel>
\t<title>${title}</title>
\t<link>${address}</link>
\t<description>An invented newsroom</description>
\t<pubDate>Thu, 01 Jan 2026 00:00:00 +0000</pubDate>
\t<language>${language}</language>
\t<wp:wxr_version>1.2</wp:wxr_version>
\t<wp:base_site_url>${address}</wp:base_site_url>
\t<wp:base_blog_url>${address}</wp:base_blog_url>

`;
}

export const TAIL = '</channel>\n</rss>\n';
