import type { Role } from '../core/actor';

/** The words that columns are made of. Checked by TypeScript at write time; both engines store the text. */
export type ArticleKind = 'ARTICLE' | 'PAGE';
export type ArticleStatus = 'DRAFT' | 'SCHEDULED' | 'PUBLISHED' | 'WITHDRAWN';
export type TopicKind = 'PLACE' | 'PERSON' | 'ORGANISATION' | 'EVENT' | 'SUBJECT';
export type TopicSource = 'EDITOR' | 'IMPORT' | 'MACHINE';
/** PREMODERATED: what is new waits for a moderator. */
export type CommentingMode = 'OPEN' | 'PREMODERATED' | 'CLOSED';
export type CommentStatus = 'PENDING' | 'APPROVED' | 'REJECTED' | 'SPAM' | 'DELETED';
export type CommentAuthorKind = 'GUEST' | 'READER' | 'STAFF';
export type ReportReason = 'SPAM' | 'ABUSE' | 'OFF_TOPIC' | 'PERSONAL_INFORMATION' | 'OTHER';
/** What has a slug of its own kind, and may have had others. The words are those of `import_keys`. */
export type SluggedKind = 'article' | 'author' | 'category' | 'collection' | 'topic';
/** What an article is found by through its names. */
export type NamedKind = 'author' | 'topic';
export type ChangeEntity =
  | 'ARTICLE'
  | 'CATEGORY'
  | 'COLLECTION'
  | 'TOPIC'
  | 'AUTHOR'
  | 'IMAGE'
  | 'COMMENT'
  | 'COMMENTER'
  | 'API_KEY'
  | 'WEBHOOK';
/** MERGE: took over everything of another of its kind, which is gone. */
export type ChangeOp =
  | 'CREATE'
  | 'UPDATE'
  | 'RETAG'
  | 'MOVE'
  | 'MERGE'
  | 'SCHEDULE'
  | 'PUBLISH'
  | 'CORRECT'
  | 'UNPUBLISH'
  | 'WITHDRAW'
  | 'RESTORE'
  | 'ROLLBACK'
  | 'LINK'
  | 'UNLINK'
  | 'RELEASE'
  | 'EXPIRE'
  | 'PREVIEW'
  | 'REPORT'
  | 'BAN'
  | 'UNBAN'
  | 'EXPORT'
  | 'REVOKE'
  | 'ROTATE'
  | 'DELETE';
/** What happens to an article because its date has come. */
export type AgendaOp = Extract<ChangeOp, 'PUBLISH' | 'RELEASE' | 'EXPIRE'>;
/** What an API key makes of its holder. */
export type KeyRole = Role | 'PARTNER';

/** PAUSED by somebody; DISABLED by what happened to it. */
export type WebhookStatus = 'ACTIVE' | 'PAUSED' | 'DISABLED';
/** SUPERSEDED: the partner may not have it any more, and hears of that by another. */
export type DeliveryState = 'PENDING' | 'DELIVERED' | 'FAILED' | 'SUPERSEDED';

/** How far somebody has followed the change log, as it is stored; the room of syndication knows what is in it. */
export interface StoredPosition {
  readonly seq: number;
}

/** How an article carries a topic, as its row repeats it. The most salient comes first; then the lower key. */
export type StoredMark = readonly [topicId: number, salience: number, mentions: number, source: TopicSource];

/** A block of a body as it is stored; the articles' room knows what else its type has. */
export interface StoredBlock {
  readonly type: string;
  readonly html: string;
}
