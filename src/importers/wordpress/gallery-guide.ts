import { kept } from './kept';
import { mapAttachment } from './map-attachment';
import { parseShortcodeAttributes, scanShortcodes } from './shortcode-scan';
import type { ShortcodeImage } from './shortcodes';
import type { WxrItem } from './wxr-record';

/** Where the images of galleries come from. */
export interface GalleryImages {
  /** The image that an attachment's id stands for, if it is known. */
  image(id: string): ShortcodeImage | undefined;
  /** The ids of the attachments that were uploaded to a post. */
  attachedTo(postId: string): readonly string[];
}

export const NO_IMAGES: GalleryImages = { image: () => undefined, attachedTo: () => [] };

export interface GalleryState {
  readonly images: ReadonlyMap<string, ShortcodeImage>;
  readonly attached: ReadonlyMap<string, readonly string[]>;
}

/**
 * Knows the images of galleries, which name attachments by their numbers, or have all that were uploaded to a post. While
 * an export is read the attachments of a gallery may come before it or after it, so all are kept until it is known
 * which are wanted: some 200 bytes an image.
 */
export class GalleryGuide implements GalleryImages {
  private images = new Map<string, ShortcodeImage>();
  private attached = new Map<string, string[]>();
  private readonly wantedImages = new Set<string>();
  private readonly wantedPosts = new Set<string>();

  learn(item: WxrItem): void {
    if (item.postType === 'attachment') this.learnImage(item);
    else if (item.content.includes('[gallery')) this.learnGalleries(item);
  }

  image(id: string): ShortcodeImage | undefined {
    return this.images.get(id);
  }

  attachedTo(postId: string): readonly string[] {
    return this.attached.get(postId) ?? [];
  }

  /** Only what galleries want. */
  state(): GalleryState {
    const attached = new Map([...this.wantedPosts].map((id) => [id, this.attachedTo(id)]));
    const wanted = [...this.wantedImages, ...[...attached.values()].flat()];
    const images = wanted.flatMap((id): [string, ShortcodeImage][] => {
      const image = this.images.get(id);
      return image ? [[id, image]] : [];
    });
    return { images: new Map(images), attached };
  }

  restore({ images, attached }: GalleryState): void {
    this.images = new Map(images);
    this.attached = new Map([...attached].map(([id, ids]) => [id, [...ids]]));
  }

  private learnImage(item: WxrItem): void {
    const mapped = mapAttachment(item);
    if (mapped.kind !== 'image') return;
    const { url, alt, caption } = mapped;
    const { id, image, parentId } = kept({
      id: mapped.externalId,
      image: { url, alt, caption },
      parentId: item.parentId,
    });
    this.images.set(id, image);
    if (parentId === null) return;
    const siblings = this.attached.get(parentId);
    if (siblings) siblings.push(id);
    else this.attached.set(parentId, [id]);
  }

  private learnGalleries({ content, postId }: WxrItem): void {
    for (const { name, attributes, closing } of scanShortcodes(content)) {
      if (name !== 'gallery' || closing) continue;
      const { ids, post } = kept(galleryOf(parseShortcodeAttributes(attributes).named));
      if (ids) for (const id of ids) this.wantedImages.add(id);
      else this.wantedPosts.add(post ?? kept(postId));
    }
  }
}

/** Images that one gallery has at most. */
const MAX_IMAGES = 500;

/** The attachments that a gallery names; without ids it has those of the post, which is its own unless it names one. */
export function galleryOf(named: ReadonlyMap<string, string>): {
  readonly ids: readonly string[] | null;
  readonly post: string | null;
} {
  const listed = named.get('ids') ?? named.get('include') ?? '';
  const ids = listed.split(',', MAX_IMAGES).flatMap((id) => id.trim() || []);
  return { ids: ids.length === 0 ? null : ids, post: named.get('id')?.trim() || null };
}
