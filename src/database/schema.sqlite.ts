/**
 * The tables on SQLite: the twin of schema.postgres.ts, where every column is explained. A parity test holds
 * the two together; change them in one commit.
 */
import { sql } from 'drizzle-orm';
import {
  customType,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { Scope } from '../core/actor';
import { keysIn } from './key-list';
import type { ArticleState, StoredEntitlement } from './schema.postgres';
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

const key = text;
const bytes = customType<{ data: Buffer }>({ dataType: () => 'blob' });
const instant = (name: string) => integer(name);
const boolean = (name: string) => integer(name, { mode: 'boolean' });
const json = <T>(name: string) =>
  customType<{ data: T; driverData: unknown }>({
    dataType: () => 'text',
    toDriver: toJson,
    fromDriver: (value) => JSON.parse(String(value)) as T,
  })(name);
const keyList = (name: string) =>
  customType<{ data: number[]; driverData: unknown }>({
    dataType: () => 'text',
    toDriver: toJson,
    fromDriver: (value) => keysIn(String(value)),
  })(name);
/** AUTOINCREMENT: a key is never given out twice, since clients and the change log remember it. */
const id = () => integer('id').primaryKey({ autoIncrement: true });

const listing = () => ({
  listedAt: instant('listed_at'),
  embargoUntil: instant('embargo_until'),
  expiresAt: instant('expires_at'),
});

const coverage = () => ({ coverage: integer('coverage').notNull().default(0) });

const revision = () => ({ revision: integer('revision').notNull().default(1) });

export const images = sqliteTable('images', {
  id: id(),
  url: key('url').notNull().unique(),
  width: integer('width'),
  height: integer('height'),
  alt: text('alt'),
  caption: text('caption'),
  credit: text('credit'),
  words: text('words').notNull().default(''),
  ...revision(),
});

export const authors = sqliteTable(
  'authors',
  {
    id: id(),
    slug: key('slug').notNull().unique(),
    name: text('name').notNull(),
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

export const topics = sqliteTable(
  'topics',
  {
    id: id(),
    slug: key('slug').notNull().unique(),
    kind: text('kind').$type<TopicKind>().notNull(),
    parentId: integer('parent_id'),
    description: text('description'),
    wikidataId: text('wikidata_id'),
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

export const topicNames = sqliteTable(
  'topic_names',
  {
    id: id(),
    topicId: integer('topic_id')
      .notNull()
      .references(() => topics.id, { onDelete: 'cascade' }),
    language: key('language').notNull(),
    name: text('name').notNull(),
    position: integer('position').notNull(),
    normalised: key('normalised').notNull(),
  },
  (t) => [
    index('topic_names_by_topic').on(t.topicId, t.language, t.position),
    index('topic_names_by_normalised').on(t.normalised, t.topicId),
  ],
);

export const categories = sqliteTable(
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

export const articles = sqliteTable(
  'articles',
  {
    id: id(),
    kind: text('kind').$type<ArticleKind>().notNull(),
    status: text('status').$type<ArticleStatus>().notNull(),
    slug: key('slug').notNull().unique(),
    path: key('path').notNull().unique(),
    canonicalUrl: text('canonical_url'),
    language: key('language').notNull(),
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
    commentingClosesAt: instant('commenting_closes_at'),
    commentCount: integer('comment_count').notNull().default(0),
    revision: integer('revision').notNull().default(1),
    createdBy: text('created_by').notNull().default('system'),
    revisedAt: instant('revised_at').notNull().default(0),
    revisedBy: text('revised_by').notNull().default('system'),
    revisedOp: text('revised_op').$type<ChangeOp>().notNull().default('CREATE'),
    previewEpoch: integer('preview_epoch').notNull().default(0),
    authorIds: keyList('author_ids').notNull().default([]),
    categoryIds: keyList('category_ids').notNull().default([]),
    topicMarks: json<StoredMark[]>('topic_marks').notNull().default([]),
  },
  (t) => [
    index('articles_newest')
      .on(t.kind, t.publishedAt, t.id, t.embargoUntil, t.expiresAt)
      .where(sql`${t.status} in ('PUBLISHED', 'SCHEDULED')`),
    index('articles_newest_by_language')
      .on(t.language, t.kind, t.publishedAt, t.id, t.embargoUntil, t.expiresAt)
      .where(sql`${t.status} in ('PUBLISHED', 'SCHEDULED')`),
    index('articles_recently_updated')
      .on(t.kind, t.updatedAt, t.id, t.embargoUntil, t.expiresAt)
      .where(sql`${t.status} in ('PUBLISHED', 'SCHEDULED')`),
    index('articles_unpublished').on(t.status, t.publishedAt, t.id).where(sql`${t.status} <> 'PUBLISHED'`),
    index('articles_unpublished_recently_updated')
      .on(t.status, t.updatedAt, t.id)
      .where(sql`${t.status} <> 'PUBLISHED'`),
    index('articles_withdrawn').on(t.withdrawnAt, t.id).where(sql`${t.status} = 'WITHDRAWN'`),
    uniqueIndex('articles_translations').on(t.translationGroup, t.language),
    index('articles_by_primary_category')
      .on(t.primaryCategoryId)
      .where(sql`${t.primaryCategoryId} is not null`),
    index('articles_by_lead_image').on(t.leadImageId).where(sql`${t.leadImageId} is not null`),
  ],
);

export const articleBodies = sqliteTable('article_bodies', {
  articleId: integer('article_id')
    .primaryKey()
    .references(() => articles.id, { onDelete: 'cascade' }),
  html: text('html').notNull(),
  text: text('text').notNull(),
  blocks: json<StoredBlock[]>('blocks').notNull(),
  wordCount: integer('word_count').notNull(),
});

export const articleRevisions = sqliteTable(
  'article_revisions',
  {
    articleId: integer('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    revision: integer('revision').notNull(),
    at: instant('at').notNull(),
    op: text('op').$type<ChangeOp>().notNull(),
    actor: text('actor').notNull(),
    title: text('title').notNull(),
    content: json<ArticleState>('content').notNull(),
    html: text('html'),
    text: text('text'),
  },
  (t) => [primaryKey({ columns: [t.articleId, t.revision] })],
);

export const articleAgenda = sqliteTable(
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

export const articleCorrections = sqliteTable(
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

export const articleAuthors = sqliteTable(
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

export const articleCategories = sqliteTable(
  'article_categories',
  {
    articleId: integer('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    categoryId: integer('category_id')
      .notNull()
      .references(() => categories.id),
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

export const articleTopics = sqliteTable(
  'article_topics',
  {
    articleId: integer('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    topicId: integer('topic_id')
      .notNull()
      .references(() => topics.id),
    direct: boolean('direct').notNull(),
    salience: real('salience').notNull(),
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
export const removedTopics = sqliteTable(
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

export const collections = sqliteTable('collections', {
  id: id(),
  slug: key('slug').notNull().unique(),
  title: text('title').notNull(),
  ...revision(),
});

export const collectionArticles = sqliteTable(
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

export const formerSlugs = sqliteTable(
  'former_slugs',
  {
    kind: text('kind').$type<SluggedKind>().notNull(),
    slug: key('slug').notNull(),
    localId: integer('local_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.slug] }), index('former_slugs_by_local_id').on(t.kind, t.localId)],
);

export const redirects = sqliteTable(
  'redirects',
  {
    path: key('path').primaryKey(),
    articleId: integer('article_id').references(() => articles.id, { onDelete: 'cascade' }),
    target: text('target'),
    permanent: boolean('permanent').notNull().default(true),
  },
  (t) => [index('redirects_by_article').on(t.articleId).where(sql`${t.articleId} is not null`)],
);

export const comments = sqliteTable(
  'comments',
  {
    id: id(),
    articleId: integer('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    parentId: integer('parent_id'),
    rootId: integer('root_id').notNull(),
    depth: integer('depth').notNull(),
    authorName: text('author_name').notNull(),
    authorKind: text('author_kind').$type<CommentAuthorKind>().notNull(),
    status: text('status').$type<CommentStatus>().notNull(),
    visible: boolean('visible').notNull(),
    replyCount: integer('reply_count').notNull().default(0),
    text: text('text').notNull(),
    html: text('html').notNull(),
    createdAt: instant('created_at').notNull(),
    editedAt: instant('edited_at'),
    featured: boolean('featured').notNull().default(false),
    version: integer('version').notNull().default(1),
    reportCount: integer('report_count').notNull().default(0),
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

export const commentPrivate = sqliteTable(
  'comment_private',
  {
    commentId: integer('comment_id')
      .primaryKey()
      .references(() => comments.id, { onDelete: 'cascade' }),
    emailSealed: text('email_sealed'),
    emailHash: text('email_hash'),
    ipHash: text('ip_hash'),
    account: key('account'),
    reasons: json<string[]>('reasons'),
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
export const commentRevisions = sqliteTable(
  'comment_revisions',
  {
    commentId: integer('comment_id')
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    text: text('text').notNull(),
    html: text('html').notNull(),
    until: instant('until').notNull(),
  },
  (t) => [primaryKey({ columns: [t.commentId, t.version] })],
);
export const commentEvents = sqliteTable(
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
export const commentReports = sqliteTable(
  'comment_reports',
  {
    commentId: integer('comment_id')
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
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
export const commenterMarks = sqliteTable(
  'commenter_marks',
  {
    mark: key('mark').primaryKey(),
    bannedAt: instant('banned_at'),
    bannedUntil: instant('banned_until'),
    bannedBy: text('banned_by'),
    erasedAt: instant('erased_at'),
  },
  (t) => [index('commenter_marks_by_end').on(t.bannedUntil).where(sql`${t.erasedAt} is null`)],
);
export const rates = sqliteTable(
  'rates',
  {
    name: key('name').primaryKey(),
    until: instant('until').notNull(),
  },
  (t) => [index('rates_by_time').on(t.until)],
);

export const changes = sqliteTable(
  'changes',
  {
    seq: integer('seq').primaryKey(),
    at: instant('at').notNull(),
    entity: text('entity').$type<ChangeEntity>().notNull(),
    entityId: integer('entity_id').notNull(),
    op: text('op').$type<ChangeOp>().notNull(),
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

export const feedHead = sqliteTable('feed_head', {
  id: integer('id').primaryKey(),
  seq: integer('seq').notNull(),
});

export const importKeys = sqliteTable(
  'import_keys',
  {
    /** The other system, e.g. "https://blog.example". */
    source: key('source').notNull(),
    kind: text('kind').notNull(),
    externalId: key('external_id').notNull(),
    localId: integer('local_id').notNull(),
    fingerprint: text('fingerprint').notNull(),
    revision: integer('revision').notNull(),
    state: text('state'),
  },
  (t) => [
    primaryKey({ columns: [t.source, t.kind, t.externalId] }),
    index('import_keys_by_local_id').on(t.kind, t.localId),
  ],
);

export const apiKeys = sqliteTable('api_keys', {
  id: id(),
  publicId: key('public_id').notNull().unique(),
  hash: text('hash').notNull(),
  label: text('label'),
  roles: json<KeyRole[]>('roles').notNull(),
  scopes: json<Scope[]>('scopes'),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at'),
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
  replacedBy: text('replaced_by'),
  partnerId: integer('partner_id'),
});

export const entitlements = sqliteTable(
  'entitlements',
  {
    keyId: integer('key_id')
      .notNull()
      .references(() => apiKeys.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    at: instant('at').notNull(),
    content: json<StoredEntitlement>('content'),
  },
  (t) => [primaryKey({ columns: [t.keyId, t.version] })],
);

export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    hash: key('hash').primaryKey(),
    fingerprint: text('fingerprint').notNull(),
    answer: text('answer'),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('idempotency_keys_by_expiry').on(t.expiresAt)],
);

export const webhooks = sqliteTable(
  'webhooks',
  {
    id: id(),
    keyId: integer('key_id')
      .notNull()
      .references(() => apiKeys.id, { onDelete: 'cascade' }),
    url: text('url').notNull(),
    secret: text('secret').notNull(),
    formerSecret: text('former_secret'),
    formerUntil: instant('former_until'),
    status: text('status').$type<WebhookStatus>().notNull(),
    reason: text('reason'),
    position: json<StoredPosition>('position').notNull(),
    seq: integer('seq').notNull(),
    moves: integer('moves').notNull().default(0),
    failures: integer('failures').notNull().default(0),
    notBefore: instant('not_before').notNull().default(0),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('webhooks_by_key').on(t.keyId)],
);

export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  {
    id: id(),
    webhookId: integer('webhook_id')
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    sequence: integer('sequence').notNull(),
    articleId: integer('article_id').notNull(),
    revision: integer('revision').notNull(),
    op: text('op').notNull(),
    action: text('action').notNull(),
    at: instant('at').notNull(),
    note: text('note'),
    state: text('state').$type<DeliveryState>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextAt: instant('next_at').notNull(),
    leasedUntil: instant('leased_until').notNull().default(0),
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

export const settings = sqliteTable('settings', {
  name: key('name').primaryKey(),
  value: text('value').notNull(),
});

export const jobs = sqliteTable('jobs', {
  name: key('name').primaryKey(),
  turn: integer('turn').notNull(),
  holder: text('holder'),
  heldUntil: instant('held_until'),
  lastRun: instant('last_run'),
  failures: integer('failures').notNull().default(0),
  retryAt: instant('retry_at'),
});

export const searchDocuments = sqliteTable(
  'search_documents',
  {
    number: integer('number').primaryKey(),
    articleId: integer('article_id')
      .notNull()
      .unique()
      .references(() => articles.id, { onDelete: 'cascade' }),
    length: integer('length').notNull(),
    title: key('title').notNull(),
    profile: bytes('profile').notNull(),
  },
  (t) => [index('search_documents_by_title').on(t.title, t.number)],
);

export const articleSignatures = sqliteTable('article_signatures', {
  articleId: integer('article_id')
    .primaryKey()
    .references(() => articles.id, { onDelete: 'cascade' }),
  signature: bytes('signature').notNull(),
});

export const signatureBuckets = sqliteTable('signature_buckets', {
  number: integer('number').primaryKey(),
});

export const articleCopies = sqliteTable(
  'article_copies',
  {
    articleId: integer('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    copyId: integer('copy_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.articleId, t.copyId] })],
);

export const searchWords = sqliteTable(
  'search_words',
  {
    word: key('word').primaryKey(),
    term: key('term').notNull(),
    reversed: key('reversed').notNull(),
    documents: integer('documents').notNull(),
  },
  (t) => [index('search_words_by_term').on(t.term), index('search_words_by_reversed').on(t.reversed)],
);

export const searchNames = sqliteTable(
  'search_names',
  {
    term: key('term').notNull(),
    kind: text('kind').$type<NamedKind>().notNull(),
    subjectId: integer('subject_id').notNull(),
    name: integer('name').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.term, t.kind, t.subjectId, t.name, t.position] }),
    index('search_names_by_subject').on(t.kind, t.subjectId),
  ],
);

export const searchAliases = sqliteTable(
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
