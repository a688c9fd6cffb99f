/**
 * What a WordPress export says, one record at a time and nothing interpreted. Text is decoded once: names and titles
 * are plain text, contents are HTML as WordPress stores it, dates are as written. What is absent is '' or null.
 */
export type WxrRecord = WxrSite | WxrAuthor | WxrCategory | WxrTag | WxrTerm | WxrItem;

interface Located {
  /** Counts from 1: where the record begins in the file. */
  readonly line: number;
}

export interface WxrSite extends Located {
  readonly type: 'site';
  readonly title: string;
  readonly description: string;
  readonly link: string;
  /** The address of the network, which is the blog's own unless it is one of several. */
  readonly baseSiteUrl: string;
  readonly baseBlogUrl: string;
  /** As WordPress writes it: en-US, fa-IR. */
  readonly language: string;
  readonly version: string;
  readonly generator: string;
}

export interface WxrAuthor extends Located {
  readonly type: 'author';
  readonly id: string;
  readonly login: string;
  readonly email: string;
  readonly displayName: string;
  readonly firstName: string;
  readonly lastName: string;
}

export interface WxrCategory extends Located {
  readonly type: 'category';
  /** '' in WXR 1.0, which does not tell it. */
  readonly termId: string;
  readonly nicename: string;
  /** The parent's nicename, '' for none. */
  readonly parent: string;
  readonly name: string;
  readonly description: string;
  readonly meta: readonly WxrMeta[];
}

export interface WxrTag extends Located {
  readonly type: 'tag';
  readonly termId: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly meta: readonly WxrMeta[];
}

export interface WxrTerm extends Located {
  readonly type: 'term';
  readonly termId: string;
  readonly taxonomy: string;
  readonly slug: string;
  /** The parent's slug, '' for none. */
  readonly parent: string;
  readonly name: string;
  readonly description: string;
  readonly meta: readonly WxrMeta[];
}

export interface WxrItem extends Located {
  readonly type: 'item';
  /** '' when the file does not tell it. */
  readonly postId: string;
  readonly title: string;
  readonly link: string;
  readonly pubDate: string;
  readonly creator: string;
  readonly guid: string;
  readonly description: string;
  readonly content: string;
  readonly excerpt: string;
  readonly postDate: string;
  readonly postDateGmt: string;
  readonly postModified: string;
  readonly postModifiedGmt: string;
  readonly commentStatus: string;
  readonly pingStatus: string;
  /** The slug, percent-encoded as in the file. */
  readonly postName: string;
  readonly status: string;
  /** The parent's post id, null for none. */
  readonly parentId: string | null;
  readonly menuOrder: number;
  readonly postType: string;
  readonly password: string;
  readonly sticky: boolean;
  readonly attachmentUrl: string;
  readonly terms: readonly WxrTermReference[];
  readonly meta: readonly WxrMeta[];
  readonly comments: readonly WxrComment[];
}

export interface WxrTermReference {
  /** The taxonomy: category, post_tag (`tag` in WXR 1.0), or another's name. '' where RSS means a plain category. */
  readonly domain: string;
  /** The term's slug; null where RSS means a plain category. */
  readonly nicename: string | null;
  readonly name: string;
}

export interface WxrMeta {
  readonly key: string;
  readonly value: string;
}

export interface WxrComment extends Located {
  readonly id: string;
  readonly author: string;
  readonly authorEmail: string;
  readonly authorUrl: string;
  readonly authorIp: string;
  readonly date: string;
  readonly dateGmt: string;
  readonly content: string;
  /** 1, 0, spam, trash or post-trashed. */
  readonly approved: string;
  /** '' or comment for what readers wrote; pingback, trackback, note and others. */
  readonly commentType: string;
  /** The parent's comment id, null for none. */
  readonly parentId: string | null;
  /** Null unless a registered user wrote it. */
  readonly userId: string | null;
  readonly meta: readonly WxrMeta[];
}
