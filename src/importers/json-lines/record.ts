/**
 * The lines of an export. Their fields are written in the order in which they stand here, so that two exports
 * of the same newsroom are the same file. Every field is always there; one that is not known is refused.
 */
import { z } from 'zod';
import { MAX_AUTHORS, MAX_CATEGORIES, MAX_CORRECTIONS, MAX_REMOVED_TOPICS, MAX_TOPICS } from '../../articles';
import { MAX_ARTICLES_OF_A_COLLECTION } from '../../collections';
import { SCOPES } from '../../core/actor';
import { articleState } from './article-state';
import {
  address,
  count,
  distinct,
  idOf,
  instant,
  integer,
  language,
  locator,
  sequence,
  sluggedId,
} from './wire';
import {
  ARTICLE_KINDS,
  ARTICLE_STATUSES,
  CHANGE_ENTITIES,
  CHANGE_OPS,
  COMMENT_AUTHOR_KINDS,
  COMMENT_STATUSES,
  COMMENTING_MODES,
  KEY_ROLES,
  REPORT_REASONS,
  TOPIC_KINDS,
  TOPIC_SOURCES,
} from './words';

/** The types of lines between the first and the last, in the order in which an export has them. */
export const RECORD_TYPES = [
  'image',
  'author',
  'topic',
  'category',
  'article',
  'collection',
  'articleRevision',
  'redirect',
  'formerSlug',
  'comment',
  'commentPrivate',
  'commentVersion',
  'commentDecision',
  'commentReport',
  'commenterMark',
  'apiKey',
  'importKey',
  'setting',
  'change',
] as const;

export type RecordType = (typeof RECORD_TYPES)[number];

/** What is only written when it is asked for, and only under a secret. */
export const PRIVATE_TYPES = [
  'commentPrivate',
  'commentVersion',
  'commentDecision',
  'commentReport',
  'commenterMark',
  'apiKey',
] as const satisfies readonly RecordType[];
export type PrivateType = (typeof PRIVATE_TYPES)[number];

/** The version of the format: it rises when an older Dateline could not read the file any more. */
export const VERSION = 3;
/** Those that are read: 2 knows nothing of what comments were before, and of what was decided and reported. */
export const READABLE = [2, VERSION] as const;
export const HEADER_TYPE = 'dateline-export';
export const END_TYPE = 'end';

const text = z.string().nullable();
const pixels = integer.nullable();
const revision = integer.positive();

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
  position: integer,
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
  /** Topics that an editor has taken from it, so that no machine puts them back. */
  removedTopics: distinct(idOf('Topic'), MAX_REMOVED_TOPICS).default([]),
  corrections: z.array(z.strictObject({ at: instant, text: z.string() })).max(MAX_CORRECTIONS),
  html: z.string(),
  createdBy: z.string(),
  revisedAt: instant,
  revisedBy: z.string(),
  revisedOp: z.enum(CHANGE_OPS),
  previewEpoch: count,
});

