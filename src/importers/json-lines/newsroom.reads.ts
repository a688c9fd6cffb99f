/** What an export reads: pages of keys, and the rows behind them, each by a key that has an index. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import { LATE_INDEXES, lastKey, prepared, type Reader } from '../../database';
import { type Counts, type Header, noCounts, RECORD_TYPES, type RecordType } from './record';

type KeyedTable = 'images' | 'authors' | 'topics' | 'categories' | 'articles' | 'collections';

const keysOf = (name: KeyedTable) =>
  prepared(({ tables }) => ({
    select: { id: tables[name].id },
    from: sql`${tables[name]} where ${tables[name].id} > ${sql.placeholder('after')} order by ${tables[name].id} limit ${sql.placeholder('limit')}`,
  }));

/** The next keys after a key, in rising order. */
export const keyPages = {
  image: keysOf('images'),
  author: keysOf('authors'),
  topic: keysOf('topics'),
  category: keysOf('categories'),
  article: keysOf('articles'),
  collection: keysOf('collections'),
};

/** Comments article by article: a discussion that stays together is placed at once when it is imported. */
export const commentPage = prepared(({ tables: { comments: c } }) => ({
  select: { id: c.id, articleId: c.articleId },
  from: sql`${c} where (${c.articleId}, ${c.id}) > (${sql.placeholder('article')}, ${sql.placeholder('after')}) order by ${c.articleId}, ${c.id} limit ${sql.placeholder('limit')}`,
}));

export const redirectPage = prepared(({ tables: { redirects: r } }) => ({
  select: { path: r.path, articleId: r.articleId, target: r.target, permanent: r.permanent },
  from: sql`${r} where ${r.path} > ${sql.placeholder('after')} order by ${r.path} limit ${sql.placeholder('limit')}`,
}));

export const formerSlugPage = prepared(({ tables: { formerSlugs: f } }) => ({
  select: { kind: f.kind, slug: f.slug, localId: f.localId },
  from: sql`${f} where (${f.kind}, ${f.slug}) > (${sql.placeholder('kind')}, ${sql.placeholder('after')}) order by ${f.kind}, ${f.slug} limit ${sql.placeholder('limit')}`,
}));

export const revisionPage = prepared(({ tables: { articleRevisions: r } }) => ({
  select: {
    articleId: r.articleId,
    revision: r.revision,
    at: r.at,
    op: r.op,
    actor: r.actor,
    title: r.title,
    content: r.content,
    html: r.html,
    text: r.text,
  },
  from: sql`${r} where (${r.articleId}, ${r.revision}) > (${sql.placeholder('article')}, ${sql.placeholder('after')}) order by ${r.articleId}, ${r.revision} limit ${sql.placeholder('limit')}`,
}));

export const imageRows = prepared(({ tables: { images: i }, portable }) => ({
  select: {
    id: i.id,
    revision: i.revision,
    url: i.url,
    width: i.width,
    height: i.height,
    alt: i.alt,
    caption: i.caption,
    credit: i.credit,
  },
  from: sql`${i} where ${portable.among(i.id, 'ids')} order by ${i.id}`,
}));

export const authorRows = prepared(({ tables: { authors: a }, portable }) => ({
  select: { id: a.id, revision: a.revision, slug: a.slug, name: a.name, bio: a.bio, avatarId: a.avatarId },
  from: sql`${a} where ${portable.among(a.id, 'ids')} order by ${a.id}`,
}));

export const topicRows = prepared(({ tables: { topics: t }, portable }) => ({
  select: {
    id: t.id,
    revision: t.revision,
    slug: t.slug,
    kind: t.kind,
    parentId: t.parentId,
    description: t.description,
    wikidataId: t.wikidataId,
  },
  from: sql`${t} where ${portable.among(t.id, 'ids')} order by ${t.id}`,
}));

