/**
 * The tables on PostgreSQL. schema.sqlite.ts is their twin: the same names, columns and row types, so that
 * one query runs on both. A parity test holds the two together; change them in one commit.
 *
 * Instants are epoch milliseconds in a bigint rather than timestamptz: both engines then compare, index and
 * page by the same numbers, and a row needs no date parsing on its way out.
 *
 * Every column that refers to another table leads an index, whole or without the rows that refer to nothing:
 * without one, a delete over there reads this whole table. A test holds that.
 */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Scope } from '../core/actor';
import { toJson } from './storable';
import type {
  AgendaOp,
  ArticleKind,
  ArticleStatus,
  ChangeEntity,
  ChangeOp,
  CommentAuthorKind,
  CommentingMode,
  CommentStatus,
  DeliveryState,
  KeyRole,
  NamedKind,
  ReportReason,
  SluggedKind,
  StoredBlock,
  StoredMark,
  StoredPosition,
  TopicKind,
  TopicSource,
  WebhookStatus,
} from './vocabulary';

/** Text ordered and compared byte by byte, as SQLite does, whatever the cluster's locale. */
const key = customType<{ data: string }>({ dataType: () => 'text collate "C"' });
/** Not Drizzle's `jsonb`: that passes on characters which PostgreSQL refuses, and parses a string twice. */
const json = <T>(name: string) =>
  customType<{ data: T; driverData: unknown }>({
    dataType: () => 'jsonb',
    toDriver: toJson,
    fromDriver: (value) => value as T,
  })(name);
const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const instant = (name: string) => bigint(name, { mode: 'number' });
const id = () => integer('id').primaryKey().generatedByDefaultAsIdentity();

/**
 * Columns of every row that lists an article under something. `listedAt` is the article's publishedAt while
 * it is PUBLISHED and of kind ARTICLE, else null; the two others repeat the article's rights. So a list, a
 * count and a page read one index and never touch an article that the viewer may not see.
 */
const listing = () => ({
  listedAt: instant('listed_at'),
  embargoUntil: instant('embargo_until'),
  expiresAt: instant('expires_at'),
});

/**
 * Listed articles that carry the subject, itself or through a descendant, embargoed and expired ones included:
 * used to order lists and to choose the narrower way into a query, and shown to nobody.
 */
const coverage = () => ({ coverage: integer('coverage').notNull().default(0) });

/** Rises by one at every change that somebody makes, so that of two editors the second is told. */
const revision = () => ({ revision: integer('revision').notNull().default(1) });

export const images = pgTable('images', {
  id: id(),
  url: key('url').notNull().unique(),
  width: integer('width'),
  height: integer('height'),
  alt: text('alt'),
  caption: text('caption'),
  credit: text('credit'),
  /** What it is found by: the name of its file and what is said of it, normalised. */
  words: text('words').notNull().default(''),
  ...revision(),
});

export const authors = pgTable(
  'authors',
  {
    id: id(),
    slug: key('slug').notNull().unique(),
    name: text('name').notNull(),
    /** The normalised name: lists of authors are ordered by it. */
    sortName: key('sort_name').notNull(),
    bio: text('bio'),
    avatarId: integer('avatar_id').references(() => images.id),
    ...coverage(),
    ...revision(),
  },
  (t) => [
    index('authors_by_name').on(t.sortName, t.id),
    index('authors_by_avatar').on(t.avatarId).where(sql`${t.avatarId} is not null`),
  ],
);

export const topics = pgTable(
  'topics',
  {
    id: id(),
    slug: key('slug').notNull().unique(),
    kind: text('kind').$type<TopicKind>().notNull(),
    parentId: integer('parent_id'),
    description: text('description'),
    wikidataId: text('wikidata_id'),
    /** What it is called where no language is asked for: one of its names. */
    name: text('name').notNull(),
    sortName: key('sort_name').notNull(),
    ...coverage(),
    ...revision(),
  },
  (t) => [
    index('topics_by_name').on(t.sortName, t.id),
    index('topics_by_kind_and_name').on(t.kind, t.sortName, t.id),
    index('topics_by_coverage').on(t.coverage, t.id),
    index('topics_by_kind_and_coverage').on(t.kind, t.coverage, t.id),
    index('topics_by_parent').on(t.parentId, t.sortName, t.id),
    index('topics_by_wikidata_id').on(t.wikidataId).where(sql`${t.wikidataId} is not null`),
  ],
);

