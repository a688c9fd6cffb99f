/**
 * The lines of an export. Their fields are written in the order in which they stand here, so that two exports
 * of the same newsroom are the same file. Every field is always there; one that is not known is refused.
 */
import { z } from 'zod';
import { MAX_AUTHORS, MAX_CATEGORIES, MAX_TOPICS } from '../../articles';
import { MAX_ARTICLES_OF_A_COLLECTION } from '../../collections';
import type {
  ArticleKind,
  ArticleStatus,
  CommentAuthorKind,
  CommentingMode,
  CommentStatus,
  TopicKind,
  TopicSource,
} from '../../database';
import { address, count, distinct, idOf, instant, language, locator, sluggedId } from './wire';

/** The types of lines between the first and the last, in the order in which an export has them. */
export const RECORD_TYPES = [
  'image',
  'author',
  'topic',
  'category',
  'article',
  'collection',
  'redirect',
  'formerSlug',
  'comment',
] as const;

export type RecordType = (typeof RECORD_TYPES)[number];

/** The version of the format: it rises when an older Dateline could not read the file any more. */
export const VERSION = 1;
export const HEADER_TYPE = 'dateline-export';
export const END_TYPE = 'end';

type Words<T extends string> = { readonly [Word in T]: Word };

const ARTICLE_KINDS: Words<ArticleKind> = { ARTICLE: 'ARTICLE', PAGE: 'PAGE' };
const ARTICLE_STATUSES: Words<ArticleStatus> = {
  DRAFT: 'DRAFT',
  SCHEDULED: 'SCHEDULED',
  PUBLISHED: 'PUBLISHED',
  WITHDRAWN: 'WITHDRAWN',
};
const TOPIC_KINDS: Words<TopicKind> = {
  PLACE: 'PLACE',
  PERSON: 'PERSON',
  ORGANISATION: 'ORGANISATION',
  EVENT: 'EVENT',
  SUBJECT: 'SUBJECT',
};
const TOPIC_SOURCES: Words<TopicSource> = { EDITOR: 'EDITOR', IMPORT: 'IMPORT', MACHINE: 'MACHINE' };
const COMMENT_STATUSES: Words<CommentStatus> = {
  PENDING: 'PENDING',
  APPROVED: 'APPROVED',
  REJECTED: 'REJECTED',
  SPAM: 'SPAM',
  DELETED: 'DELETED',
};
const COMMENT_AUTHOR_KINDS: Words<CommentAuthorKind> = { GUEST: 'GUEST', READER: 'READER', STAFF: 'STAFF' };

const COMMENTING_MODES: Words<CommentingMode> = {
  OPEN: 'OPEN',
  PREMODERATED: 'PREMODERATED',
  CLOSED: 'CLOSED',
};

const text = z.string().nullable();
const pixels = z.number().int().nullable();
const revision = z.number().int().positive();

const image = z.strictObject({
  type: z.literal('image'),
  id: idOf('Image'),
  revision,
  url: address,
  width: pixels,
  height: pixels,
  alt: text,
  caption: text,
  credit: text,
});

const author = z.strictObject({
  type: z.literal('author'),
  id: idOf('Author'),
  revision,
  slug: locator,
  name: z.string(),
  bio: text,
  avatar: idOf('Image').nullable(),
});

const topic = z.strictObject({
  type: z.literal('topic'),
  id: idOf('Topic'),
  revision,
  slug: locator,
  kind: z.enum(TOPIC_KINDS),
  parent: idOf('Topic').nullable(),
  description: text,
  wikidataId: text,
  names: z.array(z.strictObject({ language, name: z.string(), aliases: z.array(z.string()) })),
});

const category = z.strictObject({
  type: z.literal('category'),
  id: idOf('Category'),
  revision,
  slug: locator,
  name: z.string(),
  description: text,
  parent: idOf('Category').nullable(),
  topic: idOf('Topic').nullable(),
  position: z.number().int(),
});

const mark = z.strictObject({
  topic: idOf('Topic'),
  salience: z.number().min(0).max(1),
  mentions: count,
  source: z.enum(TOPIC_SOURCES),
});