/** In the order in which they were given, for the first of them may name the topic where English does not. */
export const topicNameRows = prepared(({ tables: { topicNames: n }, portable }) => ({
  select: { topicId: n.topicId, language: n.language, name: n.name, position: n.position },
  from: sql`${n} where ${portable.among(n.topicId, 'ids')} order by ${n.id}`,
}));

export const categoryRows = prepared(({ tables: { categories: c }, portable }) => ({
  select: {
    id: c.id,
    revision: c.revision,
    slug: c.slug,
    name: c.name,
    description: c.description,
    parentId: c.parentId,
    topicId: c.topicId,
    position: c.position,
  },
  from: sql`${c} where ${portable.among(c.id, 'ids')} order by ${c.id}`,
}));

export const collectionRows = prepared(({ tables: { collections: c }, portable }) => ({
  select: { id: c.id, revision: c.revision, slug: c.slug, title: c.title },
  from: sql`${c} where ${portable.among(c.id, 'ids')} order by ${c.id}`,
}));

export const collectionArticleRows = prepared(({ tables: { collectionArticles: x }, portable }) => ({
  select: { collectionId: x.collectionId, articleId: x.articleId },
  from: sql`${x} where ${portable.among(x.collectionId, 'ids')} order by ${x.collectionId}, ${x.position}`,
}));

export const articleRows = prepared(({ tables: { articles: a, articleBodies: b }, portable }) => ({
  select: {
    id: a.id,
    revision: a.revision,
    kind: a.kind,
    status: a.status,
    slug: a.slug,
    path: a.path,
    canonicalUrl: a.canonicalUrl,
    language: a.language,
    translationGroup: a.translationGroup,
    title: a.title,
    standfirst: a.standfirst,
    datelinePlace: a.datelinePlace,
    datelineSource: a.datelineSource,
    byline: a.byline,
    pinned: a.pinned,
    createdAt: a.createdAt,
    updatedAt: a.updatedAt,
    publishedAt: a.publishedAt,
    withdrawnAt: a.withdrawnAt,
    withdrawalNote: a.withdrawalNote,
    embargoUntil: a.embargoUntil,
    expiresAt: a.expiresAt,
    credit: a.credit,
    licence: a.licence,
    territories: a.territories,
    textAndDataMining: a.textAndDataMining,
    commenting: a.commenting,
    commentingClosesAt: a.commentingClosesAt,
    leadImageId: a.leadImageId,
    primaryCategoryId: a.primaryCategoryId,
    html: sql<string>`coalesce(${b.html}, '')`,
    createdBy: a.createdBy,
    revisedAt: a.revisedAt,
    revisedBy: a.revisedBy,
    revisedOp: a.revisedOp,
    previewEpoch: a.previewEpoch,
    authorIds: a.authorIds,
    // Only what the article was given itself: what stands above follows from it.
    categoryIds: a.categoryIds,
    topicMarks: a.topicMarks,
  },
  from: sql`${a} left join ${b} on ${b.articleId} = ${a.id} where ${portable.among(a.id, 'ids')} order by ${a.id}`,
}));

export const correctionRows = prepared(({ tables: { articleCorrections: c }, portable }) => ({
  select: { articleId: c.articleId, at: c.at, text: c.text },
  from: sql`${c} where ${portable.among(c.articleId, 'ids')} order by ${c.articleId}, ${c.at}, ${c.id}`,
}));

export const removedTopicRows = prepared(({ tables: { removedTopics: r }, portable }) => ({
  select: { articleId: r.articleId, topicId: r.topicId },
  from: sql`${r} where ${portable.among(r.articleId, 'ids')} order by ${r.articleId}, ${r.topicId}`,
}));