export const topicNames = pgTable(
  'topic_names',
  {
    id: id(),
    topicId: integer('topic_id')
      .notNull()
      .references(() => topics.id, { onDelete: 'cascade' }),
    language: key('language').notNull(),
    name: text('name').notNull(),
    /** 0 for the name in this language, 1, 2, … for its aliases. */
    position: integer('position').notNull(),
    normalised: key('normalised').notNull(),
  },
  (t) => [
    index('topic_names_by_topic').on(t.topicId, t.language, t.position),
    index('topic_names_by_normalised').on(t.normalised, t.topicId),
  ],
);

export const categories = pgTable(
  'categories',
  {
    id: id(),
    slug: key('slug').notNull().unique(),
    name: text('name').notNull(),
    description: text('description'),
    parentId: integer('parent_id'),
    topicId: integer('topic_id').references(() => topics.id),
    position: integer('position').notNull().default(0),
    ...coverage(),
    ...revision(),
  },
  (t) => [
    index('categories_by_parent').on(t.parentId, t.position),
    index('categories_by_topic').on(t.topicId).where(sql`${t.topicId} is not null`),
  ],
);

export const articles = pgTable(
  'articles',
  {
    id: id(),
    kind: text('kind').$type<ArticleKind>().notNull(),
    status: text('status').$type<ArticleStatus>().notNull(),
    slug: key('slug').notNull().unique(),
    path: key('path').notNull().unique(),
    canonicalUrl: text('canonical_url'),
    language: key('language').notNull(),
    /** Articles with the same group are translations of one another; it is the key of the first of them. */
    translationGroup: integer('translation_group'),
    title: text('title').notNull(),
    standfirst: text('standfirst'),
    datelinePlace: text('dateline_place'),
    datelineSource: text('dateline_source'),
    byline: text('byline'),
    primaryCategoryId: integer('primary_category_id').references(() => categories.id),
    leadImageId: integer('lead_image_id').references(() => images.id),
    pinned: boolean('pinned').notNull().default(false),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    publishedAt: instant('published_at'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawalNote: text('withdrawal_note'),
    embargoUntil: instant('embargo_until'),
    expiresAt: instant('expires_at'),
    credit: text('credit'),
    licence: text('licence'),
    territories: json<string[]>('territories'),
    textAndDataMining: boolean('text_and_data_mining').notNull().default(true),
    commenting: text('commenting').$type<CommentingMode>().notNull().default('OPEN'),
    /** From then on it is as good as CLOSED. */
    commentingClosesAt: instant('commenting_closes_at'),
    /** Comments of the article whose `visible` is true and that are not tombstones. */
    commentCount: integer('comment_count').notNull().default(0),
    revision: integer('revision').notNull().default(1),
    /** Who made the article. */
    createdBy: text('created_by').notNull().default('system'),
    /** When, by whom and by what the present revision was made; of earlier ones article_revisions knows. */
    revisedAt: instant('revised_at').notNull().default(0),
    revisedBy: text('revised_by').notNull().default('system'),
    revisedOp: text('revised_op').$type<ChangeOp>().notNull().default('CREATE'),
    /** Previews are given out under this number: a higher one makes all earlier ones void. */
    previewEpoch: integer('preview_epoch').notNull().default(0),
    /** What the article was given itself, as its ties say: pages of articles are read without going there. */
    authorIds: json<number[]>('author_ids').notNull().default([]),
    categoryIds: json<number[]>('category_ids').notNull().default([]),
    topicMarks: json<StoredMark[]>('topic_marks').notNull().default([]),
  },
  (t) => [
    // What has a date of publication is published from then on: readers never wait for the scheduler.
    index('articles_newest')
      .on(t.kind, t.publishedAt, t.id, t.embargoUntil, t.expiresAt)
      .where(sql`${t.status} in ('PUBLISHED', 'SCHEDULED')`),
    index('articles_newest_by_language')
      .on(t.language, t.kind, t.publishedAt, t.id, t.embargoUntil, t.expiresAt)
      .where(sql`${t.status} in ('PUBLISHED', 'SCHEDULED')`),
    index('articles_recently_updated')
      .on(t.kind, t.updatedAt, t.id, t.embargoUntil, t.expiresAt)
      .where(sql`${t.status} in ('PUBLISHED', 'SCHEDULED')`),
    // Of everything but what is published: an index that holds all would tempt SQLite, which without statistics
    // takes any status for rare, away from the slug, the path and the key.
    index('articles_unpublished').on(t.status, t.publishedAt, t.id).where(sql`${t.status} <> 'PUBLISHED'`),
    index('articles_unpublished_recently_updated')
      .on(t.status, t.updatedAt, t.id)
      .where(sql`${t.status} <> 'PUBLISHED'`),
    // For feeds, which tell of the latest withdrawals.
    index('articles_withdrawn').on(t.withdrawnAt, t.id).where(sql`${t.status} = 'WITHDRAWN'`),
    uniqueIndex('articles_translations').on(t.translationGroup, t.language),
    index('articles_by_primary_category')
      .on(t.primaryCategoryId)
      .where(sql`${t.primaryCategoryId} is not null`),
    index('articles_by_lead_image').on(t.leadImageId).where(sql`${t.leadImageId} is not null`),
  ],
);

/** Apart from the article, so that no list ever reads a body. */
export const articleBodies = pgTable('article_bodies', {
  articleId: integer('article_id')
    .primaryKey()
    .references(() => articles.id, { onDelete: 'cascade' }),
  html: text('html').notNull(),
  text: text('text').notNull(),
  blocks: json<StoredBlock[]>('blocks').notNull(),
  wordCount: integer('word_count').notNull(),
});

/** Columns of an article that are no part of what a revision holds. */
type Unrevised =
  | 'id'
  | 'revision'
  | 'createdBy'
  | 'revisedAt'
  | 'revisedBy'
  | 'revisedOp'
  | 'previewEpoch'
  | 'commentCount'
  | 'authorIds'
  | 'categoryIds'
  | 'topicMarks';

/** A subject as a revision remembers it: by its key, and by its slug, which outlives it. */
export interface NamedKey {
  readonly id: number;
  readonly slug: string;
}

/** Everything that an article is at one of its revisions, but the body. */
export interface ArticleState {
  readonly article: Omit<typeof articles.$inferSelect, Unrevised>;
  readonly primaryCategory: NamedKey | null;
  readonly leadImage: { readonly id: number; readonly url: string } | null;
  readonly authors: readonly NamedKey[];
  readonly categories: readonly NamedKey[];
  readonly topics: readonly (NamedKey &
    Pick<typeof articleTopics.$inferSelect, 'salience' | 'mentions' | 'source'>)[];
}

/**
 * What articles were before their present revision. A creation pays nothing: the row is written when the
 * revision is superseded.
 */
export const articleRevisions = pgTable(
  'article_revisions',
  {
    articleId: integer('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    revision: integer('revision').notNull(),
    /** When, by what and by whom it was made. */
    at: instant('at').notNull(),
    op: text('op').$type<ChangeOp>().notNull(),
    actor: text('actor').notNull(),
    title: text('title').notNull(),
    content: json<ArticleState>('content').notNull(),
    /** The body, where the next revision has another: else it is that one's, which may leave it to its next. */
    html: text('html'),
    text: text('text'),
  },
  (t) => [primaryKey({ columns: [t.articleId, t.revision] })],
);

/**
 * What the clock alone will make of articles, and when: the scheduler takes a row out as it tells the change log,
 * so that each is told once. Follows from the dates of the articles.
 */
export const articleAgenda = pgTable(
  'article_agenda',
  {
    articleId: integer('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    op: text('op').$type<AgendaOp>().notNull(),
    dueAt: instant('due_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.articleId, t.op] }),
    index('article_agenda_by_date').on(t.dueAt, t.articleId),
  ],
);

/** What was corrected for all to see. */
export const articleCorrections = pgTable(
  'article_corrections',
  {
    id: id(),
    articleId: integer('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    at: instant('at').notNull(),
    text: text('text').notNull(),
  },
  (t) => [index('article_corrections_by_article').on(t.articleId, t.at, t.id)],
);

export const articleAuthors = pgTable(
  'article_authors',
  {
    articleId: integer('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    authorId: integer('author_id')
      .notNull()
      .references(() => authors.id),
    position: integer('position').notNull(),
    ...listing(),
  },
  (t) => [
    primaryKey({ columns: [t.articleId, t.authorId] }),
    index('article_authors_listing').on(t.authorId, t.listedAt, t.articleId, t.embargoUntil, t.expiresAt),
  ],
);

export const articleCategories = pgTable(
  'article_categories',
  {
    articleId: integer('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    categoryId: integer('category_id')
      .notNull()
      .references(() => categories.id),
    /** False where the article carries only a descendant of the category. */
    direct: boolean('direct').notNull(),
    position: integer('position').notNull(),
    ...listing(),
  },
  (t) => [
    primaryKey({ columns: [t.articleId, t.categoryId] }),
    index('article_categories_listing').on(
      t.categoryId,
      t.listedAt,
      t.articleId,
      t.direct,
      t.embargoUntil,
      t.expiresAt,
    ),
  ],
);

export const articleTopics = pgTable(
  'article_topics',
  {
    articleId: integer('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    topicId: integer('topic_id')
      .notNull()
      .references(() => topics.id),
    /** False where the article carries only a descendant of the topic: Karachi, and so Pakistan. */
    direct: boolean('direct').notNull(),
    /** From 0 to 1: how much the article is about the topic. 0 where not direct. */
    salience: doublePrecision('salience').notNull(),
    mentions: integer('mentions').notNull(),
    source: text('source').$type<TopicSource>().notNull(),
    ...listing(),
  },
  (t) => [
    primaryKey({ columns: [t.articleId, t.topicId] }),
    index('article_topics_listing').on(
      t.topicId,
      t.listedAt,
      t.articleId,
      t.direct,
      t.embargoUntil,
      t.expiresAt,
    ),
  ],
);

/** Topics that an editor has taken from an article, so that no machine puts them back. */
export const removedTopics = pgTable(
  'removed_topics',
  {
    articleId: integer('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    topicId: integer('topic_id')
      .notNull()
      .references(() => topics.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ columns: [t.articleId, t.topicId] }),
    index('removed_topics_by_topic').on(t.topicId, t.articleId),
  ],
);

/** Lists that an editor puts together: the front page, a dossier. */
export const collections = pgTable('collections', {
  id: id(),
  slug: key('slug').notNull().unique(),
  title: text('title').notNull(),
  ...revision(),
});

/** At most 50 a collection, in the editor's order; what a viewer may not see of them stays in its place. */
export const collectionArticles = pgTable(
  'collection_articles',
  {
    collectionId: integer('collection_id')
      .notNull()
      .references(() => collections.id, { onDelete: 'cascade' }),
    articleId: integer('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.collectionId, t.articleId] }),
    index('collection_articles_by_article').on(t.articleId),
  ],
);

/**
 * Slugs that authors, categories, collections and topics had before they were renamed or merged into another:
 * who comes by one is led to what has it now. A row that has the slug itself comes first.
 */
export const formerSlugs = pgTable(
  'former_slugs',
  {
    kind: text('kind').$type<SluggedKind>().notNull(),
    slug: key('slug').notNull(),
    localId: integer('local_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.slug] }), index('former_slugs_by_local_id').on(t.kind, t.localId)],
);

/** What used to live at a path. Exactly one of `articleId` and `target` is set. */
export const redirects = pgTable(
  'redirects',
  {
    path: key('path').primaryKey(),
    /** Leads to wherever the article is now. */
    articleId: integer('article_id').references(() => articles.id, { onDelete: 'cascade' }),
    target: text('target'),
    permanent: boolean('permanent').notNull().default(true),
  },
  (t) => [index('redirects_by_article').on(t.articleId).where(sql`${t.articleId} is not null`)],
);

export const comments = pgTable(
  'comments',
  {
    id: id(),
    articleId: integer('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    parentId: integer('parent_id'),
    /** The top of the thread; the comment itself when it has no parent. */
    rootId: integer('root_id').notNull(),
    depth: integer('depth').notNull(),
    authorName: text('author_name').notNull(),
    authorKind: text('author_kind').$type<CommentAuthorKind>().notNull(),
    status: text('status').$type<CommentStatus>().notNull(),
    /** Approved and reachable, or a tombstone that keeps a thread together. */
    visible: boolean('visible').notNull(),
    /** Visible direct replies. */
    replyCount: integer('reply_count').notNull().default(0),
    text: text('text').notNull(),
    html: text('html').notNull(),
    createdAt: instant('created_at').notNull(),
    editedAt: instant('edited_at'),
    featured: boolean('featured').notNull().default(false),
    version: integer('version').notNull().default(1),
    /** Reports since a person last decided. */
    reportCount: integer('report_count').notNull().default(0),
    /** The version that a person has approved: reports alone do not hide it any more. */
    approvedVersion: integer('approved_version'),
  },
  (t) => [
    index('comments_by_parent').on(t.articleId, t.parentId, t.createdAt, t.id).where(sql`${t.visible}`),
    index('comments_by_root').on(t.rootId, t.createdAt, t.id).where(sql`${t.visible}`),
    index('comments_by_status').on(t.status, t.createdAt, t.id),
    index('comments_by_article').on(t.articleId),
    index('comments_reported').on(t.status, t.createdAt, t.id).where(sql`${t.reportCount} > 0`),
  ],
);

/** What must never leave: apart from the comments, so that no public query can reach it by accident. */
export const commentPrivate = pgTable(
  'comment_private',
  {
    commentId: integer('comment_id')
      .primaryKey()
      .references(() => comments.id, { onDelete: 'cascade' }),
    /** AES-256-GCM under the server's secret. */
    emailSealed: text('email_sealed'),
    /** HMAC-SHA-256 of the address under the server's secret, to find a person again. */
    emailHash: text('email_hash'),
    /** The same of the network address: of IPv6 the /64. */
    ipHash: text('ip_hash'),
    /** The name that the change log has for somebody who had signed in. */
    account: key('account'),
    /** Why it was held. */
    reasons: json<string[]>('reasons'),
    /** When the comment was written: what is old is purged. */
    writtenAt: instant('written_at').notNull().default(0),
  },
  (t) => [
    index('comment_private_by_email').on(t.emailHash).where(sql`${t.emailHash} is not null`),
    index('comment_private_by_ip').on(t.ipHash).where(sql`${t.ipHash} is not null`),
    index('comment_private_by_account').on(t.account).where(sql`${t.account} is not null`),
    index('comment_private_to_purge')
      .on(t.writtenAt)
      .where(sql`${t.emailSealed} is not null or ${t.ipHash} is not null`),
  ],
);

/** What a comment said before it was edited: for moderators, and gone when its author is. */
export const commentRevisions = pgTable(
  'comment_revisions',
  {
    commentId: integer('comment_id')
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    /** The version that said so. */
    version: integer('version').notNull(),
    text: text('text').notNull(),
    html: text('html').notNull(),
    /** When it was superseded. */
    until: instant('until').notNull(),
  },
  (t) => [primaryKey({ columns: [t.commentId, t.version] })],
);

/** What became of a comment, by whom and why. */
export const commentEvents = pgTable(
  'comment_events',
  {
    id: id(),
    commentId: integer('comment_id')
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    from: text('from_status').$type<CommentStatus>().notNull(),
    to: text('to_status').$type<CommentStatus>().notNull(),
    reason: text('reason'),
  },
  (t) => [index('comment_events_by_comment').on(t.commentId, t.id), index('comment_events_by_time').on(t.at)],
);

/** Who has reported a comment: each reader once. */
export const commentReports = pgTable(
  'comment_reports',
  {
    commentId: integer('comment_id')
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    /** The account, which has a colon; or the keyed hash of the network address, until it is old. */
    reporter: key('reporter').notNull(),
    at: instant('at').notNull(),
    reason: text('reason').$type<ReportReason>().notNull(),
    details: text('details'),
  },
  (t) => [
    primaryKey({ columns: [t.commentId, t.reporter] }),
    index('comment_reports_by_reporter').on(t.reporter),
    index('comment_reports_by_time')
      .on(t.at)
      .where(sql`${t.details} is not null or ${t.reporter} not like '%:%'`),
  ],
);

/** What is remembered of a commenter by a keyed hash, whatever else is gone. */
export const commenterMarks = pgTable(
  'commenter_marks',
  {
    /** Of the address, of the network address, or of the name of the account. */
    mark: key('mark').primaryKey(),
    bannedAt: instant('banned_at'),
    /** Null for ever. */
    bannedUntil: instant('banned_until'),
    bannedBy: text('banned_by'),
    /** What somebody who was erased had written is not brought back by a later import. */
    erasedAt: instant('erased_at'),
  },
  (t) => [index('commenter_marks_by_end').on(t.bannedUntil).where(sql`${t.erasedAt} is null`)],
);

/** How often something was done lately. */
export const rates = pgTable(
  'rates',
  {
    name: key('name').primaryKey(),
    /** Until when what was done so far counts: the theoretical arrival time of the GCRA. */
    until: instant('until').notNull(),
  },
  (t) => [index('rates_by_time').on(t.until)],
);

/** The change log: one row a change, numbered in the order of commits. */
export const changes = pgTable(
  'changes',
  {
    seq: bigint('seq', { mode: 'number' }).primaryKey(),
    at: instant('at').notNull(),
    entity: text('entity').$type<ChangeEntity>().notNull(),
    entityId: integer('entity_id').notNull(),
    op: text('op').$type<ChangeOp>().notNull(),
    /** The entity's revision after the change; 0 for entities that have none. */
    revision: integer('revision').notNull(),
    actor: text('actor').notNull(),
    payload: json<Record<string, unknown>>('payload'),
  },
  (t) => [
    // The audit: the newest first, whatever it is filtered by.
    index('changes_newest').on(t.at, t.seq),
    index('changes_by_actor').on(t.actor, t.at, t.seq),
    index('changes_by_kind').on(t.entity, t.at, t.seq),
    index('changes_by_entity').on(t.entity, t.entityId, t.at, t.seq),
    index('changes_by_op').on(t.op, t.at, t.seq),
    index('changes_with_payload').on(t.at).where(sql`${t.payload} is not null`),
  ],
);

/** One row: the last number given out. Locking it is what puts PostgreSQL's transactions in line. */
export const feedHead = pgTable('feed_head', {
  id: integer('id').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
});

/** Which row here stands for which thing there, so that an import can be run again. */
export const importKeys = pgTable(
  'import_keys',
  {
    /** The other system, e.g. "https://blog.example". */
    source: key('source').notNull(),
    kind: text('kind').notNull(),
    externalId: key('external_id').notNull(),
    localId: integer('local_id').notNull(),
    /** Hash of what was imported: unchanged there means nothing to do here. */
    fingerprint: text('fingerprint').notNull(),
    /** The revision that the import left: a higher one here means that somebody edited since. */
    revision: integer('revision').notNull(),
    /**
     * Of what has no revision: a hash of what the import left here, so that another now means the same. Null
     * where the row here was not made by the import, or has a revision.
     */
    state: text('state'),
  },
  (t) => [
    primaryKey({ columns: [t.source, t.kind, t.externalId] }),
    index('import_keys_by_local_id').on(t.kind, t.localId),
  ],
);

/** Credentials of machines. The keys themselves are nowhere: only their hashes are. */
export const apiKeys = pgTable('api_keys', {
  id: id(),
  publicId: key('public_id').notNull().unique(),
  hash: text('hash').notNull(),
  label: text('label'),
  roles: json<KeyRole[]>('roles').notNull(),
  /** Null for all that the roles allow. */
  scopes: json<Scope[]>('scopes'),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at'),
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
  /** The public id of the key that this one was rotated to. */
  replacedBy: text('replaced_by'),
  /** The first of the keys that were rotated up to this one: the partner is the same. Null for a first one. */
  partnerId: integer('partner_id'),
});

/** What a partner is entitled to: all that is named must hold, and null asks for nothing. */
export interface StoredEntitlement {
  /** Any of them, or what stands below one. By their keys, and by the slugs that they had, for when they are merged. */
  readonly categories: readonly NamedKey[] | null;
  readonly topics: readonly NamedKey[] | null;
  readonly languages: readonly string[] | null;
  /** Where the partner uses what it gets, with what stands around that; null for one who may be anywhere. */
  readonly territories: readonly string[] | null;
  /** Whether machines of the partner's learn from it. */
  readonly textAndDataMining: boolean;
  /** Days after its publication for which the partner may keep an article; null for as long as it is published. */
  readonly hostingDays: number | null;
}

/**
 * What partners were entitled to and are, each version from its instant on. The rows stay: who was ever given an
 * article, and has to hear that it is withdrawn, follows from them and from the revisions of the article.
 */
export const entitlements = pgTable(
  'entitlements',
  {
    /** The partner: the first of its keys. */
    keyId: integer('key_id')
      .notNull()
      .references(() => apiKeys.id, { onDelete: 'cascade' }),
    /** Counts from 1. */
    version: integer('version').notNull(),
    at: instant('at').notNull(),
    /** Null for nothing at all. */
    content: json<StoredEntitlement>('content'),
  },
  (t) => [primaryKey({ columns: [t.keyId, t.version] })],
);

/** What was done under a key that its client may send again. Nothing in it can be read without the secret. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** Keyed hash of who asked for what under which key. */
    hash: key('hash').primaryKey(),
    /** Keyed hash of the input: the same key with another is a mistake. */
    fingerprint: text('fingerprint').notNull(),
    /** The answer, sealed; null only while it is being made. */
    answer: text('answer'),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('idempotency_keys_by_expiry').on(t.expiresAt)],
);

/** Where a partner wants to be told of changes as they come. Secrets are sealed. */
export const webhooks = pgTable(
  'webhooks',
  {
    id: id(),
    /** The first of the partner's keys. */
    keyId: integer('key_id')
      .notNull()
      .references(() => apiKeys.id, { onDelete: 'cascade' }),
    url: text('url').notNull(),
    secret: text('secret').notNull(),
    /** What is signed with as well until then, after a rotation. */
    formerSecret: text('former_secret'),
    formerUntil: instant('former_until'),
    status: text('status').$type<WebhookStatus>().notNull(),
    /** Why it was disabled. */
    reason: text('reason'),
    /** Up to where the change log has become deliveries; its number stands in `seq` as well. */
    position: json<StoredPosition>('position').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** Rises by one each time that the position is set. */
    moves: integer('moves').notNull().default(0),
    /** Attempts that failed since the last one that did not. */
    failures: integer('failures').notNull().default(0),
    /** Nothing is sent before: the receiver has asked for time. */
    notBefore: instant('not_before').notNull().default(0),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('webhooks_by_key').on(t.keyId)],
);

/** What a webhook is told of, a row each: it survives whatever process was about to send it. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: id(),
    webhookId: integer('webhook_id')
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    /** Of the entry of the change log. */
    sequence: bigint('sequence', { mode: 'number' }).notNull(),
    articleId: integer('article_id').notNull(),
    revision: integer('revision').notNull(),
    op: text('op').notNull(),
    action: text('action').notNull(),
    at: instant('at').notNull(),
    note: text('note'),
    state: text('state').$type<DeliveryState>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextAt: instant('next_at').notNull(),
    /** Until then the process that took it is at it. */
    leasedUntil: instant('leased_until').notNull().default(0),
    /** Of the last attempt: what was answered, or why nothing was. */
    lastStatus: integer('last_status'),
    lastError: text('last_error'),
    createdAt: instant('created_at').notNull(),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    index('webhook_deliveries_by_webhook').on(t.webhookId, t.id),
    index('webhook_deliveries_due').on(t.webhookId, t.nextAt, t.id).where(sql`${t.state} = 'PENDING'`),
    index('webhook_deliveries_finished').on(t.finishedAt).where(sql`${t.finishedAt} is not null`),
  ],
);

/**
 * What this newsroom has to remember about itself; no secrets, for an export takes it along. Where the value is
 * empty, the row is one that writers lock to take turns, and says nothing.
 */
export const settings = pgTable('settings', {
  name: key('name').primaryKey(),
  value: text('value').notNull(),
});

/**
 * One row a job: whose turn it is to do it, and how the last one went. The rights to act are given out here, so
 * that of several processes one at a time does the work.
 */
export const jobs = pgTable('jobs', {
  name: key('name').primaryKey(),
  /** Rises by one each time that somebody takes the job. */
  turn: integer('turn').notNull(),
  /** The process that does it now; null when nobody does. */
  holder: text('holder'),
  /** When the holder is given up for lost, unless it says before that it is there. */
  heldUntil: instant('held_until'),
  /** When the last run began that ended well. */
  lastRun: instant('last_run'),
  /** Runs that have failed since. */
  failures: integer('failures').notNull().default(0),
  /** Not before then is a job that has failed tried again. */
  retryAt: instant('retry_at'),
});

/**
 * What the search knows of each article beside its words, which are in `search_index`: on SQLite a virtual table, on
 * PostgreSQL a column that Drizzle does not know. See `full-text.ts`.
 */
export const searchDocuments = pgTable(
  'search_documents',
  {
    /** Rises with the day of publication: see `documentNumber`. */
    number: bigint('number', { mode: 'number' }).primaryKey(),
    articleId: integer('article_id')
      .notNull()
      .unique()
      .references(() => articles.id, { onDelete: 'cascade' }),
    /** Words in its title, standfirst and body. */
    length: integer('length').notNull(),
    /** The beginning of the normalised title: what somebody types is completed from it. */
    title: key('title').notNull(),
    /** How often it has each term: see `profile.ts`. */
    profile: bytes('profile').notNull(),
  },
  (t) => [index('search_documents_by_title').on(t.title, t.number)],
);

/** A sketch of each article's text, by which its copies are found: see `signature.ts`. */
export const articleSignatures = pgTable('article_signatures', {
  articleId: integer('article_id')
    .primaryKey()
    .references(() => articles.id, { onDelete: 'cascade' }),
  signature: bytes('signature').notNull(),
});

/** In which buckets copies meet. One number is the bucket and the article in it: see `copies.ts`. */
export const signatureBuckets = pgTable('signature_buckets', {
  number: bigint('number', { mode: 'number' }).primaryKey(),
});

/** Articles with nearly the same text; each pair both ways, so that what belongs to an article stands together. */
export const articleCopies = pgTable(
  'article_copies',
  {
    articleId: integer('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    copyId: integer('copy_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.articleId, t.copyId] })],
);

/** The words of all articles, drafts included, by their normalised spelling. */
export const searchWords = pgTable(
  'search_words',
  {
    word: key('word').primaryKey(),
    /** What it is indexed under: the stem of an English word. */
    term: key('term').notNull(),
    /** The word from its end: one whose beginning is misspelt is found by it. */
    reversed: key('reversed').notNull(),
    /** Roughly how many articles have it: those that lost it are counted until the index is made anew. */
    documents: integer('documents').notNull(),
  },
  (t) => [index('search_words_by_term').on(t.term), index('search_words_by_reversed').on(t.reversed)],
);

/** The words in the names of topics and authors, each with its place in the name. */
export const searchNames = pgTable(
  'search_names',
  {
    term: key('term').notNull(),
    kind: text('kind').$type<NamedKind>().notNull(),
    subjectId: integer('subject_id').notNull(),
    /** Tells the names of a subject apart. */
    name: integer('name').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.term, t.kind, t.subjectId, t.name, t.position] }),
    index('search_names_by_subject').on(t.kind, t.subjectId),
  ],
);

/** Topics and authors that are part of another now, while documents still carry them. */
export const searchAliases = pgTable(
  'search_aliases',
  {
    kind: text('kind').$type<NamedKind>().notNull(),
    formerId: integer('former_id').notNull(),
    subjectId: integer('subject_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.formerId] }),
    index('search_aliases_by_subject').on(t.kind, t.subjectId),
  ],
);