/** What an article was at an earlier revision. */
const articleRevision = z.strictObject({
  type: z.literal('articleRevision'),
  article: idOf('Article'),
  revision,
  at: instant,
  op: z.enum(CHANGE_OPS),
  actor: z.string(),
  title: z.string(),
  /** With the keys of rows, which may be gone. */
  content: articleState,
  html: text,
  text,
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

/** A slug that something had before. */
const formerSlug = z.strictObject({ type: z.literal('formerSlug'), slug: locator, of: sluggedId });

/** Without anything that tells who the person behind the name is: that is in lines of their own, if at all. */
const comment = z.strictObject({
  type: z.literal('comment'),
  id: idOf('Comment'),
  version: integer.positive(),
  article: idOf('Article'),
  parent: idOf('Comment').nullable(),
  authorName: z.string(),
  authorKind: z.enum(COMMENT_AUTHOR_KINDS),
  status: z.enum(COMMENT_STATUSES),
  featured: z.boolean(),
  reportCount: count.default(0),
  approvedVersion: integer.positive().nullable().default(null),
  createdAt: instant,
  editedAt: instant.nullable(),
  text: z.string(),
  html: z.string(),
});

/** Sealed and hashed under the secret whose fingerprint stands in the first line: of no use without it. */
const commentPrivate = z.strictObject({
  type: z.literal('commentPrivate'),
  comment: idOf('Comment'),
  emailSealed: text,
  emailHash: text,
  ipHash: text,
  account: text.default(null),
  reasons: z.array(z.string()).nullable().default(null),
  writtenAt: instant.nullable().default(null),
});

/** What a comment said before it was edited: readers cannot see it any more. */
const commentVersion = z.strictObject({
  type: z.literal('commentVersion'),
  comment: idOf('Comment'),
  /** The version that said so. */
  version: integer.positive(),
  text: z.string(),
  html: z.string(),
  until: instant,
});

/** What became of a comment, by whom and why, as moderators know it. */
const commentDecision = z.strictObject({
  type: z.literal('commentDecision'),
  comment: idOf('Comment'),
  at: instant,
  actor: z.string(),
  from: z.enum(COMMENT_STATUSES),
  to: z.enum(COMMENT_STATUSES),
  reason: text,
});

/** What a reader said against a comment; who it was is an account, or a keyed hash. */
const commentReport = z.strictObject({
  type: z.literal('commentReport'),
  comment: idOf('Comment'),
  reporter: locator,
  at: instant,
  reason: z.enum(REPORT_REASONS),
  details: text,
});

/** What is remembered of a commenter by a keyed hash: a ban, or that somebody was erased. */
const commenterMark = z.strictObject({
  type: z.literal('commenterMark'),
  mark: locator,
  bannedAt: instant.nullable(),
  bannedUntil: instant.nullable(),
  bannedBy: text,
  erasedAt: instant.nullable(),
});

const named = z.array(z.strictObject({ id: integer.positive(), slug: locator })).nullable();

/** What a partner was entitled to from an instant on; null for nothing. */
const entitlement = z.strictObject({
  version: integer.positive(),
  at: instant,
  content: z
    .strictObject({
      categories: named,
      topics: named,
      languages: z.array(z.string()).nullable(),
      territories: z.array(z.string()).nullable(),
      textAndDataMining: z.boolean(),
      hostingDays: integer.positive().nullable(),
    })
    .nullable(),
});

/** A credential, of which only the hash is known. */
const apiKey = z.strictObject({
  type: z.literal('apiKey'),
  id: integer.positive(),
  publicId: locator,
  hash: z.string(),
  label: text,
  roles: z.array(z.enum(KEY_ROLES)),
  scopes: z.array(z.enum(SCOPES)).nullable(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
  replacedBy: text,
  /** The first of the keys that it was rotated from; of a first one, and in older files, there is none. */
  partnerId: integer.positive().nullable().default(null),
  /** Of a first key. */
  entitlements: z.array(entitlement).default([]),
  /** That the line is as a server with the secret wrote it: who could add one would let himself in. */
  proof: z.string(),
});

/** What an import from another system remembers; with it, the same import can be run again over here. */
const importKey = z.strictObject({
  type: z.literal('importKey'),
  source: z.string(),
  kind: z.string(),
  externalId: z.string(),
  /** The key of a row, whose type follows from the kind; it may be gone. */
  localId: count,
  fingerprint: z.string(),
  revision: count,
  state: text,
});

const setting = z.strictObject({ type: z.literal('setting'), name: locator, value: locator });

/** An entry of the change log. */
const change = z.strictObject({
  type: z.literal('change'),
  seq: sequence.positive(),
  at: instant,
  entity: z.enum(CHANGE_ENTITIES),
  /** The key of a row, which may be gone. */
  entityId: count,
  op: z.enum(CHANGE_OPS),
  revision: count,
  actor: z.string(),
  payload: z.record(z.string(), z.unknown()).nullable(),
});

export const newsroomRecord = z.discriminatedUnion('type', [
  image,
  author,
  topic,
  category,
  article,
  collection,
  articleRevision,
  redirect,
  formerSlug,
  comment,
  commentPrivate,
  commentVersion,
  commentDecision,
  commentReport,
  commenterMark,
  apiKey,
  importKey,
  setting,
  change,
]);

export const counts = z.strictObject({
  image: count,
  author: count,
  topic: count,
  category: count,
  article: count,
  collection: count,
  articleRevision: count,
  redirect: count,
  formerSlug: count,
  comment: count,
  commentPrivate: count,
  commentVersion: count.default(0),
  commentDecision: count.default(0),
  commentReport: count.default(0),
  commenterMark: count.default(0),
  apiKey: count,
  importKey: count,
  setting: count,
  change: count,
});

export const header = z.strictObject({
  type: z.literal(HEADER_TYPE),
  version: z.literal(READABLE),
  /** What the file holds: for progress, and nothing is checked by it. */
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
    apiKey: count,
  }),
  /** The number of the last entry that the change log ever had. */
  lastChange: sequence,
  /** The fingerprint of the secret that private values are sealed under; null where the file has none of them. */
  secret: z.string().nullable(),
});

export const end = z.strictObject({ type: z.literal(END_TYPE), counts });

export type Counts = z.infer<typeof counts>;
export type Header = z.infer<typeof header>;
export type End = z.infer<typeof end>;
/** As it is written, with global ids and dates. */
export type WrittenRecord = z.input<typeof newsroomRecord>;
/** As it is read, with keys and instants. */
export type NewsroomRecord = z.output<typeof newsroomRecord>;
export type RecordOf<T extends RecordType> = Extract<NewsroomRecord, { type: T }>;
/** The types whose rows have a global id, by which others refer to them. */
export type KeyedType = Exclude<keyof Header['lastKeys'], PrivateType>;

export function noCounts(): Counts {
  return {
    image: 0,
    author: 0,
    topic: 0,
    category: 0,
    article: 0,
    collection: 0,
    redirect: 0,
    articleRevision: 0,
    formerSlug: 0,
    comment: 0,
    commentPrivate: 0,
    commentVersion: 0,
    commentDecision: 0,
    commentReport: 0,
    commenterMark: 0,
    apiKey: 0,
    importKey: 0,
    setting: 0,
    change: 0,
  };
}

export function noPrivate(): Record<PrivateType, number> {
  return privateIn(noCounts());
}

/** How many of the lines are private. */
export function privateIn(counts: Counts): Record<PrivateType, number> {
  const { commentPrivate, commentVersion, commentDecision, commentReport, commenterMark, apiKey } = counts;
  return { commentPrivate, commentVersion, commentDecision, commentReport, commenterMark, apiKey };
}