/** A parent that is gone, or was made under another article, is none. */
export const commentRows = prepared(({ tables: { comments: c }, portable }) => ({
  select: {
    id: c.id,
    version: c.version,
    articleId: c.articleId,
    parentId: sql<
      number | null
    >`(select p.id from comments as p where p.id = ${c.parentId} and p.article_id = ${c.articleId})`,
    authorName: c.authorName,
    authorKind: c.authorKind,
    status: c.status,
    featured: c.featured,
    reportCount: c.reportCount,
    approvedVersion: c.approvedVersion,
    createdAt: c.createdAt,
    editedAt: c.editedAt,
    text: c.text,
    html: c.html,
  },
  from: sql`${c} where ${portable.among(c.id, 'ids')} order by ${c.id}`,
}));

export const commentPrivatePage = prepared(({ tables: { commentPrivate: p } }) => ({
  select: {
    ...{ commentId: p.commentId, emailSealed: p.emailSealed, emailHash: p.emailHash, ipHash: p.ipHash },
    ...{ account: p.account, reasons: p.reasons, writtenAt: p.writtenAt },
  },
  from: sql`${p} where ${p.commentId} > ${sql.placeholder('after')} order by ${p.commentId} limit ${sql.placeholder('limit')}`,
}));

export const commentVersionPage = prepared(({ tables: { commentRevisions: r } }) => ({
  select: { commentId: r.commentId, version: r.version, text: r.text, html: r.html, until: r.until },
  from: sql`${r} where (${r.commentId}, ${r.version}) > (${sql.placeholder('comment')}, ${sql.placeholder('after')}) order by ${r.commentId}, ${r.version} limit ${sql.placeholder('limit')}`,
}));

/** Those of a comment in their order, whatever keys they have. */
export const commentDecisionPage = prepared(({ tables: { commentEvents: e } }) => ({
  select: {
    ...{ id: e.id, commentId: e.commentId, at: e.at, actor: e.actor },
    ...{ from: e.from, to: e.to, reason: e.reason },
  },
  from: sql`${e} where (${e.commentId}, ${e.id}) > (${sql.placeholder('comment')}, ${sql.placeholder('after')}) order by ${e.commentId}, ${e.id} limit ${sql.placeholder('limit')}`,
}));

export const commentReportPage = prepared(({ tables: { commentReports: r } }) => ({
  select: { commentId: r.commentId, reporter: r.reporter, at: r.at, reason: r.reason, details: r.details },
  from: sql`${r} where (${r.commentId}, ${r.reporter}) > (${sql.placeholder('comment')}, ${sql.placeholder('after')}) order by ${r.commentId}, ${r.reporter} limit ${sql.placeholder('limit')}`,
}));

export const commenterMarkPage = prepared(({ tables: { commenterMarks: m } }) => ({
  select: {
    ...{ mark: m.mark, bannedAt: m.bannedAt, bannedUntil: m.bannedUntil },
    ...{ bannedBy: m.bannedBy, erasedAt: m.erasedAt },
  },
  from: sql`${m} where ${m.mark} > ${sql.placeholder('after')} order by ${m.mark} limit ${sql.placeholder('limit')}`,
}));

export const apiKeyPage = prepared(({ tables: { apiKeys: k } }) => ({
  select: {
    id: k.id,
    publicId: k.publicId,
    hash: k.hash,
    label: k.label,
    roles: k.roles,
    scopes: k.scopes,
    createdAt: k.createdAt,
    expiresAt: k.expiresAt,
    lastUsedAt: k.lastUsedAt,
    revokedAt: k.revokedAt,
    replacedBy: k.replacedBy,
    partnerId: k.partnerId,
  },
  from: sql`${k} where ${k.id} > ${sql.placeholder('after')} order by ${k.id} limit ${sql.placeholder('limit')}`,
}));

export const entitlementsOfKeys = prepared(({ tables: { entitlements: e }, portable }) => ({
  select: { keyId: e.keyId, version: e.version, at: e.at, content: e.content },
  from: sql`${e} where ${portable.among(e.keyId, 'keys')} order by ${e.keyId}, ${e.version}`,
}));

