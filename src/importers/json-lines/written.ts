/** Rows as they are written: keys become global ids, instants dates. */
import type { Instant } from '../../core/clock';
import { globalId, type NodeType } from '../../core/ids';
import type { SecretBox } from '../../core/sealed';
import type {
  apiKeyPage,
  articleRows,
  authorRows,
  categoryRows,
  changePage,
  collectionArticleRows,
  collectionRows,
  commentDecisionPage,
  commenterMarkPage,
  commentPrivatePage,
  commentReportPage,
  commentRows,
  commentVersionPage,
  correctionRows,
  entitlementsOfKeys,
  formerSlugPage,
  imageRows,
  importKeyPage,
  RowsOf,
  redirectPage,
  removedTopicRows,
  revisionPage,
  settingPage,
  topicNameRows,
  topicRows,
} from './newsroom.reads';
import type { WrittenRecord } from './record';
import { sluggedIdOf } from './wire';

export type ImageRow = RowsOf<typeof imageRows>;
export type AuthorRow = RowsOf<typeof authorRows>;
export type TopicRow = RowsOf<typeof topicRows>;
export type CategoryRow = RowsOf<typeof categoryRows>;
export type ArticleRow = RowsOf<typeof articleRows>;
export type CollectionRow = RowsOf<typeof collectionRows>;
export type RevisionRow = RowsOf<typeof revisionPage>;
export type RedirectRow = RowsOf<typeof redirectPage>;
export type FormerSlugRow = RowsOf<typeof formerSlugPage>;
export type CommentRow = RowsOf<typeof commentRows>;
export type CommenterMarkRow = RowsOf<typeof commenterMarkPage>;
export type CommentVersionRow = RowsOf<typeof commentVersionPage>;
export type CommentDecisionRow = RowsOf<typeof commentDecisionPage>;
export type CommentReportRow = RowsOf<typeof commentReportPage>;
export type CommentPrivateRow = RowsOf<typeof commentPrivatePage>;
export type ApiKeyRow = RowsOf<typeof apiKeyPage> & {
  readonly entitlements: readonly Omit<RowsOf<typeof entitlementsOfKeys>, 'keyId'>[];
};
export type ImportKeyRow = RowsOf<typeof importKeyPage>;
export type SettingRow = RowsOf<typeof settingPage>;
export type ChangeRow = RowsOf<typeof changePage>;

/** What an article has beside its row, in its order. */
export interface BesideArticle {
  readonly removedTopics: readonly RowsOf<typeof removedTopicRows>[];
  readonly corrections: readonly RowsOf<typeof correctionRows>[];
}

export function writtenImage({ id, ...rest }: ImageRow): WrittenRecord {
  const { revision, url, width, height, alt, caption, credit } = rest;
  return { type: 'image', id: globalId('Image', id), revision, url, width, height, alt, caption, credit };
}

export function writtenAuthor({ id, revision, slug, name, bio, avatarId }: AuthorRow): WrittenRecord {
  return {
    type: 'author',
    id: globalId('Author', id),
    revision,
    slug,
    name,
    bio,
    avatar: idOrNull('Image', avatarId),
  };
}

export function writtenTopic(
  { id, revision, slug, kind, parentId, description, wikidataId }: TopicRow,
  names: readonly RowsOf<typeof topicNameRows>[],
): WrittenRecord {
  return {
    type: 'topic',
    id: globalId('Topic', id),
    revision,
    slug,
    kind,
    parent: idOrNull('Topic', parentId),
    description,
    wikidataId,
    names: localNames(names),
  };
}

export function writtenCategory(row: CategoryRow): WrittenRecord {
  const { id, revision, slug, name, description, parentId, topicId, position } = row;
  return {
    type: 'category',
    id: globalId('Category', id),
    revision,
    slug,
    name,
    description,
    parent: idOrNull('Category', parentId),
    topic: idOrNull('Topic', topicId),
    position,
  };
}

