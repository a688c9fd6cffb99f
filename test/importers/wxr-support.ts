import type { WxrItem, WxrProblem, WxrRecord } from '../../src/importers/wordpress';
import { readWxr, type WxrReaderOptions } from '../../src/importers/wordpress';

export interface ReadResult {
  readonly records: WxrRecord[];
  readonly problems: WxrProblem[];
}

/** Reads a whole export that is given as text, bytes or chunks of them. */
export async function read(
  source: string | Uint8Array | readonly (string | Uint8Array)[],
  options?: WxrReaderOptions,
): Promise<ReadResult> {
  const chunks: readonly (string | Uint8Array)[] =
    typeof source === 'string' || source instanceof Uint8Array ? [source] : source;
  const problems: WxrProblem[] = [];
  const records: WxrRecord[] = [];
  for await (const record of readWxr(stream(chunks), (problem) => problems.push(problem), options))
    records.push(record);
  return { records, problems };
}

export async function* stream<T>(chunks: Iterable<T>): AsyncGenerator<T, void, undefined> {
  yield* chunks;
}

export function items(result: ReadResult): WxrItem[] {
  return result.records.filter((record) => record.type === 'item');
}

export function kinds(result: ReadResult): string[] {
  return result.problems.map(({ kind }) => kind);
}

export const HEAD = `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Site</title><language>en-US</language><wp:wxr_version>1.2</wp:wxr_version>
`;
export const TAIL = '</channel></rss>\n';

/** An export with the given XML in its channel, which begins on line 6. */
export function wxr(body: string): string {
  return HEAD + body + TAIL;
}

/** An item with this id; `fields` are XML. */
export function itemXml(id: number | string, fields = ''): string {
  return `<item><title>Post ${id}</title><wp:post_id>${id}</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>${fields}</item>\n`;
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** An item as the reader gives it, with what a test does not care about left empty. */
export function makeItem(overrides: Partial<WxrItem> = {}): WxrItem {
  return {
    type: 'item',
    line: 1,
    postId: '7',
    title: 'A title',
    link: 'https://news.example/2024/06/a-title/',
    pubDate: '',
    creator: 'desk',
    guid: '',
    description: '',
    content: 'Text',
    excerpt: '',
    postDate: '2024-06-05 18:00:00',
    postDateGmt: '2024-06-05 16:00:00',
    postModified: '',
    postModifiedGmt: '',
    commentStatus: 'open',
    pingStatus: 'open',
    postName: 'a-title',
    status: 'publish',
    parentId: null,
    menuOrder: 0,
    postType: 'post',
    password: '',
    sticky: false,
    attachmentUrl: '',
    terms: [],
    meta: [],
    comments: [],
    ...overrides,
  };
}
