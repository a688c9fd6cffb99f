/**
 * What an import brings, whatever system it comes from. Ids are those of the other system; references name them, or
 * slugs, and nothing is resolved. Times are milliseconds since 1970. HTML is not sanitised.
 */
export interface ImportAuthor {
  readonly kind: 'author';
  readonly line: number;
  readonly externalId: string;
  /** What articles refer to. */
  readonly login: string;
  readonly displayName: string;
  /** Private. */
  readonly email: string | null;
}

export interface ImportCategory {
  readonly kind: 'category';
  readonly line: number;
  /** Null where the file does not tell it: then the slug is the key. */
  readonly externalId: string | null;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  /** May come later in the file, or never. */
  readonly parentSlug: string | null;
}

export interface ImportTerm {
  readonly kind: 'term';
  readonly line: number;
  readonly externalId: string | null;
  /** post_tag for a tag. */
  readonly taxonomy: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly parentSlug: string | null;
}

export interface ImportImage {
  readonly kind: 'image';
  readonly line: number;
  readonly externalId: string;
  readonly url: string;
  readonly title: string | null;
  readonly alt: string | null;
  readonly caption: string | null;
  readonly credit: string | null;
  /** In pixels, of the original. */
  readonly width: number | null;
  readonly height: number | null;
  /** The article that it was uploaded to. */
  readonly articleExternalId: string | null;
}

export type ImportArticleKind = 'ARTICLE' | 'PAGE';
/** How an article was read: from an export, through an API as readers see it, or as editors do. */
export type ImportMedium = 'EXPORT' | 'API' | 'API_RAW';
/** WITHDRAWN: it lies in the other system's bin. */
export type ImportArticleStatus = 'PUBLISHED' | 'DRAFT' | 'SCHEDULED' | 'WITHDRAWN';

export interface ImportArticle {
  readonly kind: 'article';
  readonly line: number;
  readonly externalId: string;
  readonly medium: ImportMedium;
  readonly articleKind: ImportArticleKind;
  /** The other system's own word: post, page, or a custom type that was asked for. */
  readonly postType: string;
  readonly status: ImportArticleStatus;
  readonly title: string;
  /** Decoded. Null for a draft that never got one. */
  readonly slug: string | null;
  /** Decoded, from the site's root, with the query if the address has one. Null when it has no address. */
  readonly path: string | null;
  readonly canonicalUrl: string | null;
  /** BCP 47. `languageSource` says what told it: the site's language is only a guess for a site of several. */
  readonly language: string | null;
  readonly languageSource: 'item' | 'site' | null;
  /** Articles with the same one are translations of each other. */
  readonly translationGroup: string | null;
  readonly html: string;
  /** Plain text. */
  readonly excerpt: string | null;
  /** Null until it is published or scheduled. */
  readonly publishedAt: number | null;
  readonly updatedAt: number | null;
  readonly createdAt: number | null;
  readonly pinned: boolean;
  readonly commentsOpen: boolean;
  readonly authorLogin: string | null;
  /** Where a plugin tells who has written it, all of them, in place of the one above. */
  readonly coAuthors?: readonly ImportCoAuthor[];
  /** In the file's order. */
  readonly categories: readonly ImportTermReference[];
  readonly primaryCategoryTermId: string | null;
  readonly tags: readonly ImportTermReference[];
  /** Of custom taxonomies. */
  readonly terms: readonly ImportTermReference[];
  /** The external id of an image. */
  readonly leadImageId: string | null;
  readonly oldSlugs: readonly string[];
  readonly parentExternalId: string | null;
  readonly comments: readonly ImportComment[];
  /** ALL: a comment of the article that is not among them is not there any more. */
  readonly commentsTold?: 'ALL';
  /** What could not be carried over as it was, for the report. */
  readonly notes: readonly ImportNote[];
}

export interface ImportCoAuthor {
  readonly login: string;
  readonly name: string;
}

export interface ImportTermReference {
  readonly taxonomy: string;
  readonly slug: string;
  readonly name: string;
}

export type ImportCommentStatus = 'APPROVED' | 'PENDING' | 'SPAM' | 'REJECTED';

export interface ImportComment {
  readonly line: number;
  readonly externalId: string;
  readonly parentExternalId: string | null;
  readonly authorName: string | null;
  /** Private, like the address that it was sent from. */
  readonly email: string | null;
  readonly ip: string | null;
  readonly at: number | null;
  readonly status: ImportCommentStatus;
  readonly html: string;
  readonly text: string;
}

/** `count` things of one kind, such as 3 pingbacks that were skipped. */
export interface ImportNote {
  readonly kind:
    | 'skipped-comment'
    | 'removed-shortcode'
    | 'assumed-time-zone'
    | 'unknown-status'
    | 'protected';
  readonly subject: string;
  readonly count: number;
}

export interface ImportSkipped {
  readonly kind: 'skipped';
  readonly line: number;
  readonly externalId: string;
  /** What it is, to be counted by: nav_menu_item, revision, attachment. */
  readonly subject: string;
  readonly reason: string;
}

export type ImportRecord =
  | ImportAuthor
  | ImportCategory
  | ImportTerm
  | ImportImage
  | ImportArticle
  | ImportSkipped;