export function writtenArticle(row: ArticleRow, beside: BesideArticle): WrittenRecord {
  return {
    type: 'article',
    id: globalId('Article', row.id),
    revision: row.revision,
    kind: row.kind,
    status: row.status,
    slug: row.slug,
    path: row.path,
    canonicalUrl: row.canonicalUrl,
    language: row.language,
    translationGroup: idOrNull('Article', row.translationGroup),
    title: row.title,
    standfirst: row.standfirst,
    datelinePlace: row.datelinePlace,
    datelineSource: row.datelineSource,
    byline: row.byline,
    pinned: row.pinned,
    createdAt: date(row.createdAt),
    updatedAt: date(row.updatedAt),
    publishedAt: dateOrNull(row.publishedAt),
    withdrawnAt: dateOrNull(row.withdrawnAt),
    withdrawalNote: row.withdrawalNote,
    embargoUntil: dateOrNull(row.embargoUntil),
    expiresAt: dateOrNull(row.expiresAt),
    credit: row.credit,
    licence: row.licence,
    territories: row.territories,
    textAndDataMining: row.textAndDataMining,
    commenting: row.commenting,
    commentingClosesAt: dateOrNull(row.commentingClosesAt),
    leadImage: idOrNull('Image', row.leadImageId),
    primaryCategory: idOrNull('Category', row.primaryCategoryId),
    authors: row.authorIds.map((id) => globalId('Author', id)),
    categories: row.categoryIds.map((id) => globalId('Category', id)),
    topics: row.topicMarks.map(([topicId, salience, mentions, source]) => ({
      topic: globalId('Topic', topicId),
      ...{ salience, mentions, source },
    })),
    removedTopics: beside.removedTopics.map(({ topicId }) => globalId('Topic', topicId)),
    corrections: beside.corrections.map(({ at, text }) => ({ at: date(at), text })),
    html: row.html,
    createdBy: row.createdBy,
    revisedAt: date(row.revisedAt),
    revisedBy: row.revisedBy,
    revisedOp: row.revisedOp,
    previewEpoch: row.previewEpoch,
  };
}

export function writtenCollection(
  { id, revision, slug, title }: CollectionRow,
  articles: readonly RowsOf<typeof collectionArticleRows>[],
): WrittenRecord {
  return {
    type: 'collection',
    id: globalId('Collection', id),
    revision,
    slug,
    title,
    articles: articles.map(({ articleId }) => globalId('Article', articleId)),
  };
}

export function writtenFormerSlug({ kind, slug, localId }: FormerSlugRow): WrittenRecord {
  return { type: 'formerSlug', slug, of: sluggedIdOf(kind, localId) };
}

export function writtenRevision({ articleId, at, ...row }: RevisionRow): WrittenRecord {
  const { revision, op, actor, title, content, html, text } = row;
  return {
    ...{ type: 'articleRevision', article: globalId('Article', articleId), revision, at: date(at) },
    ...{ op, actor, title, content: inOrder({ ...content }), html, text },
  };
}

export function writtenRedirect({ path, articleId, target, permanent }: RedirectRow): WrittenRecord {
  return { type: 'redirect', path, article: idOrNull('Article', articleId), target, permanent };
}

export function writtenComment(row: CommentRow): WrittenRecord {
  return {
    type: 'comment',
    id: globalId('Comment', row.id),
    version: row.version,
    article: globalId('Article', row.articleId),
    parent: idOrNull('Comment', row.parentId),
    authorName: row.authorName,
    authorKind: row.authorKind,
    status: row.status,
    featured: row.featured,
    reportCount: row.reportCount,
    approvedVersion: row.approvedVersion,
    createdAt: date(row.createdAt),
    editedAt: dateOrNull(row.editedAt),
    text: row.text,
    html: row.html,
  };
}

export function writtenCommentPrivate(row: CommentPrivateRow): WrittenRecord {
  const { commentId, emailSealed, emailHash, ipHash, account, reasons, writtenAt } = row;
  return {
    ...{ type: 'commentPrivate', comment: globalId('Comment', commentId), emailSealed, emailHash, ipHash },
    ...{ account, reasons, writtenAt: date(writtenAt) },
  };
}

export function writtenCommentVersion({
  commentId,
  version,
  text,
  html,
  until,
}: CommentVersionRow): WrittenRecord {
  const comment = globalId('Comment', commentId);
  return { type: 'commentVersion', comment, version, text, html, until: date(until) };
}

export function writtenCommentDecision(row: CommentDecisionRow): WrittenRecord {
  const { commentId, at, actor, from, to, reason } = row;
  const comment = globalId('Comment', commentId);
  return { type: 'commentDecision', comment, at: date(at), actor, from, to, reason };
}

