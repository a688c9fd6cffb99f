import { decodeSlug } from '../../core/text';
import { kept } from './kept';
import type { WxrItem } from './wxr-record';

/** A page's own part of its address, and the page that it stands below. */
interface Page {
  readonly slug: string;
  readonly parentId: string | null;
}

export type PagesState = ReadonlyMap<string, Page>;

/** Knows where pages stand: below their parents, "/about/team". A site has few of them. */
export class PagePaths {
  private pages = new Map<string, Page>();

  learn({ postType, postId, postName, parentId }: WxrItem): void {
    if (postType !== 'page' || postId === '') return;
    const page = { slug: decodeSlug(postName), parentId };
    this.pages.set(kept(postId), kept(page));
  }

  /** Null for a page without a slug, or below one. */
  of({ postId }: WxrItem): string | null {
    const slugs: string[] = [];
    const seen = new Set<string>();
    for (let id: string | null = postId; id !== null && !seen.has(id); ) {
      seen.add(id);
      const page = this.pages.get(id);
      // A parent that is not in the file leaves the page at the top.
      if (page === undefined) break;
      if (page.slug === '') return null;
      slugs.unshift(page.slug);
      id = page.parentId;
    }
    return slugs.length === 0 ? null : `/${slugs.join('/')}`;
  }

  state(): PagesState {
    return this.pages;
  }

  restore(state: PagesState): void {
    this.pages = new Map(state);
  }
}
