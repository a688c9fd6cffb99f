export type SampleLanguage = 'en' | 'fa-AF' | 'ps' | 'ur' | 'ar';

export interface SampleImage {
  url: string;
  width: number;
  height: number;
  alt: string;
  caption: string;
  credit: string;
}

export interface SampleAuthor {
  slug: string;
  name: string;
  bio: string;
  avatarUrl?: string;
}

export interface SampleCategory {
  slug: string;
  name: string;
  description?: string;
  /** Slug of the category above. */
  parent?: string;
  /** Slug of the topic that this category stands for. */
  topic?: string;
}

export type SampleTopicKind = 'PLACE' | 'PERSON' | 'ORGANISATION' | 'EVENT' | 'SUBJECT';

export interface SampleTopicName {
  language: SampleLanguage;
  name: string;
  aliases: string[];
}

export interface SampleTopic {
  slug: string;
  kind: SampleTopicKind;
  /** Slug of the topic above: Karachi -> pakistan. */
  parent?: string;
  wikidataId?: string;
  description?: string;
  names: SampleTopicName[];
}

export interface SampleDateline {
  place: string;
  source: 'Dateline Sample News';
}

export type SampleArticleKind = 'ARTICLE' | 'PAGE';
export type SampleArticleStatus = 'DRAFT' | 'SCHEDULED' | 'PUBLISHED' | 'WITHDRAWN';

export interface SampleArticle {
  key: string;
  slug: string;
  /** ARTICLE when absent. */
  kind?: SampleArticleKind;
  language: SampleLanguage;
  /** Key of the article that this one translates. */
  translationOf?: string;
  title: string;
  standfirst: string;
  dateline?: SampleDateline;
  byline?: string;
  /** Slugs. */
  authors: string[];
  /** Slugs; only a page has none. */
  categories: string[];
  primaryCategory?: string;
  /** Slugs, the most important first. */
  topics: string[];
  /** An instant in UTC; null for a draft. */
  publishedAt: string | null;
  status: SampleArticleStatus;
  pinned?: boolean;
  embargoUntil?: string;
  expiresAt?: string;
  /** Present on a withdrawn article only. */
  withdrawalNote?: string;
  leadImage?: SampleImage;
  html: string;
}

export type SampleCommentStatus = 'APPROVED' | 'PENDING' | 'SPAM';

export interface SampleComment {
  /** Key of the article. */
  article: string;
  key: string;
  /** Key of the comment that this one answers. */
  parent?: string;
  name: string;
  email: string;
  text: string;
  at: string;
  status: SampleCommentStatus;
}

export interface SampleNewsroom {
  authors: SampleAuthor[];
  categories: SampleCategory[];
  topics: SampleTopic[];
  articles: SampleArticle[];
  comments: SampleComment[];
}