export function writtenCommentReport(row: CommentReportRow): WrittenRecord {
  const { commentId, reporter, at, reason, details } = row;
  const comment = globalId('Comment', commentId);
  return { type: 'commentReport', comment, reporter, at: date(at), reason, details };
}

export function writtenCommenterMark(row: CommenterMarkRow): WrittenRecord {
  const { mark, bannedAt, bannedUntil, bannedBy, erasedAt } = row;
  return {
    ...{ type: 'commenterMark', mark, bannedAt: dateOrNull(bannedAt), bannedUntil: dateOrNull(bannedUntil) },
    ...{ bannedBy, erasedAt: dateOrNull(erasedAt) },
  };
}

/** Tells by the first line of a file which secret its private values are sealed under. */
export function secretName(box: SecretBox): string {
  return box.fingerprint('secret of an export');
}

/** The proof is made under the secret that the first line names. */
export function writtenApiKey(row: ApiKeyRow, box: SecretBox): WrittenRecord {
  const fields = {
    type: 'apiKey',
    id: row.id,
    publicId: row.publicId,
    hash: row.hash,
    label: row.label,
    roles: row.roles,
    scopes: row.scopes,
    createdAt: date(row.createdAt),
    expiresAt: dateOrNull(row.expiresAt),
    lastUsedAt: dateOrNull(row.lastUsedAt),
    revokedAt: dateOrNull(row.revokedAt),
    replacedBy: row.replacedBy,
    // What is not there is not written, so that lines of older files are proven as they were.
    ...(row.partnerId === null ? {} : { partnerId: row.partnerId }),
    ...(row.entitlements.length === 0 ? {} : { entitlements: row.entitlements.map(writtenEntitlement) }),
  } as const;
  return { ...fields, proof: box.proofOf(JSON.stringify(fields)) };
}

/** With its names in one order: an engine may keep them in another. */
function writtenEntitlement({ version, at, content }: ApiKeyRow['entitlements'][number]) {
  if (content === null) return { version, at: date(at), content };
  const { categories, topics, languages, territories, textAndDataMining, hostingDays } = content;
  const named = (keys: typeof categories) => keys?.map(({ id, slug }) => ({ id, slug })) ?? null;
  return {
    version,
    at: date(at),
    content: {
      ...{ categories: named(categories), topics: named(topics) },
      ...{ languages: languages && [...languages], territories: territories && [...territories] },
      ...{ textAndDataMining, hostingDays },
    },
  };
}

export function writtenImportKey(row: ImportKeyRow): WrittenRecord {
  const { source, kind, externalId, localId, fingerprint, revision, state } = row;
  return { type: 'importKey', source, kind, externalId, localId, fingerprint, revision, state };
}

export function writtenSetting({ name, value }: SettingRow): WrittenRecord {
  return { type: 'setting', name, value };
}

export function writtenChange(row: ChangeRow): WrittenRecord {
  return {
    type: 'change',
    seq: row.seq,
    at: date(row.at),
    entity: row.entity,
    entityId: row.entityId,
    op: row.op,
    revision: row.revision,
    actor: row.actor,
    payload: row.payload === null ? null : inOrder(row.payload),
  };
}

/** The names of an object in one order: PostgreSQL gives them back in another than they were given in. */
function inOrder(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, value]) => [name, valueInOrder(value)]));
}

function valueInOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(valueInOrder);
  return typeof value === 'object' && value !== null ? inOrder({ ...value }) : value;
}

/** The name of each language, in the order of the rows, with its aliases in theirs. */
function localNames(rows: readonly RowsOf<typeof topicNameRows>[]) {
  const languages = [...new Set(rows.map(({ language }) => language))];
  return languages.flatMap((language) => {
    const names = rows.filter((row) => row.language === language).sort((a, b) => a.position - b.position);
    const [name, ...aliases] = names.map((row) => row.name);
    return name === undefined ? [] : [{ language, name, aliases }];
  });
}

function idOrNull(type: NodeType, key: number | null): string | null {
  return key === null ? null : globalId(type, key);
}

function dateOrNull(at: Instant | null): string | null {
  return at === null ? null : date(at);
}

function date(at: Instant): string {
  return new Date(at).toISOString();
}
