import { webAddress } from './embeds';
import { htmlToText } from './html-text';
import { isPhpMap, type PhpMap, parsePhpSerialized } from './php-serialized';
import type { ImportImage, ImportSkipped } from './records';
import type { WxrItem } from './wxr-record';

const IMAGE_NAME = /\.(?:jpe?g|jfif|png|gif|webp|avif|svg|bmp|tiff?|heic|ico)$/i;

/** An image with what describes it. Any other file stays where it is, and so do the links to it. */
export function mapAttachment(item: WxrItem): ImportImage | ImportSkipped {
  const url = webAddress(item.attachmentUrl === '' ? item.guid : item.attachmentUrl);
  const metadata = parsePhpSerialized(metaOf(item, '_wp_attachment_metadata'));
  const details: PhpMap = isPhpMap(metadata) ? metadata : new Map();
  const reason = url === null ? 'it has no address' : reasonToSkip(url, item);
  if (url === null || reason !== null) {
    return {
      kind: 'skipped',
      line: item.line,
      externalId: item.postId,
      subject: 'attachment',
      reason: reason ?? '',
    };
  }
  const imageMeta = details.get('image_meta');
  const credit = isPhpMap(imageMeta) ? imageMeta.get('credit') : undefined;
  return {
    kind: 'image',
    line: item.line,
    externalId: item.postId,
    url,
    title: item.title || null,
    alt: htmlToText(metaOf(item, '_wp_attachment_image_alt')) || null,
    caption: htmlToText(item.excerpt) || null,
    credit: typeof credit === 'string' ? credit.trim() || null : null,
    width: pixels(details.get('width')),
    height: pixels(details.get('height')),
    articleExternalId: item.parentId,
  };
}

function reasonToSkip(url: string, item: WxrItem): string | null {
  return item.status === 'trash' ? 'it lies in the bin' : whyNoImage(url);
}

/** By the name of the file; null for an image. */
export function whyNoImage(url: string): string | null {
  const { pathname } = new URL(url);
  if (IMAGE_NAME.test(pathname)) return null;
  const extension = /\.(\w{1,10})$/.exec(pathname)?.[1]?.toLowerCase();
  return `${extension === undefined ? 'it' : `"${extension}"`} is no image; links to it stay as they are`;
}

function metaOf(item: WxrItem, name: string): string {
  return item.meta.find(({ key }) => key === name)?.value ?? '';
}

/** Some plugins write numbers as text. */
function pixels(value: unknown): number | null {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number > 0 && number < 1_000_000
    ? number
    : null;
}