/** Logins that are addresses leave sealed, where `private` is 1, and as they are never. */
export const importKeyPage = prepared(({ tables: { importKeys: k } }) => ({
  select: {
    source: k.source,
    kind: k.kind,
    externalId: k.externalId,
    localId: k.localId,
    fingerprint: k.fingerprint,
    revision: k.revision,
    state: k.state,
  },
  from: sql`${k} where (${k.source}, ${k.kind}, ${k.externalId}) > (${sql.placeholder('source')}, ${sql.placeholder('kind')}, ${sql.placeholder('externalId')})
    and (${k.kind} not in ('author', 'author-number') or (${k.externalId} not like '%@%' and ${k.fingerprint} not like '%@%' and (${sql.placeholder('private')} = 1 or ${k.fingerprint} not like 'sealed:%')))
    order by ${k.source}, ${k.kind}, ${k.externalId} limit ${sql.placeholder('limit')}`,
}));

/** Without the locks, and what is to be done to this database only. */
const isCarried = sql`value <> '' and name <> ${LATE_INDEXES}`;

export const settingPage = prepared(({ tables: { settings: s } }) => ({
  select: { name: s.name, value: s.value },
  from: sql`${s} where ${s.name} > ${sql.placeholder('after')} and ${isCarried} order by ${s.name} limit ${sql.placeholder('limit')}`,
}));

export const changePage = prepared(({ tables: { changes: c } }) => ({
  select: {
    seq: c.seq,
    at: c.at,
    entity: c.entity,
    entityId: c.entityId,
    op: c.op,
    revision: c.revision,
    actor: c.actor,
    payload: c.payload,
  },
  from: sql`${c} where ${c.seq} > ${sql.placeholder('after')} order by ${c.seq} limit ${sql.placeholder('limit')}`,
}));

export type RowsOf<Q> = Q extends (...args: never[]) => Promise<(infer R)[]> ? R : never;

const ROWS: Readonly<Record<RecordType, SQL>> = {
  image: sql`images`,
  author: sql`authors`,
  topic: sql`topics`,
  category: sql`categories`,
  article: sql`articles`,
  collection: sql`collections`,
  articleRevision: sql`article_revisions`,
  redirect: sql`redirects`,
  formerSlug: sql`former_slugs`,
  comment: sql`comments`,
  commentPrivate: sql`comment_private`,
  commentVersion: sql`comment_revisions`,
  commentDecision: sql`comment_events`,
  commentReport: sql`comment_reports`,
  commenterMark: sql`commenter_marks`,
  apiKey: sql`api_keys`,
  importKey: sql`import_keys`,
  setting: sql`settings where ${isCarried}`,
  change: sql`changes`,
};

/** How many rows there are of everything. */
export async function countAll(reader: Reader): Promise<Counts> {
  const totals = noCounts();
  for (const type of RECORD_TYPES) {
    const [row] = await reader.rows<{ total: number }>(sql`select count(*) as total from ${ROWS[type]}`);
    totals[type] = row?.total ?? 0;
    await nextTurn();
  }
  return totals;
}

export async function lastKeys(reader: Reader): Promise<Header['lastKeys']> {
  const { images, authors, topics, categories, articles, collections, comments, apiKeys } = reader.tables;
  return {
    image: await lastKey(reader, images),
    author: await lastKey(reader, authors),
    topic: await lastKey(reader, topics),
    category: await lastKey(reader, categories),
    article: await lastKey(reader, articles),
    collection: await lastKey(reader, collections),
    comment: await lastKey(reader, comments),
    apiKey: await lastKey(reader, apiKeys),
  };
}

/** The number of the last entry of the change log. */
export async function lastChange(reader: Reader): Promise<number> {
  const [head] = await reader.rows<{ seq: number }>(sql`select seq from ${reader.tables.feedHead}`);
  return head?.seq ?? 0;
}
