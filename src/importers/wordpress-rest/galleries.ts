import { type GalleryImages, galleryOf, NO_IMAGES } from '../wordpress/gallery-guide';
import { parseShortcodeAttributes, scanShortcodes } from '../wordpress/shortcode-scan';
import type { ShortcodeImage } from '../wordpress/shortcodes';
import type { Parameters } from './api-root';
import { mapMedia } from './map-subjects';
import { type Media, media, type Post } from './shapes';
import { faultIn } from './site-fault';
import type { SiteReader } from './site-reader';
import { MEDIA_FIELDS } from './subjects';

/**
 * The images of the galleries in posts as editors see them, which name pictures by their numbers or have all that were
 * uploaded to a post. What readers see has them already. @throws SiteFault
 */
export async function galleriesIn(
  reader: SiteReader,
  posts: readonly Post[],
  context: Parameters,
): Promise<GalleryImages> {
  const wanted = wantedBy(posts);
  if (wanted.images.size + wanted.posts.size === 0) return NO_IMAGES;
  const parameters = { ...context, _fields: MEDIA_FIELDS };
  const found = await readable(() => reader.some('wp/v2/media', [...wanted.images], parameters, media));
  const attached = new Map<string, string[]>();
  const uploaded =
    wanted.posts.size === 0 ? [] : await readable(() => uploadedTo(reader, wanted.posts, parameters));
  for (const { id, post } of uploaded) {
    attached.set(String(post), [...(attached.get(String(post)) ?? []), String(id)]);
  }
  const images = new Map([...found, ...uploaded].flatMap(imageOf));
  return { image: (id) => images.get(id), attachedTo: (post) => attached.get(post) ?? [] };
}

const NUMBER = /^[1-9]\d{0,14}$/;

function wantedBy(posts: readonly Post[]): { images: Set<number>; posts: Set<number> } {
  const wanted = { images: new Set<number>(), posts: new Set<number>() };
  for (const { id, content } of posts) {
    if (!content.raw?.includes('[gallery')) continue;
    for (const { name, attributes, closing } of scanShortcodes(content.raw)) {
      if (name !== 'gallery' || closing) continue;
      const { ids, post } = galleryOf(parseShortcodeAttributes(attributes).named);
      for (const each of ids ?? []) if (NUMBER.test(each)) wanted.images.add(Number(each));
      if (ids === null && NUMBER.test(post ?? '1')) wanted.posts.add(post === null ? id : Number(post));
    }
  }
  return wanted;
}

async function uploadedTo(
  reader: SiteReader,
  posts: ReadonlySet<number>,
  parameters: Parameters,
): Promise<Media[]> {
  const found: Media[] = [];
  const pages = reader.walk('wp/v2/media', { ...parameters, parent: [...posts] }, media);
  for await (const { items } of pages) found.push(...items);
  return found;
}

function imageOf(item: Media): [string, ShortcodeImage][] {
  const mapped = mapMedia(item);
  if (mapped.kind !== 'image') return [];
  return [[mapped.externalId, { url: mapped.url, alt: mapped.alt, caption: mapped.caption }]];
}

/** Nothing where the site keeps its pictures to itself: that is told where all of them are read. */
async function readable<T>(read: () => Promise<T[]>): Promise<T[]> {
  try {
    return await read();
  } catch (error) {
    const fault = faultIn(error);
    if (!fault.closed) throw fault;
    return [];
  }
}