const article = z.strictObject({
  type: z.literal('article'),
  id: idOf('Article'),
  revision,
  kind: z.enum(ARTICLE_KINDS),
  status: z.enum(ARTICLE_STATUSES),
  slug: locator,
  path: locator,
  canonicalUrl: address.nullable(),
  language,
  /** The id of the first article of the group, which may be gone. */
  translationGroup: idOf('Article').nullable(),
  title: z.string(),
  standfirst: text,
  datelinePlace: text,
  datelineSource: text,
  byline: text,
  pinned: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
  publishedAt: instant.nullable(),
  withdrawnAt: instant.nullable(),
  withdrawalNote: text,
  embargoUntil: instant.nullable(),
  expiresAt: instant.nullable(),
  credit: text,
  licence: text,
  territories: z.array(z.string()).nullable(),
  textAndDataMining: z.boolean(),
  commenting: z.enum(COMMENTING_MODES),
  commentingClosesAt: instant.nullable(),
  leadImage: idOf('Image').nullable(),
  primaryCategory: idOf('Category').nullable(),
  authors: distinct(idOf('Author'), MAX_AUTHORS),
  categories: distinct(idOf('Category'), MAX_CATEGORIES),
  topics: z
    .array(mark)
    .max(MAX_TOPICS)
    .refine(
      (marks) => new Set(marks.map(({ topic }) => topic)).size === marks.length,
      'The list has the same one twice.',
    ),
  html: z.string(),
});

const collection = z.strictObject({
  type: z.literal('collection'),
  id: idOf('Collection'),
  revision,
  slug: locator,
  title: z.string(),
  articles: distinct(idOf('Article'), MAX_ARTICLES_OF_A_COLLECTION),
});

const redirect = z
  .strictObject({
    type: z.literal('redirect'),
    path: locator,
    article: idOf('Article').nullable(),
    target: address.nullable(),
    permanent: z.boolean(),
  })
  .refine((it) => (it.article === null) !== (it.target === null), {
    path: ['target'],
    message: 'A redirect leads either to an article or to a target.',
  });

/** A slug that something had before: an author, a category, a collection or a topic. */
const formerSlug = z.strictObject({ type: z.literal('formerSlug'), slug: locator, of: sluggedId });

/** Without anything that tells who the person behind the name is. */
const comment = z.strictObject({
  type: z.literal('comment'),
  id: idOf('Comment'),
  version: z.number().int().positive(),
  article: idOf('Article'),
  parent: idOf('Comment').nullable(),
  authorName: z.string(),
  authorKind: z.enum(COMMENT_AUTHOR_KINDS),
  status: z.enum(COMMENT_STATUSES),
  featured: z.boolean(),
  createdAt: instant,
  editedAt: instant.nullable(),
  text: z.string(),
  html: z.string(),
});

export const newsroomRecord = z.discriminatedUnion('type', [
  image,
  author,
  topic,
  category,
  article,
  collection,
  redirect,
  formerSlug,
  comment,
]);

export const counts = z.strictObject({
  image: count,
  author: count,
  topic: count,
  category: count,
  article: count,
  collection: count,
  redirect: count,
  formerSlug: count,
  comment: count,
});

export const header = z.strictObject({
  type: z.literal(HEADER_TYPE),
  version: z.literal(VERSION),
  /** What the file will hold unless the newsroom changes meanwhile: for progress, and nothing is checked by it. */
  totals: counts,
  /** The highest keys that were ever given out, so that no id of something that is gone is given to another. */
  lastKeys: z.strictObject({
    image: count,
    author: count,
    topic: count,
    category: count,
    article: count,
    collection: count,
    comment: count,
  }),
});

export const end = z.strictObject({
  type: z.literal(END_TYPE),
  counts,
  /** Entries of the change log that were made while the file was written; 0: it shows one single instant. */
  changes: count,
});

export type Counts = z.infer<typeof counts>;
export type Header = z.infer<typeof header>;
export type End = z.infer<typeof end>;
/** As it is written, with global ids and dates. */
export type WrittenRecord = z.input<typeof newsroomRecord>;
/** As it is read, with keys and instants. */
export type NewsroomRecord = z.output<typeof newsroomRecord>;
export type RecordOf<T extends RecordType> = Extract<NewsroomRecord, { type: T }>;
/** The types whose rows have a key. */
export type KeyedType = Exclude<RecordType, 'redirect' | 'formerSlug'>;

export function noCounts(): Counts {
  return {
    ...{ image: 0, author: 0, topic: 0, category: 0, article: 0 },
    ...{ collection: 0, redirect: 0, formerSlug: 0, comment: 0 },
  };
}
